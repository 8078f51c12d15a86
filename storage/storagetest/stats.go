package storagetest

import (
	"fmt"
	"time"

	"secadvisor/storage"
)

func statsCases() []scenario {
	return []scenario{
		{"stats of an empty store", statsEmpty},
		{"stats: overdue and next", statsTimes},
		{"stats: items and tenants", statsCounts},
	}
}

func statsEmpty(s *scene) {
	if got := s.stats(); got != (storage.Stats{}) {
		s.Errorf("got %+v, want nothing", got)
	}
}

func statsTimes(s *scene) {
	start := s.now()
	s.apply("one", timer("soon", start.Add(time.Hour)))
	s.apply("two", timer("later", start.Add(2*time.Hour)))
	s.wants("before", 0, start.Add(time.Hour))
	s.move(90 * time.Minute)
	s.wants("between", 30*time.Minute, start.Add(2*time.Hour))
	s.move(90 * time.Minute)
	s.wants("after", 2*time.Hour, time.Time{})
	s.drain()
	s.wants("drained", 0, time.Time{})
	s.apply("one", storage.Change{Jobs: jobs("lane", 1, 1)})
	s.move(time.Hour)
	s.wants("with a job", time.Hour, time.Time{})
	s.claimOne()
	if got := s.stats(); got.Overdue != 0 || got.Items != 1 {
		s.Errorf("with the job held: %+v", got)
	}
}

// wants allows for the time that the case itself takes.
func (s *scene) wants(when string, overdue time.Duration, next time.Time) {
	s.Helper()
	got := s.stats()
	if got.Overdue < overdue || got.Overdue > overdue+time.Minute || overdue == 0 && got.Overdue != 0 {
		s.Errorf("%s: overdue %v, want %v", when, got.Overdue, overdue)
	}
	if got.Next.IsZero() != next.IsZero() || !next.IsZero() && got.Next.UnixMilli() != next.UnixMilli() {
		s.Errorf("%s: next %v, want %v", when, got.Next, next)
	}
}

func statsCounts(s *scene) {
	count := func(tenants, items int) {
		s.Helper()
		if got := s.stats(); got.Tenants != tenants || got.Items != items {
			s.Errorf("%d tenants with %d items, want %d with %d", got.Tenants, got.Items, tenants, items)
		}
	}
	for i := range 5 {
		change := timer("t", s.now().Add(time.Hour))
		change.Jobs = append(jobs("a", 1, 3), jobs("b", 1, 1)...)
		s.apply(fmt.Sprint("tenant ", i), change)
		count(i+1, 3*(i+1))
	}
	held := s.claim()
	count(5, 15)
	for _, c := range held {
		s.finish(c)
	}
	count(5, 10)
	s.restart()
	count(5, 10)
	s.drain()
	count(5, 5)
	s.erase("tenant 0")
	count(4, 4)
	s.apply("tenant 1", timer("t", time.Time{}))
	count(4, 3)
	s.apply("tenant 2", timer("t", s.now().Add(2*time.Hour)))
	count(4, 3)
}
