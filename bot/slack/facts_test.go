package slack

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest/fakeslack"
)

func TestWhoAPersonIs(t *testing.T) {
	s := newScene(t, "http")
	s.slack.AddUser("U0OTHER", func(u *fakeslack.User) { u.Team = fakeslack.OtherTeam })
	s.slack.AddUser("U0GONE", func(u *fakeslack.User) { u.Deleted = true })
	s.slack.AddUser("U0ROBOT", func(u *fakeslack.User) { u.IsBot = true })
	s.slack.AddUser("U0ULTRA", func(u *fakeslack.User) { u.Ultra = true })
	for id, want := range map[string]bot.Affiliation{
		fakeslack.Staff: bot.Home, fakeslack.Admin: bot.Home, fakeslack.Owner: bot.Home,
		fakeslack.Guest: bot.Guest, fakeslack.Visitor: bot.Guest, "U0ULTRA": bot.Guest,
		fakeslack.Stranger: bot.Foreign, "U0OTHER": bot.Foreign, "U0GONE": bot.Foreign, "U0ROBOT": bot.Foreign, "U0NOBODY": bot.Foreign,
	} {
		got := s.people.person(t.Context(), fakeslack.Team, id)
		if got.ID != id || got.Affiliation != want || got.Role != "" {
			t.Errorf("%s is %+v, want affiliation %q and no role", id, got, want)
		}
	}
}

func TestWhoReadsAlong(t *testing.T) {
	s := newScene(t, "http")
	s.slack.AddChannel("C0PENDING", func(c *fakeslack.Channel) { c.Pending = true })
	for id, want := range map[string]bot.PlaceKind{
		fakeslack.General: bot.Channel, fakeslack.Private: bot.Channel, fakeslack.Direct(fakeslack.Staff): bot.Direct, "": bot.Direct,
		fakeslack.Shared: bot.Shared, "C0PENDING": bot.Shared, "C0NOWHERE": bot.Shared,
	} {
		if got := s.places.room(t.Context(), tenant(fakeslack.Team), id).Kind; got != want {
			t.Errorf("%s is %q, want %q", id, got, want)
		}
	}
	yes, no := true, false
	for _, c := range []conversation{{}, {Ext: &no}, {Shared: &no}, {Ext: &no, Shared: &yes}, {Ext: &yes, Shared: &yes, Org: true}, {Ext: &no, Shared: &no, Pending: true}} {
		if got := c.kind(); got != bot.Shared {
			t.Errorf("%+v is %q, want shared", c, got)
		}
	}
	if got := (conversation{Ext: &no, Shared: &yes, Org: true}).kind(); got != bot.Channel {
		t.Errorf("a channel of the whole organisation is %q", got)
	}
}

func TestAChannelCalledDirectmessageIsNone(t *testing.T) {
	s := newScene(t, "http")
	s.slack.ChangeChannel(fakeslack.Shared, func(c *fakeslack.Channel) { c.Name = "directmessage" })
	s.slack.Command(fakeslack.Owner, fakeslack.Shared, "/sec", "assess")
	if got := s.last().Place.Kind; got != bot.Shared {
		t.Errorf("kind = %q, want shared", got)
	}
}

func TestSlacksWordThatAChannelIsSharedIsEnough(t *testing.T) {
	s := newScene(t, "http")
	s.places.known.keep(tenant(fakeslack.Team)+"/"+fakeslack.Shared, bot.Room{Kind: bot.Channel}) // it was not, a moment ago
	s.slack.Mention(fakeslack.Owner, fakeslack.Shared, "hello")
	if got := s.last().Place.Kind; got != bot.Shared {
		t.Errorf("kind = %q, want shared", got)
	}
	s.people.known.keep(fakeslack.Team+"/"+fakeslack.Stranger, profile{Person: bot.Person{ID: fakeslack.Stranger, Affiliation: bot.Home}})
	s.slack.Mention(fakeslack.Stranger, fakeslack.Shared, "hello")
	if got := s.last(); got.From.ID != fakeslack.Stranger || got.From.Affiliation != bot.Foreign || got.Tenant != "slack."+fakeslack.Team {
		t.Errorf("a stranger asks as %+v at %s", got.From, got.Tenant)
	}
}

