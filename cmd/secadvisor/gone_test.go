package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/cmd/secadvisor/installs"
	"secadvisor/storage"
	"secadvisor/storage/sealed"
)

const month = 30 * 24 * time.Hour

// Whoever takes the bot out hears nothing more at once; everything is kept for
// a month, erased then, and a later installation begins anew.
func TestWhatACompanySavedIsErasedAMonthAfterItLeft(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	space := h.owned(alpha)
	h.owned(beta)
	posted := space.Count("chat.postMessage")
	revoked, uninstalled := space.Uninstall()
	if !revoked.Acked() || !uninstalled.Acked() {
		t.Fatal("Slack's events are not acknowledged")
	}
	if c := h.company(alpha); c.Gone == nil || c.Gone.Erase.Sub(c.Gone.At) != month {
		t.Fatalf("gone: %+v", c.Gone)
	}
	calls := len(space.Calls(""))
	_, err := h.replicas[0].slack.Deliver(t.Context(), say(alpha, "hello"))
	if o := bot.OutcomeOf(err); !o.Permanent || !strings.Contains(o.Reason, "taken back") {
		t.Errorf("a post ends with %+v", o)
	}
	if d := space.DMText(fakeslack.Staff, "who handles printers?"); !d.Acked() || len(d.Attempts()) != 1 {
		t.Error("what happens there is not acknowledged")
	}
	if now := len(space.Calls("")); now > calls+1 { // whether it is back
		t.Errorf("%d calls after it left", now-calls)
	}
	if !slices.Contains(h.keys(alpha), "company/roles") {
		t.Error("the owner was forgotten at once")
	}

	h.later(29 * 24 * time.Hour)
	if code := h.installed(alpha, fakeslack.Admin); code != "" {
		t.Errorf("back within the month, somebody is handed %s", code)
	}
	h.later(month)
	time.Sleep(600 * time.Millisecond)
	h.forgetting(alpha)
	h.answers(alpha, fakeslack.Owner, "claim", "You are an owner already")

	space.Uninstall()
	h.later(month - time.Hour)
	time.Sleep(600 * time.Millisecond)
	if !slices.Contains(h.keys(alpha), "company/roles") {
		t.Fatal("erased an hour early")
	}
	h.later(2 * time.Hour)
	h.until("everything is erased", func() bool { return len(h.keys(alpha)) == 0 })
	space.DMText(fakeslack.Staff, "i typed my password into a strange page")
	space.TellUninstalled()
	if keys := h.keys(alpha); len(keys) != 0 || space.Count("chat.postMessage") != posted {
		t.Errorf("late events leave %v", keys)
	}
	h.forgetting(beta)
	h.answers(beta, fakeslack.Owner, "claim", "You are an owner already")

	code := h.installed(alpha, fakeslack.Admin)
	h.answers(alpha, fakeslack.Owner, "assess", "Only an owner")
	h.answers(alpha, fakeslack.Admin, "claim "+code, "You are an owner now")
}

// A server that dies when a company's keys are destroyed, and nothing else of it
// yet, leaves an erasure that another one finishes; until then nobody installs.
func TestAnErasureThatWasCutShortIsFinished(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	space := h.owned(alpha)
	space.Uninstall()
	h.until("it is gone", func() bool { return h.company(alpha).Gone != nil })
	h.stop()
	h.start(1)
	store, _ := storage.As[*sealed.Store](h.replicas[0].store)
	ring, err := store.Unwrap().Get(t.Context(), "slack."+alpha, "sealed/keys")
	if err != nil {
		t.Fatal(err)
	}
	destroyed := storage.Write{Key: "sealed/keys", Version: ring[0].Version, Body: []byte("\x8fsk\x00")}
	if _, err := store.Unwrap().Apply(t.Context(), "slack."+alpha, storage.Change{Put: []storage.Write{destroyed}}); err != nil {
		t.Fatal(err)
	}
	if st, err := store.State(t.Context(), "slack."+alpha); err != nil || !st.Erasing {
		t.Fatalf("state %+v, %v", st, err)
	}
	kept, err := installs.In(h.replicas[0].store, h.clock.Now).Find(t.Context(), "slack."+alpha)
	if err != nil || kept.Gone == nil || !kept.Gone.Erasing {
		t.Errorf("it is found as %+v, %v", kept.Gone, err)
	}
	h.later(month + time.Hour)
	h.until("everything is erased", func() bool { return len(h.keys(alpha)) == 0 })
	h.answers(alpha, fakeslack.Admin, "claim "+h.installed(alpha, fakeslack.Admin), "You are an owner now")
}

