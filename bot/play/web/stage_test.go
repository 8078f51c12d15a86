package web

import (
	"testing"
	"time"
)

func TestTheClockMoves(t *testing.T) {
	s := newScene(t, echo)
	me := s.browser()
	me.sees("Monday 2 March 2026, 09:00 (UTC)")
	me.post("/clock", "by", "day")
	me.sees("Tuesday 3 March 2026, 09:00 (UTC)")
	me.post("/clock", "by", "week")
	me.sees("Tuesday 10 March 2026, 09:00 (UTC)")
	me.post("/clock", "by", "century")
	me.post("/clock", "by", "next") // nothing is due
	me.sees("Tuesday 10 March 2026, 09:00 (UTC)", "Nothing yet. A reminder")

	one := s.scripts[0]
	one.due = monday.AddDate(0, 0, 20)
	me.visit("/")
	me.sees("A reminder<br><small>Sun 22 Mar 2026, 09:00")
	me.post("/clock", "by", "week")
	if len(one.fired) != 0 {
		t.Errorf("it came early, %v", one.fired)
	}
	me.post("/clock", "by", "next")
	me.sees("Sunday 22 March 2026, 09:00 (UTC)", "Nothing yet. A reminder")
	one.due = one.now.Add(time.Hour)
	me.post("/clock", "by", "week") // on the way, at its own time
	if len(one.fired) != 2 || one.fired[1].Sub(monday.AddDate(0, 0, 20)) > time.Hour+time.Second {
		t.Errorf("it came %v", one.fired)
	}
}

func TestWhatIsDueComesByItself(t *testing.T) {
	s := newScene(t, echo)
	me := s.browser()
	one, c := s.scripts[0], s.company()
	one.due = monday.Add(10 * time.Minute)
	me.post("/say", "text", "hello") // it looks ahead
	rev := c.rev
	for _, after := range []time.Duration{9 * time.Minute, 11 * time.Minute, 12 * time.Minute} {
		one.now = monday.Add(after)
		if err := c.tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		if late := after > 10*time.Minute; late != (len(one.fired) == 1) {
			t.Errorf("after %v it came %d times", after, len(one.fired))
		}
		if after < 10*time.Minute && c.rev != rev {
			t.Error("every page is told that nothing happened")
		}
	}
}
