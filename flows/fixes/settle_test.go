package fixes_test

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
)

func TestATaskIsPlannedOnce(t *testing.T) {
	s := made(t)
	s.Sees(bottest.Answered(s.Press(olga, "plan", restore)), "Test a restore · planned", "give it to them", "[Not planned any more]")
	if effects := s.Press(olga, "plan", restore); bottest.Audits(effects) != "" {
		t.Error("planning twice is noted twice")
	}
	s.Sees(s.looks(olga), "Test a restore · nobody yet · planned")
	s.Sees(bottest.Answered(s.Press(olga, "reopen", restore)), "Test a restore · open")
}

func TestAnOwnerSaysThatItIsDone(t *testing.T) {
	s := made(t)
	s.gives(restore, robin, "", "1 June")
	s.Press(olga, "done", restore)
	if why := bottest.Refused(s.submit(olga, form{"note": "\n"}, "done", restore)); why["note"] == "" {
		t.Error("no words are taken for a note")
	}
	effects := s.submit(olga, form{"note": "Opened three files with Robin"}, "done", restore)
	s.Sees(bottest.Told(effects)["robin"], "Settled: test a restore")
	s.Sees(bottest.Answered(effects), "said to be done", "Olga, 2 March 2026: “Opened three files with Robin”", "[Open again]", "[Check again now]")
	effects = s.Press(olga, "reopen", restore)
	s.Sees(bottest.Told(effects)["robin"], "[Done]")
	s.Sees(bottest.Answered(effects), "Test a restore · open", "Opened three files with Robin")
	if effects = s.Press(olga, "reopen", restore); len(bottest.Told(effects)) != 0 || bottest.Audits(effects) != "" {
		t.Error("opening it twice is told twice")
	}
}

func TestARiskIsAcceptedUntilADay(t *testing.T) {
	s := made(t)
	s.gives(helper, kim, "", "1 April")
	s.Press(olga, "accept", helper)
	for field, f := range map[string]form{"reason": {"until": "1 May"}, "until": {"reason": "Later", "until": "in two years"}} {
		if why := bottest.Refused(s.submit(olga, f, "accept", helper)); why[field] == "" || len(why) != 1 {
			t.Errorf("%v: %v", f, why)
		}
	}
	effects := s.submit(olga, form{"reason": "The insurer sends somebody", "until": "1 May"}, "accept", helper)
	s.Sees(bottest.Told(effects)["kim"], "Not now: a helper for break-ins", "until 1 May 2026")
	s.Unseen(bottest.Told(effects)["kim"], "insurer")
	s.Sees(s.looks(olga), "Fix list: 5 open", "Accepted risks\nA helper for break-ins, reachable at night · until 1 May 2026, by Olga")
	s.Sees(bottest.Answered(s.Press(olga, "open", helper)), "Olga, 2 March 2026: “The insurer sends somebody”", "[Accept it longer]")
	s.Unseen(s.looks(kim), "helper")

	s.Now = time.Date(2026, 5, 1, 23, 0, 0, 0, time.UTC)
	s.Sees(s.looks(olga), "Fix list: 5 open")
	s.Now = time.Date(2026, 5, 2, 12, 0, 0, 0, time.UTC)
	if got := s.list().Open(s.Now); len(got) != 6 {
		t.Errorf("open are %v before the timer came", got)
	}
	s.fires()
	back := s.Views[len(s.Views)-2:]
	s.Sees(back[0], "Back on the fix list: a helper for break-ins", "You accepted this risk until 1 May 2026", "The insurer sends somebody")
	s.Sees(back[1], "Olga asks you", "[Done]")
	s.Sees(s.looks(olga), "Fix list: 6 open", "Kim · open again")
}

func TestARiskCanBeAcceptedLongerOrNoMore(t *testing.T) {
	s := made(t)
	s.submit(olga, form{"reason": "Later", "until": "1 May"}, "accept", helper)
	s.Press(olga, "accept", helper)
	if f := s.Forms[len(s.Forms)-1]; f.Fields[0].Value != "Later" {
		t.Errorf("the form proposes the reason %q", f.Fields[0].Value)
	}
	s.submit(olga, form{"reason": "Later still", "until": "1 July"}, "accept", helper)
	if at := s.Timers["fixes/until/2026-07-01"]; at.Month() != time.July || len(s.ends()) != 1 {
		t.Errorf("it comes back at %v, of %v", at, s.ends())
	}
	s.Now = time.Date(2026, 5, 3, 0, 0, 0, 0, time.UTC)
	if late := s.Play(bot.Event{Kind: bot.Timer, Timer: "until/2026-05-01"}); len(late) != 0 || s.fix(helper).State != company.FixAccepted {
		t.Errorf("a timer that was moved does something: %v", late)
	}
	s.Press(olga, "reopen", helper)
	if left := s.ends(); len(left) > 0 {
		t.Errorf("timers stay: %v", left)
	}
	s.submit(olga, form{"reason": "Later", "until": "1 June"}, "accept", helper)
	s.submit(olga, form{"note": "We have one"}, "done", helper)
	if left := s.ends(); len(left) > 0 || s.fix(helper).State != company.FixDone {
		t.Error("what is done comes back")
	}
	for _, name := range []string{"", "until/", "until/gone", restore + "/until", "dance"} {
		if got := s.Play(bot.Event{Kind: bot.Timer, Timer: name}); len(got) != 0 {
			t.Errorf("timer %q: %v", name, got)
		}
	}
}

