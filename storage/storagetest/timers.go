package storagetest

import (
	"fmt"
	"sync"
	"time"

	"secadvisor/storage"
)

func timerCases() []scenario {
	return []scenario{
		{"timer fires at its time", timerFires},
		{"timer once with 8 pollers", timerOnce},
		{"missed fires once late", timerMissed},
		{"timer survives a restart", timerRestart},
		{"timer reschedules itself while Done", timerItself},
		{"timer and lane of one name are apart", timerAndLane},
		{"idle claim cost flat", idleClaimFlat},
	}
}

func timer(name string, at time.Time) storage.Change {
	return storage.Change{Timers: []storage.Timer{{Name: name, At: at}}}
}

// fires claims the one timer that is due and checks its name and time.
func (s *scene) fires(name string, at time.Time) storage.Claim {
	s.Helper()
	c := s.claimOne()
	if c.Timer != name || c.Tenant != acme || c.Lane != "" || c.ID != "" || c.Token == 0 {
		s.Fatalf("claimed %+v, want timer %q", c, name)
	}
	if got, want := c.Due.UnixMilli(), at.UnixMilli(); got != want {
		s.Fatalf("timer %q is due since %v, want %v", name, c.Due, at)
	}
	return c
}

func timerFires(s *scene) {
	at := s.now().Add(time.Hour)
	s.apply(acme, timer("t", at))
	s.claimNone()
	s.move(59 * time.Minute)
	s.claimNone()
	s.move(time.Minute + time.Second)
	s.finish(s.fires("t", at))
	s.move(24 * time.Hour)
	s.claimNone()
}

func timerOnce(s *scene) {
	const timers = 100
	var change storage.Change
	for i := range timers {
		change.Timers = append(change.Timers, storage.Timer{Name: fmt.Sprint(i), At: s.now()})
	}
	s.apply(acme, change)

	var mu sync.Mutex
	fired := map[string]int{}
	var group sync.WaitGroup
	for i := range 8 {
		store := []storage.Store{s.store, s.other}[i%2]
		group.Go(func() {
			for range 10 * timers {
				claims, err := store.Claim(s.Context(), 3, lease)
				if err != nil {
					s.Errorf("claim: %v", err)
				}
				if len(claims) == 0 {
					return
				}
				mu.Lock()
				for _, c := range claims {
					fired[c.Timer]++
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	for name, times := range fired {
		if times != 1 {
			s.Errorf("timer %s fired %d times", name, times)
		}
	}
	if len(fired) != timers {
		s.Errorf("%d of %d timers fired", len(fired), timers)
	}
}

func timerMissed(s *scene) {
	at := s.now().Add(-72 * time.Hour)
	s.apply(acme, timer("past", at))
	s.finish(s.fires("past", at))

	at = s.now().Add(time.Hour)
	s.apply(acme, timer("down", at))
	s.close()
	s.move(72 * time.Hour)
	s.open()
	s.finish(s.fires("down", at))
	s.claimNone()
}

func timerRestart(s *scene) {
	at := s.now().Add(time.Hour)
	s.apply(acme, timer("t", at))
	s.restart()
	s.claimNone()
	s.move(2 * time.Hour)
	s.fires("t", at)
	s.restart() // the claim is not finished: the timer is not lost
	s.move(2 * lease)
	c := s.claimOne()
	if c.Timer != "t" {
		s.Fatalf("claimed %+v, want timer t", c)
	}
	s.finish(c)
	s.restart()
	s.move(2 * lease)
	s.claimNone()
}

func timerItself(s *scene) {
	at := s.now()
	s.apply(acme, timer("t", at))
	for range 3 {
		c := s.fires("t", at)
		at = at.Add(time.Hour)
		change := timer("t", at)
		change.Held, change.Done = &c, true
		s.apply(acme, change)
		s.lost(c)
		s.claimNone()
		s.move(time.Hour)
	}
	s.finish(s.fires("t", at))
	if items := s.stats().Items; items != 0 {
		s.Errorf("%d items are left", items)
	}
}

func timerAndLane(s *scene) {
	change := timer("same", s.now())
	change.Jobs = jobs("same", 1, 1)
	s.apply(acme, change)
	claims := s.claim()
	if len(claims) != 2 {
		s.Fatalf("claimed %+v, want a timer and a job", claims)
	}
	for _, c := range claims {
		s.finish(c)
	}
	s.move(2 * lease)
	s.claimNone()
}

// idleClaimFlat compares the fastest of many claims that find nothing. To
// look at each of 20,000 timers would take a thousand times as long.
func idleClaimFlat(s *scene) {
	fastest := func() time.Duration {
		best := time.Hour
		for range 100 {
			start := time.Now()
			s.claimNone()
			best = min(best, time.Since(start))
		}
		return best
	}
	fill := func(from, to int) {
		var change storage.Change
		for i := from; i < to; i++ {
			change.Timers = append(change.Timers, storage.Timer{Name: fmt.Sprint(i), At: s.now().Add(time.Hour + time.Duration(i)*time.Second)})
		}
		s.apply(acme, change)
	}
	fill(0, 10)
	few := fastest()
	for i := range 20 {
		fill(1000*i, 1000*(i+1))
	}
	if many := fastest(); many > 10*few+time.Millisecond {
		s.Errorf("an idle claim takes %v with 20,000 timers, %v with 10", many, few)
	}
}
