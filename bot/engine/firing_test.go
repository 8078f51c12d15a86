package engine_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
)

// plan is what a bell rings for.
type plan struct {
	Title string `json:"title"`
	Rung  int    `json:"rung"`
}

var planDoc = bot.Doc[plan]{Prefix: "plan", Version: 1}

// bell rings an hour after it was set. While enter is there, a timer's step that
// has read the plan tells enter, and goes on when leave lets it.
type bell struct {
	enter, leave chan struct{}
	steps        int // of timers
}

func (b *bell) flow() bot.Flow {
	return bot.Flow{Name: "bell", Words: []string{"bell"},
		Reads: func(bot.Event) []string { return []string{planDoc.Key("all")} }, Step: b.step}
}

func (b *bell) step(d *bot.Docs, e bot.Event) []bot.Effect {
	p, found := planDoc.Get(d, "all")
	ring := bot.Set{Name: "ring", At: e.Now.Add(time.Hour)}
	switch {
	case e.Kind == bot.Timer:
		b.steps++
		if enter := b.enter; enter != nil {
			b.enter = nil
			close(enter)
			<-b.leave
		}
		if !found {
			return nil
		}
		p.Rung++
		planDoc.Put(d, "all", p)
		return []bot.Effect{bot.Show{To: bot.To("sam"), View: bot.View{Title: fmt.Sprint(p.Title, " ", p.Rung)}}}
	case e.Text == "cancel":
		planDoc.Delete(d, "all")
		return []bot.Effect{bot.Set{Name: "ring"}}
	}
	verb, title, _ := strings.Cut(e.Text, " ")
	p.Title = title
	planDoc.Put(d, "all", p)
	if verb == "reword" { // the time stays
		return nil
	}
	return []bot.Effect{ring}
}

// A timer's step is under way when somebody wishes something else: the newer
// wish counts, and nothing is posted twice.
func TestWhatIsChangedWhileItsTimerFires(t *testing.T) {
	for _, row := range []struct {
		name, wish        string
		atOnce, afterHour []string // what was posted, all in all
		steps             int      // of the timer, until then
	}{
		{"the words", "reword lunch", []string{"lunch 1"}, []string{"lunch 1"}, 2},
		{"the time", "set lunch", []string{}, []string{"lunch 1"}, 2},
		{"it is cancelled", "cancel", []string{}, []string{}, 1},
		{"nothing", "", []string{"tea 1"}, []string{"tea 1"}, 1},
	} {
		t.Run(row.name, func(t *testing.T) {
			b := &bell{}
			s := newScene(t, b.flow())
			s.handle(s.typed("bell set tea"))
			s.clock.Move(s.clock.Now().Add(time.Hour + time.Second))
			fires := b.fires(s)
			if row.wish != "" {
				s.handle(s.typed("bell " + row.wish))
			}
			fires()
			if diff := cmp.Diff(row.atOnce, s.wall.titles()); diff != "" {
				t.Errorf("at once (-want +got):\n%s", diff)
			}
			s.wait(2 * time.Hour)
			s.wait(2 * time.Hour)
			if diff := cmp.Diff(row.afterHour, s.wall.titles()); diff != "" || b.steps != row.steps {
				t.Errorf("later, after %d steps, want %d (-want +got):\n%s", b.steps, row.steps, diff)
			}
		})
	}
}

// Its step takes so long that another replica does it meanwhile.
func TestATimerWhoseLeaseRunsOutPostsOnce(t *testing.T) {
	b := &bell{}
	s := newScene(t, b.flow())
	s.handle(s.typed("bell set tea"))
	s.clock.Move(s.clock.Now().Add(time.Hour + time.Second))
	fires := b.fires(s)
	s.wait(10 * time.Minute)
	fires()
	s.wait(2 * time.Hour)
	if diff := cmp.Diff([]string{"tea 1"}, s.wall.titles()); diff != "" || b.steps != 2 {
		t.Errorf("after %d steps (-want +got):\n%s", b.steps, diff)
	}
}

// fires begins a timer's step, and returns when it has read the plan; what it
// returns lets the step go on, and waits until all is done.
func (b *bell) fires(s *scene) (finish func()) {
	s.Helper()
	enter := make(chan struct{})
	b.enter, b.leave = enter, make(chan struct{})
	done := make(chan error, 1)
	go func() { done <- s.engine.Settle(s.Context()) }()
	select {
	case <-enter:
	case err := <-done:
		s.Fatalf("the timer did not fire: %v", err)
	}
	return func() {
		s.Helper()
		close(b.leave)
		if err := <-done; err != nil {
			s.Fatal(err)
		}
	}
}
