package storagetest

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/storage"
)

func tenantCases() []scenario {
	return []scenario{
		{"tenants isolated", tenantsIsolated},
		{"tenant and key do not run into each other", tenantAndKey},
		{"tenants in pages", tenantsInPages},
		{"reading makes no tenant", readingMakesNoTenant},
	}
}

// oddTenants are names that a careless store mixes up.
func oddTenants() []string {
	return []string{
		"a", "A", "a/", "a/b", "a:b", "a:", "a{b}", "a\x00", "a\x00b", "aa", "ab", "{", "}", "{}", "{a}", "/", ":", "*", "a*", "[a]",
		"\x00", "\xff", "a\xff", " ", "a b", "a\n", "日本", "slack.T1", "slack.T12", "live", "meta",
	}
}

// tenantsIsolated gives all tenants the same keys, lanes, timers and ids.
func tenantsIsolated(s *scene) {
	tenants := oddTenants()
	at := s.now()
	for _, name := range tenants {
		s.apply(name, storage.Change{
			Put:    []storage.Write{write("k", 0, "of "+name), write("a", 0, "of "+name)},
			Jobs:   []storage.Job{{ID: "id", Lane: "lane", Body: []byte("of " + name), Dedupe: true}},
			Timers: []storage.Timer{{Name: "timer", At: at}},
		})
	}
	lanes, timers := map[string]int{}, map[string]int{}
	for _, c := range s.claim() {
		if c.Lane != "" {
			lanes[c.Tenant]++
			if string(c.Body) != "of "+c.Tenant {
				s.Errorf("tenant %q claimed a job %q", c.Tenant, c.Body)
			}
		} else {
			timers[c.Tenant]++
		}
		s.finish(c)
	}
	for _, name := range tenants {
		if lanes[name] != 1 || timers[name] != 1 {
			s.Errorf("tenant %q had %d jobs and %d timers, want 1 and 1", name, lanes[name], timers[name])
		}
		s.holds(name, "k", "of "+name)
	}

	gone := []string{"a", "{", "\x00", "*"}
	for _, name := range gone {
		if err := s.store.Erase(s.Context(), name); err != nil {
			s.Fatalf("erase %q: %v", name, err)
		}
	}
	for _, name := range tenants {
		want := "of " + name
		if slices.Contains(gone, name) {
			want = ""
		}
		s.holds(name, "k", want)
		s.holds(name, "a", want)
	}
}

// tenantAndKey splits the same bytes between tenant and key, lane and timer
// in all ways.
func tenantAndKey(s *scene) {
	const whole = "a:b/c\x00d{e}f"
	at := s.now()
	for i := 1; i < len(whole); i++ {
		name, rest := whole[:i], whole[i:]
		s.apply(name, storage.Change{
			Put:    []storage.Write{write(rest, 0, rest)},
			Jobs:   []storage.Job{{ID: rest, Lane: rest, Dedupe: true}},
			Timers: []storage.Timer{{Name: rest, At: at}},
		})
	}
	for i := 1; i < len(whole); i++ {
		s.holds(whole[:i], whole[i:], whole[i:])
	}
	for _, c := range s.drain() {
		if c.Tenant+c.Lane+c.Timer != whole || c.Lane != c.ID {
			s.Errorf("claimed %+v", c)
		}
	}
}

func tenantsInPages(s *scene) {
	want := oddTenants()
	for i, name := range want {
		change := timer("t", s.now().Add(time.Hour))
		if i%2 == 0 {
			change = storage.Change{Put: []storage.Write{write("k", 0, "x")}}
		}
		s.apply(name, change)
	}
	slices.Sort(want)
	for _, limit := range []int{1, 2, 3, len(want) - 1, len(want), len(want) + 1} {
		if diff := cmp.Diff(want, s.tenants(limit)); diff != "" {
			s.Errorf("in pages of %d (-want +got)\n%s", limit, diff)
		}
	}
	if got := s.stats().Tenants; got != len(want) {
		s.Errorf("stats count %d tenants, want %d", got, len(want))
	}
}

func (s *scene) tenants(limit int) []string {
	s.Helper()
	return tenantsOf(s, s.store, limit)
}

// tenantsOf reads all tenants and checks that More is exact.
func tenantsOf(tb testing.TB, store storage.Store, limit int) []string {
	tb.Helper()
	var all []string
	for after, more := "", true; more; {
		var page []string
		var err error
		page, more, err = store.Tenants(tb.Context(), after, limit)
		if err != nil {
			tb.Fatalf("tenants after %q: %v", after, err)
		}
		if len(page) > limit || more && len(page) < limit || len(page) == 0 && len(all) > 0 {
			tb.Fatalf("tenants after %q: %d, limit %d, more %v", after, len(page), limit, more)
		}
		for _, name := range page {
			if after != "" && name <= after {
				tb.Fatalf("tenants after %q: %q", after, name)
			}
			all = append(all, name)
			after = name
		}
	}
	return all
}

func readingMakesNoTenant(s *scene) {
	s.holds("reader", "k", "")
	if docs, more, err := s.store.List(s.Context(), "reader", "", "", 10); err != nil || more || len(docs) > 0 {
		s.Errorf("list of an unknown tenant: %v, %v, %v", docs, more, err)
	}
	s.apply("reader", storage.Change{Check: []storage.Version{{Key: "k"}}})
	s.refused("reader", storage.Change{Put: []storage.Write{write("k", 7, "x")}}, storage.ErrConflict)
	if got := s.tenants(10); len(got) != 0 {
		s.Errorf("tenants %q, want none", got)
	}
}
