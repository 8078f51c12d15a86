package teams

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest/faketeams"
)

func TestRefusalsAreClassified(t *testing.T) {
	type outcome struct {
		permanent, gone bool
		after           time.Duration
		reason          string
		blameless       bool
	}
	permanent := func(reason string) outcome { return outcome{permanent: true, reason: reason} }
	for _, row := range []struct {
		fault faketeams.Fault
		want  outcome
	}{
		{faketeams.Refused(403, "MessageWritesBlocked"), permanent("they have blocked the bot in Teams, or removed it")},
		{faketeams.Refused(403, "ConversationBlockedByUser"), permanent("they have blocked the bot in Teams")},
		{faketeams.Refused(403, "BotNotInConversationRoster"), permanent("the bot is not installed there")},
		{faketeams.Refused(403, "BotDisabledByAdmin"), outcome{permanent: true, reason: "an administrator has switched the bot off in Teams", blameless: true}},
		{faketeams.Refused(403, "NotEnoughPermissions"), permanent("the bot may not write there")},
		{faketeams.Refused(403, "SomethingNew"), permanent("the bot is not installed there")},
		{faketeams.Broken(403), permanent("the bot is not installed there")},
		{faketeams.Refused(404, "ConversationNotFound"), permanent("that conversation is no longer there")},
		{faketeams.Broken(404), permanent("that conversation is no longer there")},
		{faketeams.Refused(413, "MessageSizeTooBig"), outcome{permanent: true, reason: "the message was too long", blameless: true}},
		{faketeams.Refused(400, "BadSyntax"), permanent("Teams did not take the message")},
		{faketeams.Broken(405), permanent("Teams did not take the message")},
		{faketeams.Moved(301), permanent("Teams sent it elsewhere, which I don't follow")},
		{faketeams.TooMany("7"), outcome{after: 7 * time.Second}},
		{faketeams.Broken(412), outcome{after: time.Second}},
		{faketeams.Broken(401), outcome{after: time.Minute}},
		{faketeams.Broken(408), outcome{}},
		{faketeams.Broken(500), outcome{}},
		{faketeams.Broken(502), outcome{}},
		{faketeams.Broken(503), outcome{}},
		{faketeams.Broken(504), outcome{}},
		{faketeams.Broken(529), outcome{}},
		{faketeams.Cut(), outcome{}},
	} {
		s := newScene(t)
		s.platform.calls.pause = time.Millisecond
		s.fake.FailAt(faketeams.Post, row.fault, tries)
		_, err := s.platform.Deliver(t.Context(), bot.Post{Tenant: "teams." + org, To: bot.To("sam-oid"), View: bot.View{Title: "the text"}, Reach: s.at("a:29:sam").reach()})
		if err == nil {
			t.Errorf("%+v: no error", row.fault)
			continue
		}
		o := bot.OutcomeOf(err)
		if got := (outcome{o.Permanent, o.Gone, o.After, o.Reason, o.Blameless}); got != row.want {
			t.Errorf("%+v: %+v, want %+v", row.fault, got, row.want)
		}
		for _, secret := range []string{"for-the-connector", "a secret", "the text", "29:sam", "127.0.0.1"} {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%+v: the error tells %q: %v", row.fault, secret, err)
			}
		}
	}
}

func TestWhoBlockedTheBotIsSaidAtOnce(t *testing.T) {
	s := newScene(t)
	post := bot.Post{Tenant: "teams." + org, To: bot.To("sam-oid"), View: bot.View{Title: "x"}, Reach: s.at("a:29:sam").reach()}
	s.fake.Block(faketeams.Staff)
	if _, err := s.platform.Deliver(t.Context(), post); bot.OutcomeOf(err).Reason != reasons["MessageWritesBlocked"] {
		t.Errorf("blocked: %v", err)
	}
	s.fake.Shut("a:29:sam", faketeams.Fault{})
	if _, err := s.platform.Deliver(t.Context(), post); err != nil {
		t.Errorf("let in again: %v", err)
	}
}

func TestWhatIsGoneIsPostedAnew(t *testing.T) {
	s := newScene(t)
	for name, want := range map[string]bool{"ActivityNotFoundInConversation": true, "": true, "ConversationNotFound": false} {
		s.fake.FailAt(faketeams.Update, faketeams.Refused(404, name), 1)
		o := bot.OutcomeOf(s.platform.calls.update(t.Context(), s.at("a:1"), "x", hello))
		if o.Gone != want || o.Permanent == want {
			t.Errorf("%q: %+v", name, o)
		}
	}
}

// As Teams has written refusals over the years.
func TestNamesOfErrorsAreFound(t *testing.T) {
	for answer, want := range map[string]string{
		`{"error":{"code":"BotNotInConversationRoster","message":"The bot is not part of the conversation roster."}}`: "BotNotInConversationRoster",
		`{"errorCode":209,"message":"{\r\n  \"subCode\": \"MessageWritesBlocked\",\r\n  \"details\": \"x\"}"}`:        "MessageWritesBlocked",
		`{"error":{"code":"Forbidden","subCode":"MessageWritesBlocked"}}`:                                             "MessageWritesBlocked",
		`{"error":{"code":"ServiceError","message":"Unknown"}}`:                                                       "ServiceError",
		`{"error":{"code":"<script>"}}`: "",
		`<html>Forbidden</html>`:        "",
		``:                              "",
		`{"error":{"code":"` + strings.Repeat("A", 500) + `"}}`: "",
	} {
		if got := codeOf([]byte(answer)); got != want {
			t.Errorf("%s: %q, want %q", answer, got, want)
		}
	}
}

func FuzzNamesOfErrors(f *testing.F) {
	f.Add([]byte(`{"error":{"code":"X","subCode":"Y"}}`))
	f.Fuzz(func(t *testing.T, answer []byte) {
		r := &refusal{method: http.MethodPost, status: 403, code: codeOf(answer)}
		var o *bot.Outcome
		if !errors.As(r.outcome(), &o) || o.Reason == "" || len(r.Error()) > 200 {
			t.Errorf("%q: %v", answer, r)
		}
	})
}

// What is no HTTP may hold anything, and goes into no log.
func TestAnswersThatAreNoneAreNotRepeated(t *testing.T) {
	for _, says := range []string{"SECRET of a conversation\r\n\r\n", "HTTP/1.1 SECRET x\r\n\r\n", "HTTP/1.1 200 OK\r\nSECRET\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: SECRET\r\n\r\n"} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
				_, _ = io.WriteString(conn, says)
				conn.Close()
			}
		}))
		k := newConnector(Config{NoAuth: true})
		_, err := k.post(t.Context(), place{Service: server.URL, Conversation: "SECRET"}, hello)
		if err == nil || !strings.HasSuffix(err.Error(), ": the answer cannot be read") {
			t.Errorf("%q is told as %v", says, err)
		}
		server.Close()
	}
}
