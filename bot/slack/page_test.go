package slack

import (
	"context"
	"errors"
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/bot/bottest/fakeslack"
)

// hasPage gives the bot a page that says how many duties there are, and what
// it says to a press or a form.
func (s *scene) hasPage(duties *string, say func(bot.Event) bot.Reply) {
	s.says(func(e bot.Event) (bot.Reply, error) {
		if e.Kind == bot.Looked {
			return bot.Reply{View: &bot.View{Title: "Your page", Blocks: []bot.Block{
				bot.Say(*duties), bot.Row(bot.Press("Take it", bot.Do("duty", "take")), bot.Press("Assign", bot.Do("duty", "assign"))),
			}}}, nil
		}
		return say(e), nil
	})
}

func (s *scene) home(user string) fakeslack.View {
	s.t.Helper()
	v, ok := s.slack.Home(user)
	if !ok {
		s.t.Fatalf("no page is shown; log:\n%s", s.logs)
	}
	return v
}

func TestThePageIsShownToWhoeverLooks(t *testing.T) {
	for _, mode := range []string{"http", "socket"} {
		s := newScene(t, mode)
		if mode == "socket" {
			s.run()
			s.eventually("a socket", func() bool { return len(s.slack.Sockets()) > 0 })
		}
		duties := "2 duties"
		s.hasPage(&duties, func(bot.Event) bot.Reply { return bot.Reply{} })
		s.slack.MessagesOpened(fakeslack.Staff)
		if _, ok := s.slack.Home(fakeslack.Staff); ok || len(s.told()) != 1 || s.last().Kind != bot.Installed {
			t.Errorf("opening the messages: told %+v", s.told())
		}
		d := s.slack.HomeOpened(fakeslack.Staff)
		if v := s.home(fakeslack.Staff); !strings.Contains(v.Shown(), "2 duties") || !d.Acked() {
			t.Errorf("page: %s", v.Shown())
		}
		all := s.told()
		want := bot.Event{
			ID: "look/" + d.ID, Kind: bot.Looked, Tenant: "slack." + fakeslack.Team, Inline: true, Place: bot.Place{Kind: bot.Direct},
			From: bot.Person{ID: fakeslack.Staff, Name: "Sam Staff", Zone: "Europe/Amsterdam", Affiliation: bot.Home},
		}
		if diff := difference(want, all[len(all)-1]); diff != "" || all[len(all)-2].Kind != bot.Installed {
			t.Errorf("%s: told %+v", diff, all)
		}
	}
}

func TestWhatIsPressedOnThePageIsAnsweredDirectly(t *testing.T) {
	s := newScene(t, "http")
	duties := "2 duties"
	s.hasPage(&duties, func(e bot.Event) bot.Reply {
		switch {
		case e.Kind == bot.Click && e.Action.Verb == "take":
			duties = "3 duties"
			return bot.Reply{View: &bot.View{Title: "It is yours"}}
		case e.Kind == bot.Click:
			return bot.Reply{Form: &assign}
		case e.Kind == bot.Submit && e.Values["why"] == "":
			return bot.Reply{Refused: map[string]string{"why": "Please say why."}}
		case e.Kind == bot.Submit:
			duties = "4 duties"
			return bot.Reply{View: &bot.View{Title: "Assigned"}}
		}
		return bot.Reply{}
	})
	s.slack.HomeOpened(fakeslack.Staff)
	page := s.home(fakeslack.Staff)
	if d := s.slack.PressIn(fakeslack.Staff, page, "Take it"); !d.Acked() || d.Problem() != "" {
		t.Errorf("press: %q", d.Problem())
	}
	if dm := s.slack.DM(fakeslack.Staff); len(dm) != 1 || !strings.Contains(dm[0].Shown(), "It is yours") {
		t.Errorf("direct messages: %v", dm)
	}
	if page = s.home(fakeslack.Staff); !strings.Contains(page.Shown(), "3 duties") {
		t.Errorf("the page still says %s", page.Shown())
	}
	published := s.slack.Count("views.publish")
	s.slack.PressIn(fakeslack.Staff, page, "Assign")
	form, ok := s.slack.View(fakeslack.Staff)
	if !ok || s.slack.Count("views.publish") != published {
		t.Fatalf("form open %v, log:\n%s", ok, s.logs)
	}
	if d := s.slack.SubmitForm(fakeslack.Staff, form, map[string]string{"why": ""}); d.Errors()["why"] == "" || s.slack.Count("views.publish") != published {
		t.Errorf("errors %v", d.Errors())
	}
	s.slack.SubmitForm(fakeslack.Staff, form, map[string]string{"why": "She asked"})
	if dm := s.slack.DM(fakeslack.Staff); len(dm) != 2 || !strings.Contains(dm[1].Shown(), "Assigned") {
		t.Errorf("direct messages: %v", dm)
	}
	if page = s.home(fakeslack.Staff); !strings.Contains(page.Shown(), "4 duties") {
		t.Errorf("the page still says %s", page.Shown())
	}
}

