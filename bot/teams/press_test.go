package teams

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest/faketeams"
)

// posted shows a view to Sam, under a key if it has one.
func (s *scene) posted(key string, v bot.View) {
	s.Helper()
	s.send(s.token(nil), s.activity(nil))
	if _, err := s.platform.Deliver(s.Context(), bot.Post{Tenant: "teams." + org, To: bot.To("sam-oid"), Key: key, View: v, Reach: s.last().Reach}); err != nil {
		s.Fatal(err)
	}
}

func question(title string) bot.View {
	return bot.View{Title: title, Blocks: []bot.Block{bot.Row(bot.Press("Yes", bot.Do("assess", "answer")))}}
}

func TestWhatAPressShows(t *testing.T) {
	shown := func(key string, to bot.Address, title string) bot.Show {
		return bot.Show{Key: key, To: to, View: question(title)}
	}
	sam := bot.To("sam-oid")
	for name, row := range map[string]struct {
		key   string
		reply bot.Reply
		cards string // what the chat shows then
	}{
		"an answer takes the place of an answer": {"", bot.Reply{View: &bot.View{Title: "because"}}, "because"},
		"it stands beside a card that lasts":     {"run/x", bot.Reply{View: &bot.View{Title: "because"}}, "1 of 10 | because"},
		"a card that lasts changes":              {"run/x", bot.Reply{Shown: []bot.Show{shown("run/x", sam, "2 of 10")}}, "2 of 10"},
		"the first change counts":                {"run/x", bot.Reply{Shown: []bot.Show{shown("run/x", sam, "goes on below"), shown("run/x", sam, "2 of 10")}}, "goes on below"},
		"another card does not":                  {"run/x", bot.Reply{Shown: []bot.Show{shown("run/y", sam, "other")}}, "1 of 10"},
		"nor one of somebody else":               {"run/x", bot.Reply{Shown: []bot.Show{shown("run/x", bot.To("other"), "other")}}, "1 of 10"},
		"nothing":                                {"run/x", bot.Reply{}, "1 of 10"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			s.posted(row.key, question("1 of 10"))
			s.answer = row.reply
			s.fake.Press(faketeams.Staff, "1 of 10", "Yes")
			var titles []string
			for _, c := range s.fake.Chat(faketeams.Staff) {
				title, _, _ := strings.Cut(c.Shown(), "\n")
				titles = append(titles, title)
			}
			if got := strings.Join(titles, " | "); got != row.cards {
				t.Errorf("the chat shows %q, want %q", got, row.cards)
			}
		})
	}
}

func TestAnAnswerThatCannotBePostedIsSaidInTheResponse(t *testing.T) {
	for name, row := range map[string]struct {
		fault faketeams.Fault
		n     int
		view  bot.View
		want  string
	}{
		"cut once":            {faketeams.Cut(), 1, question("because"), "The answer is below."},
		"blocked":             {faketeams.Refused(403, "MessageWritesBlocked"), tries, bot.View{Title: "because"}, `"because"`},
		"cut, with a button":  {faketeams.Cut(), tries, question("because"), "please press the same once more in a moment. It says: because"},
		"slow down, a button": {faketeams.TooMany("9"), tries, question("because"), "It says: because"},
	} {
		s := newScene(t)
		s.platform.calls.pause = time.Millisecond
		s.posted("run/x", question("1 of 10"))
		s.answer.View = &row.view
		if row.n == tries { // what the press changed on the card itself hides nothing
			s.answer.Shown = []bot.Show{{Key: "run/x", To: bot.To("sam-oid"), View: question("2 of 10")}}
		}
		s.fake.FailAt(faketeams.Post, row.fault, row.n)
		_, body := s.send(s.token(nil), s.activity(func(a map[string]any) {
			a["type"], a["name"] = "invoke", "adaptiveCard/action"
			a["value"] = map[string]any{"action": map[string]any{"data": map[string]any{"a": "assess/why", "k": "run/x"}}}
		}))
		if !strings.Contains(body, row.want) {
			t.Errorf("%s: answered %s", name, body)
		}
	}
}

func TestAFormThatWasSentIsClosed(t *testing.T) {
	s := newScene(t)
	s.posted("", question("1 of 10"))
	s.answer = bot.Reply{Form: &bot.Form{Title: "Add a note", Submit: "Save", Action: bot.Do("assess", "save-note"), Fields: []bot.Input{{ID: "note", Label: "Note"}}}}
	s.fake.Press(faketeams.Staff, "1 of 10", "Yes")
	s.answer = bot.Reply{}
	now := s.fake.Fill(faketeams.Staff, "Add a note", "Save", map[string]string{"note": "seen it"})
	if e := s.last(); e.Kind != bot.Submit || e.Values["note"] != "seen it" {
		t.Errorf("event %+v", e)
	}
	if strings.Contains(now.Shown(), "Note\n") || !strings.Contains(now.Shown(), "Filled in.") {
		t.Errorf("the form shows %q", now.Shown())
	}
}

