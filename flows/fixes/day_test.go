package fixes_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/fixes"
	"secadvisor/flows/score"
)

// days lets days pass, an hour at a time, with what happens by itself, and
// returns what somebody is told of a day that has come, and when: in UTC, while
// Olga's clock in Berlin shows an hour more, and from 29 March two.
func (s *scene) days(n int, who bot.Person) (views []bot.View, at []string) {
	s.Helper()
	for range n * 24 {
		s.pass(time.Hour)
		for name, when := range s.Timers {
			if when.After(s.Now) {
				continue
			}
			delete(s.Timers, name)
			effects := s.Play(bot.Event{Kind: bot.Timer, Timer: strings.TrimPrefix(name, "fixes/")})
			if v, told := bottest.Told(effects)[who.ID]; told && strings.Contains(v.Title, "Due now: ") {
				views, at = append(views, v), append(at, s.Now.Format("2 January 15:04"))
			}
		}
	}
	return views, at
}

// spares notes how somebody wants to be left in peace.
func (s *scene) spares(who bot.Person, how company.Spared) {
	s.Helper()
	a := bottest.Get(s, s.World, company.Attentions, company.AttentionID)
	a.Put(who.ID, how)
	bottest.Put(s, s.World, company.Attentions, company.AttentionID, a)
}

// hears fails unless somebody is told something within two months at these
// times alone, and returns what.
func (s *scene) hears(who bot.Person, times ...string) []bot.View {
	s.Helper()
	views, at := s.days(60, who)
	if diff := cmp.Diff(times, at); diff != "" {
		s.Fatalf("%s is told (-want +got):\n%s", who.Name, diff)
	}
	return views
}

// The one who has a task hears of its day once, in the morning of that day,
// and nobody has set a reminder.
func TestADayThatComesIsSaidOnceToWhoHasTheTask(t *testing.T) {
	s := made(t) // Monday 2 March, 10:00
	s.gives(restore, robin, "", "10 March")
	s.gives(mfa, kim, "it", "12 March")
	got := s.hears(robin, "10 March 09:00")
	s.Sees(got[0], "Due now: test a restore", "Olga asked you on 2 March 2026. It is meant to be done by today, 10 March 2026.\nHow does it stand?", "[Done]", "[Another day]", "[I can't]")
	s.Unseen(got[0], "overdue", "late")
	s.Sees(s.looks(robin), "It was meant to be done by 10 March 2026.\nHow does it stand?")
}

// When, and whether at all.
func TestWhenADayIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		due   string
		since func(s *scene)
		want  []string
	}{
		"a Saturday waits for Monday": {due: "14 March", want: []string{"16 March 09:00"}},
		"the day it was given waits":  {due: "today", want: []string{"3 March 09:00"}},
		"where they are":              {due: "10 March", since: func(s *scene) { s.spares(robin, company.Spared{Zone: "America/New_York"}) }, want: []string{"10 March 14:00"}},
		"who is away, when they are back": {due: "10 March", since: func(s *scene) {
			s.spares(robin, company.Spared{Away: time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC)})
		}, want: []string{"20 March 07:00"}},
		"not who is asked only once": {due: "10 March", since: func(s *scene) { s.spares(robin, company.Spared{Once: true}) }},
		"not who left the reminder of open fixes": {due: "10 March", since: func(s *scene) {
			bottest.Put(s, s.World, company.Schedules, string(company.OfFixes), company.Schedule{About: company.OfFixes, Out: []string{"robin"}})
		}},
		"not who was just asked by it": {due: "10 March", since: func(s *scene) {
			asked := company.Asking{To: bot.To("robin"), At: time.Date(2026, 3, 9, 9, 0, 0, 0, time.UTC), Last: time.Date(2026, 3, 9, 9, 0, 0, 0, time.UTC)}
			bottest.Put(s, s.World, company.Schedules, string(company.OfFixes), company.Schedule{About: company.OfFixes, Waits: company.Waiting{Asked: []company.Asking{asked}}})
		}},
		"who was asked by it long ago": {due: "10 March", since: func(s *scene) {
			asked := company.Asking{To: bot.To("robin"), At: time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC), Last: time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)}
			bottest.Put(s, s.World, company.Schedules, string(company.OfFixes), company.Schedule{About: company.OfFixes, Waits: company.Waiting{Asked: []company.Asking{asked}}})
		}, want: []string{"10 March 09:00"}},
		"not what is done":               {due: "10 March", since: func(s *scene) { s.submit(robin, form{"note": "Three files"}, "did", restore, "it") }},
		"not what an owner calls done":   {due: "10 March", since: func(s *scene) { s.submit(olga, form{"note": "Three files"}, "done", restore) }},
		"not a risk that is accepted":    {due: "10 March", since: func(s *scene) { s.submit(olga, form{"reason": "Later", "until": "1 December"}, "accept", restore) }},
		"not what was given back":        {due: "10 March", since: func(s *scene) { s.submit(robin, form{}, "cant", restore, "it") }},
		"not what was taken back":        {due: "10 March", since: func(s *scene) { s.Press(olga, "take", restore) }},
		"not what somebody else has now": {due: "10 March", since: func(s *scene) { s.gives(restore, kim, "", "10 March") }},
		"not what an answer has mended":  {due: "10 March", since: func(s *scene) { s.says(restore, s.Now.Format(score.DayFormat)) }},
		"not who could not be reached": {due: "10 March", since: func(s *scene) {
			show := "fix/" + restore + "/it/" + s.fix(restore).Parts["it"].Card
			s.Play(bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: show, To: bot.To("robin"), Reason: "they left"}})
		}},
		"the new day that an owner sets": {due: "10 March", since: func(s *scene) { s.gives(restore, robin, "", "24 March") }, want: []string{"24 March 09:00"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := made(t)
			s.gives(restore, robin, "", c.due)
			if c.since != nil {
				s.pass(10 * time.Minute)
				c.since(s)
				s.pass(-10 * time.Minute)
			}
			s.Now = s.Now.Truncate(time.Hour)
			s.hears(robin, c.want...)
		})
	}
}

