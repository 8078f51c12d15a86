package storagetest

import (
	"context"
	"errors"
	"strings"
	"time"

	"secadvisor/storage"
)

func refusalCases() []scenario {
	return []scenario{
		{"limits are allowed", limitsAllowed},
		{"beyond the limits is refused", beyondLimits},
		{"names may not be empty", emptyNames},
		{"change that makes no sense is refused", senseless},
		{"context cancelled", contextCancelled},
		{"closed store says so", closedStore},
	}
}

func limitsAllowed(s *scene) {
	name := strings.Repeat("n", storage.MaxKey)
	body := make([]byte, storage.MaxBody)
	change := timer(name, s.now())
	change.Put = []storage.Write{{Key: name, Body: body}}
	change.Jobs = []storage.Job{{ID: name, Lane: name, Body: body, Dedupe: true}}
	s.apply(name, change)
	if got := len(s.get(name, name).Body); got != len(body) {
		s.Errorf("read %d bytes, want %d", got, len(body))
	}
	for _, c := range s.drain() {
		if c.Tenant != name || c.Lane+c.Timer != name {
			s.Errorf("claimed tenant %q, lane %q, timer %q", c.Tenant, c.Lane, c.Timer)
		}
	}
	s.erase(name)
}

// wrong expects an error that is about the change itself, short enough for a
// log, and that nothing was written.
func (s *scene) wrong(what, tenant string, c storage.Change) {
	s.Helper()
	c.Put = append([]storage.Write{write("valid", 0, "x")}, c.Put...)
	c.Jobs = append([]storage.Job{{ID: "valid", Lane: "valid", Dedupe: true}}, c.Jobs...)
	_, err := s.store.Apply(s.Context(), tenant, c)
	switch {
	case err == nil:
		s.Errorf("%s: accepted", what)
	case errors.Is(err, storage.ErrConflict), errors.Is(err, storage.ErrLost), errors.Is(err, storage.ErrErased):
		s.Errorf("%s: refused for another reason: %v", what, err)
	case len(err.Error()) > 300:
		s.Errorf("%s: an error of %d bytes", what, len(err.Error()))
	}
	s.holds(acme, "valid", "")
	s.claimNone()
}

func beyondLimits(s *scene) {
	long := strings.Repeat("n", storage.MaxKey+1)
	big := make([]byte, storage.MaxBody+storage.Overhead+1)
	s.wrong("tenant", long, storage.Change{})
	s.wrong("key", acme, storage.Change{Put: []storage.Write{write(long, 0, "x")}})
	s.wrong("checked key", acme, storage.Change{Check: []storage.Version{{Key: long}}})
	s.wrong("body", acme, storage.Change{Put: []storage.Write{{Key: "k", Body: big}}})
	s.wrong("lane", acme, storage.Change{Jobs: jobs(long, 1, 1)})
	s.wrong("job id", acme, storage.Change{Jobs: []storage.Job{{ID: long, Lane: "lane"}}})
	s.wrong("job body", acme, storage.Change{Jobs: []storage.Job{{ID: "j", Lane: "lane", Body: big}}})
	s.wrong("timer", acme, timer(long, s.now()))
	s.wrong("taken lane", acme, take(long))
	if err := s.store.Erase(s.Context(), long); err == nil {
		s.Error("erased a tenant whose name is too long")
	}
}

func emptyNames(s *scene) {
	s.wrong("tenant", "", storage.Change{})
	s.wrong("key", acme, storage.Change{Put: []storage.Write{write("", 0, "x")}})
	s.wrong("lane", acme, storage.Change{Jobs: []storage.Job{{ID: "j"}}})
	s.wrong("deduplicated job id", acme, storage.Change{Jobs: []storage.Job{{Lane: "lane", Dedupe: true}}})
	s.wrong("timer", acme, timer("", s.now()))
	s.wrong("taken lane", acme, take(""))
	if err := s.store.Erase(s.Context(), ""); err == nil {
		s.Error("erased a tenant without a name")
	}
}

func senseless(s *scene) {
	s.wrong("done without a claim", acme, storage.Change{Done: true})
	s.wrong("release without a claim", acme, storage.Change{Release: &storage.Release{}})
	s.wrong("take without a lease", acme, storage.Change{Take: []string{"lane"}})
	s.wrong("two writes of one key", acme, storage.Change{Put: []storage.Write{write("k", 0, "1"), write("k", 0, "2")}})
	s.wrong("negative TTL", acme, storage.Change{Put: []storage.Write{{Key: "k", Body: []byte("x"), TTL: -time.Second}}})
	for _, c := range s.both() {
		_, err := s.store.Apply(s.Context(), acme, storage.Change{Held: &c, Done: true, Release: &storage.Release{}})
		if err == nil {
			s.Error("a claim was both done and released")
		}
		_, err = s.store.Apply(s.Context(), acme, storage.Change{Held: &c, Release: &storage.Release{After: -time.Second}})
		if err == nil {
			s.Error("a claim was released into the past")
		}
		s.apply(acme, storage.Change{Held: &c})
	}
}

func contextCancelled(s *scene) {
	claim := s.both()[0]
	ctx, cancel := context.WithCancel(s.Context())
	cancel()
	_, getErr := s.store.Get(ctx, acme, "k")
	_, _, listErr := s.store.List(ctx, acme, "", "", 10)
	_, applyErr := s.store.Apply(ctx, acme, storage.Change{Put: []storage.Write{write("k", 0, "x")}})
	_, claimErr := s.store.Claim(ctx, 10, lease)
	_, extendErr := s.store.Extend(ctx, claim, lease)
	_, _, tenantsErr := s.store.Tenants(ctx, "", 10)
	_, statsErr := s.store.Stats(ctx)
	eraseErr := s.store.Erase(ctx, acme)
	errs := map[string]error{
		"get": getErr, "list": listErr, "apply": applyErr, "claim": claimErr,
		"extend": extendErr, "tenants": tenantsErr, "stats": statsErr, "erase": eraseErr,
	}
	for what, err := range errs {
		if !errors.Is(err, context.Canceled) {
			s.Errorf("%s with a cancelled context: %v", what, err)
		}
	}
	s.holds(acme, "k", "")
	s.finish(claim)
}

func closedStore(s *scene) {
	store := s.handle
	if !s.opener.Shared {
		s.close()
	}
	closed := store()
	if err := closed.Close(); err != nil {
		s.Fatalf("close: %v", err)
	}
	if _, err := closed.Apply(s.Context(), acme, storage.Change{Put: []storage.Write{write("k", 0, "x")}}); err == nil {
		s.Error("a closed store applied a change")
	}
	if _, err := closed.Get(s.Context(), acme, "k"); err == nil {
		s.Error("a closed store answered")
	}
	if _, err := closed.Claim(s.Context(), 1, lease); err == nil {
		s.Error("a closed store claimed")
	}
	if !s.opener.Shared {
		s.open()
	}
	s.holds(acme, "k", "")
}