// What was to be posted ends in the record of what could not be delivered, with
// the reason.
func TestPostsOfACompanyThatLeftSayWhy(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	space := h.owned(alpha)
	space.Fail("chat.postMessage", fakeslack.TooMany("2"), 1)
	space.Command(fakeslack.Owner, "", "/sec", "assess")
	space.Uninstall()
	h.until("the reason is recorded", func() bool {
		docs, _, err := h.replicas[0].store.List(t.Context(), "slack."+alpha, "dead/", "", 10)
		return err == nil && len(docs) > 0 && strings.Contains(string(docs[0].Body), "my access to this workspace")
	})
}

func TestAnUninstallThatComesLateEndsNoNewerInstallation(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	space := h.owned(alpha)
	h.installed(alpha, fakeslack.Admin)
	for _, d := range []*fakeslack.Delivery{space.TellRevoked(), space.TellUninstalled()} {
		if !d.Acked() {
			t.Error("not acknowledged")
		}
	}
	if c := h.company(alpha); c.Gone != nil {
		t.Errorf("gone: %+v", c.Gone)
	}
	h.answers(alpha, fakeslack.Staff, "who handles printers?", "Printers")
}

// An event that cannot be looked into is sent again, and ends nothing by
// itself.
func TestAnUninstallIsNotLostWhileSlackIsAway(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	space := h.owned(alpha)
	space.Fail("auth.test", fakeslack.Broken(503), 1)
	late := space.TellUninstalled()
	if err := late.Wait(t.Context()); err != nil || len(late.Attempts()) != 2 || h.company(alpha).Gone != nil {
		t.Errorf("%v after %d attempts: gone %+v", err, len(late.Attempts()), h.company(alpha).Gone)
	}
	space.Fail("auth.test", fakeslack.Broken(503), 1)
	space.Revoke("account_inactive")
	space.TellUninstalled()
	h.until("it is gone", func() bool { return h.company(alpha).Gone != nil })
}

// A token that is refused in a call ends a company; where Slack was mistaken,
// it is back with the next event.
func TestARefusedTokenEndsACompanyUntilItWorksAgain(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"invalid_auth", "account_inactive", "token_revoked"} {
		t.Run(word, func(t *testing.T) {
			t.Parallel()
			h := onFile(t)
			space := h.owned(alpha)
			space.Revoke(word)
			if _, err := h.replicas[0].slack.Deliver(t.Context(), say(alpha, "hello")); !bot.OutcomeOf(err).Permanent {
				t.Errorf("a post: %v", err)
			}
			if c := h.company(alpha); c.Gone == nil || c.Gone.Why == "" {
				t.Fatalf("gone: %+v", c.Gone)
			}
			before := len(space.Calls(""))
			for range 5 {
				h.replicas[0].slack.Deliver(t.Context(), say(alpha, "hello"))
			}
			if now := len(space.Calls("")); now != before {
				t.Errorf("%d calls for posts that cannot arrive", now-before)
			}
			space.Revoke("")
			h.answers(alpha, fakeslack.Staff, "who handles printers?", "Printers")
			if c := h.company(alpha); c.Gone != nil {
				t.Errorf("still gone: %+v", c.Gone)
			}
		})
	}
	t.Run("one refusal alone", func(t *testing.T) {
		t.Parallel()
		h := onFile(t)
		space := h.owned(alpha)
		space.Fail("conversations.open", fakeslack.Refused("invalid_auth"), 1)
		h.replicas[0].slack.Deliver(t.Context(), say(alpha, "hello"))
		if c := h.company(alpha); c.Gone != nil {
			t.Errorf("gone, though the token works: %+v", c.Gone)
		}
	})
}

