package storagetest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/storage"
)

func listCases() []scenario {
	return []scenario{
		{"list by prefix in pages", listPages},
		{"list leaves out what expired or was deleted", listGone},
		{"list starts after a key that is not there", listAfterGap},
	}
}

// listPages reads every prefix in pages of every size.
func listPages(s *scene) {
	keys := []string{
		"a", "a/", "a/1", "a/10", "a/2", "a/\x00", "a/\xff", "a/\xff\xff", "a0", "aa", "A", "b/1", "é", "\xff", "\xff\x00",
	}
	var puts []storage.Write
	for _, k := range keys {
		puts = append(puts, write(k, 0, "body of "+k))
	}
	s.apply(acme, storage.Change{Put: puts})
	s.set("neighbour", "a/1", "somebody else's")

	slices.Sort(keys)
	for _, prefix := range []string{"", "a", "a/", "a/\xff", "\xff", "b/1", "none"} {
		var want []string
		for _, k := range keys {
			if strings.HasPrefix(k, prefix) {
				want = append(want, k)
			}
		}
		for limit := 1; limit <= len(keys)+1; limit++ {
			got := s.pages(prefix, limit)
			if diff := cmp.Diff(want, got); diff != "" {
				s.Fatalf("prefix %q in pages of %d (-want +got)\n%s", prefix, limit, diff)
			}
		}
	}
}

// pages lists everything under prefix and checks that More is exact.
func (s *scene) pages(prefix string, limit int) []string {
	s.Helper()
	var keys []string
	for after, more := "", true; more; {
		var docs []storage.Doc
		var err error
		docs, more, err = s.store.List(s.Context(), acme, prefix, after, limit)
		if err != nil {
			s.Fatalf("list %q after %q: %v", prefix, after, err)
		}
		if len(docs) > limit || more && len(docs) < limit || len(docs) == 0 && len(keys) > 0 {
			s.Fatalf("list %q after %q: %d documents, limit %d, more %v", prefix, after, len(docs), limit, more)
		}
		for _, d := range docs {
			if after != "" && d.Key <= after {
				s.Fatalf("list %q after %q: %q", prefix, after, d.Key)
			}
			if d.Version == 0 || string(d.Body) != "body of "+d.Key {
				s.Fatalf("listed %+v", d)
			}
			keys = append(keys, d.Key)
			after = d.Key
		}
	}
	return keys
}

func listGone(s *scene) {
	for i := range 9 {
		put := write(fmt.Sprint("k", i), 0, "body of "+fmt.Sprint("k", i))
		if i >= 2 {
			put.TTL = time.Hour
		}
		s.apply(acme, storage.Change{Put: []storage.Write{put}})
	}
	s.apply(acme, storage.Change{Put: []storage.Write{{Key: "k1", Version: s.get(acme, "k1").Version}}})
	s.move(2 * time.Hour)
	for limit := 1; limit < 4; limit++ {
		if diff := cmp.Diff([]string{"k0"}, s.pages("k", limit)); diff != "" {
			s.Errorf("in pages of %d (-want +got)\n%s", limit, diff)
		}
	}
}

func listAfterGap(s *scene) {
	for _, k := range []string{"p/a", "p/c", "q"} {
		s.set(acme, k, "body of "+k)
	}
	rows := []struct{ after, want string }{{"", "p/a"}, {"o", "p/a"}, {"p/", "p/a"}, {"p/b", "p/c"}, {"p/c", ""}, {"p0", ""}, {"z", ""}}
	for _, row := range rows {
		docs, _, err := s.store.List(s.Context(), acme, "p/", row.after, 1)
		if err != nil {
			s.Fatal(err)
		}
		var got string
		if len(docs) > 0 {
			got = docs[0].Key
		}
		if got != row.want {
			s.Errorf("first under p/ after %q is %q, want %q", row.after, got, row.want)
		}
	}
}
