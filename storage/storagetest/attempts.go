package storagetest

import (
	"time"

	"secadvisor/storage"
)

func attemptCases() []scenario {
	return []scenario{
		{"attempts count and reset", attemptsCount},
		{"uncounted release is no attempt", attemptsUncounted},
		{"attempts survive a restart", attemptsRestart},
		{"released timer comes again", timerReleased},
	}
}

// attempt claims the head of the lane and checks which attempt it is.
func (s *scene) attempt(id string, want int) storage.Claim {
	s.Helper()
	c := s.claimOne()
	if c.ID != id || c.Attempts != want {
		s.Fatalf("claimed %q, attempt %d, want %q, attempt %d", c.ID, c.Attempts, id, want)
	}
	return c
}

func (s *scene) release(c storage.Claim, r storage.Release) {
	s.Helper()
	s.apply(acme, storage.Change{Held: &c, Release: &r})
}

func attemptsCount(s *scene) {
	s.apply(acme, storage.Change{Jobs: jobs("lane", 1, 3)})
	s.release(s.attempt("lane 1", 1), storage.Release{})
	s.attempt("lane 1", 2)
	s.move(2 * lease)
	s.finish(s.attempt("lane 1", 3))
	s.release(s.attempt("lane 2", 1), storage.Release{After: time.Second})
	s.move(2 * time.Second)
	c := s.attempt("lane 2", 2)
	taken := s.apply(acme, storage.Change{Held: &c, Done: true, Take: []string{"lane"}, Lease: lease}).Taken
	if len(taken) != 1 || taken[0].Attempts != 1 {
		s.Errorf("the next job was taken as %+v", taken)
	}
	s.finish(taken[0])
	s.apply(acme, storage.Change{Jobs: jobs("lane", 4, 4)})
	s.attempt("lane 4", 1)
}

func attemptsUncounted(s *scene) {
	s.apply(acme, storage.Change{Jobs: jobs("lane", 1, 2)})
	s.release(s.attempt("lane 1", 1), storage.Release{Uncounted: true})
	s.release(s.attempt("lane 1", 1), storage.Release{Uncounted: true})
	s.release(s.attempt("lane 1", 1), storage.Release{})
	s.release(s.attempt("lane 1", 2), storage.Release{Uncounted: true, After: time.Minute})
	s.claimNone()
	s.move(2 * time.Minute)
	s.finish(s.attempt("lane 1", 2))
	s.attempt("lane 2", 1)
}

func attemptsRestart(s *scene) {
	s.apply(acme, storage.Change{Jobs: jobs("lane", 1, 2)})
	s.release(s.attempt("lane 1", 1), storage.Release{})
	s.attempt("lane 1", 2)
	s.restart()
	s.move(2 * lease)
	s.attempt("lane 1", 3)
}

func timerReleased(s *scene) {
	s.apply(acme, storage.Change{Timers: []storage.Timer{{Name: "t", At: s.now()}}})
	for range 3 {
		c := s.claimOne()
		if c.Attempts != 0 {
			s.Errorf("a timer's attempts are %d", c.Attempts)
		}
		s.release(c, storage.Release{After: time.Minute})
		s.claimNone()
		s.move(2 * time.Minute)
	}
	s.finish(s.claimOne())
	s.claimNone()
}
