package engine_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/bot/engine"
	"secadvisor/storage"
)

// ledger counts what the engine tells of its outbox. Ages are in whole seconds.
type ledger struct {
	mu     sync.Mutex
	queued int
	told   []string
}

func (*ledger) Turn(string, string, bot.Kind, string, time.Duration) {}
func (*ledger) Conflict(string)                                      {}
func (*ledger) Delivery(string, string, time.Duration)               {}
func (*ledger) Dead(string)                                          {}

func (l *ledger) Queued(_ string, posts int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.queued += posts
}

func (l *ledger) Settled(_, how string, age time.Duration) { l.tell("settled", how, age) }
func (l *ledger) PutOff(_, why string, age time.Duration)  { l.tell("put off", why, age) }

func (l *ledger) tell(what, how string, age time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	seconds := "?"
	if age >= 0 {
		seconds = fmt.Sprintf("%.0f", age.Seconds())
	}
	l.told = append(l.told, what+", "+how+", "+seconds)
}

// take is how many posts were queued, and what was told, since the last look.
func (l *ledger) take() (queued int, told []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	queued, told = l.queued, l.told
	l.queued, l.told = 0, nil
	return queued, told
}

func TestWhatIsInTheOutboxIsTold(t *testing.T) {
	s := newScene(t, poster(""))
	var told ledger
	var err error
	s.engine, err = engine.New(engine.Config{Store: s.store, Flows: []bot.Flow{poster(""), echo}, Now: s.clock.Now, Watch: &told,
		Platform: func(string) (bot.Platform, bool) { return s.wall, true }})
	if err != nil {
		t.Fatal(err)
	}
	expect := func(when string, queued int, want ...string) {
		t.Helper()
		n, got := told.take()
		if diff := cmp.Diff(want, got); diff != "" || n != queued {
			t.Errorf("%s: %d queued, want %d; told (-want +got):\n%s", when, n, queued, diff)
		}
	}
	s.handle(s.typed("who?"))
	s.settle()
	expect("an answer in the response", 0)

	s.wall.fail = []error{errBusy, errTimeout}
	s.handle(s.typed("post one"))
	expect("before its turn", 1)
	s.settle()
	expect("the platform says when", 0, "put off, told, 0")
	s.wait(40 * time.Second)
	expect("it does not answer", 0, "put off, retry, 40")
	s.wait(time.Minute)
	expect("it arrives", 0, "settled, delivered, 100")

	s.wall.fail = []error{errArchived}
	s.handle(s.typed("post two"))
	s.settle()
	expect("it never will, and the flow tells somebody", 2, "settled, dead, 0", "settled, delivered, 0")

	old := storage.Job{ID: "old", Lane: "out/C1", Body: []byte(`{"post":{"flow":"poster","to":{"channel":"C1"},"view":{"title":"old"}}}`)}
	unread := storage.Job{ID: "unread", Lane: "out/C1", Body: []byte(`{`)}
	if _, err := s.store.Apply(t.Context(), tenant, storage.Change{Jobs: []storage.Job{old, unread}}); err != nil {
		t.Fatal(err)
	}
	s.settle()
	expect("an older program's, and what nobody can read", 0, "settled, delivered, ?", "settled, dead, ?")
}

// A post whose company is erased while it is on its way is no longer in the
// outbox either.
func TestAPostOfAnErasedCompanyIsToldAsDropped(t *testing.T) {
	s := newScene(t, poster(""))
	var told ledger
	var err error
	s.engine, err = engine.New(engine.Config{Store: s.store, Flows: []bot.Flow{poster(""), echo}, Now: s.clock.Now, Watch: &told,
		Platform: func(string) (bot.Platform, bool) { return eraser{s}, true }})
	if err != nil {
		t.Fatal(err)
	}
	s.handle(s.typed("post one"))
	s.settle()
	if n, got := told.take(); n != 1 || fmt.Sprint(got) != "[settled, dropped, 0]" {
		t.Errorf("%d queued, told %q", n, got)
	}
}

// eraser is a platform whose company is erased as it delivers.
type eraser struct{ *scene }

func (e eraser) Deliver(ctx context.Context, _ bot.Post) (string, error) {
	return "", e.store.Erase(ctx, tenant)
}
