package teams

import (
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest/faketeams"
)

func TestAMessageIsAQuestion(t *testing.T) {
	s := newScene(t)
	s.answer.View = &bot.View{Title: "IT support", Blocks: []bot.Block{bot.Row(bot.Press("Why IT?", bot.Do("who", "why", "x")))}}
	s.send(s.token(nil), s.activity(nil))
	e := s.last()
	if e.Kind != bot.Message || e.Text != "who handles printers?" || e.Tenant != "teams."+org || e.From.ID != "sam-oid" || e.From.Affiliation != bot.Home || e.Place.Kind != bot.Direct || e.ID != "a:29:sam/in-1" {
		t.Errorf("event %+v", e)
	}
	if posted := s.fake.Posted(); len(posted) != 1 || posted[0].Path != "/v3/conversations/a:29:sam/activities" || !strings.Contains(flat(posted[0].Body), "Why IT?") {
		t.Errorf("posted %+v", posted)
	}
}

func flat(v any) string {
	raw, _ := json.Marshal(v)
	return string(raw)
}

func TestMentionsAreCutThroughEntitiesAlone(t *testing.T) {
	s := newScene(t)
	s.send(s.token(nil), s.activity(func(a map[string]any) {
		a["text"] = "<at>Bot</at> who handles <at>Bot</at> mail from <at>Eve</at>?"
		a["entities"] = []any{map[string]any{"type": "mention", "text": "<at>Bot</at>", "mentioned": map[string]any{"id": "28:" + appID}},
			map[string]any{"type": "mention", "text": "<at>Eve</at>", "mentioned": map[string]any{"id": "29:eve"}},
			map[string]any{"type": "clientInfo", "timezone": "Europe/Berlin"}}
		a["conversation"] = map[string]any{"id": "19:x@thread.tacv2;messageid=7", "conversationType": "channel", "tenantId": org}
	}))
	e := s.last()
	if e.Text != "who handles <at>Bot</at> mail from <at>Eve</at>?" || e.Place.Channel != "19:x@thread.tacv2" || e.Place.Kind != bot.Channel || e.From.Affiliation != bot.Home || e.From.Zone != "Europe/Berlin" {
		t.Errorf("event %+v", e)
	}
}

func TestWhatIsAskedInAChannelIsAnsweredToTheAskerAlone(t *testing.T) {
	s := newScene(t)
	s.answer.View = &bot.View{Title: "IT support"}
	s.send(s.token(nil), s.activity(func(a map[string]any) {
		a["conversation"] = map[string]any{"id": "19:x@thread.tacv2", "conversationType": "channel", "tenantId": org}
	}))
	if posted := s.fake.Posted(); len(posted) != 2 || posted[0].Path != "/v3/conversations" || posted[1].Path != "/v3/conversations/a:29:sam/activities" {
		t.Errorf("posted %+v", posted)
	}
}

func TestPeopleAreKnownByWhatTeamsSays(t *testing.T) {
	for user, want := range map[string]bot.Affiliation{"29:sam": bot.Home, "29:gus": bot.Guest, "29:fred": bot.Foreign, "29:nobody": bot.Foreign} {
		s := newScene(t)
		s.send(s.token(nil), s.activity(func(a map[string]any) {
			a["from"] = map[string]any{"id": user, "aadObjectId": "x"}
			a["conversation"].(map[string]any)["id"] = "a:" + user
		}))
		if got := s.last().From.Affiliation; got != want {
			t.Errorf("%s is %q, want %q", user, got, want)
		}
	}
}

