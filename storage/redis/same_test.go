package redis

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"secadvisor/storage"
	"secadvisor/storage/embedded"
	"secadvisor/storage/redis/redistest"
)

// pair is this store and the other one, at the same time.
type pair struct {
	t      *testing.T
	random *rand.Rand
	stores [2]storage.Store
	held   [][2]storage.Claim
	clock  time.Duration
	said   []string // what was done, and came of it
}

// Whatever is asked of the two stores, they answer alike.
func TestTheStoresAreAlike(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	for seed := range uint64(40) {
		p := &pair{t: t, random: rand.New(rand.NewPCG(seed, 3)), clock: time.Hour}
		offset := func() time.Duration { return p.clock }
		one, err := Open(t.Context(), server.URL()+fmt.Sprint("?prefix=same", seed), ClockOffset(offset))
		if err != nil {
			t.Fatal(err)
		}
		other, err := embedded.Open(filepath.Join(t.TempDir(), "same.db"), embedded.ClockOffset(offset), embedded.Volatile())
		if err != nil {
			t.Fatal(err)
		}
		p.stores = [2]storage.Store{one, other}
		for range 60 {
			p.step()
			if t.Failed() {
				t.Fatalf("%d: %s", seed, strings.Join(p.said, "\n"))
			}
		}
		one.Close()
		other.Close()
	}
}

// alike notes what both say, and compares it.
func (p *pair) alike(what string, say func(i int, s storage.Store) string) {
	p.t.Helper()
	one, other := say(0, p.stores[0]), say(1, p.stores[1])
	p.said = append(p.said, what+": "+one)
	if one != other {
		p.t.Errorf("%s: %s, and the other says %s", what, one, other)
	}
}

func (p *pair) step() {
	switch p.random.IntN(6) {
	case 0:
		p.clock += time.Duration(p.random.IntN(40)) * time.Second
		p.claim()
	case 1:
		p.claim()
	default:
		p.apply()
	}
	p.alike("all", func(_ int, s storage.Store) string {
		docs, _, err := s.List(p.t.Context(), "acme", "", "", 100)
		waiting, err2 := s.(storage.Keeper).Waiting(p.t.Context(), "acme")
		text := fmt.Sprint(waiting.Lanes, err, err2)
		for _, d := range docs {
			text += " " + d.Key + "=" + string(d.Body)
		}
		for _, timer := range waiting.Timers {
			text += " " + timer.Name
		}
		return text
	})
}

func (p *pair) claim() {
	var got [2][]storage.Claim
	p.alike("claim", func(i int, s storage.Store) string {
		var err error
		got[i], err = s.Claim(p.t.Context(), 100, 30*time.Second)
		slices.SortFunc(got[i], func(a, b storage.Claim) int { return strings.Compare(a.Timer+a.Lane, b.Timer+b.Lane) })
		return claims(got[i]) + fmt.Sprint(err)
	})
	p.hold(got)
}

func (p *pair) hold(got [2][]storage.Claim) {
	for i := range min(len(got[0]), len(got[1])) {
		p.held = append(p.held, [2]storage.Claim{got[0][i], got[1][i]})
	}
}

func claims(all []storage.Claim) (text string) {
	for _, c := range all {
		text += fmt.Sprint(c.Timer, c.Lane, " ", c.ID, c.Attempts, c.Fault, "; ")
	}
	return text
}

// apply makes a change of everything, of a claim now and then.
func (p *pair) apply() {
	pick := func(names ...string) string { return names[p.random.IntN(len(names))] }
	var c storage.Change
	for _, key := range []string{"a", "b", "c"} {
		switch w := (storage.Write{Key: key, Body: []byte(fmt.Sprint(len(p.said)))}); p.random.IntN(6) {
		case 0:
			w.Body = nil
			c.Put = append(c.Put, w)
		case 1:
			w.TTL = time.Duration(10+p.random.IntN(30)) * time.Second
			fallthrough
		case 2:
			c.Put = append(c.Put, w)
		}
	}
	for range p.random.IntN(3) {
		c.Jobs = append(c.Jobs, storage.Job{ID: pick("1", "2", "3", "4", "5"), Lane: pick("L", "M"), Dedupe: p.random.IntN(3) == 0})
	}
	for range p.random.IntN(3) {
		c.Timers = append(c.Timers, storage.Timer{Name: pick("T", "U"), At: time.UnixMilli(p.random.Int64N(2))})
		if last := &c.Timers[len(c.Timers)-1]; last.At.UnixMilli() == 0 {
			last.At = time.Time{}
		}
	}
	if p.random.IntN(3) == 0 {
		c.Take, c.Lease = []string{pick("L", "M")}, 30*time.Second
	}
	held := -1
	if len(p.held) > 0 && p.random.IntN(3) > 0 {
		held = p.random.IntN(len(p.held))
		switch p.random.IntN(4) {
		case 0:
			c.Release = &storage.Release{After: time.Duration(p.random.IntN(2)) * time.Second, Uncounted: p.random.IntN(2) == 0}
		case 1:
		default:
			c.Done = true
		}
	} else if p.random.IntN(3) == 0 {
		c.Once = &storage.Once{ID: pick("1", "6", "7"), Lane: pick("L", "M")}
	}
	var got [2][]storage.Claim
	p.alike(fmt.Sprintf("apply %+v", c), func(i int, s storage.Store) string {
		if held >= 0 {
			c.Held = &p.held[held][i]
		}
		for n, w := range c.Put {
			docs, err := s.Get(p.t.Context(), "acme", w.Key)
			if err != nil {
				p.t.Fatal(err)
			}
			c.Put[n].Version = docs[0].Version
		}
		done, err := s.Apply(p.t.Context(), "acme", c)
		got[i] = done.Taken
		for _, known := range []error{storage.ErrConflict, storage.ErrLost, storage.ErrSeen, storage.ErrBusy} {
			if errors.Is(err, known) {
				err = known
			}
		}
		return fmt.Sprint(done.Dropped, claims(done.Taken), err)
	})
	p.hold(got)
}
