package fakeslack_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

func TestCommandIsAnsweredInTheResponse(t *testing.T) {
	s := fakeslack.Start(t)
	h := listen(t, s, func(w http.ResponseWriter, _ string) {
		sendJSON(w, map[string]any{"response_type": "ephemeral", "text": "IT support"})
	})
	d := s.Command(fakeslack.Staff, fakeslack.General, "/sec", "who is @sam & <co>?")
	if !d.Acked() || d.Problem() != "" {
		t.Fatalf("%v %s", d.Last().Err, d.Problem())
	}
	c := h.commands[0]
	if c.Command != "/sec" || c.Text != "who is <@U0STAFF|sam> &amp; &lt;co&gt;?" || c.UserID != fakeslack.Staff || c.TeamID != fakeslack.Team || c.ChannelName != "general" {
		t.Errorf("command %+v", c)
	}
	if got := s.Ephemerals(fakeslack.Staff); len(got) != 1 || got[0].Text != "IT support" || got[0].Channel != fakeslack.General {
		t.Errorf("what Sam sees: %+v", got)
	}
	if len(s.Ephemerals(fakeslack.Owner))+len(s.Messages(fakeslack.General)) != 0 {
		t.Error("somebody else sees it too")
	}
}

func TestPersonSeesWhenACommandGoesWrong(t *testing.T) {
	for name, row := range map[string]struct {
		answer func(w http.ResponseWriter, path string)
		want   string
	}{
		"late":    {func(http.ResponseWriter, string) { time.Sleep(100 * time.Millisecond) }, "operation_timeout"},
		"broken":  {func(w http.ResponseWriter, _ string) { w.WriteHeader(500) }, "http_service_error"},
		"refused": {func(w http.ResponseWriter, _ string) { w.WriteHeader(401) }, "http_client_error"},
		"long": {func(w http.ResponseWriter, _ string) {
			sendJSON(w, map[string]any{"blocks": []any{map[string]any{"type": "header", "text": map[string]any{"type": "plain_text", "text": strings.Repeat("x", 151)}}}})
		}, "invalid_command_response: invalid_blocks: [ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"},
	} {
		t.Run(name, func(t *testing.T) {
			s := fakeslack.Start(t, fakeslack.WithAckWithin(50*time.Millisecond))
			listen(t, s, row.answer)
			if d := s.Command(fakeslack.Staff, "", "/sec", ""); d.Problem() != row.want {
				t.Errorf("got %q, want %q", d.Problem(), row.want)
			}
		})
	}
	if d := fakeslack.Start(t).Command(fakeslack.Staff, "", "/sec", ""); d.Problem() != "dispatch_failed" {
		t.Errorf("without a bot: %q", d.Problem())
	}
}

func TestButtonAndMenuOfAMessage(t *testing.T) {
	s := fakeslack.Start(t)
	h := listen(t, s, nil)
	_, ts, err := client(s).PostMessage(fakeslack.General, slack.MsgOptionText("card", false), card())
	if err != nil {
		t.Fatal(err)
	}
	m, _ := s.Message(fakeslack.General, ts)
	if !s.Press(fakeslack.Owner, m, "No").Acked() {
		t.Fatal("not acknowledged")
	}
	got := h.click()
	if got.Type != slack.InteractionTypeBlockActions || got.Container.MessageTs != ts || got.Message.Timestamp != ts || got.User.ID != fakeslack.Owner ||
		got.Channel.ID != fakeslack.General || got.Team.ID != fakeslack.Team || got.TriggerID == "" || got.ResponseURL == "" {
		t.Errorf("interaction %+v", got)
	}
	if a := got.ActionCallback.BlockActions[0]; a.ActionID != "no" || a.Value != "run/1/no" || a.BlockID != "row" || a.Text.Text != "No" || a.ActionTs == "" {
		t.Errorf("action %+v", a)
	}
	s.Select(fakeslack.Owner, m, "Never")
	if a := h.click().ActionCallback.BlockActions[0]; a.ActionID != "more" || a.SelectedOption.Value != "never" {
		t.Errorf("choice %+v", a)
	}
}

