package trial

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/engine"
	"secadvisor/bot/play"
	"secadvisor/bot/play/web"
	"secadvisor/cmd/secadvisor/knowledge"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// The demo company is made by pressing and typing: what the flows call things
// may change, and then it has to follow. It is made on any day of any year.
func TestTheDemoCompanyIsBelievable(t *testing.T) {
	lib, matcher, err := knowledge.Load(content.Settings{Command: "/sec"})
	if err != nil {
		t.Fatal(err)
	}
	all := allFlows(lib, matcher)
	for _, day := range []string{"2026-01-01", "2026-02-28", "2026-03-02", "2026-03-31", "2026-05-16", "2026-08-30", "2026-10-25", "2028-02-29", "2031-12-31"} {
		t.Run(day, func(t *testing.T) {
			today, _ := time.Parse(time.DateOnly, day)
			s, c := filledDemo(t, all, lib, today.Add(10*time.Hour))
			runs, open, closed := s.history(t)
			if runs != 3 || open < 3 || closed < 2 {
				t.Errorf("%d runs, %d fixes open, %d closed; want 3, some and some", runs, open, closed)
			}
			due, err := s.waiting(t.Context(), lib)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range due {
				in := x.At.Sub(c.Now())
				if x.What == "Reminder: Quick check, for Alex" && in > 0 && in < 7*24*time.Hour {
					return
				}
			}
			t.Errorf("no reminder is due within a week: %v", due)
		})
	}
}

// Whoever goes on by a week sees the reminder come, on whatever day and at
// whatever hour they begin.
func TestAWeekLaterTheDemosReminderHasCome(t *testing.T) {
	lib, matcher, err := knowledge.Load(content.Settings{Command: "/sec"})
	if err != nil {
		t.Fatal(err)
	}
	all := allFlows(lib, matcher)
	asked := func(b bot.Button) bool { return b.Action.Flow == "remind" && b.Action.Verb == "snooze" }
	for _, from := range []string{"2026-11-02T07:00", "2026-03-24T23:30"} { // a Monday, and before a weekend at the end of a month
		for day := range 7 {
			begin, _ := time.Parse("2006-01-02T15:04", from)
			begin = begin.AddDate(0, 0, day)
			t.Run(begin.Format("Monday 2 January 15:04"), func(t *testing.T) {
				_, c := filledDemo(t, all, lib, begin)
				if _, _, already := c.Find(demoPerson(play.Owner), asked); already {
					t.Fatal("it has come before")
				}
				if err := c.Move(t.Context(), 7*24*time.Hour); err != nil {
					t.Fatal(err)
				}
				if _, _, came := c.Find(demoPerson(play.Owner), asked); !came {
					t.Errorf("it has not come by %v", c.Now())
				}
			})
		}
	}
}

func filledDemo(t *testing.T, all []bot.Flow, lib *content.Library, today time.Time) (s *stage, c *web.Company) {
	clock := &engine.Clock{}
	clock.Move(today)
	c, err := web.NewCompany(func(p bot.Platform) (_ web.Backstage, err error) {
		if s, err = (Command{Command: "/sec"}).stage(all, p, clock); err != nil {
			return web.Backstage{}, err
		}
		return s.backstage(lib)
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if err := demo(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	return s, c
}

// history counts what is kept of checks and fixes.
func (s *stage) history(t *testing.T) (runs, open, closed int) {
	docs, err := stores.Documents(t.Context(), s.store, play.Tenant)
	if err != nil {
		t.Fatal(err)
	}
	for _, doc := range docs {
		switch {
		case strings.HasPrefix(doc.Key, "run/"):
			if run, err := company.Runs.Decode(doc.Body); err != nil || run.Finished.IsZero() {
				t.Errorf("a run is not finished: %+v, %v", run, err)
			}
			runs++
		case doc.Key == company.FixesOf.Key(company.FixesID):
			fixes, err := company.FixesOf.Decode(doc.Body)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range fixes.Tasks {
				if f.At(s.clock.Now()) == company.FixClosed {
					closed++
					continue
				}
				open++
			}
		}
	}
	return runs, open, closed
}
