package storagetest

import (
	"fmt"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/storage"
)

// keeperCases are for stores that keep data themselves.
func keeperCases() []scenario {
	return []scenario{
		{"what a tenant keeps is told", keepsTold},
		{"nothing is told of an erased tenant", keepsNothing},
	}
}

func (s *scene) keeper() storage.Keeper {
	s.Helper()
	k, ok := storage.As[storage.Keeper](s.store)
	if !ok {
		s.Fatalf("%T does not tell what it keeps", s.store)
	}
	return k
}

func keepsTold(s *scene) {
	s.freeze()
	at := s.now().Add(time.Hour).Truncate(time.Millisecond).UTC()
	change := storage.Change{
		Put:    []storage.Write{write("a", 0, "x"), {Key: "b", Body: []byte("x"), TTL: time.Hour}, {Key: "c", Body: []byte("x"), TTL: time.Minute}},
		Jobs:   []storage.Job{{ID: "1", Lane: "z"}, {ID: "2", Lane: "z"}, {ID: "3", Lane: "y"}},
		Timers: []storage.Timer{{Name: "timer 2", At: at}, {Name: "timer 1", At: at.Add(time.Minute)}},
	}
	for i := range 1500 {
		change.Timers = append(change.Timers, storage.Timer{Name: fmt.Sprintf("many %04d", i), At: at})
	}
	s.apply(acme, change)
	s.apply(acme+"/", timer("another", at))
	s.move(2 * time.Minute)

	want := storage.Waiting{Lanes: 2}
	for i := range 1500 {
		want.Timers = append(want.Timers, storage.Timer{Name: fmt.Sprintf("many %04d", i), At: at})
	}
	want.Timers = append(want.Timers, storage.Timer{Name: "timer 1", At: at.Add(time.Minute)}, storage.Timer{Name: "timer 2", At: at})
	waiting, err := s.keeper().Waiting(s.Context(), acme)
	if diff := cmp.Diff(want, waiting); diff != "" || err != nil {
		s.Errorf("%v, waiting (-want +got):\n%s", err, diff)
	}
	ends, err := s.keeper().Ends(s.Context(), acme, "b", "a", "c", "d")
	if err != nil || len(ends) != 4 {
		s.Fatalf("ends %v, %v", ends, err)
	}
	if off := ends[0].Sub(at); off < -time.Second || off > time.Second {
		s.Errorf("b ends %v, want %v", ends[0], at)
	}
	for i, key := range map[int]string{1: "a, which stays", 2: "c, which has vanished", 3: "d, which was never there"} {
		if !ends[i].IsZero() {
			s.Errorf("%s ends %v", key, ends[i])
		}
	}
}

func keepsNothing(s *scene) {
	s.apply(acme, storage.Change{
		Put:    []storage.Write{{Key: "b", Body: []byte("x"), TTL: time.Hour}},
		Jobs:   []storage.Job{{ID: "1", Lane: "z"}},
		Timers: []storage.Timer{{Name: "t", At: s.now().Add(time.Hour)}},
	})
	if err := s.store.Erase(s.Context(), acme); err != nil {
		s.Fatal(err)
	}
	ends, err := s.keeper().Ends(s.Context(), acme, "b")
	if err != nil || len(ends) != 1 || !ends[0].IsZero() {
		s.Errorf("ends %v, %v", ends, err)
	}
	if w, err := s.keeper().Waiting(s.Context(), acme); err != nil || w.Lanes != 0 || len(w.Timers) != 0 {
		s.Errorf("waiting %+v, %v", w, err)
	}
}
