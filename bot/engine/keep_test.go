package engine_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/storage"
)

// promise answers with what is written down, and asks in an hour whether it
// helped.
var promise = bot.Flow{Name: "promise", Words: []string{"promise"}, Step: func(d *bot.Docs, e bot.Event) []bot.Effect {
	if e.Kind == bot.Timer {
		return []bot.Effect{bot.Show{To: bot.To("sam"), View: bot.View{Title: "did it help?"}}}
	}
	p, _ := planDoc.Get(d, "all")
	return []bot.Effect{
		bot.Answer{View: bot.View{Title: "phone " + p.Title}},
		bot.Set{Name: "later", At: e.Now.Add(time.Hour)},
	}
}}

// sends is a message whose answer the platform sends itself.
func (s *scene) sends(text string) bot.Event {
	e := s.typed(text)
	e.Kind, e.Inline, e.Unstored = bot.Message, false, true
	return e
}

func (s *scene) plan(title string) {
	s.Helper()
	body, err := planDoc.Encode(plan{Title: title})
	if err == nil {
		var at storage.Write
		docs, failed := s.store.Get(s.Context(), tenant, planDoc.Key("all"))
		if err = failed; err == nil {
			at = storage.Write{Key: planDoc.Key("all"), Version: docs[0].Version, Body: body}
			_, err = s.store.Apply(s.Context(), tenant, storage.Change{Put: []storage.Write{at}})
		}
	}
	if err != nil {
		s.Fatal(err)
	}
}

func (s *scene) keep(reply bot.Reply) {
	s.Helper()
	if reply.Keep == nil {
		s.Fatalf("nothing is to be stored beside %+v", reply.View)
	}
	if err := reply.Keep(s.Context()); err != nil {
		s.Fatal(err)
	}
}

func TestAnAnswerGoesOutBeforeWhatIsStoredBesideIt(t *testing.T) {
	s := newScene(t, promise)
	e := s.sends("promise")
	reply := s.handle(e)
	if stats, err := s.store.Stats(t.Context()); err != nil || stats.Items != 0 || len(s.keys("")) != 0 {
		t.Errorf("%d items are stored before the answer is out (%v)", stats.Items, err)
	}
	s.keep(reply)
	s.keep(s.handle(e)) // the platform sent it again
	s.wait(time.Hour + time.Minute)
	if diff := cmp.Diff([]string{"did it help?"}, s.wall.titles()); diff != "" || reply.View == nil || reply.View.Title != "phone " {
		t.Errorf("answered by %+v, then %s", reply.View, diff)
	}
}

func TestAnAnswerThatIsNotSentSetsNothing(t *testing.T) {
	s := newScene(t, promise)
	s.handle(s.sends("promise"))
	s.wait(time.Hour + time.Minute)
	if len(s.wall.posts) != 0 {
		t.Errorf("posts: %v", s.wall.titles())
	}
}

// Who was shown what has changed since is shown what is true now, once.
func TestAnAnswerThatIsNoLongerTrueIsFollowedByOneThatIs(t *testing.T) {
	for name, row := range map[string]struct {
		now  string
		want []string
	}{
		"another":  {"Olga", []string{"phone Olga", "did it help?"}},
		"the same": {"Ines", []string{"did it help?"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t, promise)
			s.plan("Ines")
			reply := s.handle(s.sends("promise"))
			s.plan(row.now)
			s.keep(reply)
			s.settle()
			s.wait(time.Hour + time.Minute)
			if diff := cmp.Diff(row.want, s.wall.titles()); diff != "" || reply.View.Title != "phone Ines" {
				t.Errorf("answered by %q, then %s", reply.View.Title, diff)
			}
		})
	}
}

// Where earlier messages of the conversation wait, the rest waits behind them:
// the answer is there, and is not shown again.
func TestAnAnswerIsShownOnceWhereTheRestWaits(t *testing.T) {
	s := newScene(t, promise)
	reply := s.handle(s.sends("promise"))
	earlier := storage.Job{ID: "e0", Lane: "in/C1", Body: []byte(`{}`)}
	if _, err := s.store.Apply(t.Context(), tenant, storage.Change{Jobs: []storage.Job{earlier}, Take: []string{earlier.Lane}, Lease: time.Second}); err != nil {
		t.Fatal(err)
	}
	s.keep(reply)
	s.wait(time.Minute)
	s.wait(time.Hour)
	if diff := cmp.Diff([]string{"did it help?"}, s.wall.titles()); diff != "" {
		t.Error(diff)
	}
}

// timing is how long turns took.
type timing struct {
	ledger
	turns []time.Duration
}

func (w *timing) Turn(_, _ string, _ bot.Kind, _ string, took time.Duration) {
	w.turns = append(w.turns, took)
}

// A turn took as long as its step and what was stored, whenever that was.
func TestAnAnswerAndWhatIsStoredBesideItAreOneTurn(t *testing.T) {
	const long = 10 * time.Millisecond
	slow := promise
	slow.Step = func(d *bot.Docs, e bot.Event) []bot.Effect {
		time.Sleep(long)
		return promise.Step(d, e)
	}
	s := newScene(t, slow)
	var w timing
	s.engine.Watch = &w
	s.keep(s.handle(s.sends("promise")))
	if len(w.turns) != 1 || w.turns[0] < long {
		t.Errorf("turns took %v", w.turns)
	}
}

// Nobody is told that something was written down before it is.
func TestAnAnswerToAChangeIsQueued(t *testing.T) {
	note := bot.Flow{Name: "note", Words: []string{"note"}, Step: func(d *bot.Docs, e bot.Event) []bot.Effect {
		planDoc.Put(d, "all", plan{Title: e.Text})
		return []bot.Effect{bot.Answer{View: bot.View{Title: "written down"}}}
	}}
	s := newScene(t, note)
	reply := s.handle(s.sends("note"))
	s.settle()
	if diff := cmp.Diff([]string{"written down"}, s.wall.titles()); diff != "" || reply.View != nil || reply.Keep != nil {
		t.Errorf("answered by %+v, then %s", reply, diff)
	}
}
