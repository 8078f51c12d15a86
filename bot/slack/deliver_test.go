package slack

import (
	"errors"
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest/fakeslack"
)

func aPost(to bot.Address) bot.Post {
	return bot.Post{ID: "post-1", Tenant: "slack." + fakeslack.Team, To: to, View: one(bot.Say("Hello"))}
}

func TestPostsArrive(t *testing.T) {
	s := newScene(t, "http")
	deliver := func(p bot.Post) string {
		t.Helper()
		receipt, err := s.Deliver(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		return receipt
	}
	direct := deliver(aPost(bot.To(fakeslack.Staff)))
	if dm := s.slack.DM(fakeslack.Staff); len(dm) != 1 || direct != dm[0].Channel+":"+dm[0].TS {
		t.Errorf("receipt %q for %v", direct, dm)
	}
	public := deliver(aPost(bot.Address{Channel: fakeslack.General}))
	m, _ := s.slack.Message(split2(public))
	if m.For != "" || !strings.Contains(string(m.Metadata), "post-1") {
		t.Errorf("public post = %+v", m)
	}
	deliver(aPost(bot.Address{Channel: fakeslack.General, Thread: m.TS, User: fakeslack.Staff}))
	if got := s.slack.Ephemerals(fakeslack.Staff); len(got) != 1 || got[0].Channel != fakeslack.General {
		t.Errorf("post to one = %+v", got)
	}
	threaded := deliver(aPost(bot.Address{Channel: fakeslack.General, Thread: m.TS}))
	if got, _ := s.slack.Message(split2(threaded)); got.Thread != m.TS {
		t.Errorf("thread = %q, want %q", got.Thread, m.TS)
	}

	edited := aPost(bot.Address{Channel: fakeslack.General})
	edited.View, edited.Edit = one(bot.Say("Changed")), public
	if got := deliver(edited); got != public {
		t.Errorf("receipt of an edit = %q, want %q", got, public)
	}
	now := s.slack.Now(m)
	if !strings.Contains(now.Shown(), "Changed") || !strings.Contains(string(now.Metadata), "post-1") {
		t.Errorf("after the edit: %s %s", now.Shown(), now.Metadata)
	}
}

// What is for people of the company alone does not begin anew with who has
// become a guest since; while Slack does not say, it goes out.
func TestNothingNewForTheCompanyAloneGoesToAGuest(t *testing.T) {
	for user, arrives := range map[string]bool{fakeslack.Guest: false, fakeslack.Visitor: false, fakeslack.Staff: true} {
		s := newScene(t, "http")
		p := aPost(bot.To(user))
		p.Home = true
		_, err := s.Deliver(t.Context(), p)
		if got := len(s.slack.DM(user)) == 1; got != arrives || bot.OutcomeOf(err).Permanent == arrives {
			t.Errorf("%s: arrived %v, %v", user, got, err)
		}
		p.ID, p.Home = "post-2", false
		if _, err := s.Deliver(t.Context(), p); err != nil {
			t.Errorf("%s gets what is for everybody: %v", user, err)
		}
	}
	s := newScene(t, "http")
	s.slack.Fail("users.info", fakeslack.Broken(500), 100)
	p := aPost(bot.To(fakeslack.Guest))
	p.Home = true
	if _, err := s.Deliver(t.Context(), p); err != nil {
		t.Errorf("while Slack does not say: %v", err)
	}
}

// They asked by a command in a channel that the bot is not in: what comes
// later reaches them directly.
func TestWhoAskedElsewhereIsAnsweredDirectly(t *testing.T) {
	s := newScene(t, "http")
	for _, channel := range []string{fakeslack.Outside, fakeslack.Archived, fakeslack.Private, "C0NOWHERE"} {
		before := len(s.slack.DM(fakeslack.Staff))
		if _, err := s.Deliver(t.Context(), aPost(bot.Address{Channel: channel, User: fakeslack.Staff})); err != nil || len(s.slack.DM(fakeslack.Staff)) != before+1 {
			t.Errorf("%s: %v, %d direct messages", channel, err, len(s.slack.DM(fakeslack.Staff)))
		}
	}
}

func TestHowADeliveryFails(t *testing.T) {
	type outcome struct {
		certain, permanent, gone bool
		after                    time.Duration
	}
	for _, row := range []struct {
		name  string
		fault fakeslack.Fault
		want  outcome
	}{
		{"429", fakeslack.TooMany("7"), outcome{certain: true, after: 7 * time.Second}},
		{"429 without a time", fakeslack.TooMany(""), outcome{certain: true, after: time.Second}},
		{"429 that nobody understands", fakeslack.TooMany("0.2"), outcome{certain: true, after: time.Second}},
		{"429 for a year", fakeslack.TooMany("31536000"), outcome{certain: true, after: 10 * time.Minute}},
		{"rate limited in words", fakeslack.Refused("ratelimited"), outcome{certain: true, after: 5 * time.Second}},
		{"500", fakeslack.Broken(500), outcome{}},
		{"503", fakeslack.Broken(503), outcome{}},
		{"accepted but 500", fakeslack.AcceptedBut(500), outcome{}},
		{"cut", fakeslack.Cut(), outcome{}},
		{"cut after", fakeslack.CutAfter(), outcome{}},
		{"internal_error", fakeslack.Refused("internal_error"), outcome{}},
		{"fatal_error", fakeslack.Refused("fatal_error"), outcome{}},
		{"is_archived", fakeslack.Refused("is_archived"), outcome{certain: true, permanent: true}},
		{"token_revoked", fakeslack.Refused("token_revoked"), outcome{certain: true, permanent: true}},
		{"unheard of", fakeslack.Refused("something_new"), outcome{}},
		{"message_not_found", fakeslack.Refused("message_not_found"), outcome{certain: true, permanent: true, gone: true}},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := newScene(t, "http")
			s.slack.Fail("chat.postMessage", row.fault, 1)
			_, err := s.Deliver(t.Context(), aPost(bot.Address{Channel: fakeslack.General}))
			if err == nil {
				t.Fatal("no error")
			}
			var o *bot.Outcome
			certain := errors.As(err, &o)
			got := bot.OutcomeOf(err)
			if diff := difference(row.want, outcome{certain, got.Permanent, got.Gone, got.After}, unexported(outcome{})); diff != "" {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
			if got.Permanent && (got.Reason == "" || strings.ContainsAny(got.Reason, "_{}")) {
				t.Errorf("reason %q is no sentence", got.Reason)
			}
		})
	}
}

