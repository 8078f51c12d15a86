package teams

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// source gives numbers, each after a while.
type source struct {
	takes time.Duration
	fails error
	asked int
}

func (s *source) fetch(ctx context.Context) (int, error) {
	s.asked++
	asked, err := s.asked, s.fails
	select {
	case <-time.After(s.takes):
		return asked, err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (s *source) renewed(patience time.Duration) *renewed[int] {
	return &renewed[int]{fetch: s.fetch, now: time.Now, pause: time.Minute, patience: patience}
}

// forAnHour is a value that is good for an hour and serves for two.
func forAnHour(_ int, age time.Duration) worth {
	switch {
	case age < time.Hour:
		return good
	case age < 2*time.Hour:
		return old
	}
	return useless
}

func TestOneFetchServesAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{takes: 3 * time.Second}
		r := s.renewed(time.Second)
		r.pause = 0
		var all sync.WaitGroup
		for range 100 {
			all.Go(func() {
				if v, is, err := r.get(t.Context(), forAnHour); v != 1 || is != good || err != nil {
					t.Errorf("got %d, %v, %v", v, is, err)
				}
			})
		}
		all.Wait()
		if s.asked != 1 {
			t.Errorf("fetched %d times", s.asked)
		}
	})
}

func TestWhoHasAnOldValueDoesNotWaitLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{}
		r := s.renewed(time.Second)
		r.get(t.Context(), forAnHour)
		time.Sleep(90 * time.Minute)
		s.takes = 5 * time.Second
		began := time.Now()
		if v, is, _ := r.get(t.Context(), forAnHour); v != 1 || is != old || time.Since(began) != time.Second {
			t.Errorf("got %d, %v after %v", v, is, time.Since(began))
		}
		time.Sleep(5 * time.Second)
		if v, is, _ := r.get(t.Context(), forAnHour); v != 2 || is != good {
			t.Errorf("afterwards: %d, %v", v, is)
		}
	})
}

func TestFetchesAreRareAndOldValuesOutlastFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{}
		r := s.renewed(time.Second)
		r.get(t.Context(), forAnHour)
		time.Sleep(61 * time.Minute)
		s.fails = errors.New("down")
		for range 600 { // ten minutes
			if v, is, _ := r.get(t.Context(), forAnHour); v != 1 || is != old {
				t.Fatalf("got %d, %v", v, is)
			}
			time.Sleep(time.Second)
		}
		if s.asked > 1+10 {
			t.Errorf("fetched %d times in ten minutes", s.asked-1)
		}
		time.Sleep(time.Hour)
		if _, is, err := r.get(t.Context(), forAnHour); is != useless || !errors.Is(err, s.fails) {
			t.Errorf("after two hours: %v, %v", is, err)
		}
	})
}

// At a start there is nothing to go by: one failure is not the end of a minute.
func TestAFirstFetchIsMadeAgain(t *testing.T) {
	down := errors.New("down")
	for name, row := range map[string]struct {
		failures, asked int
		hopeless        bool
		is              worth
	}{"twice": {2, 3, false, good}, "on and on": {9, 3, false, useless}, "a no": {1, 1, true, useless}} {
		synctest.Test(t, func(t *testing.T) {
			asked := 0
			r := (&source{}).renewed(time.Second)
			r.fetch = func(context.Context) (int, error) {
				if asked++; asked <= row.failures {
					return 0, down
				}
				return asked, nil
			}
			r.hopeless = func(err error) bool { return row.hopeless && errors.Is(err, down) }
			if _, is, err := r.get(t.Context(), forAnHour); is != row.is || asked != row.asked || (err == nil) != (is == good) {
				t.Errorf("%s: %v, %v, asked %d times", name, is, err, asked)
			}
			time.Sleep(r.pause)
			if _, is, _ := r.get(t.Context(), forAnHour); (is == good) != (row.failures < 6) {
				t.Errorf("%s, after the pause: %v, asked %d times", name, is, asked)
			}
		})
	}
}

func TestWhoGoesAwayEndsNoFetch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{takes: 3 * time.Second}
		r := s.renewed(0)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, is, err := r.get(ctx, forAnHour); is != useless || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, %v", is, err)
		}
		time.Sleep(2 * time.Second)
		if v, is, _ := r.get(t.Context(), forAnHour); v != 1 || is != good || s.asked != 1 {
			t.Errorf("afterwards: %d, %v, fetched %d times", v, is, s.asked)
		}
	})
}

func TestAFetchEndsEvenIfNobodyAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{takes: time.Hour}
		began := time.Now()
		if _, is, err := s.renewed(0).get(t.Context(), forAnHour); is != useless || err == nil || time.Since(began) != timeout {
			t.Errorf("got %v, %v after %v", is, err, time.Since(began))
		}
	})
}

func TestWhatIsForgottenIsFetchedAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{}
		r := s.renewed(0)
		r.get(t.Context(), forAnHour)
		r.forget(func(v int) bool { return v == 7 })
		if v, _, _ := r.get(t.Context(), forAnHour); v != 1 {
			t.Errorf("another value's end ended this one: %d", v)
		}
		time.Sleep(2 * time.Minute)
		r.forget(func(v int) bool { return v == 1 })
		if v, is, _ := r.get(t.Context(), forAnHour); v != 2 || is != good {
			t.Errorf("got %d, %v", v, is)
		}
	})
}
