package interview_test

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/interview"
)

var (
	olga  = bot.Person{ID: "olga", Name: "Olga", Affiliation: bot.Home, Role: bot.Owner}
	otto  = bot.Person{ID: "otto", Name: "Otto", Affiliation: bot.Home, Role: bot.Owner}
	robin = bot.Person{ID: "robin", Name: "Robin", Affiliation: bot.Home, Role: bot.IT}
	sam   = bot.Person{ID: "sam", Name: "Sam", Affiliation: bot.Home}

	direct = bot.Place{Channel: "D1", Kind: bot.Direct}
)

// scene is one interview: what each person's cards show, by key.
type scene struct {
	*testing.T
	world  *bottest.World
	cards  map[string]bot.View // by person and part
	answer bot.View
	form   bot.Form
	why    map[string]string
	audits []string
}

func begin(t *testing.T) *scene {
	t.Helper()
	lib, err := content.Load(content.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	return &scene{T: t, world: bottest.NewWorld([]bot.Flow{interview.New(lib)}, time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)), cards: map[string]bot.View{}}
}

func (s *scene) do(who bot.Person, e bot.Event) {
	s.Helper()
	s.world.Now = s.world.Now.Add(time.Second)
	e.From, e.Place, e.Inline = who, direct, true
	effects, err := s.world.Do("interview", e)
	if err != nil {
		s.Fatal(err)
	}
	s.answer, s.form, s.why = bot.View{}, bot.Form{}, nil
	for _, x := range effects {
		switch x := x.(type) {
		case bot.Answer:
			s.answer = x.View
		case bot.Show:
			s.cards[x.To.User+" "+x.Key[strings.LastIndex(x.Key, "/")+1:]] = x.View
		case bot.Open:
			s.form = x.Form
		case bot.Refuse:
			s.why = x.Why
		case bot.Audit:
			s.audits = append(s.audits, x.Verb)
		}
	}
}

func (s *scene) types(who bot.Person, text string) {
	s.Helper()
	s.do(who, bot.Event{Kind: bot.Command, Text: text})
}

// press presses a button of the answer, else of the person's card.
func (s *scene) press(who bot.Person, card, label string) {
	s.Helper()
	s.do(who, bot.Event{Kind: bot.Click, Action: s.button(who, card, label)})
}

func (s *scene) button(who bot.Person, card, label string) bot.Action {
	s.Helper()
	for _, b := range append(s.answer.Actions(), s.cards[who.ID+" "+card].Actions()...) {
		if strings.HasPrefix(b.Label, label) {
			return b.Action
		}
	}
	s.Fatalf("there is no %q for %s on %q", label, who.ID, s.cards[who.ID+" "+card].Title)
	return bot.Action{}
}

func (s *scene) fill(who bot.Person, values map[string]string, picked map[string]bot.Picked) {
	s.Helper()
	s.do(who, bot.Event{Kind: bot.Submit, Action: s.form.Action, Values: values, Picked: picked})
}

func (s *scene) sees(v bot.View, texts ...string) {
	s.Helper()
	all := v.Title
	for _, b := range v.Blocks {
		switch {
		case b.Text != nil:
			all += "\n" + b.Text.Body
		case b.Note != nil:
			all += "\n" + b.Note.Body
		case b.Code != nil:
			all += "\n" + b.Code.Body
		case b.Heading != nil:
			all += "\n" + b.Heading.Body
		case b.Fields != nil:
			for _, f := range b.Fields.Items {
				all += "\n" + f.Name + ": " + f.Value
			}
		}
	}
	for _, text := range texts {
		if !strings.Contains(all, text) {
			s.Errorf("%q is not on:\n%s", text, all)
		}
	}
}

func (s *scene) sent() {
	s.Helper()
	s.types(olga, "")
	s.press(olga, "card", "Send in chat")
	s.fill(olga, nil, map[string]bot.Picked{"user": {ID: "robin", Name: "Robin", Affiliation: bot.Home}})
}

func TestTheQuestionsGoOutAndTheAnswersComeBack(t *testing.T) {
	s := begin(t)
	s.sent()
	s.sees(s.cards["robin asked"], "Four questions", "we look whether each names somebody")
	s.sees(s.cards["olga card"], "Sent to Robin", "no reply yet")

	s.press(robin, "asked", "Answer")
	s.fill(robin, map[string]string{"certifications": "Pat, CISSP, 2025", "breach": " "}, nil)
	s.sees(s.cards["olga news"], "Robin has answered")
	s.sees(s.cards["olga card"], "answered on 2 March 2026")
	s.sees(s.cards["robin asked"], "Thank you")

	s.press(olga, "news", "Read the replies")
	s.sees(s.cards["olga card"], "Pat, CISSP, 2025", "Good: ", "☐ Named")
	for _, tick := range []string{"☐ Named", "☐ Dated", "☐ Tested", "☐ Evidenced", "☑ Evidenced"} {
		s.press(olga, "card", tick)
	}
	s.press(olga, "card", "Next")
	s.press(olga, "card", "Paste their reply")
	s.fill(olga, map[string]string{"reply": "In May, by Lakeside"}, nil)
	s.sees(s.cards["olga card"], "In May, by Lakeside")
	s.press(olga, "card", "Next")
	s.press(olga, "card", "Next")
	s.press(olga, "card", "What it means")
	s.sees(s.answer, "1 of 4 topics answered well", "virtual CISO", "named, dated, tested", "none of the four", "judges answers, not people")

	s.press(olga, "card", "Let them comment")
	s.sees(s.answer, "Show them what you found?", "This is what Robin would read")
	if _, told := s.cards["robin found"]; told {
		t.Error("the provider reads it before the owner has agreed")
	}
	s.press(olga, "card", "Show it to them")
	s.sees(s.cards["robin found"], "named, dated, tested")
	s.press(robin, "found", "Comment")
	s.fill(robin, map[string]string{"comment": "The certificate is on our site."}, nil)
	s.sees(s.cards["olga card"], "The certificate is on our site.")
	if got := strings.Join(s.audits, " "); got != "started sent judged shared" {
		t.Errorf("audited %q", got)
	}
}