func TestWhatNeverLeftIsCertain(t *testing.T) {
	s := newScene(t, "http")
	s.slack.Close()
	_, err := s.Deliver(t.Context(), aPost(bot.Address{Channel: fakeslack.General}))
	if got := bot.OutcomeOf(err); err == nil || got.Permanent || got.After == 0 {
		t.Errorf("refused connection = %v, %+v, want certain and later", err, got)
	}
}

func TestAGoneMessageIsSaidToBeGone(t *testing.T) {
	s := newScene(t, "http")
	p := aPost(bot.Address{Channel: fakeslack.General})
	p.Edit = fakeslack.General + ":1.2"
	if _, err := s.Deliver(t.Context(), p); !bot.OutcomeOf(err).Gone {
		t.Errorf("edit of nothing = %v, want gone", err)
	}
}

func TestAPostForAnotherCompanyIsNotSent(t *testing.T) {
	s := newScene(t, "http")
	if err := s.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	p := aPost(bot.To(fakeslack.Staff))
	p.Tenant = "slack.T0OTHER"
	if _, err := s.Deliver(t.Context(), p); !bot.OutcomeOf(err).Permanent || s.slack.Count("chat.postMessage") != 0 {
		t.Errorf("another company's post = %v after %d calls", err, s.slack.Count("chat.postMessage"))
	}
}

func TestADoubtfulPostIsLookedForBeforeItIsSentAgain(t *testing.T) {
	for name, fault := range map[string]fakeslack.Fault{"accepted": fakeslack.AcceptedBut(500), "not accepted": fakeslack.Broken(500), "cut after": fakeslack.CutAfter()} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t, "http")
			s.slack.Fail("chat.postMessage", fault, 1)
			p := aPost(bot.To(fakeslack.Staff))
			if _, err := s.Deliver(t.Context(), p); err == nil {
				t.Fatal("no error")
			}
			p.Again = true
			receipt, err := s.Deliver(t.Context(), p)
			all := s.slack.DM(fakeslack.Staff)
			if err != nil || len(all) != 1 || receipt != all[0].Channel+":"+all[0].TS {
				t.Errorf("receipt %q, %v; %d messages, want one", receipt, err, len(all))
			}
		})
	}
}

