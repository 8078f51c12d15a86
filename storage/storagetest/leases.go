package storagetest

import (
	"errors"
	"time"

	"secadvisor/storage"
)

func leaseCases() []scenario {
	return []scenario{
		{"lease expiry reclaims", leaseExpiry},
		{"stale token loses and writes nothing", staleToken},
		{"finished claim is lost", finishedClaim},
		{"claim stays held until it is finished", stillHeld},
		{"claim belongs to its tenant", claimOfOther},
		{"extend changes the token", extendToken},
		{"extend keeps others away", extendHolds},
		{"lost claim cannot be extended", extendLost},
		{"token is never used twice", tokensNeverRepeat},
	}
}

// both makes a lane and a timer due, so that a case sees each kind of claim.
func (s *scene) both() []storage.Claim {
	s.Helper()
	s.apply(acme, storage.Change{Jobs: jobs("lane", 1, 2), Timers: []storage.Timer{{Name: "timer", At: s.now()}}})
	claims := s.claim()
	if len(claims) != 2 {
		s.Fatalf("claimed %+v, want a lane and a timer", claims)
	}
	return claims
}

// lost expects that a claim is no longer held: nothing of a change with it is
// written.
func (s *scene) lost(c storage.Claim) {
	s.Helper()
	change := storage.Change{
		Put:    []storage.Write{write("by the stale", 0, "x")},
		Jobs:   []storage.Job{{ID: "by the stale", Lane: "by the stale", Dedupe: true}},
		Timers: []storage.Timer{{Name: "by the stale", At: s.now()}},
		Held:   &c,
	}
	s.refused(acme, change, storage.ErrLost)
	change.Done = true
	s.refused(acme, change, storage.ErrLost)
	change.Done, change.Release = false, &storage.Release{}
	s.refused(acme, change, storage.ErrLost)
	if _, err := s.store.Extend(s.Context(), c, lease); !errors.Is(err, storage.ErrLost) {
		s.Fatalf("extend of a lost claim: %v", err)
	}
	s.holds(acme, "by the stale", "")
}

func leaseExpiry(s *scene) {
	first := s.both()
	s.move(lease - 5*time.Second)
	s.claimNone()
	s.move(10 * time.Second)
	again := s.claim()
	if len(again) != 2 {
		s.Fatalf("claimed %+v after the lease, want both", again)
	}
	for _, c := range again {
		if c.Lane != "" && (c.ID != "lane 1" || c.Attempts != 2) {
			s.Errorf("lane gave %q, attempt %d", c.ID, c.Attempts)
		}
		for _, old := range first {
			if c.Lane == old.Lane && c.Token == old.Token {
				s.Errorf("the new claim %+v has the token of the old one", c)
			}
		}
		s.finish(c)
	}
}

func staleToken(s *scene) {
	first := s.both()
	s.move(2 * lease)
	again := s.claim()
	for _, c := range first {
		s.lost(c)
	}
	for _, c := range again {
		s.finish(c)
	}
	for _, c := range append(first, again...) {
		s.lost(c)
	}
	if c := s.claimOne(); c.ID != "lane 2" {
		s.Errorf("claimed %+v, want the second job", c)
	}
}

func finishedClaim(s *scene) {
	for _, c := range s.both() {
		s.finish(c)
		s.lost(c)
	}
	c := s.claimOne()
	s.apply(acme, storage.Change{Held: &c, Release: &storage.Release{}})
	s.lost(c)
}

func stillHeld(s *scene) {
	claims := s.both()
	for _, c := range claims {
		s.apply(acme, storage.Change{Held: &c, Put: []storage.Write{write(c.Lane+c.Timer, 0, "part")}})
		s.apply(acme, storage.Change{Held: &c})
		s.claimNone()
	}
	for _, c := range claims {
		s.finish(c)
	}
}

func claimOfOther(s *scene) {
	for _, c := range s.both() {
		_, err := s.store.Apply(s.Context(), "other", storage.Change{Held: &c, Done: true, Put: []storage.Write{write("k", 0, "x")}})
		if err == nil {
			s.Error("a claim was finished as another tenant's")
		}
		s.holds("other", "k", "")
		s.finish(c)
	}
}

func extendToken(s *scene) {
	for _, old := range s.both() {
		c, err := s.store.Extend(s.Context(), old, lease)
		if err != nil {
			s.Fatalf("extend: %v", err)
		}
		if c.Token == old.Token {
			s.Error("extend kept the token")
		}
		if c.Tenant != old.Tenant || c.Lane != old.Lane || c.Timer != old.Timer || c.ID != old.ID || c.Attempts != old.Attempts {
			s.Errorf("extend turned %+v into %+v", old, c)
		}
		s.lost(old)
		s.finish(c)
	}
}

func extendHolds(s *scene) {
	claims := s.both()
	for range 3 {
		s.move(lease - 5*time.Second)
		for i := range claims {
			var err error
			if claims[i], err = s.store.Extend(s.Context(), claims[i], lease); err != nil {
				s.Fatalf("extend: %v", err)
			}
		}
		s.claimNone()
	}
	for _, c := range claims {
		s.finish(c)
	}
}

func extendLost(s *scene) {
	for _, c := range s.both() {
		s.apply(acme, storage.Change{Held: &c, Release: &storage.Release{After: time.Hour}})
		s.lost(c)
	}
	s.claimNone()
}

// tokensNeverRepeat claims again and again within the same millisecond.
func tokensNeverRepeat(s *scene) {
	seen := map[string]map[int64]bool{"lane": {}, "timer": {}}
	once := func(c storage.Claim) {
		if seen[c.Lane+c.Timer][c.Token] {
			s.Fatalf("token %d of %s was used twice", c.Token, c.Lane+c.Timer)
		}
		seen[c.Lane+c.Timer][c.Token] = true
	}
	s.freeze()
	claims := s.both()
	for range 30 {
		for _, c := range claims {
			once(c)
			extended, err := s.store.Extend(s.Context(), c, lease)
			if err != nil {
				s.Fatalf("extend: %v", err)
			}
			once(extended)
			s.apply(acme, storage.Change{Held: &extended, Release: &storage.Release{}})
		}
		claims = s.claim()
		if len(claims) != 2 {
			s.Fatalf("claimed %+v, want both", claims)
		}
	}
}