func TestFactsAreRememberedAndOutliveAnOutage(t *testing.T) {
	s := newScene(t, "http")
	for range 3 {
		s.slack.Command(fakeslack.Staff, fakeslack.General, "/sec", "x")
	}
	if a, b := s.slack.Count("users.info"), s.slack.Count("conversations.info"); a != 1 || b != 1 {
		t.Errorf("asked %d times for the person and %d for the place, want once each", a, b)
	}
	s.people.known.fresh = 0
	s.slack.Fail("users.info", fakeslack.Slow(10*time.Second), 1)
	s.slack.Command(fakeslack.Staff, fakeslack.General, "/sec", "x")
	if got := s.last().From; got.Affiliation != bot.Home || got.Unsure {
		t.Errorf("while Slack hangs, Sam is %q", got.Affiliation)
	}
	for _, no := range []string{"user_not_found", "something_new"} {
		s.slack.Fail("users.info", fakeslack.Refused(no), 1)
		s.slack.Command(fakeslack.Staff, fakeslack.General, "/sec", "x")
		if got := s.last().From; got.Affiliation != bot.Foreign || got.Unsure {
			t.Errorf("%s: who Slack does not tell of is %q", no, got.Affiliation)
		}
	}
}

// Right after a start nothing is remembered: one failure of Slack's makes no
// stranger of anybody.
func TestWhoSlackFailsToTellOfIsAskedForAgain(t *testing.T) {
	for name, fault := range map[string]fakeslack.Fault{"broken": fakeslack.Broken(500), "cut": fakeslack.Cut(), "internal_error": fakeslack.Refused("internal_error")} {
		s := newScene(t, "http")
		s.slack.Fail("users.info", fault, 2)
		s.slack.Command(fakeslack.Staff, fakeslack.General, "/sec", "x")
		if got := s.last().From; got.Affiliation != bot.Home || got.Unsure {
			t.Errorf("%s: Sam is %+v", name, got)
		}
	}
	for name, fault := range map[string]fakeslack.Fault{"too many": fakeslack.TooMany("1"), "broken": fakeslack.Broken(500)} {
		s := newScene(t, "http")
		s.slack.Fail("users.info", fault, 100)
		d := s.slack.Command(fakeslack.Staff, fakeslack.General, "/sec", "x")
		if got := s.last().From; got.Affiliation != bot.Foreign || !got.Unsure || d.Last().Took > 1500*time.Millisecond {
			t.Errorf("%s: Sam is %+v, after %s", name, got, d.Last().Took)
		}
		if !strings.Contains(s.logs.String(), "does not say just now") {
			t.Errorf("%s: whoever runs the bot reads %q", name, s.logs)
		}
		if n := s.slack.Count("users.info"); n > 9 {
			t.Errorf("%s: Slack was asked %d times", name, n)
		}
	}
}

// Nor does it make a channel one that other companies read.
func TestWhoReadsAlongIsAskedForAgain(t *testing.T) {
	for name, fault := range map[string]fakeslack.Fault{"broken": fakeslack.Broken(500), "cut": fakeslack.Cut(), "internal_error": fakeslack.Refused("internal_error")} {
		s := newScene(t, "http")
		s.slack.Fail("conversations.info", fault, 2)
		s.slack.Command(fakeslack.Owner, fakeslack.General, "/sec", "x")
		if got := s.last().Place; got.Kind != bot.Channel || got.Unsure {
			t.Errorf("%s: %+v", name, got)
		}
	}
	for name, c := range map[string]struct {
		fault  fakeslack.Fault
		unsure bool
	}{
		"too many": {fakeslack.TooMany("1"), true}, "broken": {fakeslack.Broken(500), true}, "hangs": {fakeslack.Slow(10 * time.Second), true},
		"not in it": {fakeslack.Refused("channel_not_found"), false}, "something new": {fakeslack.Refused("something_new"), false},
	} {
		s := newScene(t, "http")
		s.slack.Fail("conversations.info", c.fault, 100)
		d := s.slack.Command(fakeslack.Owner, fakeslack.General, "/sec", "x")
		if got := s.last().Place; got.Kind != bot.Shared || got.Unsure != c.unsure || d.Last().Took > 1500*time.Millisecond {
			t.Errorf("%s: %+v, after %s", name, got, d.Last().Took)
		}
	}
}

