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
	*testing.T
	*bottest.World
	lib   *content.Library
	where bot.Place
	shown map[string][]bot.Show // what stands at each person, the latest last
	sent  map[string][]bot.View // everything that each person was shown, in order
	reply bot.View              // the answer to the latest event
	last  []bot.Effect          // of the latest event
}

func newScene(t *testing.T) *scene {
	t.Helper()
	lib, err := content.Load(content.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := bot.Flow{Name: "assess", Step: func(*bot.Docs, bot.Event) ([]bot.Effect, error) {
		return []bot.Effect{bot.Answer{View: bot.View{Title: "an assessment"}}}, nil
	}}
	flows := []bot.Flow{sides.New(lib, func(string) []string { return []string{"olga", "otto"} }), elsewhere}
	return &scene{T: t, World: bottest.NewWorld(flows, start), lib: lib, where: direct, shown: map[string][]bot.Show{}, sent: map[string][]bot.View{}}
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
	s.Now = s.Now.Add(time.Second) // no two events at once
	e.From, e.Place, e.Inline = from, s.where, true
	effects, err := s.Do("sides", e)
	if err != nil {
		s.Fatal(err)
	}
	s.see(from.ID, effects)
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
	buttons := s.reply.Actions()
	for _, prefix := range []string{"sides-compared/", "sides/", "sides-note/"} {
		buttons = append(buttons, s.stands(of, prefix).Actions()...)
	}
	for _, b := range buttons {
		if strings.HasPrefix(b.Label, label) {
			return b.Action
		}
	}
	s.Fatalf("%s has no button %q on:\n%s", of.ID, label, shown(s.stands(of, "sides/")))
	return bot.Action{}
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

// all answers every question that is left with the answer at a position, or
// the last one before "Don't know" where there are fewer.
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

func (s *scene) check() company.BothSides {
	s.Helper()
	body, ok := s.Docs[company.SidesOf.Key(company.SidesID("olga", "quick-check"))]
	if !ok {
		return company.BothSides{}
	}
	c, err := company.SidesOf.Decode(body)
	if err != nil {
		s.Fatal(err)
	}
	return c
}

func (s *scene) bank() map[string]company.Answer {
	s.Helper()
	body, ok := s.Docs[company.Banks.Key(company.BankID)]
	if !ok {
		return nil
	}
	b, err := company.Banks.Decode(body)
	if err != nil {
		s.Fatal(err)
	}
	return b.Answers
}

func put[T any](s *scene, doc bot.Doc[T], id string, v T) {
	s.Helper()
	body, err := doc.Encode(v)
	if err != nil {
		s.Fatal(err)
	}
	s.Docs[doc.Key(id)] = body
}

func (s *scene) sees(v bot.View, texts ...string) {
	s.Helper()
	all := shown(v)
	for _, text := range texts {
		if !strings.Contains(all, text) {
			s.Errorf("%q is not on:\n%s", text, all)
		}
	}
}

func (s *scene) unseen(v bot.View, texts ...string) {
	s.Helper()
	all := shown(v)
	for _, text := range texts {
		if strings.Contains(all, text) {
			s.Errorf("%q is on:\n%s", text, all)
		}
	}
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
		}
	}
	for _, b := range v.Actions() {
		lines = append(lines, "["+b.Label+"]")
	}
	return strings.Join(lines, "\n")
}
