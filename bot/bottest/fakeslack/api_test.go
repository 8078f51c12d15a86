package fakeslack_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
)

func parse(body []byte) url.Values {
	v, _ := url.ParseQuery(string(body))
	return v
}

func TestSlackGoPostsEditsAndDeletes(t *testing.T) {
	s := fakeslack.Start(t)
	c := client(s)
	if who, err := c.AuthTest(); err != nil || who.TeamID != fakeslack.Team || who.BotID != fakeslack.BotID {
		t.Fatalf("auth.test: %+v, %v", who, err)
	}
	im, _, _, err := c.OpenConversation(&slack.OpenConversationParameters{Users: []string{fakeslack.Owner}})
	if err != nil {
		t.Fatal(err)
	}
	_, ts, err := c.PostMessage(im.ID, slack.MsgOptionText("one", false), card(),
		slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "outbox", EventPayload: map[string]any{"id": "42"}}))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := c.PostMessage(fakeslack.Owner, slack.MsgOptionText("two", false)); err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := c.UpdateMessage(im.ID, ts, slack.MsgOptionText("one, edited", false)); err != nil {
		t.Fatal(err)
	}
	got := s.DM(fakeslack.Owner)
	if len(got) != 2 || got[0].Text != "one, edited" || got[0].Edits[0].Text != "one" || got[1].Text != "two" {
		t.Fatalf("direct messages: %+v", got)
	}
	if diff := cmp.Diff([]string{"Yes", "No"}, got[0].Buttons()); diff != "" {
		t.Errorf("an edit without blocks must keep them: %s", diff)
	}
	history, err := c.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: im.ID, IncludeAllMetadata: true, Limit: 1})
	if err != nil || !history.HasMore || history.Messages[0].Text != "two" {
		t.Fatalf("history: %+v, %v", history, err)
	}
	history, err = c.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: im.ID, IncludeAllMetadata: true, Cursor: history.ResponseMetaData.NextCursor})
	if err != nil || len(history.Messages) != 1 || history.Messages[0].Metadata.EventPayload["id"] != "42" {
		t.Fatalf("history with metadata: %+v, %v", history, err)
	}
	if _, _, err := c.DeleteMessage(im.ID, ts); err != nil {
		t.Fatal(err)
	}
	if len(s.DM(fakeslack.Owner)) != 1 || len(s.Deleted(im.ID)) != 1 {
		t.Error("the deleted message is still there")
	}
	history, err = c.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: im.ID, Oldest: "0"})
	if err != nil || len(history.Messages) != 1 {
		t.Errorf("history after deleting: %+v, %v", history, err)
	}
}

func TestErrorsHaveSlacksNames(t *testing.T) {
	s := fakeslack.Start(t)
	c := client(s)
	say := slack.MsgOptionText("x", false)
	post := func(channel string, o ...slack.MsgOption) error {
		_, _, err := c.PostMessage(channel, o...)
		return err
	}
	for _, row := range []struct {
		want string
		err  error
	}{
		{"channel_not_found", post("C0NOWHERE", say)},
		{"is_archived", post(fakeslack.Archived, say)},
		{"not_in_channel", post(fakeslack.Outside, say)},
		{"no_text", post(fakeslack.General)},
		{"msg_too_long", post(fakeslack.General, slack.MsgOptionText(strings.Repeat("x", 40_001), false))},
		{"user_not_found", func() error { _, err := c.GetUserInfo("U0NOBODY"); return err }()},
		{"message_not_found", func() error { _, _, _, err := c.UpdateMessage(fakeslack.General, "1.000001", say); return err }()},
		{"cant_update_message", func() error {
			_, _, _, err := c.UpdateMessage(fakeslack.General, s.Say(fakeslack.Staff, fakeslack.General, "mine").TS, say)
			return err
		}()},
		{"user_not_in_channel", func() error { _, err := c.PostEphemeral(fakeslack.Private, fakeslack.Staff, say); return err }()},
		{"invalid_trigger_id", func() error { _, err := c.OpenView("made-up", form()); return err }()},
		{"invalid_metadata_format", post(fakeslack.General, say, slack.MsgOptionMetadata(slack.SlackMetadata{}))},
		{"invalid_auth", func() error {
			_, err := slack.New("xoxb-other", slack.OptionAPIURL(s.APIURL())).AuthTest()
			return err
		}()},
		{"not_authed", func() error { _, err := slack.New("", slack.OptionAPIURL(s.APIURL())).AuthTest(); return err }()},
	} {
		if row.err == nil || row.err.Error() != row.want {
			t.Errorf("got %v, want %s", row.err, row.want)
		}
	}
}

