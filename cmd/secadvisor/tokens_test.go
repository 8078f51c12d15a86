package main

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/bot/slack"
	"secadvisor/cmd/secadvisor/installs"
)

func (h *hosting) company(team string) slack.Kept {
	h.Helper()
	c, err := installs.In(h.replicas[0].store, h.clock.Now).Find(h.Context(), "slack."+team)
	if err != nil {
		h.Fatal(err)
	}
	return c
}

// unlocked reports whether nobody renews a company's token: the end is written
// down before the lock is given back.
func (h *hosting) unlocked(team string) bool {
	h.Helper()
	free, err := installs.In(h.replicas[0].store, h.clock.Now).Lock(h.Context(), "slack."+team, time.Second)
	if err != nil {
		h.Fatal(err)
	}
	if free != nil {
		free()
	}
	return free != nil
}

// forgetting makes replicas look into the store again, as they do after some
// seconds.
func (h *hosting) forgetting(team string) {
	for _, r := range h.replicas {
		r.slack.Forget("slack." + team)
	}
}

func say(team, text string) bot.Post {
	return bot.Post{ID: text, Tenant: "slack." + team, To: bot.To(fakeslack.Staff), View: bot.View{Title: text}}
}

// Two replicas find a token expired at the same moment, many times each: one
// of them asks Slack for the next, once, and all go on with that.
func TestOneRefreshTokenIsSpentOnce(t *testing.T) {
	t.Parallel()
	h := onRedis(t, 2)
	h.installed(alpha, fakeslack.Owner)
	h.hub.Fail("oauth.v2.access", fakeslack.Slow(300*time.Millisecond), 1)
	h.spaces[alpha].Expire()
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			if _, err := h.replicas[i%2].slack.Deliver(t.Context(), say(alpha, "hello "+strings.Repeat("x", i))); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n, asked := h.hub.Renewed(), h.hub.Count("oauth.v2.access")-1; n != 1 || asked != 1 {
		t.Errorf("%d new tokens after %d calls, want one", n, asked)
	}
	if n := len(h.spaces[alpha].DM(fakeslack.Staff)); n != 40 {
		t.Errorf("%d of 40 messages arrived", n)
	}
}

// A token is renewed two hours before its end, though nobody uses it, and by
// one replica alone.
func TestATokenIsRenewedBeforeItsEnd(t *testing.T) {
	t.Parallel()
	h := onRedis(t, 2)
	h.installed(alpha, fakeslack.Owner)
	first := h.company(alpha)
	if left := first.Expires.Sub(h.clock.Now()); left > 12*time.Hour || left < 12*time.Hour-time.Minute {
		t.Errorf("the token is known to live %v", left)
	}
	h.later(9*time.Hour + 59*time.Minute)
	time.Sleep(600 * time.Millisecond) // two looks for what is due
	if n := h.hub.Renewed(); n != 0 {
		t.Errorf("%d renewals two hours and a minute before the end", n)
	}
	for day := range 3 {
		h.later(10 * time.Hour)
		h.until("the next token", func() bool { return h.hub.Renewed() == day+1 })
		h.until("it is written down", func() bool { return h.company(alpha).Expires.After(h.clock.Now().Add(11 * time.Hour)) })
		h.until("nobody renews any more", func() bool { return h.unlocked(alpha) }) // else the clock runs away from whoever does
	}
	h.forgetting(alpha)
	h.until("it is written down", func() bool { return h.company(alpha).Expires.After(h.clock.Now().Add(11 * time.Hour)) })
	h.answers(alpha, fakeslack.Staff, "who handles printers?", "Printers")
}

// A replica dies between Slack's answer and writing it down: the token that is
// known works on, and the company is not lost before that ends.
func TestATokenThatNobodyWroteDown(t *testing.T) {
	t.Parallel()
	t.Run("Slack takes the refresh token again", func(t *testing.T) {
		t.Parallel()
		h := onFile(t)
		h.installed(alpha, fakeslack.Owner)
		h.hub.Forgive()
		h.hub.Fail("oauth.v2.access", fakeslack.AcceptedBut(500), 1)
		h.later(10 * time.Hour)
		h.until("a first try", func() bool { return h.hub.Renewed() == 1 })
		h.answers(alpha, fakeslack.Staff, "who handles printers?", "Printers")
		h.until("it is to be tried again", func() bool { return h.company(alpha).Renew.After(h.clock.Now()) })
		h.later(2 * time.Minute)
		h.until("another token", func() bool { return h.hub.Renewed() == 2 })
		h.later(3 * time.Hour) // the first one has ended
		h.forgetting(alpha)
		h.answers(alpha, fakeslack.Staff, "who handles printers?", "Printers")
	})
	t.Run("Slack does not", func(t *testing.T) {
		t.Parallel()
		h := onFile(t)
		h.installed(alpha, fakeslack.Owner)
		h.hub.Fail("oauth.v2.access", fakeslack.AcceptedBut(500), 1)
		h.later(10 * time.Hour)
		h.until("a first try", func() bool { return h.company(alpha).Renew.After(h.clock.Now()) })
		h.later(2 * time.Minute)
		h.until("a refusal", func() bool { c := h.company(alpha); return c.Renew.Equal(c.Expires) })
		h.answers(alpha, fakeslack.Staff, "who handles printers?", "Printers")
		h.later(2 * time.Hour)
		h.until("the end", func() bool { return h.company(alpha).Gone != nil })
		h.until("nobody asks Slack for a token any more", func() bool { return h.unlocked(alpha) })
		h.forgetting(alpha)
		h.answers(alpha, fakeslack.Staff, "who handles printers?", "no access to this workspace")
		h.answers(alpha, fakeslack.Staff, "who handles printers?", h.config.Slack.Address+"/slack/install")
		if _, err := h.replicas[0].slack.Deliver(t.Context(), say(alpha, "hello")); !bot.OutcomeOf(err).Permanent {
			t.Errorf("a post: %v", err)
		}
		h.installed(alpha, fakeslack.Owner)
		h.answers(alpha, fakeslack.Staff, "who handles printers?", "Printers")
	})
}

