package remind_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/content/contenttest"
	"secadvisor/flows/remind"
)

var (
	monday = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	olga   = bot.Person{ID: "olga", Name: "Olga", Affiliation: bot.Home, Role: bot.Owner, Zone: "Europe/Berlin"}
	otto   = bot.Person{ID: "otto", Name: "Otto", Affiliation: bot.Home, Role: bot.Owner, Zone: "Europe/Berlin"}
	robin  = bot.Person{ID: "robin", Name: "Robin", Affiliation: bot.Home, Role: bot.IT, Zone: "Europe/Berlin"}
	kim    = bot.Person{ID: "kim", Name: "Kim", Affiliation: bot.Home, Zone: "America/New_York"}
	due    = time.Date(2026, 6, 2, 7, 0, 0, 0, time.UTC) // 09:00 in Berlin, in summer

	direct = bot.Place{Channel: "D1", Kind: bot.Direct}
)

// scene is a company in which Olga and Otto are owners. It remembers what
// each person was shown, the latest last.
type scene struct {
	*bottest.Scene
	lib    *content.Library
	who    bot.Person
	place  bot.Place
	shown  map[string][]bot.Show // by the person or channel
	answer bot.View              // of the latest event
	told   int                   // how many views the latest event showed
}

func begin(t *testing.T) *scene {
	t.Helper()
	lib := contenttest.BuiltIn(t)
	all := []bot.Flow{remind.New(lib, func(string) []string { return []string{"olga", "otto"} })}
	for _, name := range []string{"assess", "fixes", "duty", "who", "emergency"} { // where its buttons lead
		all = append(all, bot.Flow{Name: name, Step: func(*bot.Docs, bot.Event) []bot.Effect { return []bot.Effect{bot.Answer{}} }})
	}
	s := &scene{Scene: &bottest.Scene{TB: t, World: bottest.NewWorld(all, monday), Flow: "remind"}, lib: lib, who: olga, place: direct, shown: map[string][]bot.Show{}}
	bottest.Put(s, s.World, bot.RolesDoc, bot.RolesID, bot.Roles{People: map[string]bot.Member{"olga": {Role: bot.Owner, Name: "Olga", Zone: "Europe/Berlin"}, "otto": {Role: bot.Owner, Name: "Otto", Zone: "Europe/Berlin"}}})
	return s
}

// quarterly is a scene in which Olga has set the usual reminder.
func quarterly(t *testing.T) *scene {
	t.Helper()
	s := begin(t)
	s.types("quarterly")
	s.press("Set it")
	return s
}

// forRobin is one in which Robin is to test a restore, and Kim is the deputy.
func forRobin(t *testing.T) *scene {
	t.Helper()
	s := begin(t)
	bottest.Put(s, s.World, company.Maps, company.MapID, company.Map{
		Parties: map[string]company.Party{"r": {Name: "Robin", User: "robin"}, "k": {Name: "Kim", User: "kim"}},
		Duties:  map[string]company.Duty{company.GroupIT: {Does: "r", Deputy: "k"}},
	})
	s.types("restore test quarterly")
	s.press("Another time, or somebody else")
	s.fill(map[string]string{"user": "robin"}, map[string]bot.Picked{"user": {ID: "robin", Name: "Robin", Affiliation: bot.Home}})
	return s
}

func get[T any](s *scene, doc bot.Doc[T], id string) T {
	s.Helper()
	v, err := doc.Decode(s.Docs[doc.Key(id)])
	if err != nil {
		s.Fatal(err)
	}
	return v
}

func (s *scene) schedule(id string) company.Schedule { return get(s, company.Schedules, id) }

func (s *scene) do(e bot.Event) []bot.Effect {
	s.Helper()
	if e.Kind != bot.Timer && e.Kind != bot.Failed {
		e.From, e.Place, e.Inline = s.who, s.place, true
	}
	effects := s.Play(e)
	s.see(effects)
	return effects
}

func (s *scene) see(effects []bot.Effect) {
	s.answer, s.told = bot.View{}, 0
	for _, x := range effects {
		switch x := x.(type) {
		case bot.Answer:
			s.answer = x.View
			s.told++
		case bot.Show:
			s.shown[x.To.Lane()] = append(s.shown[x.To.Lane()], x)
			s.told++
		}
	}
}

func (s *scene) types(text string) { s.Helper(); s.do(bot.Event{Kind: bot.Command, Text: text}) }

// fires moves to the next timer, and says which it was.
func (s *scene) fires() string {
	s.Helper()
	next := ""
	for name, at := range s.Timers {
		if next == "" || at.Before(s.Timers[next]) || at.Equal(s.Timers[next]) && name < next {
			next = name
		}
	}
	if next == "" {
		s.Fatal("no timer is set")
	}
	if at := s.Timers[next]; at.After(s.Now) {
		s.Now = at
	}
	delete(s.Timers, next)
	s.do(bot.Event{Kind: bot.Timer, Timer: strings.TrimPrefix(next, "remind/")})
	return next
}

// firesUntil fires until somebody is shown something.
func (s *scene) firesUntil(lane string) {
	s.Helper()
	n := len(s.shown[lane])
	for range 20 {
		if s.fires(); len(s.shown[lane]) > n {
			return
		}
	}
	s.Fatalf("nothing is shown to %s", lane)
}

// card is what somebody was shown last.
func (s *scene) card(lane string) bot.View {
	s.Helper()
	if len(s.shown[lane]) == 0 {
		s.Fatalf("%s was shown nothing", lane)
	}
	return s.shown[lane][len(s.shown[lane])-1].View
}

// on presses a button of a view.
func (s *scene) on(v bot.View, label string) bot.Action {
	s.Helper()
	buttons := v.Actions()
	i := slices.IndexFunc(buttons, func(b bot.Button) bool { return b.Label == label })
	if i < 0 {
		s.Fatalf("no button %q on\n%s", label, bottest.Lines(v))
	}
	s.do(bot.Event{Kind: bot.Click, Action: buttons[i].Action})
	return buttons[i].Action
}

// press presses a button of the latest answer or, where there is none, of
// the card of whoever speaks.
func (s *scene) press(label string) bot.Action {
	s.Helper()
	if slices.ContainsFunc(s.answer.Actions(), func(b bot.Button) bool { return b.Label == label }) {
		return s.on(s.answer, label)
	}
	return s.on(s.card("@"+s.who.ID), label)
}

// fill sends the latest form: with what stands in it, and these values.
func (s *scene) fill(values map[string]string, picked map[string]bot.Picked) []bot.Effect {
	s.Helper()
	form := s.Forms[len(s.Forms)-1]
	all := map[string]string{}
	for _, f := range form.Fields {
		all[f.ID] = f.Value
	}
	for id, v := range values {
		all[id] = v
	}
	return s.do(bot.Event{Kind: bot.Submit, Action: form.Action, Values: all, Picked: picked})
}

// as lets somebody else speak, in their direct messages.
func (s *scene) as(who bot.Person) { s.who, s.answer = who, bot.View{} }

// timer checks when one is set for; zero: it is not set.
func (s *scene) timer(name string, want time.Time) {
	s.Helper()
	if got := s.Timers["remind/"+name]; !got.Equal(want) {
		s.Errorf("the timer %s is set for %v, want %v", name, got, want)
	}
}
