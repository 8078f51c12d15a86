package assess_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/assess"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/content/contenttest"
)

var (
	olga  = bot.Person{ID: "olga", Name: "Olga", Affiliation: bot.Home, Role: bot.Owner}
	otto  = bot.Person{ID: "otto", Name: "Otto", Affiliation: bot.Home, Role: bot.Owner}
	sam   = bot.Person{ID: "sam", Affiliation: bot.Home}
	robin = bot.Person{ID: "robin", Name: "Robin", Affiliation: bot.Home, Role: bot.IT}

	direct     = bot.Place{Channel: "D1", Kind: bot.Direct}
	leadership = bot.Place{Channel: "C1", Kind: bot.Channel}
	shared     = bot.Place{Channel: "C2", Kind: bot.Shared}
)

// scene is conversations about assessments. The card and the latest answer
// are what the person sees.
type scene struct {
	*bottest.Scene
	lib     *content.Library
	who     bot.Person
	where   bot.Place
	card    bot.View    // of the latest run
	at      bot.Address // where it is
	letter  bot.View    // of whoever was asked one question
	news    bot.View    // to the owner, beside the card
	answer  bot.View    // of the latest event; empty if it had none
	effects []bot.Effect
	anew    bool // before each event all is built anew from what is stored
}

func begin(t *testing.T, lib *content.Library) *scene {
	t.Helper()
	start := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	played := &bottest.Scene{TB: t, World: bottest.NewWorld([]bot.Flow{assess.New(lib)}, start), Flow: "assess", Pace: time.Second} // no two events at once
	played.Rooms = map[string]bot.Room{leadership.Channel: {Name: "#leadership", Kind: bot.Channel, People: 5}}
	return &scene{Scene: played, lib: lib, who: olga, where: direct}
}

// started is a scene where the owner has answered the two taps about the
// company and sees the first question.
func started(t *testing.T) *scene {
	t.Helper()
	s := begin(t, contenttest.BuiltIn(t))
	s.types("")
	s.press("11 to 49", "An IT provider", "IT alone")
	return s
}

// finished is one with all questions answered by the same label.
func finished(t *testing.T, label string) *scene {
	t.Helper()
	s := started(t)
	s.all(label)
	return s
}

func (s *scene) types(rest string) {
	s.Helper()
	s.do(bot.Event{Kind: bot.Command, Text: rest})
}

func (s *scene) do(e bot.Event) {
	s.Helper()
	e.From, e.Place, e.Inline = s.who, s.where, true
	if s.anew {
		s.restart()
	}
	s.shows(s.Play(e))
}

// shows remembers what an event showed.
func (s *scene) shows(effects []bot.Effect) {
	s.effects, s.answer = effects, bot.View{}
	for _, x := range effects {
		switch x := x.(type) {
		case bot.Answer:
			s.answer = x.View
		case bot.Show:
			switch kind, _, _ := strings.Cut(x.Key, "/"); kind {
			case "run":
				s.card, s.at = x.View, x.To
			case "asked", "read":
				s.letter = x.View
			default:
				s.news = x.View
			}
		}
	}
}

// restart builds the world anew from what is stored.
func (s *scene) restart() {
	world := *s.World
	world.Flows = map[string]bot.Flow{"assess": assess.New(s.lib)}
	world.Docs, world.Timers = maps.Clone(s.World.Docs), maps.Clone(s.World.Timers)
	s.World = &world
}

// as lets somebody else speak, in their direct messages.
func (s *scene) as(who bot.Person) {
	s.who, s.where = who, bot.Place{Channel: "D-" + who.ID, Kind: bot.Direct}
}

// fires moves to the next timer.
func (s *scene) fires() {
	s.Helper()
	name := slices.Sorted(maps.Keys(s.World.Timers))
	if len(name) != 1 {
		s.Fatalf("timers %v, want one", s.World.Timers)
	}
	s.World.Now = s.World.Timers[name[0]]
	delete(s.World.Timers, name[0])
	effects, err := s.World.Do("assess", bot.Event{Kind: bot.Timer, Timer: strings.TrimPrefix(name[0], "assess/")})
	if err != nil {
		s.Fatal(err)
	}
	s.shows(effects)
}

// press clicks on buttons by their labels: of the answer, else of the card,
// else of the other messages.
func (s *scene) press(labels ...string) {
	s.Helper()
	for _, label := range labels {
		s.do(bot.Event{Kind: bot.Click, Action: s.button(label)})
	}
}

func (s *scene) button(label string) bot.Action {
	s.Helper()
	if s.who.ID == robin.ID {
		return s.Button(label, s.answer, s.letter, s.card)
	}
	return s.Button(label, s.answer, s.card, s.news, s.letter)
}

// all answers every question that comes with this label, or with what comes
// to the same for a date. Nothing is taken over from before.
func (s *scene) all(label string) {
	s.Helper()
	for range 80 {
		run := s.run()
		switch {
		case len(run.Confirm) > 1:
			s.press("Ask me all")
		case len(run.Confirm) == 1:
			s.press("It changed")
		case run.Resting:
			s.press("Continue")
		case run.Current == "":
			return
		default:
			s.press(s.same(label))
		}
	}
	s.Fatal("the questions never end")
}

// same is the button of the card that says this, or for another kind of
// question what comes to the same.
func (s *scene) same(label string) string {
	buttons := s.card.Actions()
	for i, b := range buttons {
		if b.Label == label || label == "No" && i+1 < len(buttons) && buttons[i+1].Label == "Don't know" {
			return b.Label
		}
	}
	return buttons[0].Label
}

// run is the one run that is kept, the latest if there are several.
func (s *scene) run() company.Run {
	s.Helper()
	var latest company.Run
	for _, run := range s.runs() {
		if !run.Started.Before(latest.Started) {
			latest = run
		}
	}
	return latest
}

func (s *scene) runs() map[string]company.Run {
	s.Helper()
	all := map[string]company.Run{}
	for key, body := range s.World.Docs {
		id, ok := strings.CutPrefix(key, "run/")
		if !ok {
			continue
		}
		run, err := company.Runs.Decode(body)
		if err != nil {
			s.Fatal(err)
		}
		all[id] = run
	}
	return all
}