// Somebody who gives up waiting does not stop a renewal: its answer would be
// lost.
func TestARenewalGoesOnWithoutTheOneWhoWantedIt(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	h.installed(alpha, fakeslack.Owner)
	h.hub.Fail("oauth.v2.access", fakeslack.Slow(500*time.Millisecond), 1)
	h.spaces[alpha].Expire()
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := h.replicas[0].slack.Deliver(ctx, say(alpha, "too soon")); err == nil {
		t.Fatal("it was delivered in no time")
	}
	was := h.company(alpha).Token
	h.until("the token is written down", func() bool { return h.company(alpha).Token != was })
	if _, err := h.replicas[0].slack.Deliver(t.Context(), say(alpha, "now")); err != nil || h.hub.Renewed() != 1 {
		t.Errorf("%v after %d renewals", err, h.hub.Renewed())
	}
}

// A company that is thought gone is back, with a token that has run out: the next
// one is written down although Slack's answer comes after the person's.
func TestATokenThatIsRevivedIsWrittenDownThoughNobodyWaits(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	space := h.owned(alpha)
	space.Revoke("invalid_auth")
	_, _ = h.replicas[0].slack.Deliver(t.Context(), say(alpha, "hello"))
	if h.company(alpha).Gone == nil {
		t.Fatal("it is there")
	}
	space.Revoke("")
	space.Expire()
	h.hub.Fail("oauth.v2.access", fakeslack.Slow(3*time.Second), 1)
	space.Command(fakeslack.Staff, "", "/sec", "who handles printers?")
	h.until("it is back", func() bool { return h.company(alpha).Gone == nil })
	h.answers(alpha, fakeslack.Staff, "who handles printers?", "Printers")
}

// A client secret that was replaced at Slack and not here is a mistake of whoever
// runs the server: no company counts as gone for it.
func TestAWrongClientSecretEndsNoCompany(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	h.installed(alpha, fakeslack.Owner)
	h.hub.Fail("oauth.v2.access", fakeslack.Refused("bad_client_secret"), 2)
	h.later(10 * time.Hour)
	h.until("a first try", func() bool { return h.company(alpha).Renew.After(h.clock.Now()) })
	h.later(3 * time.Hour) // the token has ended
	h.until("a second try", func() bool { c := h.company(alpha); return c.Gone != nil || c.Renew.After(h.clock.Now()) })
	if c := h.company(alpha); c.Gone != nil {
		t.Fatalf("gone: %+v", c.Gone)
	}
	h.later(2 * time.Minute) // the secret is mended
	h.until("the next token", func() bool { return h.hub.Renewed() == 1 })
	h.forgetting(alpha)
	h.answers(alpha, fakeslack.Staff, "who handles printers?", "Printers")
}

// A token that does not expire needs no renewal.
func TestWithoutRotationATokenStays(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	h.hub.Rotate(0)
	h.installed(alpha, fakeslack.Owner)
	h.later(400 * 24 * time.Hour)
	h.forgetting(alpha)
	h.answers(alpha, fakeslack.Staff, "who handles printers?", "Printers")
	if c := h.company(alpha); c.Refresh != "" || !c.Expires.IsZero() || h.hub.Renewed() != 0 {
		t.Errorf("%v expires %v, %d renewals", c, c.Expires, h.hub.Renewed())
	}
}

// Another replica renewed it: the old token that this one remembers is refused,
// and the call is made once more with the new one.
func TestAReplicaNoticesTheTokenOfAnother(t *testing.T) {
	t.Parallel()
	h := onRedis(t, 2)
	h.installed(alpha, fakeslack.Owner)
	for _, r := range h.replicas {
		if _, err := r.slack.Deliver(t.Context(), say(alpha, "first "+r.listen.Addr().String())); err != nil {
			t.Fatal(err)
		}
	}
	h.spaces[alpha].Expire()
	for _, r := range h.replicas {
		if _, err := r.slack.Deliver(t.Context(), say(alpha, "second "+r.listen.Addr().String())); err != nil {
			t.Error(err)
		}
	}
	if n := h.hub.Renewed(); n != 1 {
		t.Errorf("%d renewals", n)
	}
}
