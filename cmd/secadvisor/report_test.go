package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var reportDay = time.Date(2026, 3, 2, 15, 4, 5, 0, time.UTC)

// reported is what the command prints.
func reported(c reportCommand) (string, error) {
	var out bytes.Buffer
	if c.Format == "" {
		c.Format = "text"
	}
	err := c.run(&out, false, reportDay)
	return out.String(), err
}

// filled is a template with an answer to every question: yes, today's day,
// or the best choice.
func filled(t *testing.T, pack string) string {
	t.Helper()
	template, err := reported(reportCommand{Template: pack})
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSpace(template), "\n")
	for i, row := range rows[1:] {
		answer := "yes"
		if strings.Contains(row, "[a day as") {
			answer = "2026-03-01"
		} else if _, best, choice := strings.Cut(row, "?"+" ["); choice && !strings.HasPrefix(best, "yes") {
			answer, _, _ = strings.Cut(best, " (")
		}
		rows[i+1] = strings.Replace(row, ",,,,,", ","+answer+",2026-03-02,yes,,", 1)
	}
	return strings.Join(rows, "\n") + "\n"
}

// From an empty sheet to a report in every format, for every assessment.
func TestATemplateIsFilledAndReported(t *testing.T) {
	for _, pack := range []string{"quick-check", "it-provider-check", "quarterly-essentials", "insurance-readiness", "incident-readiness"} {
		dir := folder(t, map[string]string{"a.csv": filled(t, pack), "before.csv": strings.ReplaceAll(filled(t, pack), "2026-03-02", "2025-12-01")})
		c := reportCommand{Pack: pack, Answers: filepath.Join(dir, "a.csv"), Company: "Corner Shop", Size: "11-49"}
		c.Previous = []string{strings.Replace(c.Answers, "a.csv", "before.csv", 1)}
		raw, err := os.ReadFile(c.Previous[0])
		if err != nil {
			t.Fatal(err)
		}
		before := strings.ReplaceAll(string(raw), "2026-03-01", "2025-11-30")
		if !strings.Contains(before, "dev-antimalware") {
			before += "dev-antimalware,yes,2025-12-01,,,it was in the pack then\n"
		}
		if err := os.WriteFile(c.Previous[0], []byte(before), 0o600); err != nil {
			t.Fatal(err)
		}
		for format, want := range map[string]string{
			"text": "100 of 100, good", "json": `"shown": 100,`, "csv": "question_id,answer,date,", "pdf": "%PDF-",
		} {
			c.Format = format
			out, err := reported(c)
			if err != nil || !strings.Contains(out, want) {
				t.Errorf("%s as %s: %v\n%.300s", pack, format, err, out)
			}
		}
		c.Format = "json"
		out, _ := reported(c)
		var got struct{ Trend struct{ Comparable bool } }
		if err := json.Unmarshal([]byte(out), &got); err != nil || !got.Trend.Comparable {
			t.Errorf("%s: the earlier run is not compared: %v", pack, err)
		}
	}
}

// A sheet with mistakes prints nothing and writes nothing.
func TestABadSheetGivesNothing(t *testing.T) {
	dir := folder(t, map[string]string{
		"bad.csv":  "question_id,answer\nacc-mfa-email,perhaps\nno-such,yes\n",
		"good.csv": filled(t, "quick-check"),
		"old.csv":  "question_id,answer,date\nacc-mfa-email,yes,1 March\n",
	})
	at := func(name string) string { return filepath.Join(dir, name) }
	for name, c := range map[string]struct {
		command reportCommand
		want    []string
	}{
		"answers":  {reportCommand{Pack: "quick-check", Answers: at("bad.csv")}, []string{"nothing was scored:\n", "bad.csv: line 2: acc-mfa-email is answered with yes, partly, no or dont-know", "bad.csv: line 3: there is no question"}},
		"previous": {reportCommand{Pack: "quick-check", Answers: at("bad.csv"), Previous: []string{at("good.csv"), at("old.csv")}}, []string{"bad.csv: line 3", "old.csv: line 2: date: write the day"}},
		"provider": {reportCommand{Pack: "quick-check", Answers: at("good.csv"), Provider: at("good.csv")}, []string{"good.csv: line 2: acc-mfa-email is no question of it-provider-check"}},
		"no file":  {reportCommand{Pack: "quick-check", Answers: at("none.csv")}, []string{"there is no file " + at("none.csv")}},
		"no sheet": {reportCommand{Pack: "quick-check"}, []string{"say where the answers are, with --answers FILE"}},
		"no pack":  {reportCommand{Answers: at("good.csv")}, []string{"say which assessment, with --pack or --template: quick-check, "}},
		"pack":     {reportCommand{Template: "quick"}, []string{`there is no assessment "quick": there are quick-check, `}},
		"date":     {reportCommand{Pack: "quick-check", Answers: at("good.csv"), Date: "today"}, []string{`--date: write the day as 2026-01-31, not "today"`}},
		"to come":  {reportCommand{Pack: "quick-check", Answers: at("good.csv"), Date: "2026-03-01"}, []string{"good.csv: line 2: date: 2026-03-02 is a day to come"}},
	} {
		for _, format := range []string{"text", "json", "pdf", "csv"} {
			c.command.Format, c.command.Out = format, at("report.out")
			out, err := reported(c.command)
			if err == nil || out != "" {
				t.Errorf("%s: %v, and printed %q", name, err, out)
				continue
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%s: got %v, want %s", name, err, want)
				}
			}
		}
	}
	if _, err := os.Stat(at("report.out")); err == nil {
		t.Error("a report was written")
	}
}

