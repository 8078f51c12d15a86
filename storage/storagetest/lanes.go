package storagetest

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/storage"
)

func laneCases() []scenario {
	return []scenario{
		{"lane FIFO", laneFIFO},
		{"lane exclusive", laneExclusive},
		{"retry keeps head", retryKeepsHead},
		{"lanes independent", lanesIndependent},
		{"lanes whose names begin alike", lanesAlike},
		{"done wakes next", doneWakesNext},
		{"claim takes at most max", claimMax},
		{"claim tells what it is of", claimTells},
	}
}

func laneFIFO(s *scene) {
	s.apply(acme, storage.Change{Jobs: jobs("lane", 1, 5)})
	for i := 6; i <= 12; i++ {
		s.apply(acme, storage.Change{Jobs: jobs("lane", i, i)})
	}
	s.restart()
	var want []string
	for _, j := range jobs("lane", 1, 12) {
		want = append(want, j.ID)
	}
	if diff := cmp.Diff(want, ids(s.drain())); diff != "" {
		s.Errorf("(-want +got)\n%s", diff)
	}
}

// laneExclusive drains a few lanes with many workers and watches that no
// lane has two holders, and that each lane keeps its order.
func laneExclusive(s *scene) {
	const lanes, each = 3, 30
	for i := range lanes {
		s.apply(acme, storage.Change{Jobs: jobs(fmt.Sprint(i), 1, each)})
	}
	var holders [lanes]atomic.Int32
	var next [lanes]atomic.Int32
	var left atomic.Int32
	left.Store(lanes * each)

	work := func(c storage.Claim, store storage.Store) []storage.Claim {
		var lane, job int
		if _, err := fmt.Sscan(c.ID, &lane, &job); err != nil {
			s.Errorf("claimed a job with the id %q", c.ID)
			return nil
		}
		if holders[lane].Add(1) != 1 {
			s.Errorf("lane %d has two holders", lane)
		}
		if want := int(next[lane].Add(1)); job != want {
			s.Errorf("lane %d: job %d in the place of %d", lane, job, want)
		}
		left.Add(-1)
		holders[lane].Add(-1)
		applied, err := store.Apply(s.Context(), acme, storage.Change{Held: &c, Done: true, Take: []string{c.Lane}, Lease: lease})
		if err != nil {
			s.Errorf("done: %v", err)
		}
		return applied.Taken
	}
	start := time.Now()
	var group sync.WaitGroup
	for i := range 8 {
		store := []storage.Store{s.store, s.other}[i%2]
		group.Go(func() {
			for !s.Failed() && left.Load() > 0 {
				if time.Since(start) > patience {
					s.Errorf("%d jobs cannot be claimed", left.Load())
				}
				claims, err := store.Claim(s.Context(), 2, lease)
				if err != nil {
					s.Errorf("claim: %v", err)
				}
				if len(claims) == 0 {
					time.Sleep(time.Millisecond)
				}
				for len(claims) > 0 && !s.Failed() {
					claims = append(claims[1:], work(claims[0], store)...)
				}
			}
		})
	}
	group.Wait()
	s.claimNone()
}

func retryKeepsHead(s *scene) {
	s.apply(acme, storage.Change{Jobs: jobs("lane", 1, 2)})
	c := s.claimOne()
	s.apply(acme, storage.Change{Held: &c, Release: &storage.Release{After: time.Minute}})
	s.apply(acme, storage.Change{Jobs: jobs("lane", 3, 3)})
	s.claimNone()
	s.move(59 * time.Second)
	s.claimNone()
	s.move(2 * time.Second)
	if diff := cmp.Diff([]string{"lane 1", "lane 2", "lane 3"}, ids(s.drain())); diff != "" {
		s.Errorf("(-want +got)\n%s", diff)
	}
}

