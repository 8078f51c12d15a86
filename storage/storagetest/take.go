package storagetest

import (
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/storage"
)

func takeCases() []scenario {
	return []scenario{
		{"take only idle", takeOnlyIdle},
		{"take what the same change added", takeAdded},
		{"take several lanes", takeSeveral},
		{"take nothing when the job is dropped", takeDropped},
		{"done and take the same lane", doneAndTake},
		{"release and take the same lane", releaseAndTake},
	}
}

func take(lanes ...string) storage.Change { return storage.Change{Take: lanes, Lease: lease} }

func takeOnlyIdle(s *scene) {
	s.apply(acme, storage.Change{Jobs: jobs("held", 1, 2)})
	held := s.claimOne()
	s.apply(acme, storage.Change{Jobs: jobs("delayed", 1, 2)})
	delayed := s.claimOne()
	s.apply(acme, storage.Change{Held: &delayed, Release: &storage.Release{After: time.Minute}})

	change := take("held", "delayed", "empty")
	change.Jobs = append(jobs("held", 3, 3), jobs("delayed", 3, 3)...)
	if taken := s.apply(acme, change).Taken; len(taken) > 0 {
		s.Fatalf("took %+v, want nothing", taken)
	}
	s.finish(held)
	s.move(2 * time.Minute)
	taken := s.apply(acme, take("held", "delayed", "empty")).Taken
	if diff := cmp.Diff([]string{"held 2", "delayed 1"}, ids(taken)); diff != "" {
		s.Errorf("once idle (-want +got)\n%s", diff)
	}
}

func takeAdded(s *scene) {
	change := take("lane")
	change.Jobs = jobs("lane", 1, 2)
	taken := s.apply(acme, change).Taken
	if len(taken) != 1 || taken[0].Token == 0 {
		s.Fatalf("took %+v, want one", taken)
	}
	got := taken[0]
	got.Token, got.Due = 0, time.Time{}
	want := storage.Claim{Tenant: acme, Lane: "lane", ID: "lane 1", Body: []byte("body of lane 1"), Attempts: 1}
	if diff := cmp.Diff(want, got); diff != "" {
		s.Errorf("(-want +got)\n%s", diff)
	}
	s.claimNone()
	s.move(2 * lease)
	if c := s.claimOne(); c.ID != "lane 1" || c.Attempts != 2 {
		s.Errorf("after the lease: %q, attempt %d", c.ID, c.Attempts)
	}
}

func takeSeveral(s *scene) {
	change := take("b", "a", "b")
	change.Jobs = append(jobs("a", 1, 1), jobs("b", 1, 2)...)
	if diff := cmp.Diff([]string{"b 1", "a 1"}, ids(s.apply(acme, change).Taken)); diff != "" {
		s.Errorf("(-want +got)\n%s", diff)
	}
	s.claimNone()
}

func takeDropped(s *scene) {
	s.accepts(acme, "1")
	s.drain()
	change := event("1", "lane")
	change.Take, change.Lease = []string{"lane"}, lease
	if applied := s.apply(acme, change); len(applied.Dropped) != 1 || len(applied.Taken) != 0 {
		s.Errorf("a repeat came to %+v", applied)
	}
}

func doneAndTake(s *scene) {
	s.apply(acme, storage.Change{Jobs: jobs("lane", 1, 3)})
	claims := s.claim()
	for i := 1; i <= 3; i++ {
		if len(claims) != 1 || claims[0].ID != jobs("lane", i, i)[0].ID || claims[0].Attempts != 1 {
			s.Fatalf("job %d: claims %+v", i, claims)
		}
		change := take("lane")
		change.Held, change.Done = &claims[0], true
		claims = s.apply(acme, change).Taken
		if i < 3 {
			s.claimNone()
		}
	}
	if len(claims) != 0 {
		s.Errorf("an empty lane gave %+v", claims)
	}
	s.claimNone()
}

// releaseAndTake: a lane in its delay is not idle, one without is.
func releaseAndTake(s *scene) {
	s.apply(acme, storage.Change{Jobs: jobs("lane", 1, 2)})
	c := s.claimOne()
	change := take("lane")
	change.Held, change.Release = &c, &storage.Release{}
	taken := s.apply(acme, change).Taken
	if len(taken) != 1 || taken[0].ID != "lane 1" || taken[0].Attempts != 2 {
		s.Fatalf("released at once and took %+v", taken)
	}
	change.Held, change.Release = &taken[0], &storage.Release{After: time.Minute}
	if taken := s.apply(acme, change).Taken; len(taken) != 0 {
		s.Errorf("released for a minute and took %+v", taken)
	}
}