// Where looking fails for a moment, the post waits; where it is not allowed
// at all, it is sent.
func TestWhenLookingFails(t *testing.T) {
	again := aPost(bot.To(fakeslack.Staff))
	again.Again = true
	s := newScene(t, "http")
	for _, fault := range []fakeslack.Fault{fakeslack.TooMany("60"), fakeslack.Broken(500)} {
		s.slack.Fail("conversations.history", fault, 1)
		if _, err := s.Deliver(t.Context(), again); err == nil || s.slack.Count("chat.postMessage") != 0 {
			t.Errorf("%+v: %v after %d posts, want an error and none", fault, err, s.slack.Count("chat.postMessage"))
		}
	}
	s = newScene(t, "http", fakeslack.WithScopes("chat:write", "im:write"))
	if _, err := s.Deliver(t.Context(), again); err != nil || len(s.slack.DM(fakeslack.Staff)) != 1 || !strings.Contains(s.logs.String(), "missing_scope") {
		t.Errorf("without the scope: %v; log %s", err, s.logs)
	}
}

// The manifest's scopes are enough for all that the platform does.
func TestTheManifestsScopesSuffice(t *testing.T) {
	s := newScene(t, "http", fakeslack.WithScopes(manifestScopes(t)...))
	s.shows(one(bot.Say("Here.")))
	s.slack.Command(fakeslack.Staff, fakeslack.General, "/sec", "x")
	s.slack.Command(fakeslack.Owner, fakeslack.Private, "/sec", "x")
	if got := s.last(); got.Place.Kind != bot.Channel || got.From.Affiliation != bot.Home {
		t.Errorf("event = %+v", got)
	}
	again := aPost(bot.To(fakeslack.Staff))
	again.Again = true
	s.Deliver(t.Context(), again)
	s.Deliver(t.Context(), aPost(bot.Address{Channel: fakeslack.General, User: fakeslack.Staff}))
	for _, c := range s.slack.Calls("") {
		if c.Error != "" {
			t.Errorf("%s: %s", c.Method, c.Error)
		}
	}
}

// What everybody in a channel would read is not posted where people of
// another company are among them, nor while Slack does not say who is there.
func TestNothingIsPostedForEverybodyInASharedChannel(t *testing.T) {
	s := newScene(t, "http")
	post := bot.Post{ID: "1", Tenant: tenant(fakeslack.Team), To: bot.Address{Channel: fakeslack.Shared}, View: bot.View{Title: "summary"}}
	_, err := s.Deliver(t.Context(), post)
	if o := bot.OutcomeOf(err); !o.Permanent || o.Reason != "people of other companies can read that channel" {
		t.Errorf("%v, %+v", err, o)
	}
	post.To.Channel = fakeslack.General
	s.slack.Fail("conversations.info", fakeslack.Broken(500), 1)
	if _, err := s.Deliver(t.Context(), post); err == nil || bot.OutcomeOf(err).Permanent {
		t.Errorf("while Slack does not say: %v", err)
	}
	if got := len(s.slack.Messages(fakeslack.Shared)) + len(s.slack.Messages(fakeslack.General)); got != 0 {
		t.Errorf("%d messages were posted", got)
	}
	if _, err := s.Deliver(t.Context(), post); err != nil {
		t.Error(err)
	}
}

// Where the connection ended, or the message is at fault, the address is not to blame.
func TestWhoIsToBlameForARefusal(t *testing.T) {
	for code, blameless := range map[string]bool{
		"invalid_auth": true, "account_inactive": true, "token_revoked": true, "missing_scope": true, "msg_too_long": true,
		"is_archived": false, "channel_not_found": false, "user_disabled": false, "restricted_action": false,
	} {
		s := newScene(t, "http")
		s.slack.Fail("chat.postMessage", fakeslack.Refused(code), 1)
		_, err := s.Deliver(t.Context(), bot.Post{ID: "1", Tenant: "slack." + fakeslack.Team, To: bot.Address{Channel: fakeslack.General}, View: bot.View{Title: "Card"}})
		if o := bot.OutcomeOf(err); !o.Permanent || o.Blameless != blameless {
			t.Errorf("%s: %+v", code, o)
		}
	}
	for _, code := range blameless {
		if reasons[code] == "" {
			t.Errorf("%s is no refusal for good", code)
		}
	}
}
