package slack

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest/fakeslack"
)

// opens makes the bot open a form at any command, and returns it as the
// person has it before them.
func (s *scene) opens(f bot.Form) fakeslack.View {
	s.t.Helper()
	s.says(func(e bot.Event) (bot.Reply, error) {
		if e.Kind == bot.Submit {
			return bot.Reply{}, nil
		}
		return bot.Reply{Form: &f}, nil
	})
	s.slack.Command(fakeslack.Owner, "", "/sec", "assign")
	v, ok := s.slack.View(fakeslack.Owner)
	if !ok {
		s.t.Fatalf("no form is open; log:\n%s", s.logs)
	}
	return v
}

var assign = bot.Form{Title: "Who does it", Submit: "Save", Action: bot.Do("duty", "save"), Fields: []bot.Input{
	{ID: "who", Label: "Person", Pick: bot.PickPerson, Value: fakeslack.Admin},
	{ID: "deputy", Label: "Deputy", Pick: bot.PickPerson, Optional: true, Value: "it:Robin"},
	{ID: "where", Label: "Channel", Pick: bot.PickChannel, Value: fakeslack.General},
	{ID: "why", Label: "Why", Lines: true, Optional: true, Value: "one\ntwo"},
}}

func TestWhatIsPickedComesWithWhatSlackKnowsOfIt(t *testing.T) {
	s := newScene(t, "http")
	v := s.opens(assign)
	s.slack.SubmitForm(fakeslack.Owner, v, map[string]string{"deputy": fakeslack.Guest, "where": fakeslack.Private, "why": "  first \u200bline\r\nsecond\x07\n"})
	got := s.last()
	if diff := difference(map[string]bot.Picked{
		"who":    {ID: fakeslack.Admin, Name: "Tom Admin", Affiliation: bot.Home},
		"deputy": {ID: fakeslack.Guest, Name: "Gus Guest", Affiliation: bot.Guest},
		"where":  {ID: fakeslack.Private, Name: "#leaders", Room: bot.Room{Name: "#leaders", Kind: bot.Channel, People: 3}},
	}, got.Picked); diff != "" {
		t.Errorf("picked (-want +got):\n%s", diff)
	}
	if diff := difference(map[string]string{
		"who": fakeslack.Admin, "deputy": fakeslack.Guest, "where": fakeslack.Private, "why": "first line\nsecond",
	}, got.Values); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
}

func TestWhatSlackDoesNotTellOfIsLeastTrusted(t *testing.T) {
	s := newScene(t, "http")
	v := s.opens(assign)
	for _, picked := range []struct{ who, where string }{
		{fakeslack.Stranger, fakeslack.Shared}, {"U0NOBODY", "C0NOWHERE"}, {"U0NOBODY", fakeslack.Direct(fakeslack.Staff)},
	} {
		s.slack.SubmitForm(fakeslack.Owner, v, map[string]string{"who": picked.who, "where": picked.where})
		got := s.last().Picked
		if got["who"].Affiliation != bot.Foreign || got["where"].Room.Kind != bot.Shared || got["who"].ID != picked.who || got["where"].ID != picked.where {
			t.Errorf("%+v became %+v", picked, got)
		}
	}
	s = newScene(t, "http")
	v = s.opens(assign)
	for _, method := range []string{"users.info", "conversations.info"} {
		s.slack.Fail(method, fakeslack.Slow(10*time.Second), 3)
	}
	d := s.slack.SubmitForm(fakeslack.Owner, v, map[string]string{"deputy": fakeslack.Staff})
	got := s.last().Picked
	if took := d.Last().Took; took > 1500*time.Millisecond || !d.Acked() {
		t.Errorf("the form was held up for %s", took)
	}
	if len(got) != 3 || got["deputy"].Affiliation != bot.Foreign || !got["deputy"].Unsure || got["where"].Room != (bot.Room{Unsure: true}) {
		t.Errorf("while Slack hangs: %+v", got)
	}
}

func TestAnAppIsNotTakenForAPerson(t *testing.T) {
	s := newScene(t, "http")
	v := s.opens(assign)
	before := len(s.told())
	for _, machine := range []string{fakeslack.Bot, "USLACKBOT"} {
		d := s.slack.SubmitForm(fakeslack.Owner, v, map[string]string{"who": machine})
		if d.Errors()["who"] != notAPerson || d.Errors()["where"] != "" || d.Problem() != "" {
			t.Errorf("%s: errors %v, problem %q", machine, d.Errors(), d.Problem())
		}
	}
	if len(s.told()) != before {
		t.Error("the bot was told of a form that was not taken")
	}
}

func TestWhoCanReadAChannel(t *testing.T) {
	s := newScene(t, "http")
	var d bot.Directory = s.Platform
	company := "slack." + fakeslack.Team
	for id, want := range map[string]bot.Room{
		fakeslack.Private:                 {Name: "#leaders", Kind: bot.Channel, People: 3},
		fakeslack.Shared:                  {Name: "#with-other", Kind: bot.Shared, People: 4},
		fakeslack.Direct(fakeslack.Staff): {Kind: bot.Direct},
	} {
		if got, err := d.Room(t.Context(), company, id, ""); err != nil || got != want {
			t.Errorf("%s: %+v, %v, want %+v", id, got, err, want)
		}
	}
	if got, err := d.Room(t.Context(), company, "C0NOWHERE", ""); err != nil || got != (bot.Room{}) {
		t.Errorf("a channel that is not there: %+v, %v", got, err)
	}
	s.slack.Fail("conversations.info", fakeslack.Broken(500), 2)
	if got, err := d.Room(t.Context(), company, fakeslack.General, ""); err != nil || got.Kind != bot.Channel {
		t.Errorf("after two failures: %+v, %v", got, err)
	}
	s.places.known.drop(company + "/" + fakeslack.General)
	s.slack.Fail("conversations.info", fakeslack.TooMany("1"), 1)
	if got, err := d.Room(t.Context(), company, fakeslack.General, ""); err == nil {
		t.Errorf("while Slack does not say: %+v", got)
	}
	s.slack.ChangeChannel(fakeslack.Private, func(c *fakeslack.Channel) { c.ExtShared = true })
	s.places.known.fresh = 0
	if got, _ := d.Room(t.Context(), company, fakeslack.Private, ""); got.Kind != bot.Shared {
		t.Errorf("a channel that is shared now: %+v", got)
	}
}

func TestNoMoreIsLookedUpThanAFormHolds(t *testing.T) {
	values := make([]string, 0, 100)
	for i := range 100 {
		values = append(values, `"f`+strings.Repeat("x", i)+`":{"value":{"selected_user":"U1"}}`)
	}
	r, err := decodeInteraction([]byte(`{"type":"view_submission","team":{"id":"T"},"user":{"id":"U"},"view":{"private_metadata":"{\"a\":\"a/b\"}","state":{"values":{` + strings.Join(values, ",") + `}}}}`))
	if err != nil || len(r.event.Picked) != maxPicks {
		t.Errorf("%d picks, %v, want %d", len(r.event.Picked), err, maxPicks)
	}
}
