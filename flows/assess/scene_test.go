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
	*testing.T
	lib     *content.Library
	world   *bottest.World
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

func library(t *testing.T, s content.Settings) *content.Library {
	t.Helper()
	lib, err := content.Load(s)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func begin(t *testing.T, lib *content.Library) *scene {
	t.Helper()
	start := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	return &scene{T: t, lib: lib, world: bottest.NewWorld([]bot.Flow{assess.New(lib)}, start), who: olga, where: direct}
}

// started is a scene where the owner has answered the two taps about the
// company and sees the first question.
func started(t *testing.T) *scene {
	t.Helper()
	s := begin(t, library(t, content.Settings{}))
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
	s.world.Now = s.world.Now.Add(time.Second) // no two events at once
	e.From, e.Place, e.Inline = s.who, s.where, true
	if s.anew {
		s.restart()
	}
	effects, err := s.world.Do("assess", e)
	if err != nil {
		s.Fatal(err)
	}
	s.shows(effects)
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
			case "asked":
				s.letter = x.View
			default:
				s.news = x.View
			}
		}
	}
}

// restart builds the world anew from what is stored.
func (s *scene) restart() {
	world := *s.world
	world.Flows = map[string]bot.Flow{"assess": assess.New(s.lib)}
	world.Docs, world.Timers = maps.Clone(s.world.Docs), maps.Clone(s.world.Timers)
	s.world = &world
}

// as lets somebody else speak, in their direct messages.
func (s *scene) as(who bot.Person) {
	s.who, s.where = who, bot.Place{Channel: "D-" + who.ID, Kind: bot.Direct}
}

// fires moves to the next timer.
func (s *scene) fires() {
	s.Helper()
	name := slices.Sorted(maps.Keys(s.world.Timers))
	if len(name) != 1 {
		s.Fatalf("timers %v, want one", s.world.Timers)
	}
	s.world.Now = s.world.Timers[name[0]]
	delete(s.world.Timers, name[0])
	effects, err := s.world.Do("assess", bot.Event{Kind: bot.Timer, Timer: strings.TrimPrefix(name[0], "assess/")})
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
	views := []bot.View{s.answer, s.card, s.news, s.letter}
	if s.who.ID == robin.ID {
		views = []bot.View{s.answer, s.letter, s.card}
	}
	for _, v := range views {
		for _, b := range v.Actions() {
			if strings.HasPrefix(b.Label, label) {
				return b.Action
			}
		}
	}
	s.Fatalf("there is no button %q on:\n%s\n%s", label, shown(s.answer), shown(s.card))
	return bot.Action{}
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
	for key, body := range s.world.Docs {
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

// sees checks that a view shows all of these.
func (s *scene) sees(v bot.View, texts ...string) {
	s.Helper()
	all := shown(v)
	for _, text := range texts {
		if !strings.Contains(all, text) {
			s.Errorf("%q is not on:\n%s", text, all)
		}
	}
}

func (s *scene) audits() string {
	var lines []string
	for _, x := range s.effects {
		if a, ok := x.(bot.Audit); ok {
			lines = append(lines, a.Verb+" "+a.Object)
		}
	}
	return strings.Join(lines, "; ")
}

// shown is a view as lines of text.
func shown(v bot.View) string {
	lines := []string{v.Title}
	for _, b := range v.Blocks {
		switch {
		case b.Text != nil:
			lines = append(lines, b.Text.Body)
		case b.Heading != nil:
			lines = append(lines, b.Heading.Body)
		case b.List != nil:
			lines = append(lines, b.List.Items...)
		case b.Note != nil:
			lines = append(lines, b.Note.Body)
		case b.Code != nil:
			lines = append(lines, b.Code.Body)
		case b.Bars != nil:
			for _, x := range b.Bars.Items {
				lines = append(lines, x.Label+" "+x.Text)
			}
		case b.Fields != nil:
			for _, x := range b.Fields.Items {
				lines = append(lines, x.Name+": "+x.Value)
			}
		}
	}
	for _, b := range v.Actions() {
		lines = append(lines, "["+b.Label+"]")
	}
	return strings.Join(lines, "\n")
}
