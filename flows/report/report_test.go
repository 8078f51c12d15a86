package report_test

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/content/contenttest"
	"secadvisor/flows/report"
	"secadvisor/flows/score"
)

var update = flag.Bool("update", false, "write the reports in testdata as they are now")

var today = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// library has ours, and the shop check of the tests.
func library(t testing.TB) *content.Library {
	t.Helper()
	return contenttest.Library(t, content.Settings{Folder: "testdata/content"})
}

// input is a sheet as what a report is built from.
func input(t testing.TB, pack, name, sheet string) report.Input {
	t.Helper()
	lib := library(t)
	p, found := lib.Pack(pack)
	if !found {
		t.Fatalf("there is no pack %s", pack)
	}
	s, err := report.ReadSheet(strings.NewReader(sheet), report.Reading{Name: name, Lib: lib, Pack: p, Today: today})
	if err != nil {
		t.Fatal(err)
	}
	return report.Input{Lib: lib, Pack: p, Answers: s.Answers, At: today}
}

func file(t testing.TB, name string) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// run is a sheet of a shop some days ago.
func run(t testing.TB, days int, sheet string) report.Run {
	t.Helper()
	in := input(t, "shop", "before.csv", sheet)
	at := today.AddDate(0, 0, -days)
	for id, a := range in.Answers {
		a.At = at
		in.Answers[id] = a
	}
	return report.Run{At: at, Answers: in.Answers}
}

// figures are what the JSON says of a score.
type figures struct {
	Raw, Shown, Upper, Confidence *int
	CappedBy                      []string `json:"capped_by"`
	Band                          *string
	R                             map[string]int
	Priorities                    []struct {
		ID      string `json:"question_id"`
		P, R    int
		FixedBy string `json:"fixed_by"`
	}
}

