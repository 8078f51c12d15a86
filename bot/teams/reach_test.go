package teams

import (
	"net/http"
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest/faketeams"
)

func inChannel(id, kind string) func(a map[string]any) {
	return func(a map[string]any) {
		a["conversation"] = map[string]any{"id": id, "conversationType": kind, "tenantId": org}
	}
}

func TestWhoReadsAlongIsAskedOfTeams(t *testing.T) {
	s := newScene(t)
	s.fake.Join("19:chat@thread.v2", 500, faketeams.Owner, faketeams.Stranger)
	for _, c := range []struct {
		id, kind string
		want     bot.PlaceKind
	}{{faketeams.General, "channel", bot.Channel}, {faketeams.Mixed, "channel", bot.Shared}, {"19:chat@thread.v2", "groupChat", bot.Shared}, {"a:1", "", bot.Shared}} {
		s.send(s.token(nil), s.activity(inChannel(c.id, c.kind)))
		if got := s.last().Place.Kind; got != c.want {
			t.Errorf("%s: %q, want %q", c.id, got, c.want)
		}
		if room, err := s.platform.Room(t.Context(), "teams."+org, c.id, ""); err != nil || c.kind != "" && room.Kind != c.want {
			t.Errorf("%s: room %+v, %v", c.id, room, err)
		}
	}
	s.fake.FailAt(faketeams.Members, faketeams.Broken(http.StatusForbidden), 1)
	s.send(s.token(nil), s.activity(inChannel("19:new@thread.tacv2", "channel")))
	if got := s.last().Place.Kind; got != bot.Shared {
		t.Errorf("a channel that Teams does not tell of is %q", got)
	}
	asked := s.fake.Count(faketeams.Members)
	s.send(s.token(nil), s.activity(inChannel(faketeams.General, "channel")))
	if s.fake.Count(faketeams.Members) != asked {
		t.Error("the members are asked for at every message")
	}
	s.fake.Join(faketeams.General, 500, faketeams.Staff, faketeams.Stranger)
	s.send(s.token(nil), s.activity(func(a map[string]any) {
		inChannel(faketeams.General, "channel")(a)
		a["type"], a["membersAdded"] = "conversationUpdate", []any{map[string]any{"id": faketeams.Stranger}}
	}))
	s.send(s.token(nil), s.activity(inChannel(faketeams.General, "channel")))
	if got := s.last().Place.Kind; got != bot.Shared {
		t.Errorf("a channel that somebody of another company has just joined is %q", got)
	}
}

func TestSomebodyWhoOnlyAskedInAChannelIsReached(t *testing.T) {
	s := newScene(t)
	s.send(s.token(nil), s.activity(inChannel(faketeams.General, "channel")))
	for _, to := range []bot.Address{bot.To("sam-oid"), {Channel: faketeams.General, User: "sam-oid"}} {
		before := len(s.fake.Chat(faketeams.Staff))
		post := bot.Post{ID: "p", Tenant: "teams." + org, To: to, View: bot.View{Title: "x"}}
		if to.Channel != "" {
			post.Reach = s.last().Reach
		}
		receipt, err := s.platform.Deliver(t.Context(), post)
		if err != nil || !strings.HasPrefix(receipt, "a:29:sam|") || len(s.fake.Chat(faketeams.Staff)) != before+1 {
			t.Fatalf("%+v: receipt %q, %v", to, receipt, err)
		}
		post.Edit = receipt
		if _, err := s.platform.Deliver(t.Context(), post); err != nil || len(s.fake.Chat(faketeams.Staff)) != before+1 {
			t.Errorf("%+v edited: %v", to, err)
		}
	}
	if in := s.fake.In(faketeams.General); len(in) > 0 {
		t.Errorf("the channel reads %q", in[0].Shown())
	}
	s.fake.Block(faketeams.Staff)
	_, err := s.platform.Deliver(t.Context(), bot.Post{Tenant: "teams." + org, To: bot.To("sam-oid"), View: bot.View{Title: "x"}})
	if o := bot.OutcomeOf(err); !o.Permanent || !strings.Contains(o.Reason, "blocked") {
		t.Errorf("blocked: %v", err)
	}
}

func TestASlashCommandIsAnsweredToTheAskerAlone(t *testing.T) {
	s := newScene(t)
	s.answer.View = &bot.View{Title: "IT support"}
	targeted := func(a map[string]any) {
		inChannel(faketeams.General, "channel")(a)
		a["text"] = "/Security advisor who handles printers?"
		a["recipient"].(map[string]any)["isTargeted"] = true
	}
	s.send(s.token(nil), s.activity(targeted))
	all := s.fake.Posted()
	if got := all[len(all)-1]; s.last().Text != "who handles printers?" || got.Query != "isTargetedActivity=true" || !strings.Contains(got.Raw, faketeams.Staff) {
		t.Errorf("%q was answered by %s?%s %s", s.last().Text, got.Path, got.Query, got.Raw)
	}
	s.fake.FailAt(faketeams.Post, faketeams.Broken(http.StatusBadRequest), 1)
	s.send(s.token(nil), s.activity(targeted))
	if got := s.fake.Chat(faketeams.Staff); len(got) != 1 {
		t.Errorf("where that fails, their own chat has %d cards", len(got))
	}
}

