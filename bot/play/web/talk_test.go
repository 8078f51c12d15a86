package web

import (
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/play"
)

// company is the company of the first browser.
func (s *scene) company() *Company { return s.all[0] }

// sends lets the engine deliver something.
func (s *scene) sends(p bot.Post) string {
	s.Helper()
	receipt, err := s.company().Deliver(s.Context(), p)
	if err != nil {
		s.Fatal(err)
	}
	return receipt
}

// button is the value of the latest button with a label.
func (t *tab) button(label string) string {
	t.Helper()
	i := strings.LastIndex(t.page, ">"+label+"</button>")
	if i < 0 {
		t.Fatalf("no button %q on the page:\n%s", label, t.page)
	}
	before := t.page[:i]
	_, value, _ := strings.Cut(before[strings.LastIndex(before, "<button"):], `value="`)
	value, _, _ = strings.Cut(value, `"`)
	return strings.NewReplacer("&amp;", "&", "&#39;", "'", "&#34;", `"`, "&#43;", "+").Replace(value)
}

func TestAnAnswerTakesThePlaceOfAnAnswer(t *testing.T) {
	s := newScene(t, echo)
	me := s.browser()
	me.post("/say", "text", "first")
	me.post("/press", "b", me.button("Press me"))
	e := s.last()
	if e.Kind != bot.Click || e.Action.String() != bot.Do("echo", "press", "a b").String() || e.From.ID != play.Owner || !e.Inline || e.ID == "" {
		t.Errorf("event %+v", e)
	}
	me.seesNot("You said first")
	me.sees("changed")

	to := bot.To(play.Owner)
	s.sends(bot.Post{To: to, Key: "card", View: bot.View{Title: "A card that lasts", Blocks: []bot.Block{bot.Row(bot.Press("Press it", bot.Do("echo", "x")))}}})
	me.visit(me.at)
	me.post("/press", "b", me.button("Press it"))
	me.sees("<h2>A card that lasts</h2>", "<h2>You said </h2>")

	me.visit("/?as=staff:Sam&at=%23general")
	receipt := s.sends(bot.Post{To: bot.Address{Channel: "#general"}, View: bot.View{Title: "For everybody", Blocks: []bot.Block{bot.Row(bot.Press("Press this", bot.Do("echo", "x")))}}})
	me.visit(me.at)
	me.post("/press", "b", me.button("Press this"))
	me.sees("For everybody", "You said ", "Only you see this")
	me.visit("/?as=it:Robin&at=%23general")
	me.sees("For everybody")
	me.seesNot("You said ")
	me.post("/press", "b", receipt+" echo/x") // also by who cannot have seen the answer
	me.sees("For everybody", "Only you see this")
}

func TestWhatOthersCannotSeeCannotBeChanged(t *testing.T) {
	s := newScene(t, echo)
	me := s.browser()
	me.post("/say", "text", "mine alone")
	message, _, _ := strings.Cut(me.button("Press me"), " ")
	me.visit("/?as=staff:Sam")
	me.post("/press", "b", message+" echo/press")
	me.visit("/")
	me.sees("You said mine alone")
}

func TestWhatIsSentIsSeenAndCounted(t *testing.T) {
	s := newScene(t, echo)
	me := s.browser()
	card := bot.Post{To: bot.To("it:Robin"), Key: "k", View: bot.View{Title: "Version 1"}}
	card.Edit = s.sends(card)
	me.visit("/")
	me.sees(`1<span class="unseen"> new</span>`, "Version 1", "Sent to Robin")
	me.visit("/?as=it:Robin")
	me.sees("Version 1")
	me.visit("/")
	me.seesNot(`class="count"`)
	for _, title := range []string{"Version 2", "Version 3"} {
		card.View.Title = title
		if again := s.sends(card); again != card.Edit {
			t.Errorf("receipt %q, was %q", again, card.Edit)
		}
	}
	me.visit("/")
	me.sees(`1<span class="unseen"> new</span>`, "Version 3", "Changed for Robin")
	me.seesNot("Version 2")
	me.visit("/?as=it:Robin")
	me.sees("<h2>Version 3</h2>")
	me.seesNot("<h2>Version 1", "<h2>Version 2")

	card.Edit = "from another time"
	_, err := s.company().Deliver(t.Context(), card)
	if o := bot.OutcomeOf(err); !o.Gone {
		t.Errorf("a message that is not there: %v", err)
	}
}

func TestAPlaceKeepsSoMuch(t *testing.T) {
	s := newScene(t, echo)
	me := s.browser()
	first := s.sends(bot.Post{To: bot.Address{Channel: "#general"}, View: bot.View{Title: "Elsewhere"}})
	for range mostSaid + 5 {
		s.sends(bot.Post{To: bot.To(play.Owner), View: bot.View{Title: "One more"}})
	}
	me.visit("/")
	if n := strings.Count(me.page, "<article"); n != mostSaid {
		t.Errorf("%d messages, want %d", n, mostSaid)
	}
	c := s.company()
	if c.find(first) == nil {
		t.Error("a message of another place was forgotten")
	}
	if len(c.outbox) != mostSent {
		t.Errorf("%d sendings, want %d", len(c.outbox), mostSent)
	}
}

func TestATargetCanBeBroken(t *testing.T) {
	s := newScene(t, echo)
	me := s.browser()
	post := bot.Post{To: bot.Address{Channel: "#general"}, View: bot.View{Title: "Shall arrive"}}
	me.post("/break", "target", "#general")
	me.sees("<strong>Broken:</strong> #general")
	_, err := s.company().Deliver(t.Context(), post)
	if o := bot.OutcomeOf(err); !o.Permanent || o.Reason != "the channel was archived" {
		t.Errorf("%+v", o)
	}
	s.sends(bot.Post{To: bot.To("it:Robin"), View: bot.View{Title: "To somebody else"}})
	me.visit("/")
	me.sees("<strong>Not delivered</strong> to #general: the channel was archived")
	me.post("/break", "target", "#general", "mend", "1")
	me.seesNot("Broken:")
	s.sends(post)
	me.post("/break", "target", "it:Robin")
	if _, err := s.company().Deliver(t.Context(), bot.Post{To: bot.To("it:Robin")}); bot.OutcomeOf(err).Reason != "that person's account was switched off" {
		t.Errorf("%v", err)
	}
	me.post("/break", "target", "nobody")
	if n := len(s.company().broken); n != 2 {
		t.Errorf("%d targets are known", n)
	}
}

func TestTheAdvisorsPageLeadsToItsAnswers(t *testing.T) {
	s := newScene(t, func(e bot.Event) bot.Reply {
		if e.Kind == bot.Looked {
			return bot.Reply{View: &bot.View{Title: "Hello " + e.From.Name, Blocks: []bot.Block{bot.Row(bot.Press("Ask", bot.Do("menu", "ask")))}}}
		}
		return echo(e)
	})
	me := s.browser()
	me.visit("/?as=staff:Sam&at=home")
	me.sees("Hello Sam", "The answer comes in direct messages")
	me.post("/press", "b", me.button("Ask"))
	me.sees("You said ")
	if me.at != "/?as=staff%3ASam&at=dm" {
		t.Errorf("the visitor is at %s", me.at)
	}
}