func read(t testing.TB, body []byte) (f figures) {
	t.Helper()
	if err := json.Unmarshal(body, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func (f figures) order() (all []string) {
	for _, p := range f.Priorities {
		all = append(all, p.ID)
	}
	return all
}

// Both worked examples of the specification, from sheet to JSON.
func TestWorkedExamples(t *testing.T) {
	quick := read(t, report.Build(input(t, "quick-check", "a.csv", file(t, "quick-check.csv"))).JSON())
	if *quick.Raw != 45 || *quick.Shown != 45 || *quick.Upper != 53 || *quick.Confidence != 88 || *quick.Band != "weak" || len(quick.CappedBy) != 0 {
		t.Errorf("quick check: raw %d shown %d upper %d confidence %d %s, capped by %v", *quick.Raw, *quick.Shown, *quick.Upper, *quick.Confidence, *quick.Band, quick.CappedBy)
	}
	if diff := cmp.Diff([]string{"acc-mfa-email", "data-restore-test", "ppl-payment-check", "acc-leavers", "ir-contact", "gov-risk-assessment"}, quick.order()); diff != "" {
		t.Errorf("quick check: %s", diff)
	}
	if diff := cmp.Diff(map[string]int{"it": 10, "both": 18, "security": 28}, quick.R); diff != "" {
		t.Errorf("quick check: %s", diff)
	}
	strict := read(t, report.Build(input(t, "insurance-readiness", "a.csv", file(t, "insurance-readiness.csv"))).JSON())
	if *strict.Raw != 80 || *strict.Shown != 39 || *strict.Upper != 84 || *strict.Confidence != 95 || *strict.Band != "act now" {
		t.Errorf("insurance readiness: raw %d shown %d upper %d confidence %d %s", *strict.Raw, *strict.Shown, *strict.Upper, *strict.Confidence, *strict.Band)
	}
	if diff := cmp.Diff([]string{"acc-mfa-admin"}, strict.CappedBy); diff != "" {
		t.Errorf("insurance readiness: %s", diff)
	}
	if diff := cmp.Diff([]string{"acc-mfa-admin", "mail-dmarc", "ir-exercise", "dev-unsupported"}, strict.order()); diff != "" {
		t.Errorf("insurance readiness: %s", diff)
	}
}

// What is printed, as a person and as a program read it.
func TestPrintedReports(t *testing.T) {
	const full = "question_id,answer,date,evidence,note\nshop-door,partly,2026-02-01,yes,\nshop-alarm,2025-12-24,,no,\"=1+1, said \"\"Kim\"\"\"\nshop-keys,dont-know,,,\nshop-safe,yes,2025-01-15,yes,\n"
	before := run(t, 90, "question_id,answer\nshop-door,no\nshop-alarm,never\nshop-keys,list\nshop-safe,yes\n")
	another := run(t, 200, "question_id,answer\nshop-safe,no\n")
	compared := input(t, "shop", "a.csv", strings.ReplaceAll(full, "\"=1", "\"'=1"))
	compared.Earlier = []report.Run{before, another}
	compared.Company = "Corner Shop"
	apart := input(t, "shop", "a.csv", strings.ReplaceAll(full, "\"=1", "\"'=1"))
	apart.Earlier = []report.Run{another}
	for name, in := range map[string]report.Input{
		"compared":       compared,
		"not-comparable": apart,
		"incomplete":     input(t, "shop", "a.csv", "question_id,answer\nshop-door,no\nshop-keys,not-applicable\n"),
		"nothing-open":   input(t, "shop", "a.csv", "question_id,answer\nshop-door,yes\nshop-keys,list\nshop-alarm,2026-03-01\nshop-safe,yes\n"),
	} {
		r := report.Build(in)
		for ending, body := range map[string][]byte{"txt": r.Text(), "json": r.JSON(), "csv": r.CSV()} {
			path := "testdata/printed/" + name + "." + ending
			if *update {
				if err := os.WriteFile(path, body, 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			if diff := cmp.Diff(file(t, "printed/"+name+"."+ending), string(body)); diff != "" {
				t.Errorf("%s (-recorded +now):\n%s", path, diff)
			}
		}
	}
}

func TestASharedGapGoesToSecurity(t *testing.T) {
	in := input(t, "shop", "a.csv", "question_id,answer\nshop-door,no\nshop-keys,none\nshop-alarm,2026-03-01\nshop-safe,yes\n")
	if got := read(t, report.Build(in).JSON()).R; got["both"] != 20 || got["it"] != 4 || got["security"] != 0 {
		t.Errorf("at first: %v", got)
	}
	again := in
	again.Earlier = []report.Run{run(t, 90, "question_id,answer\nshop-door,partly\n"), run(t, 180, "question_id,answer\nshop-door,yes\n")}
	r := report.Build(again)
	if got := read(t, r.JSON()).R; got["both"] != 0 || got["security"] != 20 {
		t.Errorf("open in two runs in a row: %v", got)
	}
	if !strings.Contains(string(r.Text()), "because it was open last time too") {
		t.Error("nobody says why it is security's now")
	}
	once := in
	once.Earlier = []report.Run{run(t, 90, "question_id,answer\nshop-door,yes\n"), run(t, 180, "question_id,answer\nshop-door,no\n")}
	if got := read(t, report.Build(once).JSON()).R; got["both"] != 20 {
		t.Errorf("open before, closed, and open again: %v", got)
	}
	alone := in
	alone.Provider = map[string]company.Answer{"itp-cert": {Value: "none", At: today}, "itp-people": {Value: "no", At: today}}
	if got := read(t, report.Build(alone).JSON()).R; got["both"] != 0 || got["security"] != 20 {
		t.Errorf("a provider without expertise: %v", got)
	}
}

// The verdict's four topics are those that the interview asks about, with
// the same questions.
func TestTheVerdictFollowsTheInterview(t *testing.T) {
	lib := library(t)
	pack, _ := lib.Pack(content.ProviderCheck)
	for _, topic := range lib.Interview.Topics {
		in := report.Input{Lib: lib, Pack: pack, At: today, Answers: map[string]company.Answer{}}
		for _, pq := range pack.Questions {
			in.Answers[pq.ID] = company.Answer{Value: score.No, At: today, Revision: 1}
			if lib.Questions[pq.ID].Kind == content.Choice {
				in.Answers[pq.ID] = company.Answer{Value: "none", At: today, Revision: 1}
			}
		}
		for _, id := range topic.Questions {
			value := map[content.AnswerKind]string{content.YesPartlyNo: score.Yes, content.Date: "2026-03-01"}[lib.Questions[id].Kind]
			if lib.Questions[id].Kind == content.Choice {
				value = lib.Questions[id].Choices[0].ID
			}
			in.Answers[id] = company.Answer{Value: value, At: today, Revision: 1}
		}
		v := report.Build(in).Verdict
		if v == nil || v.Good != 1 || v.Approach != score.VirtualCISO || v.Says == "" {
			t.Fatalf("%s: %+v", topic.ID, v)
		}
		for _, got := range v.Topics {
			if want := map[bool]int{true: 100}[got.ID == topic.ID]; got.Score != want || got.Title == got.ID {
				t.Errorf("%s answered: %+v, want %d", topic.ID, got, want)
			}
		}
	}
	quick := input(t, "quick-check", "a.csv", file(t, "quick-check.csv"))
	if report.Build(quick).Verdict != nil {
		t.Error("the quick check judges the provider")
	}
}

// Names are told only where the owner gives them.
func TestNobodyIsNamedUnasked(t *testing.T) {
	in := input(t, "shop", "a.csv", "question_id,answer\nshop-door,yes\nshop-keys,list\nshop-alarm,2026-03-01\nshop-safe,yes\n")
	for id, a := range in.Answers {
		a.By = "U0ROBIN"
		in.Answers[id] = a
	}
	r := report.Build(in)
	for _, body := range [][]byte{r.Text(), r.JSON(), r.CSV()} {
		if strings.Contains(string(body), "U0ROBIN") {
			t.Errorf("a person's id is printed:\n%s", body)
		}
	}
	in.Who = map[string]string{"U0ROBIN": "IT support"}
	if !strings.Contains(string(report.Build(in).JSON()), `"by": "IT support"`) {
		t.Error("the role that the owner gave is not told")
	}
}

// Runs later than the one that is reported are no part of its trend.
func TestALaterRunIsNoEarlierOne(t *testing.T) {
	in := input(t, "quick-check", "a.csv", file(t, "quick-check.csv"))
	in.Earlier = []report.Run{{At: today.AddDate(0, 0, 1), Answers: in.Answers}}
	if r := report.Build(in); r.Trend != nil {
		t.Errorf("%+v", r.Trend)
	}
	for i := range 15 {
		in.Earlier = append(in.Earlier, report.Run{At: today.AddDate(0, 0, -i), Answers: in.Answers})
	}
	r := report.Build(in)
	if len(r.Trend.Points) != report.MostEarlier || r.Trend.Left != 3 || !r.Trend.Last().Day.Equal(today) {
		t.Errorf("%d points, %d left out, the last of %s", len(r.Trend.Points), r.Trend.Left, r.Trend.Last().Day)
	}
}

func TestAdviceFollowsTheSize(t *testing.T) {
	in := input(t, "quick-check", "a.csv", file(t, "quick-check.csv"))
	for size, want := range map[company.Size]string{company.SizeUnkn: "", company.UpTo10: "approach-small", company.UpTo49: "approach-small", company.UpTo249: "approach-growing", company.From250: "approach-growing"} {
		in.Profile.Size = size
		r := report.Build(in)
		got := ""
		if r.Approach != nil {
			got = r.Approach.ID
			if !strings.Contains(string(r.Text()), strings.ToUpper(r.Approach.Title)) {
				t.Errorf("%s: the text leaves the advice out", size)
			}
		}
		if got != want {
			t.Errorf("%q: %s, want %s", size, got, want)
		}
	}
	page, _ := in.Lib.Page("approach-small")
	for _, b := range page.Blocks {
		if b.For == content.ForStaff && strings.Contains(string(report.Build(in).Text()), b.Text) {
			t.Error("a report for owners says what is for staff")
		}
	}
}