// Before everything is erased, Slack is asked once more.
func TestNothingIsErasedWhileTheTokenWorks(t *testing.T) {
	t.Parallel()
	t.Run("a token that lasts", func(t *testing.T) { t.Parallel(); stillThere(t, 0) })
	t.Run("one that nobody renewed", func(t *testing.T) { t.Parallel(); stillThere(t, 12*time.Hour) })
}

func stillThere(t *testing.T, life time.Duration) {
	h := onFile(t)
	h.hub.Rotate(life)
	space := h.owned(alpha)
	space.Revoke("invalid_auth")
	space.TellUninstalled()
	if c := h.company(alpha); c.Gone == nil {
		t.Fatal("not gone")
	}
	space.Revoke("")
	h.later(month + time.Hour)
	h.until("it is back", func() bool { return h.company(alpha).Gone == nil })
	if !slices.Contains(h.keys(alpha), "company/roles") {
		t.Error("it was erased")
	}
}

// Whoever installs the bot while everything is being erased is told to wait:
// what they save would vanish.
func TestInstallingWhileErasing(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	space := h.owned(alpha)
	space.Uninstall()
	r := installs.In(h.replicas[0].store, h.clock.Now)
	c := h.company(alpha)
	c.Gone.Erasing = true
	if err := r.Keep(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	h.forgetting(alpha)
	v := h.visitor()
	if page := v.comes(v.allows(v.begin(), alpha, fakeslack.Owner)); !strings.Contains(page, "being erased at this moment") {
		t.Error(page)
	}
	h.later(month + time.Hour)
	h.until("everything is erased", func() bool { return len(h.keys(alpha)) == 0 })
	if code := h.installed(alpha, fakeslack.Owner); code == "" {
		t.Error("no code after a fresh start")
	}
}

// A workspace that nobody installed the bot in, or no more, gets no turn.
func TestEventsOfUnknownCompaniesAreDropped(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	if d := h.spaces[beta].DMText(fakeslack.Staff, "i typed my password into a strange page"); !d.Acked() || len(d.Attempts()) != 1 {
		t.Error("an event of an unknown company is not acknowledged")
	}
	h.spaces[beta].TellUninstalled()
	h.answers(beta, fakeslack.Staff, "who handles printers?", "no access to this workspace")
	if keys := h.keys(beta); len(keys) != 0 {
		t.Errorf("they leave %v", keys)
	}
}

// A timer that comes before its time, as where clocks differ, is set anew and
// not lost.
func TestTimersThatComeEarlyComeAgain(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	h.owned(alpha)
	tenant := "slack." + alpha
	due := func() map[string]time.Time {
		keeper, _ := storage.As[storage.Keeper](h.replicas[0].store)
		w, err := keeper.Waiting(t.Context(), tenant)
		if err != nil {
			t.Fatal(err)
		}
		all := map[string]time.Time{}
		for _, timer := range w.Timers {
			all[timer.Name] = timer.At
		}
		return all
	}
	soon := func(name string) {
		was := due()[name]
		if was.IsZero() {
			t.Fatalf("%s is not planned: %v", name, due())
		}
		if _, err := h.replicas[0].store.Apply(t.Context(), tenant, storage.Change{Timers: []storage.Timer{{Name: name, At: h.clock.Now()}}}); err != nil {
			t.Fatal(err)
		}
		h.until(name+" is planned as before", func() bool { return due()[name].Equal(was) })
	}
	soon(installs.RenewTimer)
	h.spaces[alpha].Uninstall()
	soon(installs.EraseTimer)
	if n := h.hub.Renewed(); n != 0 || len(h.keys(alpha)) == 0 {
		t.Errorf("%d renewals, %d documents", n, len(h.keys(alpha)))
	}
}