func TestOnlyThoseConcernedMayPress(t *testing.T) {
	s := begin(t)
	s.types(sam, "")
	s.sees(s.answer, "Only an owner")
	s.sent()
	s.press(robin, "asked", "Answer")
	answers := s.form
	for _, who := range []bot.Person{sam, otto, olga} {
		s.form = answers
		s.fill(who, map[string]string{"breach": "forged"}, nil)
		s.sees(s.answer, "went to somebody else")
	}
	for _, who := range []bot.Person{sam, otto, robin} {
		s.answer = bot.View{}
		s.do(who, bot.Event{Kind: bot.Click, Action: s.button(olga, "card", "Copy as e-mail")})
		s.sees(s.answer, "Only whoever asked")
	}
	s.types(otto, "")
	s.sees(s.cards["otto card"], "Four questions", "no reply yet")
	s.types(olga, "")
	s.sees(s.cards["olga card"], "Sent to Robin")
}

func TestLatePressesAndLateWords(t *testing.T) {
	s := begin(t)
	s.types(olga, "")
	s.press(olga, "card", "I have their replies")
	named := s.button(olga, "card", "☐ Named")
	s.press(olga, "card", "Paste their reply")
	form := s.form
	s.do(olga, bot.Event{Kind: bot.Click, Action: named})
	s.do(olga, bot.Event{Kind: bot.Click, Action: named})
	s.sees(s.answer, "changed already")
	s.form = form
	s.fill(olga, map[string]string{"reply": "typed meanwhile"}, nil)
	s.sees(s.cards["olga card"], "typed meanwhile", "☑ Named")
	s.press(olga, "card", "Paste their reply")
	s.fill(olga, map[string]string{"reply": "  "}, nil)
	if s.why["reply"] == "" {
		t.Error("an empty reply is kept")
	}
}

func TestWhoCannotBeAsked(t *testing.T) {
	s := begin(t)
	s.types(olga, "")
	s.press(olga, "card", "Send in chat")
	form := s.form
	for _, who := range []bot.Picked{{}, {ID: "fred", Affiliation: bot.Foreign}, {ID: "gus", Affiliation: bot.Guest}, {ID: "olga", Affiliation: bot.Home}} {
		s.form = form
		s.fill(olga, nil, map[string]bot.Picked{"user": who})
		if s.why["user"] == "" {
			t.Errorf("%+v is asked", who)
		}
	}
	s.sent()
	s.do(bot.Person{}, bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: "interview/" + company.InterviewID("olga") + "/asked", To: bot.To("robin"), Reason: "they have blocked the bot"}})
	s.sees(s.cards["olga card"], "did not reach Robin: they have blocked the bot")
}

func TestAWeekOfSilenceIsSaidOnce(t *testing.T) {
	s := begin(t)
	s.sent()
	timer := company.InterviewID("olga") + "/week"
	if at := s.world.Timers["interview/"+timer]; at.Sub(s.world.Now) < 6*24*time.Hour {
		t.Errorf("asked again at %v", at)
	}
	s.do(bot.Person{}, bot.Event{Kind: bot.Timer, Timer: timer})
	s.sees(s.cards["olga news"], "No answer from your IT provider so far")
	s.press(robin, "asked", "Answer")
	s.fill(robin, map[string]string{"breach": "We come at once."}, nil)
	if _, waits := s.world.Timers["interview/"+timer]; waits {
		t.Error("the week goes on after the answer")
	}
	delete(s.cards, "olga news")
	s.do(bot.Person{}, bot.Event{Kind: bot.Timer, Timer: timer})
	if _, again := s.cards["olga news"]; again {
		t.Error("it is said although there is an answer")
	}
}

func TestEveryButtonIsAccepted(t *testing.T) {
	s := begin(t)
	s.sent()
	for _, who := range []bot.Person{olga, robin, sam, otto} {
		if _, err := s.world.Explore(who, direct, 300); err != nil {
			t.Fatalf("%s: %v", who.ID, err)
		}
	}
}
