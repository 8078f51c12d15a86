package interview_test

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/content/contenttest"
	"secadvisor/flows/interview"
)

var (
	olga  = bot.Person{ID: "olga", Name: "Olga", Affiliation: bot.Home, Role: bot.Owner}
	otto  = bot.Person{ID: "otto", Name: "Otto", Affiliation: bot.Home, Role: bot.Owner}
	robin = bot.Person{ID: "robin", Name: "Robin", Affiliation: bot.Home, Role: bot.IT}
	sam   = bot.Person{ID: "sam", Name: "Sam", Affiliation: bot.Home}

	direct = bot.Place{Channel: "D1", Kind: bot.Direct}
	id     = company.InterviewID("olga")
)

// scene is one interview: what each person's cards show, and how often each
// was posted anew.
type scene struct {
	*bottest.Scene
	where  bot.Place
	owners []string
	cards  map[string]bot.View // by person and part
	posted map[string]int      // by person and part
	ended  map[string]bool
	answer bot.View
	form   bot.Form
	why    map[string]string
	audits []string
	last   []bot.Effect
}

func newScene(t *testing.T) *scene {
	t.Helper()
	lib := contenttest.BuiltIn(t)
	s := &scene{where: direct, owners: []string{"olga", "otto"}, cards: map[string]bot.View{}, posted: map[string]int{}, ended: map[string]bool{}}
	flow := interview.New(lib, func(string) []string { return s.owners })
	w := bottest.NewWorld([]bot.Flow{flow, bottest.Elsewhere("assess")}, time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
	s.Scene = &bottest.Scene{TB: t, World: w, Flow: "interview", Pace: time.Second} // no two events at once
	return s
}

// begun is a scene in which Olga has begun.
func begun(t *testing.T) *scene {
	t.Helper()
	s := newScene(t)
	s.types(olga, "")
	return s
}

// sent is one in which she has sent the questions to Robin.
func sent(t *testing.T) *scene {
	t.Helper()
	s := begun(t)
	s.send("robin")
	return s
}

// judged is one in which Robin has answered, and Olga has ticked as many of
// each topic.
func judged(t *testing.T, ticks ...int) *scene {
	t.Helper()
	s := sent(t)
	s.answers(robin, map[string]string{"certifications": "Pat, CISSP, 2025"})
	s.tick(ticks...)
	return s
}

func (s *scene) do(who bot.Person, e bot.Event) {
	s.Helper()
	e.From, e.Place, e.Inline = who, s.where, true
	s.see(s.Play(e))
}

func (s *scene) see(effects []bot.Effect) {
	s.last, s.answer, s.form, s.why = effects, bot.View{}, bot.Form{}, nil
	for _, x := range effects {
		switch x := x.(type) {
		case bot.Answer:
			s.answer = x.View
		case bot.Show:
			if x.To.Channel != "" || x.To.User == "" {
				s.Errorf("shown at %+v", x.To)
			}
			place := x.To.User + " " + x.Key
			part := x.To.User + " " + part(x.Key)
			if _, there := s.posted[place]; !there || s.ended[place] {
				s.posted[part]++
				s.posted[place], s.ended[place] = 1, false
			}
			s.cards[part] = x.View
		case bot.End:
			s.ended[x.To.User+" "+x.Key] = true
		case bot.Open:
			s.form = x.Form
		case bot.Refuse:
			s.why = x.Why
		case bot.Audit:
			s.audits = append(s.audits, x.Verb)
		}
	}
}

// part is the name of a card within its key.
func part(key string) string { return strings.Split(key, "/")[3] }

func (s *scene) types(who bot.Person, text string) {
	s.Helper()
	s.do(who, bot.Event{Kind: bot.Command, Text: text})
}

// press presses buttons by how their labels begin: of the latest answer, else
// of a card of that person.
func (s *scene) press(who bot.Person, card string, labels ...string) {
	s.Helper()
	for _, label := range labels {
		s.click(who, s.Button(label, s.answer, s.cards[who.ID+" "+card]))
	}
}

func (s *scene) click(who bot.Person, a bot.Action) {
	s.Helper()
	s.do(who, bot.Event{Kind: bot.Click, Action: a})
}

// fill sends a form that was opened.
func (s *scene) fill(who bot.Person, f bot.Form, values map[string]string, picked map[string]bot.Picked) {
	s.Helper()
	s.do(who, bot.Event{Kind: bot.Submit, Action: f.Action, Values: values, Picked: picked})
}

// send sends the questions to somebody who works here.
func (s *scene) send(user string) {
	s.Helper()
	s.press(olga, "card", "Send to somebody")
	s.pick(bot.Picked{ID: user, Name: strings.ToUpper(user[:1]) + user[1:], Affiliation: bot.Home})
}

func (s *scene) pick(who bot.Picked) {
	s.Helper()
	s.fill(olga, s.Forms[len(s.Forms)-1], map[string]string{"user": who.ID}, map[string]bot.Picked{"user": who})
}

// answers fills the form on the provider's card.
func (s *scene) answers(who bot.Person, values map[string]string) {
	s.Helper()
	s.answer = bot.View{}
	label := "Answer"
	if strings.HasPrefix(s.cards[who.ID+" asked"].Title, "Thank you") {
		label = "Change or add an answer"
	}
	s.press(who, "asked", label)
	s.fill(who, s.form, values, nil)
}

// tick gives each topic so many ticks, and goes on to what it means.
func (s *scene) tick(ticks ...int) {
	s.Helper()
	s.answer = bot.View{}
	s.click(olga, bot.Do("interview", "topic", id, s.interview().Round, "certifications"))
	for i, n := range ticks {
		s.press(olga, "card", []string{"☐ Named", "☐ Dated", "☐ Tested", "☐ Evidenced"}[:n]...)
		s.press(olga, "card", map[bool]string{true: "What it means", false: "Next"}[i == 3])
	}
}

func (s *scene) interview() company.Interview {
	s.Helper()
	body, there := s.Docs[company.Interviews.Key(id)]
	if !there {
		return company.Interview{}
	}
	in, err := company.Interviews.Decode(body)
	if err != nil {
		s.Fatal(err)
	}
	return in
}

// fails tells the flow that a card of Robin's could not be delivered.
func (s *scene) fails(part string) {
	s.Helper()
	key := strings.Join([]string{"interview", id, s.interview().Round, part}, "/")
	s.do(bot.Person{}, bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: key, To: bot.To("robin"), Reason: "they have left"}})
}

// note is what the owner was told just now in a message of its own.
func (s *scene) note() bot.View {
	for _, x := range s.last {
		if show, is := x.(bot.Show); is && part(show.Key) == "note" {
			return show.View
		}
	}
	return bot.View{}
}
