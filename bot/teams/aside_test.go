package teams

import (
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest/faketeams"
)

const crowd = "19:crowd@thread.v2"

// asksIn lets somebody ask in a group chat, and shows their answer's button.
func (s *scene) asksIn(channel string) {
	s.Helper()
	s.answer.View = &bot.View{Title: "Who answers?", Blocks: []bot.Block{bot.Row(bot.Press("Together here", bot.Do("assess", "begin")))}}
	s.fake.Mention(faketeams.Staff, channel, "/sec assess")
}

func TestAPressOnAnAnswerAsideIsMadeWhereItWasAsked(t *testing.T) {
	s := newScene(t)
	s.asksIn(crowd)
	if e := s.last(); !e.Aside || e.Place.Channel != crowd {
		t.Errorf("asked by %+v", e)
	}
	s.answer = bot.Reply{Shown: []bot.Show{{Key: "run/x", To: bot.Address{Channel: crowd}, View: question("1 of 10")}}}
	now := s.fake.Press(faketeams.Staff, "Who answers?", "Together here")
	e := s.last()
	if e.Kind != bot.Click || e.Place != (bot.Place{Channel: crowd, Kind: bot.Channel}) || !e.Aside || !strings.Contains(e.Reach, crowd) || !strings.HasPrefix(e.ID, "a:29:sam/") {
		t.Errorf("event %+v", e)
	}
	if !strings.Contains(now.Shown(), "It goes on where you asked") {
		t.Errorf("the card shows %q", now.Shown())
	}
	if in := s.fake.In(crowd); len(in) > 0 {
		t.Errorf("the chat reads %q", in[0].Shown())
	}
}

func TestAQueuedAnswerAsideKnowsWhereItWasAsked(t *testing.T) {
	s := newScene(t)
	s.asksIn(crowd)
	post := bot.Post{Tenant: "teams." + org, To: bot.Address{Channel: crowd, User: "sam-oid"}, View: question("Queued"), Reach: s.last().Reach}
	if _, err := s.platform.Deliver(t.Context(), post); err != nil {
		t.Fatal(err)
	}
	s.answer = bot.Reply{}
	s.fake.Press(faketeams.Staff, "Queued", "Yes")
	if e := s.last(); e.Place.Channel != crowd {
		t.Errorf("event %+v", e)
	}
}

// A button is no proof of a place.
func TestAPlaceThatAButtonNamesIsAskedOfTeams(t *testing.T) {
	for in, want := range map[string]string{crowd: crowd, faketeams.Mixed: "a:29:sam", "a:29:sam": "a:29:sam", "a:29:olga": "a:29:sam", "../x": "a:29:sam", "": "a:29:sam"} {
		s := newScene(t)
		if in == faketeams.Mixed {
			s.fake.Join(in, 500, faketeams.Owner)
		}
		s.send(s.token(nil), s.activity(func(a map[string]any) {
			a["type"], a["name"] = "invoke", "adaptiveCard/action"
			a["value"] = map[string]any{"action": map[string]any{"data": map[string]any{"a": "assess/begin", "c": in}}}
		}))
		if e := s.last(); e.Place.Channel != want || (want == crowd) != (e.Place.Kind == bot.Channel) {
			t.Errorf("%q: %+v", in, e.Place)
		}
	}
}

func TestHereIsTheChatInWhichAFormWasAskedFor(t *testing.T) {
	form := bot.Form{Title: "Remind me", Submit: "Set it", Action: bot.Do("remind", "fill"), Fields: []bot.Input{{ID: "channel", Label: "Channel", Pick: bot.PickChannel}}}
	for in, want := range map[string]bot.Picked{
		crowd: {ID: crowd, Name: "that channel", Room: bot.Room{Name: "that channel", Kind: bot.Channel, People: 2}},
		"":    {ID: "Here"},
	} {
		s := newScene(t)
		s.send(s.token(nil), s.activity(func(a map[string]any) {
			a["type"], a["name"] = "invoke", "adaptiveCard/action"
			a["value"] = map[string]any{"action": map[string]any{"data": map[string]any{"f": form, "c": in, "field.channel": "Here"}}}
		}))
		if got := s.last().Picked["channel"]; got != want {
			t.Errorf("in %q: picked %+v", in, got)
		}
		if hint := flat(formOf(form, nil, nil, screen{in: in}, maxText)); strings.Contains(hint, "type: here") != (in != "") {
			t.Errorf("in %q the form says %s", in, hint)
		}
	}
}
