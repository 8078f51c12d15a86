package teams

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
)

func TestTeamsIsAPlatform(t *testing.T) {
	bottest.Suite(t, bottest.Platform{
		Limits:     []int{maxLabel, maxTitle, maxText, maxCard / 4},
		MostAction: maxData / 2,
		Faults: func(v bot.View) []string {
			on := []screen{{}, {key: "k", user: "29:x"}, {window: true}, {in: crowd}}[len(v.Title)%4] // each kind of view meets all four
			return faults(render(v, on).json())
		},
		Pressed: pressedBoth,
		Fail:    everythingFails,
		Secrets: []string{"very-secret", "for-the-connector", "sam-oid", "29:sam", "19:general", "the text"},
	})
}

// pressedBoth presses everything as a client that knows Execute, and as one
// that falls back to Submit.
func pressedBoth(t *testing.T, v bot.View) (events []bot.Event) {
	s := newScene(t)
	s.answer.View = &bot.View{Title: "answered"}
	for _, data := range pressable(t, v) {
		status, body := s.send(s.token(nil), s.activity(func(a map[string]any) {
			a["type"], a["name"], a["text"] = "invoke", "adaptiveCard/action", ""
			a["value"] = map[string]any{"action": map[string]any{"type": "Action.Execute", "verb": "press", "data": data}}
		}))
		byExecute := s.last()
		if status != 200 || !strings.Contains(body, "answered") || !strings.Contains(body, cardType) {
			t.Errorf("a press is answered by %d %s", status, body)
		}
		s.send(s.token(nil), s.activity(func(a map[string]any) { a["text"], a["value"] = "", data }))
		if bySubmit := s.last(); bySubmit.Action.String() != byExecute.Action.String() || bySubmit.Kind != byExecute.Kind {
			t.Errorf("Submit gives %v, Execute %v", bySubmit.Action, byExecute.Action)
		}
		events = append(events, byExecute)
	}
	return events
}

// pressable is what each button and each choice of a card sends, in order.
func pressable(t *testing.T, v bot.View) (all []map[string]any) {
	choices := map[string]part{}
	for _, block := range parts(t, Render(v)) {
		choices[block.ID] = block
		for _, a := range block.Actions {
			menu, _ := a.Data["m"].(string)
			if menu == "" {
				all = append(all, a.Data)
				continue
			}
			for _, one := range choices[menu].Choices {
				data := maps.Clone(a.Data)
				data[menu] = one.Value
				all = append(all, data)
			}
		}
	}
	return all
}

// everythingFails does everything that speaks to Teams, which is at an
// address.
func everythingFails(t *testing.T, address string) (errs []error, log string) {
	t.Helper()
	var logs strings.Builder
	c := Config{
		Bots: []Bot{{AppID: appID, Secret: "very-secret", Tenant: org}}, Plain: true,
		MetadataURL: address + "/metadata", TokenURL: address + "/token",
	}
	p, err := New(c, nil, slog.New(slog.NewTextHandler(&logs, nil)))
	if err != nil {
		t.Fatal(err)
	}
	p.calls.pause = time.Millisecond
	ctx, at := t.Context(), place{Service: address, Conversation: "19:general", Bot: appID, BotID: "28:" + appID}
	add := func(err error) { errs = append(errs, err) }
	for range 2 { // without a token, and with one
		for _, to := range []bot.Address{bot.To("sam-oid"), {Channel: "19:general"}, {Channel: "19:general", User: "sam-oid"}} {
			_, err := p.Deliver(ctx, bot.Post{Tenant: "teams." + org, To: to, View: bot.View{Title: "the text"}, Reach: at.reach()})
			add(err)
			_, err = p.Deliver(ctx, bot.Post{Tenant: "teams." + org, To: to, View: bot.View{Title: "the text"}, Reach: at.reach(), Edit: "19:general|1"})
			add(err)
		}
		_, err = p.room(ctx, at, "teams."+org)
		add(err)
		_, err = p.calls.direct(ctx, at, "29:sam", org)
		add(err)
		_, err = p.verify.verify(ctx, "Bearer very-secret.very-secret.very-secret")
		add(err)
		p.lookUp(ctx, at, "29:sam")
		p.calls.tokens.all[appID] = &renewed[*oauth2.Token]{now: time.Now, fetch: func(context.Context) (*oauth2.Token, error) {
			return &oauth2.Token{AccessToken: "for-the-connector"}, nil
		}}
	}
	p.log.Info("configured", "config", c)
	return errs, fmt.Sprintf("%s %v %+v", logs.String(), c, c)
}
