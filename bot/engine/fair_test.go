package engine_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/engine"
)

const (
	busy  = "slack.TBUSY"
	quiet = "slack.TQUIET"
)

// wire is a platform that keeps the busy company waiting until it is opened,
// and counts what it took of each company.
type wire struct {
	open chan struct{}
	mu   sync.Mutex
	took map[string]int
	told ledger
}

func (w *wire) Deliver(_ context.Context, p bot.Post) (string, error) {
	if p.Tenant == busy {
		<-w.open
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.took[p.Tenant]++
	return "", nil
}

func (w *wire) of(tenant string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.took[tenant]
}

// ringing sets as many timers as it is told, each of which posts to somebody
// of its own.
var ringing = bot.Flow{Name: "ringing", Words: []string{"ring"}, Step: func(_ *bot.Docs, e bot.Event) (effects []bot.Effect) {
	if e.Kind == bot.Timer {
		return []bot.Effect{bot.Show{To: bot.To(e.Timer), View: bot.View{Title: "ring"}}}
	}
	var n int
	fmt.Sscan(e.Text, &n)
	for i := range n {
		effects = append(effects, bot.Set{Name: fmt.Sprint(i), At: e.Now.Add(time.Hour)})
	}
	return effects
}}

// crowded is a scene whose engine works in the background, until the test
// ends.
func crowded(t *testing.T, flows ...bot.Flow) (*scene, *wire) {
	s := newScene(t, flows...)
	w := &wire{open: make(chan struct{}), took: map[string]int{}}
	var err error
	s.engine, err = engine.New(engine.Config{
		Store: s.store, Flows: append(flows, echo), Now: s.clock.Now, Workers: 8, Poll: 200 * time.Millisecond, Log: slog.New(slog.DiscardHandler), Watch: &w.told,
		Platform: func(string) (bot.Platform, bool) { return w, true },
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, w
}

func (s *scene) runs() {
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := s.engine.Run(ctx); err != nil {
			s.Error(err)
		}
	})
	s.Cleanup(func() { stop(); running.Wait() })
}

func (s *scene) of(company, text string) bot.Event {
	e := s.typed(text)
	e.Tenant = company
	return e
}

func (s *scene) until(what string, is func() bool) {
	s.Helper()
	for end := time.Now().Add(30 * time.Second); !is(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			s.Fatalf("it did not come to that: %s", what)
		}
	}
}

// A company has hundreds of reminders due, and its platform takes none of
// them. Another company's, due a moment later, comes all the same.
func TestWhatIsDueInABusyCompanyDelaysNoOther(t *testing.T) {
	s, w := crowded(t, ringing)
	s.handle(s.of(busy, fmt.Sprint("ring ", flood)))
	s.clock.Move(s.clock.Now().Add(time.Millisecond))
	s.handle(s.of(quiet, "ring 1"))
	s.clock.Move(s.clock.Now().Add(2 * time.Hour))
	s.runs()
	s.until("the quiet company's reminder comes", func() bool { return w.of(quiet) == 1 })
	s.endsWell(w)
}

// While a company floods the bot and its platform takes nothing, what others
// ask is answered.
func TestWhatIsAskedDuringAFloodIsAnswered(t *testing.T) {
	posts := poster("")
	posts.Step = func(_ *bot.Docs, e bot.Event) []bot.Effect {
		return []bot.Effect{bot.Show{To: bot.To(e.Text), View: bot.View{Title: "posted"}}}
	}
	s, w := crowded(t, posts)
	s.runs()
	for i := range flood {
		s.handle(s.of(busy, fmt.Sprint("post ", i)))
	}
	for n := range 5 {
		s.handle(s.of(quiet, fmt.Sprint("post ", n)))
		s.until("the quiet company is answered", func() bool { return w.of(quiet) == n+1 })
	}
	s.until("it is told that posts wait for their company's share", func() bool {
		_, told := w.told.take()
		return slices.ContainsFunc(told, func(s string) bool { return strings.HasPrefix(s, "put off, share, ") })
	})
	s.endsWell(w)
}

const flood = 1000 // more than waits in the process, by far

// endsWell lets the platform take the flood: none of it is lost, though most
// was put off.
func (s *scene) endsWell(w *wire) {
	s.Helper()
	if n := w.of(busy); n != 0 {
		s.Fatalf("the flood was not held up: %d came", n)
	}
	close(w.open)
	s.until("the whole flood has come", func() bool {
		if stats, err := s.store.Stats(s.Context()); err == nil && stats.Overdue == 0 {
			s.clock.Move(s.clock.Now().Add(time.Second))
		}
		return w.of(busy) == flood
	})
}

// Of one company only so many events are taken at once, and none is refused.
func TestSoManyEventsOfOneCompanyAtOnce(t *testing.T) {
	var inside, most atomic.Int32
	open := make(chan struct{})
	gate := bot.Flow{Name: "gate", Words: []string{"wait"}, Step: func(_ *bot.Docs, e bot.Event) []bot.Effect {
		if e.Tenant == busy {
			if n := inside.Add(1); n > most.Load() {
				most.Store(n)
			}
			<-open
			inside.Add(-1)
		}
		return []bot.Effect{bot.Answer{View: bot.View{Title: "through"}}}
	}}
	s, _ := crowded(t, gate)
	var all sync.WaitGroup
	for range 100 {
		e := s.of(busy, "wait")
		all.Go(func() {
			if r, err := s.engine.Handle(t.Context(), e); err != nil || r.View == nil {
				t.Errorf("%+v, %v", r, err)
			}
		})
	}
	s.until("it is crowded", func() bool { return inside.Load() == 32 })
	if r := s.handle(s.of(quiet, "wait")); r.View == nil {
		t.Error("the quiet company waits")
	}
	gone, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := s.engine.Handle(gone, s.of(busy, "wait")); err == nil {
		t.Error("one more is taken")
	}
	close(open)
	all.Wait()
	if most.Load() > 32 {
		t.Errorf("%d at once", most.Load())
	}
}
