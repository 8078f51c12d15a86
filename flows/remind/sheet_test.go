package remind

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/bot/schedule"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/content/contenttest"
)

func stored[T any](t *testing.T, w *bottest.World, doc bot.Doc[T], id string, v T) {
	t.Helper()
	body, err := doc.Encode(v)
	if err != nil {
		t.Fatal(err)
	}
	w.Docs[doc.Key(id)] = body
}

// written is a company after a quarter, in a world whose files are the words
// of the sheet in place of its PDF.
func written(t *testing.T) *bottest.World {
	t.Helper()
	lib := contenttest.BuiltIn(t)
	f := flow{lib, func(string) []string { return []string{"olga"} }}
	flow := New(lib, f.owners)
	flow.File = func(d *bot.Docs, name bot.Action, _ time.Time) (bot.File, error) {
		m, err := f.memo(d, name)
		var all []string
		for _, p := range m.Parts {
			all = append(append(all, p.Title), p.Lines...)
		}
		return bot.File{Name: m.Under, Body: []byte(strings.Join(all, "\n"))}, err
	}
	june := time.Date(2026, 6, 2, 7, 0, 0, 0, time.UTC)
	w := bottest.NewWorld([]bot.Flow{flow}, june.AddDate(0, 0, 7))
	p, _ := lib.Pack("quick-check")
	index := company.Index{}
	for i, id := range []string{"aaaaaaaaaaaa", "bbbbbbbbbbbb"} {
		at := june.AddDate(0, -3*(1-i), 0)
		run := company.Run{Pack: p.ID, Owner: "olga", Started: at, Finished: at, Answers: map[string]company.Answer{}}
		for _, pq := range p.Questions {
			q := lib.Questions[pq.ID]
			value := map[bool]string{true: at.Format(time.DateOnly), false: "yes"}[q.Kind == content.Date]
			switch {
			case q.ID == "data-backup" && i == 0, q.ID == "acc-leavers" && i == 1:
				value = "no"
			case q.ID == "ir-contact":
				value = "dont-know"
			}
			run.Answers[q.ID] = company.Answer{Value: value, By: "olga", At: at, Revision: q.Revision}
		}
		index.Finish("olga", p.ID, id)
		stored(t, w, company.Runs, id, run)
	}
	others := company.Run{Pack: "incident-readiness", Owner: "otto", Finished: june}
	index.Finish("otto", others.Pack, "cccccccccccc")
	stored(t, w, company.Runs, "cccccccccccc", others)
	stored(t, w, company.Indexes, company.IndexID, index)
	stored(t, w, company.Maps, company.MapID, company.Map{
		Parties: map[string]company.Party{"r": {Name: "Robin", User: "robin"}, "k": {Name: "Kim", User: "kim"}},
		Duties:  map[string]company.Duty{company.GroupIT: {Does: "r", Deputy: "k", State: company.Confirmed, Since: june.AddDate(0, -1, 0)}},
	})
	stored(t, w, company.FixesOf, company.FixesID, company.Fixes{Tasks: map[string]company.Fix{
		"data-restore-test":   {State: company.FixOpen, Side: "it", Parts: map[string]company.Part{"it": {Name: "Robin", User: "robin", Given: june.AddDate(0, -2, 0), Due: june, Done: june}}},
		"data-backup-offline": {State: company.FixOpen, Side: "it", Parts: map[string]company.Part{"it": {Name: "Acme", Given: june.AddDate(0, -9, 0)}}},
		"acc-mfa-email":       {State: company.FixAccepted, Accepted: company.Acceptance{At: june, Until: june.AddDate(0, 6, 0)}},
		"acc-leavers":         {State: company.FixDone, Done: company.Word{At: june}},
		"ppl-training":        {State: company.FixOpen},
	}})
	s := company.Schedule{About: company.OfRestore, Owner: "olga", To: bot.To("robin"), Rule: schedule.Rule{Every: 3, Unit: schedule.Months, Start: "2026-03-02", At: "09:00", Zone: "UTC"}, Due: june.AddDate(0, 3, 0)}
	s.Past = []company.Outcome{{Due: june.AddDate(0, -6, 0), How: company.WasDone, At: june.AddDate(0, -6, 0)}, {Due: june, How: company.WasDone, At: june.AddDate(0, 0, 3), Name: "Robin", Note: "three files"}}
	stored(t, w, company.Schedules, "restore-test", s)
	return w
}

