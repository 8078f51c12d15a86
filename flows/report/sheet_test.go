package report_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"secadvisor/flows/company"
	"secadvisor/flows/report"
)

// shop reads a sheet of the shop check.
func shop(t testing.TB, name, sheet string, earlier bool) (report.Sheet, error) {
	t.Helper()
	lib := library(t)
	pack, _ := lib.Pack("shop")
	return report.ReadSheet(strings.NewReader(sheet), report.Reading{Name: name, Lib: lib, Pack: pack, Today: today, Earlier: earlier})
}

const head = "question_id,answer,date,evidence,note\n"

func utf16LE(s string) string {
	out := "\xff\xfe"
	for _, unit := range utf16.Encode([]rune(s)) {
		out += string([]byte{byte(unit), byte(unit >> 8)})
	}
	return out
}

// Each mistake is told with its line and what to do.
func TestBadSheets(t *testing.T) {
	for name, c := range map[string]struct{ sheet, want string }{
		"empty":              {"", "a.csv: line 1: there is nothing in it: write a sheet with --template shop and fill it"},
		"spaces":             {"\n \n", "line 1: there is nothing in it"},
		"only a head":        {head, "line 1: there is no answer in it: fill the column answer"},
		"template unfilled":  {head + "shop-door,,,,\nshop-safe,,,,\n", "line 1: there is no answer in it"},
		"10 MB":              {head + strings.Repeat("shop-door,yes,2026-03-01,yes,a note\n", 300_000), "line 29128: the file goes past 1 MB here: leave one row a question, 4 in all"},
		"one long line":      {strings.Repeat("x", report.MostBytes+1), "line 1: the file goes past 1 MB here"},
		"UTF-16":             {utf16LE(head + "shop-door,yes,,,\n"), "line 1: this is UTF-16: save the file as UTF-8"},
		"UTF-16, big end":    {"\xfe\xff\x00q", "line 1: this is UTF-16"},
		"UTF-16, no mark":    {"q\x00u\x00", "line 1: this is no UTF-8 text"},
		"Latin-1":            {head + "shop-door,yes,,,\nshop-safe,no,,,M\xfcller\n", "line 3: a letter here is not UTF-8 (Latin-1, perhaps): save the file as UTF-8"},
		"a workbook":         {"PK\x03\x04\x14\x00", `line 1: this is a spreadsheet's own format: save it as "CSV UTF-8"`},
		"unknown id":         {head + "shop-door,yes,,,\nshop-dor,yes,,,\n", `line 3: there is no question "shop-dor": mend the id, or take the row out; --template shop lists them`},
		"another pack's id":  {head + "acc-mfa-email,yes,,,\n", "line 2: acc-mfa-email is no question of shop: take the row out"},
		"no id":              {head + ",yes,,,\n", "line 2: the column question_id is empty"},
		"two answers":        {head + "shop-door,yes,,,\n\nshop-safe,no,,,\nshop-door,no,,,\n", "line 5: shop-door is answered in line 2 already: leave one of the two"},
		"two, one empty":     {head + "shop-door,yes,,,\nshop-door,,,,\n", "line 3: shop-door is answered in line 2 already"},
		"an answer unknown":  {head + "shop-door,maybe,,,\n", `line 2: shop-door is answered with yes, partly, no or dont-know; it is "maybe"`},
		"a choice unknown":   {head + "shop-keys,yes,,,\n", "line 2: shop-keys is answered with list (On a list, by name), some (Some are), none (Nobody counts them), not-applicable or dont-know"},
		"yes for a day":      {head + "shop-alarm,yes,,,\n", `line 2: shop-alarm asks for a day: write it as 2026-01-31, or write never or dont-know; it is "yes"`},
		"day as elsewhere":   {head + "shop-alarm,31.01.2026,,,\n", "line 2: shop-alarm asks for a day"},
		"no such day":        {head + "shop-alarm,2026-02-30,,,\n", "line 2: shop-alarm asks for a day"},
		"a day to come":      {head + "shop-alarm,2026-03-03,,,\n", "line 2: 2026-03-03 is a day to come: write when it was last done"},
		"wrong date":         {head + "shop-door,yes,3/1/2026,,\n", `line 2: date: write the day of the answer as 2026-01-31, or leave it empty; it is "3/1/2026"`},
		"future date":        {head + "shop-door,yes,2026-03-03,,\n", "line 2: date: 2026-03-03 is a day to come"},
		"never applies":      {head + "shop-door,not-applicable,,,\n", "line 2: shop-door always applies: answer it, or write dont-know"},
		"evidence":           {head + "shop-door,yes,,a photo,\n", `line 2: evidence: write yes if somebody has seen it, or no; what was seen goes into note; it is "a photo"`},
		"long note":          {head + "shop-door,yes,,," + strings.Repeat("ü", 2001) + "\n", "line 2: the note has 2001 characters: shorten it to 2000"},
		"formula":            {head + "shop-door,yes,,,=HYPERLINK(1)\n", `line 2: note begins with "=", as a formula does: write it as plain text, or put an apostrophe (') before it`},
		"formula, plus":      {head + "shop-door,yes,,,+1+cmd|' /C calc'!A0\n", `line 2: note begins with "+"`},
		"formula, minus":     {head + "shop-door,yes,,,-2+3\n", `line 2: note begins with "-"`},
		"formula, at":        {head + "shop-door,@SUM(1),,,\n", `line 2: answer begins with "@"`},
		"formula as the id":  {head + "=1+1,yes,,,\n", `line 2: question_id begins with "="`},
		"too few cells":      {head + "shop-door,yes\n", "line 2: give this row 5 cells, as many as the first line has"},
		"too many cells":     {head + "shop-door,yes,,,one, two\n", "line 2: give this row 5 cells"},
		"a quotation mark":   {head + "shop-door,yes,,,a \"note\"\n", "line 2: a quotation mark stands alone"},
		"quotes left open":   {head + "shop-door,yes,,,\"a note\nshop-safe,no,,,\n", "line 2: a quotation mark stands alone"},
		"no column answer":   {"question_id,date\nshop-door,2026-01-01\n", "line 1: the column answer is missing: the columns are question_id, answer, date, evidence, note"},
		"unknown column":     {"question_id,answer,when\nshop-door,yes,\n", `line 1: there is no column "when"`},
		"column without":     {"question_id,answer,\nshop-door,yes,\n", "line 1: column 3 has no name"},
		"column twice":       {"question_id,answer,answer\nshop-door,yes,no\n", "line 1: the column answer is there twice"},
		"no head":            {"shop-door,yes,,,\n", `line 1: there is no column "shop-door"`},
		"revision":           {"question_id,answer,revision\nshop-door,yes,two\n", `line 2: revision is a whole number from 1, or empty; it is "two"`},
		"too many rows":      {head + strings.Repeat("x,,,,\n", 1002), "line 1002: there are more than 1000 rows: leave one a question"},
		"a long wrong value": {head + "shop-door," + strings.Repeat("a", 500) + ",,,\n", `it is "` + strings.Repeat("a", 39) + `…"`},
	} {
		s, err := shop(t, "a.csv", c.sheet, false)
		if err == nil || !strings.Contains(err.Error(), c.want) || len(s.Answers) != 0 {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
		if err != nil && !strings.HasPrefix(err.Error(), "a.csv: line ") {
			t.Errorf("%s: neither file nor line is named: %v", name, err)
		}
	}
}

func TestBadSheetsInJSON(t *testing.T) {
	for name, c := range map[string]struct{ sheet, want string }{
		"no list":       {`{"questions": []}`, `line 1: there is no list "answers" in it`},
		"a map":         {`{"answers": {"shop-door": "yes"}}`, "line 1: write a list of answers"},
		"a number":      {"7", "line 1: write a list of answers"},
		"no objects":    {"[\n\"yes\"\n]", "line 2: an answer looks like"},
		"broken":        {"[\n{\"question_id\": \"shop-door\",\n\"answer\": yes}]", "line 3: this is no JSON"},
		"cut":           {"[\n{\"question_id\": \"shop-door\",\n\"answer\": \"ye", "line 3: the list does not end: is the file whole?"},
		"cut after one": {"[{\"question_id\": \"shop-door\", \"answer\": \"yes\"}\n", "line 2: the list does not end"},
		"two lists":     {"[{\"question_id\": \"shop-door\", \"answer\": \"yes\"}]\n[]", "line 2: something stands after the list"},
		"unknown field": {"[\n\n{\"question_id\": \"shop-door\", \"answr\": \"yes\"}]", `line 3: there is no field "answr"`},
		"a list inside": {"[{\"question_id\": \"shop-door\", \"answer\": [\"yes\"]}]", "line 1: answer: write a text"},
		"unknown id":    {"[\n{\"question_id\": \"shop-door\", \"answer\": \"yes\"},\n\n  {\"question_id\": \"shop-dor\", \"answer\": \"yes\"}\n]", `line 4: there is no question "shop-dor"`},
		"two answers":   {"{\n\"answers\": [\n{\"question_id\": \"shop-door\", \"answer\": \"yes\"},\n{\"question_id\": \"shop-door\", \"answer\": \"no\"}]}", "line 4: shop-door is answered in line 3 already"},
		"broken inside": {"{\"answers\": [\n{\"question_id\": }]}", "line 2: this is no JSON"},
		"too many":      {"[\n" + strings.Repeat("{},\n", 1002) + "{}]", "line 1002: there are more than 1000 rows"},
		"empty":         {"[]", "line 1: there is no answer in it"},
	} {
		_, err := shop(t, "a.JSON", c.sheet, false)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "a.JSON: line ") {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}

// All that can be found is told at once, in order, up to what a person reads.
func TestMistakesAreToldTogether(t *testing.T) {
	_, err := shop(t, "a.csv", head+"shop-door,maybe,,,\nshop-safe,yes,,,\nwindow,yes,,,\n", false)
	want := "a.csv: line 2: shop-door is answered with yes, partly, no or dont-know; it is \"maybe\"\na.csv: line 4: there is no question \"window\": mend the id, or take the row out; --template shop lists them"
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	many := head
	for i := range 100 {
		many += fmt.Sprintf("window-%d,yes,,,\n", i)
	}
	if _, err := shop(t, "a.csv", many, false); err == nil || !strings.HasSuffix(err.Error(), "\nand 80 more like these") || strings.Count(err.Error(), "\n") != 20 {
		t.Errorf("got %v", err)
	}
}

func at(day string) time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return t
}

// One sheet in every form that people's programs save.
func TestGoodSheets(t *testing.T) {
	want := map[string]company.Answer{
		"shop-door":  {Value: "partly", Evidence: true, Note: "-5 °C = too cold", At: at("2026-02-01"), Revision: 2},
		"shop-alarm": {Value: "2025-12-24", At: today, Revision: 1},
		"shop-keys":  {Value: "list", At: today, Revision: 1},
		"shop-safe":  {Value: "dont-know", At: today, Revision: 1},
	}
	const rows = "shop-door,Partly,2026-02-01,YES,'-5 °C = too cold\nSHOP-ALARM,2025-12-24,,no,\nshop-keys,\"on a list, by name\",,,\nshop-safe,don’t know,,,\n"
	for name, c := range map[string]struct{ file, sheet string }{
		"as printed":      {"a.csv", head + rows},
		"with a mark":     {"a.csv", "\ufeff" + head + rows},
		"Windows":         {"a.csv", strings.ReplaceAll(head+rows, "\n", "\r\n")},
		"no last newline": {"a.csv", strings.TrimSpace(head + rows)},
		"capitals":        {"a.csv", strings.ToUpper(head[:len(head)-1]) + "\n" + rows},
		"empty rows":      {"a.csv", head + ",,,,\n" + strings.ReplaceAll(rows, "\n", "\n\n")},
		"semicolons":      {"a.csv", strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(head+rows, "\"on a list, by name\"", "list"), ",", ";"), "; by", ", by")},
		"tabs":            {"a.csv", strings.ReplaceAll(strings.ReplaceAll(head+rows, "\"on a list, by name\"", "list"), ",", "\t")},
		"other order":     {"a.csv", "note,answer,question_id,evidence,date,question\n'-5 °C = too cold,partly,shop-door,x,2026-02-01T09:30:00Z,What?\n,2025-12-24 00:00:00,shop-alarm,,,\n,list,shop-keys,,,\n,?,shop-safe,,,\n"},
		"JSON unnamed":    {"a.txt", ` [{"question_id":"shop-door","answer":"partly","date":"2026-02-01","evidence":"yes","note":"-5 °C = too cold"},{"question_id":"shop-alarm","answer":"2025-12-24"},{"question_id":"shop-keys","answer":"list"},{"question_id":"shop-safe","answer":"?"}]`},
		"JSON":            {"a.json", `[{"question_id":"shop-door","answer":"partly","date":"2026-02-01","evidence":true,"note":"-5 °C = too cold"},{"question_id":"shop-alarm","answer":"2025-12-24","evidence":false},{"question_id":"shop-keys","answer":"list","note":null},{"question_id":"shop-safe","answer":"dont-know"}]`},
	} {
		s, err := shop(t, c.file, c.sheet, false)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(want, s.Answers); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// What steers a terminal or turns the writing round does not come in.
func TestNotesArePlainText(t *testing.T) {
	s, err := shop(t, "a.csv", head+"shop-door,yes,,,\"a\x1b[31m red\nnote \u202eback\"\n", false)
	if err != nil || s.Answers["shop-door"].Note != "a[31m red note back" {
		t.Errorf("%q %v", s.Answers["shop-door"].Note, err)
	}
}

// An earlier run may hold questions that have gone from the pack and answers
// to other wordings; it must say when it was.
func TestSheetsOfEarlierRuns(t *testing.T) {
	s, err := shop(t, "b.csv", "question_id,answer,date,revision\nshop-door,always,2025-11-20,1\nacc-mfa-email,yes,2025-11-01,\nshop-safe,no,,\n", true)
	want := report.Sheet{Last: at("2025-11-20"), Answers: map[string]company.Answer{
		"shop-door":     {Value: "always", At: at("2025-11-20"), Revision: 1},
		"acc-mfa-email": {Value: "yes", At: at("2025-11-01"), Revision: 1},
		"shop-safe":     {Value: "no", At: at("2025-11-20"), Revision: 1},
	}}
	if diff := cmp.Diff(want, s); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	for sheet, want := range map[string]string{
		head + "shop-door,yes,,,\n":           "line 1: none of the answers has a day, so nobody knows when this run was",
		head + "window,yes,2025-11-20,,\n":    `line 2: there is no question "window"`,
		head + "shop-door,yes,2026-03-03,,\n": "line 2: date: 2026-03-03 is a day to come",
	} {
		if _, err := shop(t, "b.csv", sheet, true); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// A report can be kept as the sheet of an earlier run, and a template that
// was filled is a sheet.
func TestWhatIsPrintedCanBeRead(t *testing.T) {
	in := input(t, "shop", "a.csv", head+"shop-door,yes,2026-02-01,yes,\"'=1, \"\"'two\"\"\"\nshop-alarm,never,,,\nshop-keys,not-applicable,,,'+49 1\n")
	r := report.Build(in)
	evident := in.Answers["shop-keys"]
	evident.Evidence = true // a note is evidence
	in.Answers["shop-keys"] = evident
	for name, body := range map[string][]byte{"a.csv": r.CSV(), "a.json": r.JSON()} {
		s, err := shop(t, name, string(body), false)
		if diff := cmp.Diff(in.Answers, s.Answers); diff != "" || err != nil {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
	template := string(report.Template(in.Lib, in.Pack))
	if want := "question_id,answer,date,evidence,note,question\nshop-door,,,,,"; !strings.HasPrefix(template, want) {
		t.Errorf("template: %s", template)
	}
	if s, err := shop(t, "a.csv", strings.Replace(template, "shop-door,,", "shop-door,yes,", 1), false); err != nil || len(s.Answers) != 1 {
		t.Errorf("a filled template: %v %v", s, err)
	}
}

// Whatever a file holds, it is read, or told with its line; and what is read
// is printed so that it is read the same.
func FuzzSheet(f *testing.F) {
	for _, seed := range []string{head + "shop-door,yes,2026-02-01,yes,\"'=1, \"\"two\"\"\"\n", "", "question_id;answer\nshop-safe;?\n", `[{"question_id":"shop-door","answer":"no","note":"=1"}]`, "{\"answers\":[\n{}]}", "\xff\xfea", "\"", head + "shop-keys,''@,,,"} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, sheet string, inJSON bool) {
		name := map[bool]string{true: "a.json", false: "a.csv"}[inJSON]
		s, err := shop(t, name, sheet, false)
		if err != nil {
			if !strings.HasPrefix(err.Error(), name+": line ") || strings.HasPrefix(err.Error(), name+": line 0") {
				t.Errorf("no line: %v", err)
			}
			return
		}
		lib := library(t)
		pack, _ := lib.Pack("shop")
		r := report.Build(report.Input{Lib: lib, Pack: pack, Answers: s.Answers, At: today})
		for id, a := range s.Answers {
			a.Evidence = a.Evidence || a.Note != ""
			s.Answers[id] = a
		}
		for name, body := range map[string][]byte{"b.csv": r.CSV(), "b.json": r.JSON()} {
			again, err := shop(t, name, string(body), false)
			if diff := cmp.Diff(s.Answers, again.Answers); diff != "" || err != nil {
				t.Errorf("%s: %v %s\n%s", name, err, diff, body)
			}
		}
	})
}