// Who was not to be asked when the day came, and is to be asked again, hears of
// it then, and at work: "days" is what lifting it wakes.
func TestWhoCanBeAskedAgainHearsOfADayThatCame(t *testing.T) {
	for name, spared := range map[string]company.Spared{
		"asked only once": {Once: true},
		"away for long":   {Away: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)},
	} {
		t.Run(name, func(t *testing.T) {
			s := made(t)
			s.gives(restore, robin, "", "10 March")
			s.gives(helper, robin, "", "1 April")
			s.spares(robin, spared)
			s.Now = s.Now.Truncate(time.Hour)
			if _, at := s.days(11, robin); len(at) > 0 {
				t.Fatalf("told at %v", at)
			}
			promised := strings.Contains(bottest.Lines(bottest.Answered(s.submit(robin, form{"due": "1 May"}, "later", helper, "security"))), "when it comes")
			if promised == spared.Once {
				t.Errorf("they are to be asked on the new day: %v", promised)
			}
			s.spares(robin, company.Spared{})
			s.Now = time.Date(2026, 3, 13, 20, 0, 0, 0, time.UTC) // a Friday evening
			s.Timers["fixes/"+company.TimerDays] = s.Now
			s.hears(robin, "16 March 07:00", "1 May 08:00")
		})
	}
}

// After a backup was put back, nobody hears again of a day that has been said.
func TestADayThatWasSaidIsNotSaidAgainAfterABackup(t *testing.T) {
	for now, want := range map[time.Time]int{
		time.Date(2026, 3, 10, 8, 59, 0, 0, time.UTC): 0,
		time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC):  1,
		time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC):  2,
		time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC):   3,
	} {
		s := made(t)
		s.gives(restore, robin, "", "10 March")
		s.gives(payment, robin, "", "12 March")
		s.gives(helper, robin, "", "14 March") // a Saturday
		s.gives(mfa, kim, "it", "10 March")
		s.submit(kim, form{"note": "Everybody has it"}, "did", mfa, "it")
		before := s.list()
		list, told := fixes.Restored(before, now)
		if again, n := fixes.Restored(list, now); told != want || n != 0 || len(again.Tasks) != len(before.Tasks) {
			t.Errorf("%v: %d told, want %d; a second time %d", now, told, want, n)
		}
		bottest.Put(s, s.World, company.FixesOf, company.FixesID, list)
		s.Now = s.Now.Truncate(time.Hour)
		if views, at := s.days(60, robin); len(views) != 3-want {
			t.Errorf("%v: told again at %v", now, at)
		}
	}
}

