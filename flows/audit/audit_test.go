package audit_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/audit"
)

var (
	now   = time.Date(2026, 11, 27, 9, 0, 0, 0, time.UTC)
	owner = bot.Person{ID: "olga", Name: "Olga", Affiliation: bot.Home, Role: bot.Owner}
)

// log is a company with so many lines a month, for so many months.
func log(t *testing.T, each, months int) *bottest.World {
	t.Helper()
	w := bottest.NewWorld([]bot.Flow{audit.New()}, now)
	for m := range months {
		for i := range each {
			at := time.Date(2026, time.Month(11-m), 1+i%26, 8, 0, i, 0, time.UTC)
			line := bot.AuditLine{At: at, By: "olga", Verb: "did", Object: fmt.Sprintf("thing %d of %s", i, at.Month()), Where: "direct messages"}
			bottest.Put(t, w, bot.AuditDoc, bot.AuditID(at, fmt.Sprint(i)), line)
		}
	}
	return w
}

func looks(t *testing.T, w *bottest.World, who bot.Person, a bot.Action) string {
	t.Helper()
	e := bot.Event{Kind: bot.Click, From: who, Action: a}
	if a.Verb == "" {
		e = bot.Event{Kind: bot.Message, From: who, Text: "audit"}
	}
	effects, err := w.Do("audit", e)
	if err != nil {
		t.Fatal(err)
	}
	for _, effect := range effects {
		if x, ok := effect.(bot.Answer); ok {
			return bottest.Lines(x.View)
		}
	}
	t.Fatalf("no answer among %v", effects)
	return ""
}

// Every line is on one page, whichever way the months are cut.
func TestEveryLineIsOnAPage(t *testing.T) {
	w := log(t, 40, 9)
	seen := map[string]int{}
	for m := 11; m > 2; m -= 3 {
		for skip := 0; skip < 120; skip += 15 {
			for line := range strings.Lines(looks(t, w, owner, bot.Do("audit", "from", fmt.Sprintf("2026-%02d", m), fmt.Sprint(skip)))) {
				if _, thing, ok := strings.Cut(line, "did thing "); ok {
					seen[strings.TrimSpace(thing)]++
				}
			}
		}
	}
	for thing, n := range seen {
		if n != 1 {
			t.Errorf("%s is on %d pages", thing, n)
		}
	}
	if len(seen) != 360 {
		t.Errorf("%d of 360 lines are shown", len(seen))
	}
}

// Whoever did something is named by the company's records, else as they were
// called when they did it; who was never named is told apart by the id alone.
func TestEverybodyIsNamedWhomTheLogKnows(t *testing.T) {
	w := log(t, 0, 0)
	bottest.Put(t, w, bot.RolesDoc, bot.RolesID, bot.Roles{People: map[string]bot.Member{"U1": {Role: bot.Owner, Name: "Otto Berg"}}})
	for i, x := range []bot.AuditLine{
		{By: "U1", Name: "otto", Verb: "did", Object: "one"},
		{By: "U2", Name: "Kim", Verb: "did", Object: "two"},
		{By: "U2", Verb: "did", Object: "three"},
		{By: "U3", Verb: "did", Object: "four"},
		{By: "U2", Name: "Kim\nPark", Verb: "did", Object: "five"},
		{Verb: "did", Object: "six"},
		{Verb: "did", Object: "seven", Where: bot.OnServer},
		{By: "erased", Name: "somebody", Verb: "did", Object: "eight"},
	} {
		x.At = now.Add(time.Duration(i-60) * time.Minute)
		bottest.Put(t, w, bot.AuditDoc, bot.AuditID(x.At, fmt.Sprint(i)), x)
	}
	shown := looks(t, w, owner, bot.Action{})
	for _, want := range []string{"Otto Berg: did one", "Kim Park: did two", "Kim Park: did three", "Somebody (id U3): did four", "Kim Park: did five", "By itself: did six", "Whoever runs the server: did seven", "Somebody: did eight"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not in\n%s", want, shown)
		}
	}
	file, err := w.File("audit", bot.Do("audit", "csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{",U1,Otto Berg,did,one,", ",U2,Kim Park,did,two,", ",U3,,did,four,", ",,,did,six,"} {
		if !strings.Contains(string(file.Body), want) {
			t.Errorf("%q is not in\n%s", want, file.Body)
		}
	}
}

func TestTheLatestLineComesFirst(t *testing.T) {
	w := log(t, 40, 2)
	shown := looks(t, w, owner, bot.Action{})
	if first := strings.Index(shown, "26 November"); first < 0 || strings.Contains(shown[:first], "did thing") {
		t.Errorf("the page begins\n%s", shown)
	}
}

func TestOnlyOwnersReadTheLog(t *testing.T) {
	w := log(t, 5, 1)
	for _, who := range []bot.Person{{ID: "sam", Affiliation: bot.Home}, {ID: "ivo", Affiliation: bot.Home, Role: bot.IT}, {ID: "kim", Affiliation: bot.Home, Role: bot.Partner}} {
		for _, a := range []bot.Action{{}, bot.Do("audit", "from", "2026-11", "0"), bot.Do("audit", "file")} {
			if shown := looks(t, w, who, a); strings.Contains(shown, "thing") || !strings.Contains(shown, "Only owners") {
				t.Errorf("%s reads\n%s", who.ID, shown)
			}
		}
	}
}

// The whole log comes as a table, and taking it is in the log itself.
func TestTheLogAsAFile(t *testing.T) {
	w := log(t, 5, 3)
	effects, err := w.Do("audit", bot.Event{Kind: bot.Click, From: owner, Action: bot.Do("audit", "file")})
	if err != nil {
		t.Fatal(err)
	}
	var logged, sent bool
	for _, effect := range effects {
		switch x := effect.(type) {
		case bot.Audit:
			logged = x.Verb == "exported"
		case bot.Send:
			sent = x.To.User == owner.ID
		}
	}
	file, err := w.File("audit", bot.Do("audit", "csv"))
	if err != nil || !logged || !sent || strings.Count(string(file.Body), "\n") != 16 || !strings.HasPrefix(string(file.Body), "when_utc,") {
		t.Errorf("logged %v, sent %v, %v:\n%s", logged, sent, err, file.Body)
	}
}

func TestOddButtonsShowTheLatest(t *testing.T) {
	w := log(t, 5, 1)
	for _, a := range []bot.Action{bot.Do("audit", "from", "never", "0"), bot.Do("audit", "from", "2026-11", "-5"), bot.Do("audit", "from"), bot.Do("audit", "dance")} {
		if shown := looks(t, w, owner, a); !strings.Contains(shown, "Who did what") {
			t.Errorf("%v shows\n%s", a, shown)
		}
	}
}
