package storagetest

import (
	"fmt"
	"time"

	"secadvisor/storage"
)

func clockCases() []scenario {
	return []scenario{
		{"clock moved forward", clockForward},
		{"clock jumping back keeps a held lane held", clockBackHeld},
		{"clock jumping back loses nothing", clockBackLosesNothing},
	}
}

// clockForward moves through a quarter of a year in days.
func clockForward(s *scene) {
	start := s.now()
	for day := range 90 {
		s.apply(acme, timer(fmt.Sprintf("day %02d", day), start.Add(time.Duration(day)*24*time.Hour+time.Hour)))
	}
	for day := range 90 {
		s.claimNone()
		s.move(24 * time.Hour)
		s.finish(s.fires(fmt.Sprintf("day %02d", day), start.Add(time.Duration(day)*24*time.Hour+time.Hour)))
	}
	s.claimNone()
}

func clockBackHeld(s *scene) {
	claims := s.both()
	s.move(-time.Hour)
	s.claimNone()
	if taken := s.apply(acme, take("lane")).Taken; len(taken) != 0 {
		s.Errorf("took %+v while it was held", taken)
	}
	s.move(time.Hour + lease/2)
	s.claimNone()
	s.move(-time.Hour)
	for _, c := range claims {
		s.finish(c)
	}
	if c := s.claimOne(); c.ID != "lane 2" {
		s.Errorf("claimed %+v, want the second job", c)
	}
	s.claimNone()
}

// clockBackLosesNothing: what was due before the jump may wait until the
// clock is there again, but no longer.
func clockBackLosesNothing(s *scene) {
	start := s.now()
	change := storage.Change{
		Put:    []storage.Write{{Key: "k", Body: []byte("x"), TTL: time.Minute}},
		Jobs:   append(jobs("a", 1, 2), storage.Job{ID: "seen", Lane: "b", Dedupe: true}),
		Timers: []storage.Timer{{Name: "t", At: start}},
	}
	s.apply(acme, change)
	s.move(-48 * time.Hour)
	s.holds(acme, "k", "x")
	if s.accepts(acme, "seen") {
		s.Error("an id was forgotten when the clock jumped back")
	}
	s.apply(acme, storage.Change{Jobs: jobs("a", 3, 3)})
	early := s.drain()
	s.move(48*time.Hour + time.Second)
	all := append(early, s.drain()...)

	var order string
	for _, c := range all {
		if c.Lane == "a" {
			order += c.ID + ","
		}
	}
	if order != "a 1,a 2,a 3," {
		s.Errorf("lane a gave %q", order)
	}
	if len(all) != 5 {
		s.Errorf("%d items in all, want 5: %+v", len(all), all)
	}
}