// Whoever gave a task to somebody outside hears of its day, once, with words to
// send; of several in one message. Where they own nothing here any more, the
// owners do.
func TestTheDayOfATaskOutsideIsSaidToWhoGaveIt(t *testing.T) {
	for by, readers := range map[string][]string{"olga": {"olga"}, "gone": {"olga"}} {
		s := made(t)
		list := s.list()
		for id, day := range map[string]int{restore: 10, payment: 14, helper: 16} { // the 14th is a Saturday
			f := list.Tasks[id]
			f.Parts = map[string]company.Part{f.Side: {Name: "Acme IT", Due: time.Date(2026, 3, day, 0, 0, 0, 0, time.UTC), Given: s.Now, By: by}}
			list.Tasks[id] = f
		}
		bottest.Put(s, s.World, company.FixesOf, company.FixesID, list)
		s.Press(olga, "plan", mfa) // anything that changes the list
		s.Now = s.Now.Truncate(time.Hour)
		var at []string
		told := map[string][]bot.View{}
		for range 30 * 24 {
			s.pass(time.Hour)
			if when, set := s.Timers["fixes/"+company.TimerDays]; !set || when.After(s.Now) {
				continue
			}
			delete(s.Timers, "fixes/"+company.TimerDays)
			for who, v := range bottest.Told(s.Play(bot.Event{Kind: bot.Timer, Timer: company.TimerDays})) {
				told[who] = append(told[who], v)
				at = append(at, s.Now.Format("2 January"))
			}
		}
		if diff := cmp.Diff(readers, slices.Sorted(maps.Keys(told))); diff != "" {
			t.Fatalf("given by %s, read by (-want +got):\n%s", by, diff)
		}
		for _, who := range readers {
			if len(told[who]) != 2 {
				t.Fatalf("%s is told %d times: %v", who, len(told[who]), at)
			}
			s.Sees(told[who][0], "Due now with Acme IT: test a restore", "by 10 March 2026", "I can't write to them", "How far is this, please", "[Look at it]")
			s.Sees(told[who][1], "Due now: 2 things that people outside have", "Call back on changed bank details · Acme IT, by 14 March 2026", "[The list]")
		}
	}
}

// What does not reach the one who gave it, the other owners read: it is said
// once, and nobody else knows.
func TestADayOutsideThatDoesNotReachWhoGaveItIsSaidToTheOtherOwners(t *testing.T) {
	s := made(t)
	list := s.list()
	for id, day := range map[string]int{restore: 10, payment: 12} {
		f := list.Tasks[id]
		f.Parts = map[string]company.Part{f.Side: {Name: "Acme IT", Due: time.Date(2026, 3, day, 0, 0, 0, 0, time.UTC), Given: s.Now, By: "olga"}}
		list.Tasks[id] = f
	}
	bottest.Put(s, s.World, company.FixesOf, company.FixesID, list)
	bottest.Put(s, s.World, bot.RolesDoc, bot.RolesID, bot.Roles{People: map[string]bot.Member{"olga": {Role: bot.Owner, Name: "Olga"}, "otto": {Role: bot.Owner, Name: "Otto"}}})
	var keys []string
	for _, day := range []int{10, 12} {
		s.Now = time.Date(2026, 3, day, 12, 0, 0, 0, time.UTC)
		for _, x := range s.Play(bot.Event{Kind: bot.Timer, Timer: company.TimerDays}) {
			if show, ok := x.(bot.Show); ok {
				keys = append(keys, show.Key)
			}
		}
	}
	if len(keys) != 2 {
		t.Fatalf("said %d times: %v", len(keys), keys)
	}
	failed := func(key string) map[string]bot.View {
		return bottest.Told(s.Play(bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: key, To: bot.To("olga"), Reason: "this account is switched off"}}))
	}
	for i, title := range []string{"test a restore", "call back on changed bank details"} {
		told := failed(keys[i])
		if len(told) != 1 {
			t.Errorf("%v are told, want Otto alone", slices.Collect(maps.Keys(told)))
		}
		s.Sees(told["otto"], "Due now with Acme IT: "+title, "It was for Olga, who gave it to them, and did not arrive: this account is switched off.", "How far is this, please", "[Look at it]")
	}
	s.submit(olga, form{"note": "Three files"}, "done", restore)
	for _, key := range []string{keys[0], "outside/", "outside/x/olga"} { // the first is done by now
		if told := failed(key); len(told) != 0 {
			t.Errorf("%q: %v", key, told)
		}
	}
}

// Several tasks with one day make one message.
func TestTheDayOfSeveralTasksIsOneMessage(t *testing.T) {
	s := made(t)
	for _, id := range []string{restore, payment, helper} {
		s.gives(id, robin, "", "10 March")
	}
	s.Now = s.Now.Truncate(time.Hour)
	got := s.hears(robin, "10 March 09:00")
	s.Sees(got[0], "Due now: 3 things that you have", "Test a restore · by 10 March 2026", "each is a good answer", "[Test a restore]", "[Call back on changed bank details]")
	s.Sees(bottest.Answered(s.Press(robin, "mine", restore, "it")), "Due now: test a restore", "[Another day]")
	var key string
	for _, x := range s.Play(bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: "days/abcdefghij23", To: bot.To("robin"), Reason: "they left"}}) {
		if show, ok := x.(bot.Show); ok {
			key = show.To.User
			s.Sees(show.View, "I could not write to Robin about 3 tasks whose day has come", "they left", "[The list]")
		}
	}
	if key != "olga" {
		t.Errorf("it was told to %q that nothing arrived", key)
	}
	s.Sees(s.looks(olga), "Test a restore · Robin, by 10 March 2026, overdue, not reached")
}