func TestAnAnswerIsSentOnceAndQueuedWhereThatFails(t *testing.T) {
	for name, row := range map[string]struct {
		fault  faketeams.Fault
		times  int
		events []bool // Unstored of each
		cards  int
	}{
		"at once":                   {faketeams.Fault{}, 0, []bool{true}, 1},
		"after an unclear failure":  {faketeams.Broken(500), 1, []bool{true}, 1},
		"through the outbox":        {faketeams.Broken(500), tries, []bool{true, false}, 0},
		"where Teams wants a pause": {faketeams.TooMany("30"), 1, []bool{true, false}, 0},
		"not at all":                {faketeams.Refused(403, "MessageWritesBlocked"), 1, []bool{true}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			s.platform.calls.pause = 1
			s.answer.View = &bot.View{Title: "IT support"}
			s.fake.FailAt(faketeams.Post, row.fault, row.times)
			a := s.activity(nil)
			for range 2 { // the second time, Teams has not heard of the first
				if status, body := s.send(s.token(nil), a); status != 200 {
					t.Errorf("status %d %s", status, body)
				}
			}
			var unstored []bool
			for _, e := range s.events {
				unstored = append(unstored, e.Unstored)
			}
			if !slices.Equal(unstored, row.events) || len(s.fake.Chat(faketeams.Staff)) != row.cards {
				t.Errorf("events %v, want %v; %d cards, want %d", unstored, row.events, len(s.fake.Chat(faketeams.Staff)), row.cards)
			}
		})
	}
}

// What an answer needs stored is stored after it, and before the message counts
// as taken.
func TestWhatIsStoredBesideAnAnswerComesAfterIt(t *testing.T) {
	s := newScene(t)
	s.answer.View = &bot.View{Title: "Act now"}
	var fails error
	var shown []int
	s.answer.Keep = func(context.Context) error {
		shown = append(shown, len(s.fake.Chat(faketeams.Staff)))
		return fails
	}
	a := s.activity(nil)
	fails = errors.New("the store is away")
	if status, _ := s.send(s.token(nil), a); status != http.StatusServiceUnavailable {
		t.Errorf("status %d, although nothing is stored", status)
	}
	fails = nil
	for range 2 { // it comes again, and once more after that
		if status, _ := s.send(s.token(nil), a); status != http.StatusOK {
			t.Errorf("status %d", status)
		}
	}
	if !slices.Equal(shown, []int{1, 1}) || len(s.fake.Chat(faketeams.Staff)) != 1 {
		t.Errorf("%d cards; stored when there were %v", len(s.fake.Chat(faketeams.Staff)), shown)
	}
	s.fake.FailAt(faketeams.Post, faketeams.TooMany("30"), 1)
	s.send(s.token(nil), s.activity(func(a map[string]any) { a["id"] = "another" }))
	if e := s.last(); len(shown) != 2 || e.Unstored {
		t.Errorf("stored %d times beside an answer that is queued: %+v", len(shown)-2, e)
	}
}

// What says "try again" is over when that worked and shows elsewhere.
func TestWhatIsOverSaysSo(t *testing.T) {
	view := bot.View{Title: "I can't tell just now", Blocks: []bot.Block{bot.Row(bot.Button{Label: "Try again", Action: bot.Do("assess", "answer"), Vanishes: true})}}
	for want, reply := range map[string]bot.Reply{
		"That worked now":       {Shown: []bot.Show{{Key: "run/x", To: bot.To("sam-oid"), View: question("2 of 10")}}},
		"I can't tell just now": {View: &view},
		"Add a note":            {Form: &bot.Form{Title: "Add a note", Action: bot.Do("assess", "note"), Fields: []bot.Input{{ID: "note", Label: "Note"}}}},
	} {
		s := newScene(t)
		s.posted("", view)
		s.answer = reply
		now := s.fake.Press(faketeams.Staff, "I can't tell", "Try again")
		if all := s.fake.Chat(faketeams.Staff); len(all) != 1 || !strings.Contains(now.Shown(), want) {
			t.Errorf("%d cards, it shows %q, want %q", len(all), now.Shown(), want)
		}
	}
}

// An answer to a press in a channel stands in the chat of whoever pressed, and they
// are told so.
func TestWhereTheAnswerToAPressIsIsSaid(t *testing.T) {
	for in, want := range map[string]string{"": "The answer is below.", faketeams.General: "The answer is in your own chat with me."} {
		s := newScene(t)
		s.send(s.token(nil), s.activity(nil))
		s.answer.View = &bot.View{Title: "because"}
		_, body := s.send(s.token(nil), s.activity(func(a map[string]any) {
			a["type"], a["name"] = "invoke", "adaptiveCard/action"
			a["value"] = map[string]any{"action": map[string]any{"data": map[string]any{"a": "assess/why", "k": "run/x"}}}
			if in != "" {
				a["conversation"] = map[string]any{"id": in, "conversationType": "channel", "tenantId": org, "isGroup": true}
			}
		}))
		if all := s.fake.Chat(faketeams.Staff); !strings.Contains(body, want) || len(all) != 1 {
			t.Errorf("in %q it says %s, and %d cards are in their chat", in, body, len(all))
		}
	}
}