// A report is a list of weaknesses: only its owner reads the file.
func TestAReportIsWrittenForItsOwnerAlone(t *testing.T) {
	dir := folder(t, map[string]string{"a.csv": filled(t, "quick-check"), "r.pdf": "an older report"})
	path := filepath.Join(dir, "r.pdf")
	out, err := reported(reportCommand{Pack: "quick-check", Answers: filepath.Join(dir, "a.csv"), Format: "pdf", Out: path})
	if err != nil || out != "" {
		t.Fatalf("%v, printed %q", err, out)
	}
	about, err := os.Stat(path)
	if err != nil || about.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", about.Mode(), err)
	}
	if raw, _ := os.ReadFile(path); !bytes.HasPrefix(raw, []byte("%PDF-")) {
		t.Errorf("it holds %.20q", raw)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".report-*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	_, err = reported(reportCommand{Pack: "quick-check", Answers: filepath.Join(dir, "a.csv"), Out: filepath.Join(dir, "none", "r.pdf")})
	if err == nil || !strings.Contains(err.Error(), "write the report: ") {
		t.Errorf("a folder that is not there: %v", err)
	}
}

func TestAPDFIsNotPrintedIntoATerminal(t *testing.T) {
	var out bytes.Buffer
	err := reportCommand{Pack: "quick-check", Answers: "a.csv", Format: "pdf"}.run(&out, true, reportDay)
	if err == nil || !strings.Contains(err.Error(), "--out report.pdf") || out.Len() != 0 {
		t.Errorf("%v, printed %d bytes", err, out.Len())
	}
}

// The provider's sheet decides who closes what IT and security share.
func TestTheProvidersSheetMovesSharedGaps(t *testing.T) {
	const shared = "question_id,answer\nacc-mfa-email,no\n"
	dir := folder(t, map[string]string{"a.csv": shared, "p.csv": "question_id,answer\nitp-cert,none\nitp-people,no\n"})
	for provider, want := range map[string]string{"": `"both": 20`, filepath.Join(dir, "p.csv"): `"security": 20`} {
		out, err := reported(reportCommand{Pack: "quick-check", Answers: filepath.Join(dir, "a.csv"), Provider: provider, Format: "json"})
		if err != nil || !strings.Contains(out, want) {
			t.Errorf("provider %q: %v, want %s in %.900s", provider, err, want, out)
		}
	}
}

// The same sheet on a later day: answers grow old.
func TestTheDayOfAReportCounts(t *testing.T) {
	dir := folder(t, map[string]string{"a.csv": filled(t, "quick-check")})
	for day, want := range map[string]string{"": "100 of 100, good", "2026-08-01": "Answered too long ago", "2027-03-02": "9 of 100, act now (could be up to 91: 8 answers"} {
		out, err := reported(reportCommand{Pack: "quick-check", Answers: filepath.Join(dir, "a.csv"), Date: day})
		if err != nil || !strings.Contains(strings.ToLower(out), strings.ToLower(want)) {
			t.Errorf("on %q: %v\n%.300s", day, err, out)
		}
	}
}
