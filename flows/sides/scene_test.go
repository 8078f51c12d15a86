package sides_test

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
	"secadvisor/flows/sides"
)

var (
	olga  = bot.Person{ID: "olga", Name: "Olga", Affiliation: bot.Home, Role: bot.Owner}
	otto  = bot.Person{ID: "otto", Name: "Otto", Affiliation: bot.Home, Role: bot.Owner}
	robin = bot.Person{ID: "robin", Name: "Robin", Affiliation: bot.Home}
	sam   = bot.Person{ID: "sam", Name: "Sam", Affiliation: bot.Home}

	direct = bot.Place{Channel: "D1", Kind: bot.Direct}
	start  = time.Date(2026, 5, 12, 9, 0, 0, 0, time.UTC)
)

// scene is a company with the owners Olga and Otto; Robin looks after IT.
type scene struct {
	*bottest.Scene
	lib   *content.Library
	where bot.Place
	shown map[string][]bot.Show // what stands at each person, the latest last
	sent  map[string][]bot.View // everything that each person was shown, in order
	reply bot.View              // the answer to the latest event
	last  []bot.Effect          // of the latest event
}

func newScene(t *testing.T) *scene {
	t.Helper()
	lib := contenttest.BuiltIn(t)
	w := bottest.NewWorld([]bot.Flow{sides.New(lib, func(string) []string { return []string{"olga", "otto"} }), bottest.Elsewhere("assess")}, start)
	played := &bottest.Scene{TB: t, World: w, Flow: "sides", Pace: time.Second} // no two events at once
	return &scene{Scene: played, lib: lib, where: direct, shown: map[string][]bot.Show{}, sent: map[string][]bot.View{}}
}

// begun is a scene in which Olga has asked Robin.
func begun(t *testing.T) *scene {
	t.Helper()
	s := newScene(t)
	s.choose("robin")
	return s
}

// answering is one in which Robin has begun, too.
func answering(t *testing.T) *scene {
	t.Helper()
	s := begun(t)
	s.press(robin, "Start (")
	return s
}

func (s *scene) do(from bot.Person, e bot.Event) {
	s.Helper()
	e.From, e.Place, e.Inline = from, s.where, true
	s.see(from.ID, s.Play(e))
}

func (s *scene) see(from string, effects []bot.Effect) {
	s.last, s.reply = effects, bot.View{}
	for _, x := range effects {
		switch x := x.(type) {
		case bot.Answer:
			s.reply = x.View
			s.sent[from] = append(s.sent[from], x.View)
		case bot.Show:
			if x.To.Channel != "" || x.To.User == "" {
				s.Errorf("shown at %+v", x.To)
			}
			others := slices.DeleteFunc(s.shown[x.To.User], func(y bot.Show) bool { return y.Key == x.Key })
			s.shown[x.To.User] = append(others, x)
			s.sent[x.To.User] = append(s.sent[x.To.User], x.View)
		}
	}
}

func (s *scene) types(from bot.Person, text string) {
	s.Helper()
	s.do(from, bot.Event{Kind: bot.Command, Text: text})
}

func (s *scene) click(from bot.Person, a bot.Action) {
	s.Helper()
	s.do(from, bot.Event{Kind: bot.Click, Action: a})
}

// choose sends the form in which Olga says who looks after IT.
func (s *scene) choose(user string) {
	s.Helper()
	s.click(olga, bot.Do("sides", "choose", "quick-check"))
	s.submit(user)
}

// submit sends the latest form as Olga.
func (s *scene) submit(user string) {
	s.Helper()
	p := bot.Picked{ID: user, Name: strings.ToUpper(user[:1]) + user[1:], Affiliation: bot.Home}
	switch user {
	case "gus":
		p.Affiliation = bot.Guest
	case "eve":
		p.Affiliation = bot.Foreign
	}
	s.do(olga, bot.Event{Kind: bot.Submit, Action: s.Forms[len(s.Forms)-1].Action, Values: map[string]string{"user": user}, Picked: map[string]bot.Picked{"user": p}})
}

// press presses buttons by how their labels begin: of the latest answer, else
// of what stands at that person.
func (s *scene) press(from bot.Person, labels ...string) {
	s.Helper()
	for _, label := range labels {
		s.click(from, s.button(from, label))
	}
}

func (s *scene) button(of bot.Person, label string) bot.Action {
	s.Helper()
	return s.Button(label, s.reply, s.compared(of), s.card(of), s.note(of))
}

// stands is what somebody was shown last under a key that begins so.
func (s *scene) stands(at bot.Person, prefix string) bot.View {
	var found bot.View
	for _, x := range s.shown[at.ID] {
		if strings.HasPrefix(x.Key, prefix) {
			found = x.View
		}
	}
	return found
}

func (s *scene) card(at bot.Person) bot.View     { return s.stands(at, "sides/") }
func (s *scene) compared(at bot.Person) bot.View { return s.stands(at, "sides-compared/") }
func (s *scene) note(at bot.Person) bot.View     { return s.stands(at, "sides-note/") }

func (s *scene) check() company.BothSides {
	s.Helper()
	return bottest.Get(s, s.World, company.SidesOf, company.SidesID("olga", "quick-check"))
}

func (s *scene) bank() map[string]company.Answer {
	s.Helper()
	return bottest.Get(s, s.World, company.Banks, company.BankID).Answers
}

// all gives this answer to every question that is left; the first answer, where
// a question does not offer it.
func (s *scene) all(who bot.Person, code string) {
	s.Helper()
	for range 60 {
		asked := answers(s.card(who))
		if len(asked) == 0 {
			return
		}
		s.click(who, coded(asked, code))
	}
	s.Fatal("the questions never end")
}

// answers are the buttons on a card that answer its question.
func answers(v bot.View) []bot.Action {
	var all []bot.Action
	for _, b := range v.Actions() {
		if b.Action.Verb == "answer" {
			all = append(all, b.Action)
		}
	}
	return all
}

func coded(all []bot.Action, code string) bot.Action {
	for _, a := range all {
		if a.Arg(4) == code {
			return a
		}
	}
	return all[0]
}