func TestTheMessageActionAnswersInAWindow(t *testing.T) {
	s := newScene(t)
	s.answer.View = &bot.View{Title: "Act now", Blocks: []bot.Block{bot.Row(bot.Press("Gave a code", bot.Do("who", "case", "x", "y")))}}
	invoke := func(name string, value any) string {
		_, body := s.send(s.token(nil), s.activity(func(a map[string]any) {
			inChannel(faketeams.General, "channel")(a)
			a["type"], a["name"], a["value"], a["text"] = "invoke", name, value, ""
		}))
		return body
	}
	body := invoke("composeExtension/fetchTask", map[string]any{"commandId": "who", "messagePayload": map[string]any{
		"body": map[string]any{"contentType": "html", "content": "<p>I typed my <b>password</b> &amp; it &lt;failed&gt;</p>"}}})
	if e := s.last(); e.Kind != bot.Message || e.Text != "I typed my  password  & it <failed>" || e.From.ID != "sam-oid" {
		t.Errorf("event %+v", e)
	}
	for _, want := range []string{`"type":"continue"`, "Act now", `"Action.Submit"`} {
		if !strings.Contains(body, want) || strings.Contains(body, "Action.Execute") {
			t.Errorf("no %s in %s", want, body)
		}
	}
	for _, name := range []string{"composeExtension/submitAction", "task/submit", "task/fetch"} {
		body = invoke(name, map[string]any{"data": map[string]any{"a": "who/case/x/y"}})
		if e := s.last(); e.Kind != bot.Click || e.Action.String() != "who/case/x/y" || !strings.Contains(body, "Act now") {
			t.Errorf("%s: event %+v, %s", name, e, body)
		}
	}
	s.answer = bot.Reply{}
	for name, value := range map[string]any{"task/submit": map[string]any{"data": map[string]any{"a": "x/y"}}, "task/fetch": "nothing"} {
		if body := invoke(name, value); !strings.Contains(body, `"type":"message"`) {
			t.Errorf("%s: %s", name, body)
		}
	}
	if body := invoke("composeExtension/query", map[string]any{}); !strings.Contains(body, `"result"`) {
		t.Errorf("a search is answered by %s", body)
	}
	if posted := s.fake.Posted(); len(posted) != 0 {
		t.Errorf("posted %+v", posted)
	}
}

func TestACardIsBroughtUpToDate(t *testing.T) {
	s := newScene(t)
	s.send(s.token(nil), s.activity(nil))
	view := bot.View{Title: "3 of 10", Fresh: bot.Do("assess", "fresh", "x"), Blocks: []bot.Block{bot.Row(bot.Press("Yes", bot.Do("assess", "answer")))}}
	post := bot.Post{Tenant: "teams." + org, To: bot.To("sam-oid"), View: view, Key: "run/x", Reach: s.last().Reach}
	if _, err := s.platform.Deliver(t.Context(), post); err != nil {
		t.Fatal(err)
	}
	s.answer.View = &bot.View{Title: "4 of 10", Fresh: view.Fresh, Blocks: view.Blocks}
	if now := s.fake.LookAt(faketeams.Staff, "3 of 10"); !strings.Contains(now.Shown(), "4 of 10") || s.last().Action.String() != "assess/fresh/x" {
		t.Errorf("the card shows %q after %+v", now.Shown(), s.last())
	}
	before := len(s.fake.Posted())
	s.fake.Press(faketeams.Staff, "4 of 10", "Yes")
	if all := s.fake.Posted(); len(all) != before+1 {
		t.Errorf("a card that was brought up to date is no longer kept: %d posts more", len(all)-before)
	}
}

func TestChannelsArePickedByTheirLink(t *testing.T) {
	s := newScene(t)
	form := bot.Form{Title: "Who", Submit: "Save", Action: bot.Do("duty", "save"), Fields: []bot.Input{{ID: "channel", Label: "Which channel?", Pick: bot.PickChannel}}}
	link := "https://teams.microsoft.com/l/channel/19%3Ageneral%40thread.tacv2/IT%20help?groupId=x&tenantId=" + org
	for said, want := range map[string]bot.Picked{
		link:               {ID: faketeams.General, Name: "IT help", Room: bot.Room{Name: "IT help", Kind: bot.Channel, People: 2}},
		faketeams.Mixed:    {ID: faketeams.Mixed, Name: "that channel", Room: bot.Room{Name: "that channel", Kind: bot.Shared, People: 3}},
		"the help channel": {ID: "the help channel"},
		"https://evil.example/l/channel/..%2F..%2Fx/y": {ID: "https://evil.example/l/channel/..%2F..%2Fx/y"},
	} {
		s.send(s.token(nil), s.activity(func(a map[string]any) {
			a["type"], a["name"] = "invoke", "adaptiveCard/action"
			a["value"] = map[string]any{"action": map[string]any{"data": map[string]any{"f": form, "field.channel": said}}}
		}))
		if e := s.last(); e.Picked["channel"] != want || e.Values["channel"] != want.ID {
			t.Errorf("%s: picked %+v of %q", said, e.Picked["channel"], e.Values["channel"])
		}
	}
}

func TestBeingAddedToAChannelIsRemembered(t *testing.T) {
	s := newScene(t)
	s.send(s.token(nil), s.activity(func(a map[string]any) {
		inChannel(faketeams.General, "channel")(a)
		a["type"], a["membersAdded"] = "conversationUpdate", []any{map[string]any{"id": "28:" + appID}}
	}))
	if e := s.last(); e.Kind != bot.Installed || e.Place.Channel != faketeams.General || !strings.Contains(e.Reach, faketeams.General) {
		t.Errorf("event %+v", e)
	}
}