func TestUnknownMethodAndMissingArguments(t *testing.T) {
	s := fakeslack.Start(t)
	for _, row := range []struct{ method, body, want string }{
		{"chat.shout", `{}`, "unknown_method"},
		{"chat.postMessage", `{"text":"x"}`, "invalid_arguments [[ERROR] missing required field: channel]"},
		{"views.open", `{"trigger_id":"1"}`, "invalid_arguments [[ERROR] missing required field: view]"},
		{"chat.postMessage", `{"channel":"C0GENERAL","blocks":[{"type":"section","text":{"type":"mrkdwn","text":""}}]}`,
			"invalid_blocks [[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]]"},
		{"apps.connections.open", `{}`, "not_allowed_token_type"},
	} {
		r, _ := http.NewRequest(http.MethodPost, s.APIURL()+row.method, strings.NewReader(row.body))
		r.Header.Set("Authorization", "Bearer "+fakeslack.BotToken)
		r.Header.Set("Content-Type", "application/json; charset=utf-8")
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			Error string `json:"error"`
			Meta  struct {
				Messages []string `json:"messages"`
			} `json:"response_metadata"`
		}
		json.NewDecoder(response.Body).Decode(&got)
		response.Body.Close()
		said := got.Error
		if len(got.Meta.Messages) > 0 {
			said += " [" + strings.Join(got.Meta.Messages, ", ") + "]"
		}
		if said != row.want {
			t.Errorf("%s: got %s, want %s", row.method, said, row.want)
		}
	}
}

func TestPeopleAndChannelsAreTold(t *testing.T) {
	s := fakeslack.Start(t)
	c := client(s)
	for id, want := range map[string]func(*slack.User) bool{
		fakeslack.Owner:    func(u *slack.User) bool { return u.IsOwner && u.IsPrimaryOwner && u.IsAdmin },
		fakeslack.Admin:    func(u *slack.User) bool { return u.IsAdmin && !u.IsOwner },
		fakeslack.Guest:    func(u *slack.User) bool { return u.IsRestricted && !u.IsUltraRestricted },
		fakeslack.Visitor:  func(u *slack.User) bool { return u.IsUltraRestricted },
		fakeslack.Stranger: func(u *slack.User) bool { return u.IsStranger && u.TeamID == fakeslack.OtherTeam },
	} {
		if u, err := c.GetUserInfo(id); err != nil || !want(u) || u.TZ != "Europe/Amsterdam" {
			t.Errorf("%s: %+v, %v", id, u, err)
		}
	}
	info := func(id string) *slack.Channel {
		c, err := c.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: id})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if !info(fakeslack.Shared).IsExtShared || info(fakeslack.General).IsExtShared || !info(fakeslack.Private).IsPrivate || !info(fakeslack.Archived).IsArchived {
		t.Error("channels are not told as they are")
	}
	many, err := c.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: fakeslack.Private, IncludeNumMembers: true})
	if err != nil || many.NumMembers != 3 || info(fakeslack.Private).NumMembers != 0 {
		t.Errorf("members of a private channel: %d, %v; without asking: %d", many.NumMembers, err, info(fakeslack.Private).NumMembers)
	}
	s.ChangeChannel(fakeslack.General, func(c *fakeslack.Channel) { c.ExtShared = true })
	if !info(fakeslack.General).IsExtShared {
		t.Error("a channel that is shared now is not told so")
	}
}

func TestScopesAreNeeded(t *testing.T) {
	s := fakeslack.Start(t, fakeslack.WithScopes("chat:write", "channels:read"))
	c := client(s)
	if _, _, err := c.PostMessage(fakeslack.General, slack.MsgOptionText("x", false)); err != nil {
		t.Error(err)
	}
	if _, err := c.GetUserInfo(fakeslack.Owner); err == nil || err.Error() != "missing_scope" {
		t.Errorf("users.info without users:read: %v", err)
	}
	if _, err := c.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: fakeslack.Private}); err == nil {
		t.Error("conversations.info of a private channel without groups:read went well")
	}
}

func TestFaultsOnDemand(t *testing.T) {
	s := fakeslack.Start(t)
	c := client(s)
	post := func() error {
		_, _, err := c.PostMessage(fakeslack.General, slack.MsgOptionText("x", false))
		return err
	}
	posted := func() int { return len(s.Messages(fakeslack.General)) }
	s.Fail("chat.postMessage", fakeslack.TooMany("3"), 1)
	limited := (*slack.RateLimitedError)(nil)
	if err := post(); !errors.As(err, &limited) || limited.RetryAfter != 3*time.Second {
		t.Errorf("got %v, want a rate limit of 3 s", err)
	}
	for _, row := range []struct {
		fault  fakeslack.Fault
		effect int
		fails  bool
	}{
		{fakeslack.Broken(500), 0, true}, {fakeslack.Broken(503), 0, true}, {fakeslack.AcceptedBut(500), 1, true},
		{fakeslack.CutAfter(), 1, true}, {fakeslack.Refused("token_revoked"), 0, true},
		{fakeslack.Slow(time.Millisecond), 1, false}, {fakeslack.TooMany("0.2"), 0, true},
	} {
		before := posted()
		s.Fail("chat.postMessage", row.fault, 1)
		if err := post(); (err != nil) != row.fails || posted()-before != row.effect {
			t.Errorf("%+v: %v, and %d messages more", row.fault, err, posted()-before)
		}
	}
	if err := post(); err != nil {
		t.Errorf("after the faults: %v", err)
	}
	s.Revoke("token_revoked")
	if err := post(); err == nil || err.Error() != "token_revoked" {
		t.Errorf("with a revoked token: %v", err)
	}
	s.Revoke("")
	s.ChangeChannel(fakeslack.General, func(c *fakeslack.Channel) { c.Archived = true })
	if err := post(); err == nil || err.Error() != "is_archived" {
		t.Errorf("in a channel archived now: %v", err)
	}
}