// Slack hangs: a plain question is answered all the same, in well under the
// three seconds, by facts that are the least trusted.
func TestAStuckSlackDoesNotHoldUpAnAnswer(t *testing.T) {
	s := newScene(t, "http")
	s.shows(one(bot.Say("Here.")))
	s.slack.Fail("users.info", fakeslack.Slow(10*time.Second), 1)
	s.slack.Fail("conversations.info", fakeslack.Slow(10*time.Second), 1)
	d := s.slack.Command(fakeslack.Owner, fakeslack.General, "/sec", "who handles printers?")
	if took := d.Last().Took; took > 1500*time.Millisecond {
		t.Errorf("the answer took %s", took)
	}
	if _, ok := d.Answer(); !ok {
		t.Error("there was no answer")
	}
	if e := s.last(); e.From.Affiliation != bot.Foreign || !e.From.Unsure || e.Place.Kind != bot.Shared || !e.Place.Unsure || e.From.ID != fakeslack.Owner {
		t.Errorf("person %+v in place %+v, want the least trusted", e.From, e.Place)
	}
}

// The same person, spoken of by another workspace, is a stranger there.
func TestWhoIsAtHomeIsKnownByCompany(t *testing.T) {
	s := newScene(t, "http")
	for team, want := range map[string]bot.Affiliation{fakeslack.Team: bot.Home, fakeslack.OtherTeam: bot.Foreign} {
		s.people.person(t.Context(), fakeslack.Team, fakeslack.Staff)
		r := request{team: team, event: bot.Event{From: bot.Person{ID: fakeslack.Staff}}}
		s.facts(t.Context(), &r)
		if got := r.event.From.Affiliation; got != want {
			t.Errorf("at %s they are %q, want %q", team, got, want)
		}
	}
}

func TestFactsAreForgotten(t *testing.T) {
	f := newFacts[int](time.Hour, time.Hour)
	for i := range maxFacts + 1 {
		f.keep(string(rune(i)), i)
	}
	if len(f.all) > maxFacts {
		t.Errorf("%d facts, want at most %d", len(f.all), maxFacts)
	}
}

func TestTheBotKnowsItself(t *testing.T) {
	s := newScene(t, "http")
	s.slack.Fail("auth.test", fakeslack.Broken(503), 1)
	if err := s.Ready(t.Context()); err == nil {
		t.Error("Ready = nil while Slack fails")
	}
	if got, err := s.Tenant(t.Context()); got != "slack."+fakeslack.Team || err != nil {
		t.Errorf("Tenant = %q, %v", got, err)
	}
	if err := s.Ready(t.Context()); err != nil || s.slack.Count("auth.test") != 2 {
		t.Errorf("Ready = %v after %d calls", err, s.slack.Count("auth.test"))
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(`{"ok":true}`)) }))
	defer server.Close()
	mute := &me{web: &web{api: server.URL + "/", access: oneToken("xoxb-mute"), transport: newTransport()}}
	if c, err := mute.get(t.Context()); err == nil {
		t.Errorf("an answer without a workspace gave %v", c)
	}
}

func TestReadyNoticesARevokedToken(t *testing.T) {
	s := newScene(t, "http")
	if err := s.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.slack.Fail("auth.test", fakeslack.Refused("token_revoked"), 1)
	if err := s.Ready(t.Context()); err != nil {
		t.Errorf("within a minute Slack is asked again: %v", err)
	}
	s.people.me.fresh = 0
	if err := s.Ready(t.Context()); err == nil {
		t.Error("Ready = nil with a revoked token")
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Errorf("Ready = %v when the token counts again", err)
	}
}

func TestReadyNeedsASocketWhereTheBotListensOnOne(t *testing.T) {
	s := newScene(t, "socket")
	if err := s.Ready(t.Context()); err == nil {
		t.Error("Ready = nil without a socket")
	}
	stop := s.run()
	s.eventually("a socket", func() bool { return s.Ready(t.Context()) == nil })
	stop()
	if err := s.Ready(t.Context()); err == nil {
		t.Error("Ready = nil after the last socket was closed")
	}
}