func TestAFormStaysOpenWhereSomethingIsNotRight(t *testing.T) {
	s := newScene(t)
	form := bot.Form{Title: "Number", Intro: "Who?", Submit: "Save", Action: bot.Do("emergency", "save", "bank"), Fields: []bot.Input{
		{ID: "name", Label: "Name"}, {ID: "user", Label: "Person", Pick: bot.PickPerson, Optional: true}, {ID: "kind", Label: "Kind", Options: []bot.Option{{Value: "a", Label: "A"}}},
	}}
	var data map[string]any
	for _, block := range parts(t, Form(form, nil, nil)) {
		if block.Type == "ActionSet" {
			data = block.Actions[0].Data
		}
	}
	data["field.name"], data["field.user"], data["field.kind"] = "Pat <b>", "29:gus", "a"
	s.answer.Refused = map[string]string{"name": "Please write it out."}
	_, body := s.send(s.token(nil), s.activity(func(a map[string]any) {
		a["type"], a["name"] = "invoke", "adaptiveCard/action"
		a["value"] = map[string]any{"action": map[string]any{"data": data}}
	}))
	e := s.last()
	if e.Kind != bot.Submit || e.Action.String() != form.Action.String() || e.Values["name"] != "Pat <b>" || e.Values["user"] != "gus-oid" || e.Picked["user"].Affiliation != bot.Guest {
		t.Errorf("event %+v", e)
	}
	if !strings.Contains(body, "Please write it out.") || !strings.Contains(body, "Pat <b>") {
		t.Errorf("the form is not shown again: %s", body)
	}
}

// Nothing that Teams sends is an error, and what tells of nothing to do does
// nothing.
func TestWhatIsNotUnderstoodIsAcknowledged(t *testing.T) {
	added := []any{map[string]any{"id": "29:nell"}}
	for name, change := range map[string]func(a map[string]any){
		"a reaction": func(a map[string]any) {
			a["type"], a["reactionsAdded"] = "messageReaction", []any{map[string]any{"type": "like"}}
		},
		"a message is edited": func(a map[string]any) { a["type"] = "messageUpdate" },
		"a message is taken away": func(a map[string]any) {
			a["type"], a["text"], a["channelData"] = "messageDelete", "", map[string]any{"eventType": "softDeleteMessage"}
		},
		"somebody types":  func(a map[string]any) { a["type"] = "typing" },
		"somebody joins":  func(a map[string]any) { a["type"], a["membersAdded"] = "conversationUpdate", added },
		"somebody leaves": func(a map[string]any) { a["type"], a["membersRemoved"] = "conversationUpdate", added },
		"a channel is renamed": func(a map[string]any) {
			a["type"], a["channelData"] = "conversationUpdate", map[string]any{"eventType": "channelRenamed"}
		},
		"the bot is removed": func(a map[string]any) { a["type"], a["action"] = "installationUpdate", "remove" },
		"the bot is removed from a team": func(a map[string]any) {
			a["type"], a["membersRemoved"] = "conversationUpdate", []any{map[string]any{"id": "28:" + appID}}
		},
		"the end":  func(a map[string]any) { a["type"] = "endOfConversation" },
		"an event": func(a map[string]any) { a["type"], a["name"] = "event", "application/vnd.microsoft.meetingStart" },
		"a search": func(a map[string]any) {
			a["type"], a["name"], a["value"] = "invoke", "composeExtension/query", map[string]any{}
		},
		"a link":      func(a map[string]any) { a["type"], a["name"] = "invoke", "composeExtension/queryLink" },
		"a sign-in":   func(a map[string]any) { a["type"], a["name"] = "invoke", "signin/verifyState" },
		"a new thing": func(a map[string]any) { a["type"] = "somethingNew" },
	} {
		for _, kind := range []string{"personal", "groupChat", "channel"} {
			s := newScene(t)
			status, body := s.send(s.token(nil), s.activity(func(a map[string]any) {
				a["conversation"].(map[string]any)["conversationType"] = kind
				change(a)
			}))
			if status != 200 || len(s.events) > 0 || len(s.fake.Posted()) > 0 || (strings.HasPrefix(body, "{")) != (s.activity(change)["type"] == "invoke") {
				t.Errorf("%s in a %s chat: status %d %q, events %v", name, kind, status, body, s.events)
			}
		}
	}
}

func TestLongBodiesAreNotRead(t *testing.T) {
	s := newScene(t)
	for long, want := range map[int]int{maxBody - 2000: 200, maxBody: 413} {
		before := len(s.events)
		status, _ := s.send(s.token(nil), s.activity(func(a map[string]any) { a["text"] = strings.Repeat("a", long) }))
		if status != want || len(s.events)-before != btoi(want == 200) {
			t.Errorf("%d bytes: status %d, %d events", long, status, len(s.events)-before)
		}
	}
}

func btoi(is bool) int {
	if is {
		return 1
	}
	return 0
}