func sheet(t *testing.T, w *bottest.World, names string) string {
	t.Helper()
	f, err := w.File("remind", bot.Do("remind", "sheet", "olga", "2026-06-09", names))
	if err != nil {
		t.Fatal(err)
	}
	return f.Name + "\n" + string(f.Body)
}

func TestTheSheetSaysWhatWasDoneInThreeMonths(t *testing.T) {
	got := sheet(t, written(t), "names")
	for _, want := range []string{
		"9 March 2026 to 9 June 2026",
		"IT support: Robin, with Kim as deputy, confirmed on 2 May 2026", "Security as a whole: nobody", "topics have somebody",
		"Quick check, answered on 2 June 2026: 10 questions, 10 of them anew", "Reminder, Restore test, due on 2 June 2026: done on 5 June 2026",
		"No longer open: automatic backups of everything that matters", "Newly open: close access on the last day",
		"Said to be done on 2 June 2026: close access on the last day", "Accepted as a risk until 2 December 2026",
		"Test a restore: to Robin on 2 April 2026, done by their word on 2 June 2026", "Still open: 3 fixes, of which 2 have somebody",
		"Quick check does not ask: ", "Not done within a year: IT provider check, Quarterly essentials, Insurance readiness, Incident readiness", "1 question that nobody could answer",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the sheet does not say %q:\n%s", want, got)
		}
	}
	for _, no := range []string{"three files", "December 2025", "Acme", "answered on 2 March"} {
		if strings.Contains(got, no) {
			t.Errorf("the sheet says %q:\n%s", no, got)
		}
	}
}

func TestTheSheetNamesNobodyUnlessWanted(t *testing.T) {
	got := sheet(t, written(t), "")
	for _, name := range []string{"Robin", "Kim", "Acme"} {
		if strings.Contains(got, name) {
			t.Errorf("the sheet names %s:\n%s", name, got)
		}
	}
	if !strings.Contains(got, "Test a restore: to somebody on 2 April 2026") {
		t.Errorf("the sheet does not say what was handed over:\n%s", got)
	}
}

func TestTheSheetIsAPage(t *testing.T) {
	w := written(t)
	lib := contenttest.BuiltIn(t)
	w.Flows["remind"] = New(lib, func(string) []string { return []string{"olga"} })
	olga := bot.Person{ID: "olga", Affiliation: bot.Home, Role: bot.Owner}
	effects, err := w.Do("remind", bot.Event{Kind: bot.Click, From: olga, Action: bot.Do("remind", "sheet-send", "names")})
	if err != nil {
		t.Fatal(err)
	}
	send := effects[1].(bot.Send)
	if send.To != bot.To("olga") {
		t.Errorf("sent to %+v", send.To)
	}
	f, err := w.File("remind", send.File)
	if err != nil || f.Name != "three-months-2026-06-09.pdf" || !bytes.HasPrefix(f.Body, []byte("%PDF")) {
		t.Errorf("file %s, %d bytes, %v", f.Name, len(f.Body), err)
	}
	for _, name := range []bot.Action{bot.Do("remind", "sheet"), bot.Do("remind", "sheet", "olga", "soon"), bot.Do("remind", "other", "olga", "2026-06-09")} {
		if _, err := w.File("remind", name); err == nil {
			t.Errorf("%v is a file", name)
		}
	}
	sam := bot.Person{ID: "sam", Affiliation: bot.Home}
	for _, verb := range []string{"sheet", "sheet-send"} {
		effects, err := w.Do("remind", bot.Event{Kind: bot.Click, From: sam, Action: bot.Do("remind", verb, "names")})
		if err != nil || len(effects) != 1 || !strings.Contains(effects[0].(bot.Answer).View.Title, "Only an owner") {
			t.Errorf("%s gives staff %+v, %v", verb, effects, err)
		}
	}
}