func lanesIndependent(s *scene) {
	s.apply(acme, storage.Change{Jobs: append(jobs("held", 1, 2), jobs("waiting", 1, 2)...)})
	for _, c := range s.claim() {
		if c.Lane == "waiting" {
			s.apply(acme, storage.Change{Held: &c, Release: &storage.Release{After: time.Hour}})
		}
	}
	s.apply(acme, storage.Change{Jobs: jobs("free", 1, 2)})
	if diff := cmp.Diff([]string{"free 1", "free 2"}, ids(s.drain())); diff != "" {
		s.Errorf("(-want +got)\n%s", diff)
	}
}

// lanesAlike empties lanes while one whose name goes on from there has jobs.
func lanesAlike(s *scene) {
	lanes := []string{"a", "ab", "a\x00", "a\x00\x00\x00\x00\x00\x00\x00\x00", "a:1", "a 1", "\xff", "\xff\xff"}
	want := map[string][]string{}
	for i, lane := range lanes {
		all := jobs(lane, 1, 2+i%2)
		s.apply(acme, storage.Change{Jobs: all})
		for _, j := range all {
			want[lane] = append(want[lane], j.ID)
		}
	}
	got := map[string][]string{}
	for _, c := range s.drain() {
		got[c.Lane] = append(got[c.Lane], c.ID)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		s.Errorf("(-want +got)\n%s", diff)
	}
}

func doneWakesNext(s *scene) {
	s.apply(acme, storage.Change{Jobs: jobs("lane", 1, 3)})
	for i := 1; i <= 3; i++ {
		c := s.claimOne()
		if want := fmt.Sprint("lane ", i); c.ID != want {
			s.Errorf("claimed %q, want %q", c.ID, want)
		}
		s.claimNone()
		s.finish(c)
	}
	s.claimNone()
	s.move(time.Hour)
	s.claimNone()
	s.apply(acme, storage.Change{Jobs: jobs("lane", 4, 4)})
	if c := s.claimOne(); c.ID != "lane 4" {
		s.Errorf("a lane that had been emptied gives %q", c.ID)
	}
}

func claimMax(s *scene) {
	for i := range 5 {
		s.apply(acme, storage.Change{
			Jobs:   jobs(fmt.Sprint(i), 1, 1),
			Timers: []storage.Timer{{Name: fmt.Sprint(i), At: s.now()}},
		})
	}
	for got, max := 0, 3; got < 10; max = 4 {
		claims, err := s.store.Claim(s.Context(), max, lease)
		if err != nil || len(claims) == 0 || len(claims) > max {
			s.Fatalf("claimed %d of %d, max %d, error %v", len(claims), 10-got, max, err)
		}
		got += len(claims)
	}
	s.claimNone()

	s.move(2 * lease)
	for i := range 5 {
		s.apply(acme, timer(fmt.Sprint("fresh ", i), s.now()))
	}
	if claims, err := s.store.Claim(s.Context(), 7, lease); err != nil || len(claims) > 7 {
		s.Errorf("claimed %d that are fresh or were held before, max 7, error %v", len(claims), err)
	}
	if claims, err := s.store.Claim(s.Context(), 0, lease); err != nil || len(claims) != 0 {
		s.Errorf("claimed %d, max 0, error %v", len(claims), err)
	}
}

func claimTells(s *scene) {
	s.apply(acme, storage.Change{Jobs: []storage.Job{{ID: "id", Lane: "lane", Body: []byte("body")}}})
	got := s.claimOne()
	if got.Token == 0 {
		s.Error("a claim without a token")
	}
	if late := s.now().Sub(got.Due); late < 0 || late > 10*time.Second {
		s.Errorf("a job that was just added is due since %v", late)
	}
	got.Token, got.Due = 0, time.Time{}
	want := storage.Claim{Tenant: acme, Lane: "lane", ID: "id", Body: []byte("body"), Attempts: 1}
	if diff := cmp.Diff(want, got); diff != "" {
		s.Errorf("(-want +got)\n%s", diff)
	}
}
