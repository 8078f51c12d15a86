package storagetest

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/storage"
)

func onceCases() []scenario {
	return []scenario{
		{"once and a job share one memory", onceAndJob},
		{"once has one winner", onceConcurrent},
		{"once is remembered across restart", onceRestart},
		{"once is forgotten in the end", onceExpires},
		{"once that is seen writes nothing", onceSeen},
		{"once waits behind a lane", onceBusy},
		{"once that conflicts is not remembered", onceConflict},
		{"once of an erased tenant", onceErased},
		{"once is not for those who hold a claim", onceHeld},
		{"read after a change", readAfter},
	}
}

// once is an event that writes one document and queues one job.
func once(id string) storage.Change {
	return storage.Change{Once: &storage.Once{ID: id, Lane: "events"}, Jobs: jobs("posts "+id, 1, 1)}
}

func onceAndJob(s *scene) {
	s.apply(acme, once("a"))
	job := storage.Job{ID: "a", Lane: "events", Dedupe: true}
	if dropped := s.apply(acme, storage.Change{Jobs: []storage.Job{job}}).Dropped; len(dropped) != 1 {
		s.Error("a job of an event that was done is not dropped")
	}
	job.ID = "b"
	s.apply(acme, storage.Change{Jobs: []storage.Job{job}})
	s.refused(acme, once("b"), storage.ErrSeen)
	s.apply("another", once("a"))
}

func onceConcurrent(s *scene) {
	var won atomic.Int64
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			_, err := s.store.Apply(s.Context(), acme, once("a"))
			switch {
			case err == nil:
				won.Add(1)
			case !errors.Is(err, storage.ErrSeen):
				s.Error(err)
			}
		})
	}
	all.Wait()
	if won.Load() != 1 {
		s.Errorf("%d changes stood for one event", won.Load())
	}
	if got := len(s.drain()); got != 1 {
		s.Errorf("%d jobs came of it", got)
	}
}

func onceRestart(s *scene) {
	s.apply(acme, once("a"))
	s.restart()
	s.refused(acme, once("a"), storage.ErrSeen)
}

func onceExpires(s *scene) {
	s.apply(acme, once("a"))
	s.move(storage.SeenFor - time.Minute)
	s.refused(acme, once("a"), storage.ErrSeen)
	s.move(2 * time.Minute)
	s.apply(acme, once("a"))
}

func onceSeen(s *scene) {
	s.apply(acme, once("a"))
	s.drain()
	again := once("a")
	again.Put = []storage.Write{{Key: "k", Body: []byte("v")}}
	again.Timers = []storage.Timer{{Name: "t", At: s.now()}}
	s.refused(acme, again, storage.ErrSeen)
	s.claimNone()
	if s.get(acme, "k").Version != 0 {
		s.Error("a document was written")
	}
}

func onceBusy(s *scene) {
	s.apply(acme, storage.Change{Jobs: jobs("events", 1, 2)})
	s.refused(acme, once("a"), storage.ErrBusy)
	first := s.claimOne()
	s.refused(acme, once("a"), storage.ErrBusy)
	s.apply(acme, storage.Change{Held: &first, Release: &storage.Release{After: time.Minute}})
	s.refused(acme, once("a"), storage.ErrBusy)
	s.move(2 * time.Minute)
	s.finish(s.claimOne())
	s.refused(acme, once("a"), storage.ErrBusy)
	s.finish(s.claimOne())
	s.apply(acme, once("a"))
}

func onceConflict(s *scene) {
	s.set(acme, "k", "old")
	wrong := once("a")
	wrong.Put = []storage.Write{{Key: "k", Version: 1 << 40, Body: []byte("new")}}
	s.refused(acme, wrong, storage.ErrConflict)
	s.claimNone()
	s.apply(acme, once("a"))
}

func onceErased(s *scene) {
	s.apply(acme, once("a"))
	s.erase(acme)
	s.refused(acme, once("b"), storage.ErrErased)
	again := once("a")
	again.Install = true
	s.apply(acme, again)
}

func onceHeld(s *scene) {
	s.apply(acme, storage.Change{Jobs: jobs("lane", 1, 1)})
	c := s.claimOne()
	change := once("a")
	change.Held = &c
	s.wrong("once beside a claim", acme, change)
	s.wrong("once without an id", acme, once(""))
}

func readAfter(s *scene) {
	s.set(acme, "same", "old")
	gone := s.set(acme, "gone", "old")
	s.set("another", "other", "theirs")
	applied := s.apply(acme, storage.Change{
		Put: []storage.Write{
			{Key: "new", Body: []byte("new")}, {Key: "short", Body: []byte("short"), TTL: time.Hour}, {Key: "gone", Version: gone},
		},
		Read: []string{"same", "new", "short", "gone", "other", "absent"},
	})
	got := map[string]string{}
	for _, d := range applied.Read {
		got[d.Key] = string(d.Body)
		if (d.Version == 0) != (len(d.Body) == 0) {
			s.Errorf("%s has version %d and %d bytes", d.Key, d.Version, len(d.Body))
		}
	}
	want := map[string]string{"same": "old", "new": "new", "short": "short", "gone": "", "other": "", "absent": ""}
	if diff := cmp.Diff(want, got); diff != "" || len(applied.Read) != 6 {
		s.Errorf("%d documents (-want +got)\n%s", len(applied.Read), diff)
	}
	if applied.Read[1].Version != applied.Versions[0] {
		s.Errorf("the new document is read at version %d and written at %d", applied.Read[1].Version, applied.Versions[0])
	}
	s.move(2 * time.Hour)
	if d := s.apply(acme, storage.Change{Read: []string{"short"}}).Read[0]; d.Version != 0 {
		s.Errorf("a document whose time is over is read: %+v", d)
	}
}