// More people than one timer writes to all hear it, each once.
func TestManyPeopleAllHearOfTheirDay(t *testing.T) {
	s := made(t)
	list := s.list()
	f := list.Tasks[restore]
	for i := range 12 {
		id, one := fmt.Sprintf("gone-%d", i), f
		one.Parts = map[string]company.Part{"it": {User: fmt.Sprintf("u%d", i), Name: "U", Due: time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC), Given: s.Now, By: "olga", Card: "abcdefghij23"}}
		list.Tasks[id] = one
	}
	bottest.Put(s, s.World, company.FixesOf, company.FixesID, list)
	s.Press(olga, "plan", payment)
	s.Now = s.Now.Truncate(time.Hour)
	told := map[string]int{}
	for range 20 * 24 {
		s.pass(time.Hour)
		for range 5 { // a timer that is set to now comes at once
			for _, name := range slices.Collect(maps.Keys(s.Timers)) {
				if s.Timers[name].After(s.Now) {
					continue
				}
				delete(s.Timers, name)
				for user := range bottest.Told(s.Play(bot.Event{Kind: bot.Timer, Timer: strings.TrimPrefix(name, "fixes/")})) {
					told[user]++
				}
			}
		}
	}
	if len(told) != 12 || slices.ContainsFunc(slices.Collect(maps.Values(told)), func(n int) bool { return n != 1 }) {
		t.Errorf("told %v", told)
	}
}

// What an owner has taken over themselves has a day too.
func TestAnOwnerHearsOfTheirOwnDay(t *testing.T) {
	s := made(t)
	s.gives(helper, olga, "", "10 March")
	s.Now = s.Now.Truncate(time.Hour)
	got := s.hears(olga, "10 March 09:00")
	s.Sees(got[0], "Due now: a helper for break-ins, reachable at night", "[Another day]")
	effects := s.submit(olga, form{"due": "in two weeks"}, "later", helper, "security")
	s.Sees(bottest.Answered(effects), "Noted: by")
}

// Whoever has a task moves its day, and the owner reads it.
func TestWhoHasItChoosesAnotherDay(t *testing.T) {
	s := made(t)
	s.gives(restore, robin, "", "10 March")
	s.days(8, robin) // Tuesday 10 March
	s.Press(robin, "later", restore, "it")
	for due, why := range map[string]string{"2026-03-01": "That day is over", "2026-09-01": "within 3 months", "whenever": "day"} {
		if got := bottest.Refused(s.submit(robin, form{"due": due}, "later", restore, "it"))["due"]; !strings.Contains(got, why) {
			t.Errorf("%q is refused with %q", due, got)
		}
	}
	effects := s.submit(robin, form{"due": "24 March", "note": "The new disk comes on Friday"}, "later", restore, "it")
	s.Sees(bottest.Told(effects)["olga"], "Robin needs until 24 March 2026: test a restore", "Robin: “The new disk comes on Friday”", "It was to be done by 10 March 2026.", "[Look at it]")
	s.Sees(bottest.Told(effects)["robin"], "Olga asks you to take care of this: test a restore", "By 24 March 2026.")
	s.Sees(bottest.Answered(effects), "Noted: by 24 March 2026", "I ask once when it comes")
	if got := bottest.Audits(effects); !strings.Contains(got, "moved the day of fix "+restore) {
		t.Errorf("the log has %q", got)
	}
	s.Sees(s.looks(olga), "Test a restore · Robin, by 24 March 2026")
	if again := s.submit(robin, form{"due": "24 March"}, "later", restore, "it"); bottest.Told(again)["olga"].Title != "" {
		t.Error("the same day is told twice")
	}
	s.Now = s.Now.Truncate(time.Hour)
	s.hears(robin, "24 March 09:00")
	for _, who := range []bot.Person{sam, kim, gus, eve} {
		s.Unseen(bottest.Answered(s.submit(who, form{"due": "1 April"}, "later", restore, "it")), "restore")
	}
	if due := s.fix(restore).Parts["it"].Due; due.Day() != 24 {
		t.Errorf("others have moved it to %v", due)
	}
}