func TestAPageThatCannotBeShown(t *testing.T) {
	s := newScene(t, "http", fakeslack.WithRetries())
	duties := ""
	s.hasPage(&duties, func(bot.Event) bot.Reply { return bot.Reply{} })
	s.slack.Fail("views.publish", fakeslack.Refused("not_enabled"), 1)
	if d := s.slack.HomeOpened(fakeslack.Staff); !d.Acked() || !strings.Contains(s.logs.String(), "not_enabled") {
		t.Error("where the page is switched off, Slack tells of it again and again")
	}
	s.slack.Fail("views.publish", fakeslack.Broken(500), mostTries)
	if d := s.slack.HomeOpened(fakeslack.Staff); d.Acked() {
		t.Error("Slack failed to show the page and is not asked to tell of it again")
	}
	s.slack.HomeOpened(fakeslack.Staff)
	s.slack.Fail("views.publish", fakeslack.Broken(500), 1)
	if d := s.slack.PressIn(fakeslack.Staff, s.home(fakeslack.Staff), "Take it"); !d.Acked() {
		t.Error("a press counts as failed because the page could not be shown")
	}
	s.says(func(e bot.Event) (bot.Reply, error) { return bot.Reply{}, errors.New("store is away") })
	if d := s.slack.HomeOpened(fakeslack.Staff); d.Acked() {
		t.Error("what the bot could not take was acknowledged")
	}
}

func TestABotWithoutAPageShowsNone(t *testing.T) {
	s := newScene(t, "http")
	s.slack.HomeOpened(fakeslack.Staff)
	if err := s.page(context.Background(), request{page: "1", event: bot.Event{From: bot.Person{ID: fakeslack.Staff}}}); err != nil || s.slack.Count("views.publish") != 0 {
		t.Errorf("%v after %d calls", err, s.slack.Count("views.publish"))
	}
}

func TestAnyPageIsOneThatSlackTakes(t *testing.T) {
	s := newScene(t, "http")
	for _, text := range append([]string{strings.Repeat("x", 3001)}, bottest.Hostile...) {
		for _, v := range bottest.Views(text, 3) {
			s.says(func(bot.Event) (bot.Reply, error) { return bot.Reply{View: &v}, nil })
			if err := s.page(t.Context(), request{page: "1", event: bot.Event{Tenant: "slack." + fakeslack.Team, From: bot.Person{ID: fakeslack.Staff}}}); err != nil {
				t.Errorf("%.40q: %v", text, err)
			}
		}
	}
	if s.slack.Count("views.publish") == 0 || strings.Contains(s.logs.String(), "cannot be shown") {
		t.Errorf("%d pages, log:\n%s", s.slack.Count("views.publish"), s.logs)
	}
}