func TestRateOfFaultsFollowsFromTheSeed(t *testing.T) {
	run := func(seed uint64) (failed []int) {
		s := fakeslack.Start(t, fakeslack.WithSeed(seed))
		c := client(s)
		s.FailRateOf("chat.postMessage", 0.2, fakeslack.Broken(500), fakeslack.AcceptedBut(500))
		for i := range 100 {
			if _, _, err := c.PostMessage(fakeslack.General, slack.MsgOptionText("x", false)); err != nil {
				failed = append(failed, i)
			}
		}
		stored := 100 - s.Struck("500")
		if got := len(s.Messages(fakeslack.General)); got != stored {
			t.Errorf("%d messages, want %d", got, stored)
		}
		return failed
	}
	first := run(7)
	if len(first) < 5 || len(first) > 40 {
		t.Errorf("%d of 100 failed at a rate of 0.2", len(first))
	}
	if diff := cmp.Diff(first, run(7)); diff != "" {
		t.Error("the same seed hit other calls:", diff)
	}
	if cmp.Equal(first, run(8)) {
		t.Error("another seed hit the same calls")
	}
}

func TestOnePostASecondInAChannel(t *testing.T) {
	now := time.Unix(1_780_000_000, 0)
	s := fakeslack.Start(t, fakeslack.WithRateLimit(time.Second, 2), fakeslack.WithClock(func() time.Time { return now }))
	c := client(s)
	post := func(channel string) error {
		_, _, err := c.PostMessage(channel, slack.MsgOptionText("x", false))
		return err
	}
	if err := errors.Join(post(fakeslack.General), post(fakeslack.General), post(fakeslack.Private)); err != nil {
		t.Fatal(err)
	}
	if limited := (*slack.RateLimitedError)(nil); !errors.As(post(fakeslack.General), &limited) {
		t.Error("a third post at once went well")
	}
	now = now.Add(time.Second)
	if err := post(fakeslack.General); err != nil {
		t.Error(err)
	}
}

func TestFilesAreUploadedAndShared(t *testing.T) {
	s := fakeslack.Start(t)
	c := client(s)
	f, err := c.UploadFile(slack.UploadFileParameters{
		Channel: fakeslack.General, Filename: "r.csv", FileSize: 5, Title: "Report", Reader: strings.NewReader("a,b,c"), InitialComment: "here",
	})
	if err != nil {
		t.Fatal(err)
	}
	got, ok := s.File(f.ID)
	if !ok || string(got.Data) != "a,b,c" || got.Title != "Report" || s.Messages(fakeslack.General)[0].Files[0] != f.ID {
		t.Errorf("file %+v, messages %+v", got, s.Messages(fakeslack.General))
	}
	if _, err := c.UploadFile(slack.UploadFileParameters{Channel: fakeslack.Staff, Filename: "r.csv", FileSize: 1, Reader: strings.NewReader("a")}); err == nil {
		t.Error("a person's id was taken for a channel")
	}
	if _, err := c.UploadFile(slack.UploadFileParameters{Filename: "r.csv", FileSize: 6, Reader: strings.NewReader("a,b,c")}); err == nil {
		t.Error("a file shorter than announced was taken")
	}
}

func TestOldMessagesAreDroppedAndCounted(t *testing.T) {
	s := fakeslack.Start(t, fakeslack.WithKeep(100))
	for range 250 {
		s.Say(fakeslack.Staff, fakeslack.General, "x")
	}
	kept := s.Messages(fakeslack.General)
	if len(kept) > 100 || len(kept)+s.Dropped() != 250 {
		t.Errorf("%d kept, %d dropped of 250", len(kept), s.Dropped())
	}
	for i := 1; i < len(kept); i++ {
		if kept[i].TS <= kept[i-1].TS {
			t.Fatalf("%s follows %s", kept[i].TS, kept[i-1].TS)
		}
	}
}