func TestEphemeralMessageIsReplacedThroughItsResponseURL(t *testing.T) {
	s := fakeslack.Start(t)
	h := listen(t, s, nil)
	if _, err := client(s).PostEphemeral(fakeslack.General, fakeslack.Staff, slack.MsgOptionText("card", false), card()); err != nil {
		t.Fatal(err)
	}
	m := s.Ephemerals(fakeslack.Staff)[0]
	d := s.Press(fakeslack.Staff, m, "Yes")
	if got := h.click(); !got.Container.IsEphemeral || got.Message.Timestamp != "" {
		t.Errorf("interaction with a message that one person sees: %+v", got)
	}
	say := func(text string, replace bool) int { return respond(t, d.ResponseURL, text, replace) }
	if status := say("done", true); status != http.StatusOK {
		t.Fatal(status)
	}
	if got := s.Ephemerals(fakeslack.Staff); len(got) != 1 || got[0].Text != "done" {
		t.Errorf("after the replacement: %+v", got)
	}
	for range 4 {
		say("more", false)
	}
	if status := say("sixth", false); status != http.StatusNotFound {
		t.Errorf("the sixth use got %d", status)
	}
	if got := s.Ephemerals(fakeslack.Staff); len(got) != 5 {
		t.Errorf("%d messages, want 5", len(got))
	}
}