// ends are the timers of accepted risks. They do not say which: names are not
// encrypted.
func (s *scene) ends() (names []string) {
	for name := range s.Timers {
		if strings.HasPrefix(name, "fixes/until/") {
			names = append(names, name)
		}
	}
	return names
}

// Two risks were accepted until the same day: both come back, and neither takes
// the other's timer away.
func TestRisksThatEndOnOneDayAllComeBack(t *testing.T) {
	s := made(t)
	for _, id := range []string{helper, restore, payment} {
		s.submit(olga, form{"reason": "Later", "until": "1 May"}, "accept", id)
	}
	s.Press(olga, "reopen", payment)
	if got := s.ends(); len(got) != 1 {
		t.Fatalf("timers %v", got)
	}
	s.Now = time.Date(2026, 5, 3, 0, 0, 0, 0, time.UTC)
	s.Play(bot.Event{Kind: bot.Timer, Timer: "until/2026-05-01"})
	for _, id := range []string{helper, restore, payment} {
		if f := s.fix(id); f.State != company.FixOpen {
			t.Errorf("%s is %s", id, f.State)
		}
	}
}

func TestHostileWordsStayWords(t *testing.T) {
	hostile := "<!channel> *x* \u202eevil\x00\n\nOlga: “all is well”\u200b " + strings.Repeat("ä", 2000)
	s := made(t)
	mallory := robin
	mallory.Name = hostile
	e := bot.Event{Kind: bot.Submit, From: olga, Action: bot.Do("fixes", "give", restore), Values: form{"user": "robin", "due": "1 June"},
		Picked: map[string]bot.Picked{"user": {ID: "robin", Name: hostile, Affiliation: bot.Home}}}
	s.Play(e)
	s.submit(mallory, form{"note": hostile}, "did", restore, "it")
	s.gives(payment, robin, "", "1 June")
	s.submit(mallory, form{"note": hostile}, "cant", payment, "security")
	s.submit(olga, form{"outside": hostile, "due": "1 June"}, "give", payment)
	s.submit(olga, form{"reason": hostile, "until": "1 May"}, "accept", helper)
	s.looks(olga)
	for _, id := range []string{restore, payment, helper} {
		s.Press(olga, "open", id)
	}
	for _, due := range []string{hostile, "\x00", strings.Repeat("9", 5000)} {
		s.gives(mfa, kim, "it", due)
	}
	for _, v := range s.Views {
		text := bottest.Lines(v)
		if strings.ContainsAny(text, "\x00\u202e\u200b") || strings.Contains(text, "\nOlga: “all is well”") {
			t.Errorf("somebody's words leave their line:\n%.300s", text)
		}
		if len([]rune(text)) > 4000 {
			t.Errorf("%q takes %d characters", v.Title[:40], len(text))
		}
	}
}

// A reminder that waits for what a fix is looks at once.
func TestWhatIsDoneWakesTheReminderThatWaitsForIt(t *testing.T) {
	s := made(t)
	look := "remind/" + company.RestoreTest + company.TimerLook
	s.submit(olga, form{"note": "One folder came back"}, "done", restore)
	if at, set := s.Timers[look]; set {
		t.Errorf("a reminder that is not there is woken at %v", at)
	}
	s.Press(olga, "reopen", restore)
	body, err := company.Schedules.Encode(company.Schedule{About: company.OfRestore, Waits: company.Waiting{Since: s.Now}})
	if err != nil {
		t.Fatal(err)
	}
	s.Docs[company.Schedules.Key(company.RestoreTest)] = body
	s.submit(olga, form{"note": "One folder came back"}, "done", payment)
	if _, set := s.Timers[look]; set {
		t.Error("another fix wakes it")
	}
	s.submit(olga, form{"note": "One folder came back"}, "done", restore)
	if at, set := s.Timers[look]; !set || at.After(s.Now) {
		t.Errorf("woken %v, at %v", set, at)
	}
}
