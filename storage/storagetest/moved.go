package storagetest

import (
	"time"

	"secadvisor/storage"
)

func movedTimerCases() []scenario {
	return []scenario{
		{"setting a timer again moves it", timerMoved},
		{"cancelled timer does not fire", timerCancelled},
		{"last of several settings in one change counts", timerTwiceInChange},
		{"snooze beats a fire in flight", snoozeBeatsFire},
		{"cancel while claimed", cancelWhileClaimed},
		{"timer moved to the end of its lease is lost all the same", movedToLeaseEnd},
		{"claimed timer moved by its holder", movedByHolder},
	}
}

func timerMoved(s *scene) {
	start := s.now()
	s.apply(acme, timer("t", start.Add(time.Hour)))
	s.apply(acme, timer("t", start.Add(3*time.Hour)))
	s.move(2 * time.Hour)
	s.claimNone()
	s.apply(acme, timer("t", start.Add(time.Hour)))
	s.finish(s.fires("t", start.Add(time.Hour)))
	s.move(24 * time.Hour)
	s.claimNone()
}

func timerCancelled(s *scene) {
	s.apply(acme, timer("t", s.now().Add(time.Hour)))
	s.apply(acme, timer("t", time.Time{}))
	s.apply(acme, timer("never set", time.Time{}))
	s.move(2 * time.Hour)
	s.claimNone()
	if items := s.stats().Items; items != 0 {
		s.Errorf("%d items are left", items)
	}
}

func timerTwiceInChange(s *scene) {
	start := s.now()
	s.apply(acme, storage.Change{Timers: []storage.Timer{
		{Name: "moved", At: start}, {Name: "moved", At: start.Add(time.Hour)},
		{Name: "cancelled", At: start}, {Name: "cancelled"},
		{Name: "set", At: time.Time{}}, {Name: "set", At: start.Add(-time.Hour)},
	}})
	s.finish(s.fires("set", start.Add(-time.Hour)))
	s.move(2 * time.Hour)
	s.finish(s.fires("moved", start.Add(time.Hour)))
	s.claimNone()
}

func snoozeBeatsFire(s *scene) {
	start := s.now()
	s.apply(acme, timer("t", start))
	c := s.fires("t", start)
	s.apply(acme, timer("t", start.Add(time.Hour)))
	s.lost(c)
	s.claimNone()
	s.move(2 * time.Hour)
	s.finish(s.fires("t", start.Add(time.Hour)))

	s.apply(acme, timer("t", start))
	c = s.fires("t", start)
	s.apply(acme, timer("t", start))
	s.lost(c)
	s.finish(s.fires("t", start))
}

func cancelWhileClaimed(s *scene) {
	s.apply(acme, timer("t", s.now()))
	c := s.claimOne()
	s.apply(acme, timer("t", time.Time{}))
	s.lost(c)
	s.move(2 * lease)
	s.claimNone()
	if items := s.stats().Items; items != 0 {
		s.Errorf("%d items are left", items)
	}
}

// movedToLeaseEnd moves a claimed timer to each millisecond at which its
// lease may end, where a store that takes that time for the token is misled.
func movedToLeaseEnd(s *scene) {
	s.apply(acme, timer("t", s.now()))
	before := s.now()
	c := s.claimOne()
	after := s.now()
	for at := before.Add(lease - 2*time.Millisecond); at.Before(after.Add(lease + 2*time.Millisecond)); at = at.Add(time.Millisecond) {
		s.apply(acme, timer("t", at))
		s.refused(acme, storage.Change{Held: &c, Put: []storage.Write{write("k", 0, "x")}}, storage.ErrLost)
	}
}

// movedByHolder: Done comes first in a change, so without it the holder is in
// the place of anybody else who moves the timer.
func movedByHolder(s *scene) {
	start := s.now()
	s.apply(acme, timer("t", start))
	c := s.fires("t", start)
	change := timer("t", start.Add(time.Hour))
	change.Held = &c
	s.apply(acme, change)
	s.lost(c)
	s.move(2 * time.Hour)
	s.finish(s.fires("t", start.Add(time.Hour)))
}