func respond(t *testing.T, url, text string, replace bool) int {
	t.Helper()
	body, _ := json.Marshal(map[string]any{"text": text, "replace_original": replace})
	response, err := http.Post(url, "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	return response.StatusCode
}

func TestResponseURLAndTriggerEnd(t *testing.T) {
	now := time.Unix(1_780_000_000, 0)
	s := fakeslack.Start(t, fakeslack.WithClock(func() time.Time { return now }))
	listen(t, s, nil)
	first, second := s.Command(fakeslack.Owner, "", "/sec", ""), s.Command(fakeslack.Owner, "", "/sec", "")
	c := client(s)
	if _, err := c.OpenView(first.Trigger, form()); err != nil {
		t.Fatal(err)
	}
	if _, err := c.OpenView(first.Trigger, form()); err == nil || !strings.Contains(err.Error(), "exchanged_trigger_id") {
		t.Errorf("a trigger used twice: %v", err)
	}
	now = now.Add(4 * time.Second)
	if _, err := c.OpenView(second.Trigger, form()); err == nil || !strings.Contains(err.Error(), "expired_trigger_id") {
		t.Errorf("a trigger after 4 s: %v", err)
	}
	now = now.Add(31 * time.Minute)
	if status := respond(t, first.ResponseURL, "late", false); status != http.StatusNotFound {
		t.Errorf("a response URL after 31 minutes got %d", status)
	}
}

// form is a modal with a text and a choice.
func form() slack.ModalViewRequest {
	name := slack.NewInputBlock("name", plain("Name"), nil, slack.NewPlainTextInputBlockElement(plain("who"), "value"))
	side := slack.NewInputBlock("side", plain("Side"), nil, slack.NewRadioButtonsBlockElement("value",
		slack.NewOptionBlockObject("it", plain("IT support"), nil), slack.NewOptionBlockObject("sec", plain("Security"), nil)))
	side.Optional = true
	return slack.ModalViewRequest{
		Type: slack.VTModal, Title: plain("Contact"), Submit: plain("Save"), CallbackID: "who/contact", PrivateMetadata: "run-1",
		Blocks: slack.Blocks{BlockSet: []slack.Block{name, side}},
	}
}

func TestFormIsFilledInAndRefusedAndAccepted(t *testing.T) {
	s := fakeslack.Start(t)
	refuse := true
	h := listen(t, s, func(w http.ResponseWriter, path string) {
		if path == "/slack/actions" && refuse {
			sendJSON(w, map[string]any{"response_action": "errors", "errors": map[string]string{"name": "Which Sam?"}})
		}
	})
	if _, err := client(s).OpenView(s.Command(fakeslack.Owner, "", "/sec", "").Trigger, form()); err != nil {
		t.Fatal(err)
	}
	v, ok := s.View(fakeslack.Owner)
	if !ok || v.Title != "Contact" || v.Callback != "who/contact" {
		t.Fatalf("open form %+v", v)
	}
	d := s.SubmitForm(fakeslack.Owner, v, map[string]string{"name": "Sam", "Side": "Security"})
	if diff := cmp.Diff(map[string]string{"name": "Which Sam?"}, d.Errors()); diff != "" {
		t.Error(diff)
	}
	if v, ok := s.View(fakeslack.Owner); !ok || v.Errors["name"] != "Which Sam?" {
		t.Errorf("the form after an error: %+v", v)
	}
	got := h.click()
	if got.View.CallbackID != "who/contact" || got.View.PrivateMetadata != "run-1" || got.View.State.Values["name"]["value"].Value != "Sam" ||
		got.View.State.Values["side"]["value"].SelectedOption.Value != "sec" {
		t.Errorf("submission %+v", got.View)
	}
	refuse = false
	s.SubmitForm(fakeslack.Owner, v, map[string]string{"name": "Sam Staff"})
	if _, ok := s.View(fakeslack.Owner); ok {
		t.Error("the form is still open")
	}
}

func TestMessagesToTheBotBecomeEvents(t *testing.T) {
	s := fakeslack.Start(t)
	h := listen(t, s, nil)
	s.DMText(fakeslack.Staff, "printer <broken> https://example.com")
	s.Mention(fakeslack.Stranger, fakeslack.Shared, "help")
	s.HomeOpened(fakeslack.Owner)
	var kinds []string
	for _, body := range h.events {
		e, err := slackevents.ParseEvent(json.RawMessage(body), slackevents.OptionNoVerifyToken())
		if err != nil {
			t.Fatal(err)
		}
		switch inner := e.InnerEvent.Data.(type) {
		case *slackevents.MessageEvent:
			if inner.Text != "printer &lt;broken&gt; <https://example.com>" || inner.ChannelType != "im" || inner.Channel != fakeslack.Direct(fakeslack.Staff) {
				t.Errorf("message %+v", inner)
			}
		case *slackevents.AppMentionEvent:
			if inner.Text != "<@U0BOT> help" || !strings.Contains(body, `"is_ext_shared_channel":true`) || !strings.Contains(body, fakeslack.OtherTeam) {
				t.Errorf("mention %+v", inner)
			}
		}
		kinds = append(kinds, e.InnerEvent.Type)
	}
	if diff := cmp.Diff([]string{"message", "app_mention", "app_home_opened"}, kinds); diff != "" {
		t.Error(diff)
	}
	if len(s.Messages(fakeslack.Direct(fakeslack.Staff))) != 1 || len(s.DM(fakeslack.Staff)) != 0 {
		t.Error("what a person wrote counts as the bot's")
	}
}

func TestThreads(t *testing.T) {
	s := fakeslack.Start(t)
	h := listen(t, s, nil)
	first := s.Say(fakeslack.Staff, fakeslack.General, "the printer is on fire")
	s.MentionUnder(fakeslack.Staff, first, "who?")
	var outer struct {
		Event struct {
			Thread string `json:"thread_ts"`
		} `json:"event"`
	}
	if json.Unmarshal(h.last().Body, &outer); outer.Event.Thread != first.TS {
		t.Errorf("a mention in the thread of %s came as in %q", first.TS, outer.Event.Thread)
	}
	_, ts, err := client(s).PostMessage(fakeslack.General, slack.MsgOptionText("IT", false), slack.MsgOptionTS(first.TS))
	if err != nil {
		t.Fatal(err)
	}
	if m, _ := s.Message(fakeslack.General, ts); m.Thread != first.TS {
		t.Errorf("the answer is in thread %q", m.Thread)
	}
}

func TestShortcutOnSomebodysMessage(t *testing.T) {
	s := fakeslack.Start(t)
	h := listen(t, s, nil)
	m := s.Say(fakeslack.Staff, fakeslack.General, "my laptop is gone")
	s.Shortcut(fakeslack.Owner, m, "who_handles")
	got := h.click()
	if got.Type != slack.InteractionTypeMessageAction || got.CallbackID != "who_handles" || got.Message.Text != "my laptop is gone" || got.MessageTs != m.TS || got.ResponseURL == "" {
		t.Errorf("shortcut %+v", got)
	}
}

func TestEventIsSentAgainUntilAcknowledged(t *testing.T) {
	s := fakeslack.Start(t, fakeslack.WithRetries(0, 5*time.Millisecond, 5*time.Millisecond))
	var calls atomic.Int32
	h := listen(t, s, func(w http.ResponseWriter, _ string) {
		if calls.Add(1) < 3 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	d := s.DMText(fakeslack.Staff, "hello")
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if err := d.Wait(ctx); err != nil || !d.Acked() || h.count() != 3 {
		t.Fatalf("%v, %d requests", err, h.count())
	}
	if last := h.last(); last.Header.Get("X-Slack-Retry-Num") != "2" || last.Header.Get("X-Slack-Retry-Reason") != "http_error" {
		t.Errorf("headers of the second retry: %v", last.Header)
	}
	if !bytes.Equal(h.requests[0].Body, h.requests[2].Body) {
		t.Error("the repeated event differs")
	}
	if a := s.Again(d); a.Err != nil || h.last().Header.Get("X-Slack-Retry-Num") != "3" || h.count() != 4 {
		t.Errorf("again on purpose: %+v", a)
	}
}

func TestBotMayRefuseRetries(t *testing.T) {
	s := fakeslack.Start(t, fakeslack.WithRetries(0, 0, 0))
	h := listen(t, s, func(w http.ResponseWriter, _ string) {
		w.Header().Set("X-Slack-No-Retry", "1")
		w.WriteHeader(http.StatusInternalServerError)
	})
	if err := s.DMText(fakeslack.Staff, "hello").Wait(t.Context()); err != nil || h.count() != 1 {
		t.Errorf("%v, %d requests", err, h.count())
	}
}

func TestURLVerification(t *testing.T) {
	s := fakeslack.Start(t)
	h := listen(t, s, nil)
	h.answer = func(w http.ResponseWriter, _ string) {
		var e slackevents.ChallengeResponse
		json.Unmarshal(h.last().Body, &e)
		w.Write([]byte(e.Challenge))
	}
	if err := s.VerifyURL(); err != nil {
		t.Error(err)
	}
	h.answer = nil
	if err := s.VerifyURL(); err == nil {
		t.Error("an empty answer passed")
	}
}

func TestHomeIsPublishedAndPressed(t *testing.T) {
	s := fakeslack.Start(t)
	h := listen(t, s, nil)
	home := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{
		slack.NewActionBlock("", slack.NewButtonBlockElement("ask", "who/ask", plain("Ask"))),
	}}}
	if _, err := client(s).PublishView(fakeslack.Staff, home, ""); err != nil {
		t.Fatal(err)
	}
	v, ok := s.Home(fakeslack.Staff)
	if !ok || !s.PressIn(fakeslack.Staff, v, "Ask").Acked() {
		t.Fatal("no home")
	}
	if a := h.click(); a.ActionCallback.BlockActions[0].Value != "who/ask" || a.View.ID != v.ID || a.ActionCallback.BlockActions[0].BlockID == "" {
		t.Errorf("click in Home %+v", a)
	}
}

func TestManyPeopleAtOnce(t *testing.T) {
	s := fakeslack.Start(t)
	listen(t, s, nil)
	c := client(s)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				_, ts, err := c.PostMessage(fakeslack.Owner, slack.MsgOptionText("card", false), card())
				if err != nil {
					t.Error(err)
					return
				}
				m, _ := s.Message(fakeslack.Direct(fakeslack.Owner), ts)
				s.Press(fakeslack.Owner, m, "Yes")
				s.Command(fakeslack.Staff, "", "/sec", "")
				c.UpdateMessage(m.Channel, ts, slack.MsgOptionText("done", false))
				s.ChangeUser(fakeslack.Staff, func(u *fakeslack.User) { u.TZ = "UTC" })
			}
		})
	}
	all.Wait()
	got := s.DM(fakeslack.Owner)
	if len(got) != 160 {
		t.Fatalf("%d messages, want 160", len(got))
	}
	for _, m := range got {
		if m.Text != "done" || len(m.Edits) != 1 {
			t.Fatalf("%+v", m)
		}
	}
}
