package slack

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/bot/bottest/fakeslack"
)

func TestSlackIsAPlatform(t *testing.T) {
	bottest.Suite(t, bottest.Platform{
		Limits:     []int{maxLabel, maxOptionValue, maxHeader, maxGist, maxValue, maxSection, maxTotal},
		MostAction: maxOptionValue,
		Faults:     func(v bot.View) []string { return faults(Render(v)) },
		Pressed:    pressedAll,
		Fail:       everythingFails,
		Secrets:    []string{"xoxb-very-secret", "xapp-very-secret", "signing-very-secret", "response-very-secret", "/api/"},
	})
}

func pressedAll(t *testing.T, v bot.View) (events []bot.Event) {
	s := newScene(t, "http")
	receipt, err := s.Deliver(t.Context(), bot.Post{ID: "1", Tenant: "slack." + fakeslack.Team, To: bot.To(fakeslack.Staff), View: v})
	if err != nil {
		t.Fatal(err)
	}
	m, ok := s.slack.Message(split2(receipt))
	if !ok {
		t.Fatalf("no message %s", receipt)
	}
	for _, b := range v.Actions() {
		if _, ok := m.Button(b.Label); ok {
			s.slack.Press(fakeslack.Staff, m, b.Label)
		} else {
			s.slack.Select(fakeslack.Staff, m, b.Label)
		}
		events = append(events, s.last())
	}
	if drawn := len(m.Buttons()) + len(m.Options()); drawn != len(events) {
		t.Errorf("%d buttons and options for %d actions", drawn, len(events))
	}
	return events
}

// everythingFails does everything that speaks to Slack, which is at an
// address.
func everythingFails(t *testing.T, server string) (errs []error, log string) {
	t.Helper()
	logs := &lockedBuffer{}
	c := Config{Mode: "socket", BotToken: "xoxb-very-secret", AppToken: "xapp-very-secret", SigningSecret: "signing-very-secret", APIURL: server + "/api/"}
	p, err := New(c, "/sec", nil, slog.New(slog.NewTextHandler(logs, nil)))
	if err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	add := func(err error) { errs = append(errs, err) }
	for _, to := range []bot.Address{bot.To("U1"), {Channel: "C1"}, {Channel: "C1", User: "U1"}} {
		_, err := p.Deliver(ctx, bot.Post{ID: "1", To: to, View: one(bot.Say("x"))})
		add(err)
	}
	add(p.respond(ctx, server+"/response-very-secret", []byte("{}")))
	add(p.respond(ctx, "https://evil.example/response-very-secret", []byte("{}")))
	add(p.respond(ctx, "://response-very-secret", []byte("{}")))
	add(p.upload(ctx, server+"/response-very-secret", []byte("x")))
	_, err = p.Deliver(ctx, bot.Post{ID: "1", To: bot.Address{Channel: "D1"}, View: one(bot.Say("x")), File: &bot.File{Name: "x", Body: []byte("x")}})
	add(err)
	add(p.Ready(ctx))
	_, err = p.socketAddress(ctx)
	add(err)
	_, err = dial(ctx, strings.Replace(server, "http", "ws", 1)+"/response-very-secret")
	add(err)
	running, stop := context.WithTimeout(ctx, 100*time.Millisecond)
	defer stop()
	p.Run(running)
	p.log.Info("configured", "config", c)
	return errs, fmt.Sprintf("%s %v %+v %#v", logs, c, c, c)
}