func TestInstallingGreetsOnce(t *testing.T) {
	s := newScene(t)
	s.send(s.token(nil), s.activity(func(a map[string]any) { a["type"], a["action"] = "installationUpdate", "add" }))
	if e := s.last(); e.Kind != bot.Installed || e.ID != "installed/a:29:sam/sam-oid" || e.Reach == "" {
		t.Errorf("event %+v", e)
	}
}

func TestPostsGoWhereTheConversationIsKnown(t *testing.T) {
	s := newScene(t)
	s.send(s.token(nil), s.activity(nil))
	reach := s.last().Reach
	post := bot.Post{ID: "p", Tenant: "teams." + org, To: bot.To("sam-oid"), View: bot.View{Title: "Reminder"}, Reach: reach}
	receipt, err := s.platform.Deliver(t.Context(), post)
	if err != nil || !strings.HasPrefix(receipt, "a:29:sam|sent-") {
		t.Fatalf("receipt %q, %v", receipt, err)
	}
	post.Edit = receipt
	if again, err := s.platform.Deliver(t.Context(), post); err != nil || again != receipt {
		t.Errorf("edited: %q %v", again, err)
	}
	if all := s.fake.Posted(); all[len(all)-1].Method != "PUT" || len(s.fake.Chat("29:sam")) != 1 {
		t.Errorf("edit: %+v", all)
	}
	for name, p := range map[string]bot.Post{
		"nobody we know":       {Tenant: post.Tenant, To: bot.To("who-oid")},
		"another organisation": {Tenant: "teams." + other, To: post.To, Reach: reach},
		"a service of others":  {Tenant: post.Tenant, To: post.To, Reach: strings.Replace(reach, s.fake.URL, "https://evil.example", 1)},
	} {
		var o *bot.Outcome
		if _, err := s.platform.Deliver(t.Context(), p); !errors.As(err, &o) || !o.Permanent || o.Reason == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestChannelsThatOthersReadGetNothing(t *testing.T) {
	s := newScene(t)
	for channel, want := range map[string]bool{faketeams.General: true, faketeams.Mixed: false} {
		_, err := s.platform.Deliver(t.Context(), bot.Post{Tenant: "teams." + org, To: bot.Address{Channel: channel}, View: bot.View{Title: "x"},
			Reach: place{Service: s.fake.URL, Conversation: channel, Bot: appID, BotID: "28:" + appID}.reach()})
		if (err == nil) != want {
			t.Errorf("%s: %v", channel, err)
		}
	}
}

func TestWithoutAuthenticationNoBotMayBeConfigured(t *testing.T) {
	for _, c := range []Config{
		{NoAuth: true, Bots: []Bot{{AppID: appID, Secret: "x", Tenant: org}}},
		{Bots: []Bot{{AppID: "x", Secret: "x", Tenant: org}}}, {Bots: []Bot{{AppID: appID, Tenant: org}}}, {Bots: []Bot{{AppID: appID, Secret: "x"}}},
	} {
		if _, err := New(c, nil, slog.Default()); err == nil {
			t.Errorf("%+v is accepted", c)
		}
	}
}

func FuzzActivities(f *testing.F) {
	for _, body := range []string{`{}`, `{"type":"message","conversation":{"id":"x"},"serviceUrl":"x","value":[1]}`, `{"type":"invoke","conversation":{"id":"x"},"serviceUrl":"x","value":{"action":{"data":{"a":"who/topic/x","m":"i1","i1":7}}}}`, `[]`, `{"entities":[{"type":"mention"}]}`,
		`{"type":"invoke","conversation":{"id":"x"},"serviceUrl":"x","text":"https://teams.microsoft.com/l/channel/19%3Ax%40thread.tacv2/y","value":{"messagePayload":{"body":{"content":"<p>a&lt;</p>"}},"data":{"a":"x/y"}}}`} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		a, err := read(body)
		if err != nil {
			return
		}
		a.said()
		a.zone()
		if text := a.message(); strings.ContainsAny(text, "\x00\u202e") {
			t.Errorf("a message action reads %q", text)
		}
		if id, _, ok := channelOf(a.Text); ok && !oneStep(id) {
			t.Errorf("%q leads to the channel %q", a.Text, id)
		}
		if e, _, err := a.press(); err == nil && e.Action.Flow == "" && e.Action.Verb == "" {
			t.Logf("an empty action of %q", body)
		}
	})
}
