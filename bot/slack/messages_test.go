package slack

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/bot/bottest/fakeslack"
)

func TestWhatIsSaidToTheBotIsHeard(t *testing.T) {
	s := newScene(t, "http")
	d := s.slack.DMText(fakeslack.Staff, "my <laptop> & phone\nare gone")
	want := bot.Event{
		ID: d.ID, Kind: bot.Message, Tenant: "slack." + fakeslack.Team, Text: "my <laptop> & phone are gone",
		From:  bot.Person{ID: fakeslack.Staff, Name: "Sam Staff", Zone: "Europe/Amsterdam", Affiliation: bot.Home},
		Place: bot.Place{Channel: fakeslack.Direct(fakeslack.Staff), Kind: bot.Direct},
	}
	if diff := difference(want, s.last()); diff != "" {
		t.Errorf("direct message (-want +got):\n%s", diff)
	}
	s.slack.Mention(fakeslack.Staff, fakeslack.General, "who handles printers?")
	if got := s.last(); got.Text != "who handles printers?" || got.Place.Channel != fakeslack.General || got.Place.Thread != "" || got.Inline {
		t.Errorf("mention = %+v", got)
	}
	asked := s.slack.Say(fakeslack.Owner, fakeslack.General, "is this ours?")
	s.slack.MentionUnder(fakeslack.Staff, asked, "who handles this?")
	if got := s.last().Place.Thread; got != asked.TS {
		t.Errorf("thread = %q, want %q", got, asked.TS)
	}
	s.slack.MessagesOpened(fakeslack.Staff)
	if got := s.last(); got.Kind != bot.Installed || got.ID != "home/"+fakeslack.Staff {
		t.Errorf("home = %+v", got)
	}
}

func TestWhatNobodySaidIsNotHeard(t *testing.T) {
	for name, event := range map[string]string{
		"own message":        `{"type":"message","channel_type":"im","user":"U0BOT","text":"x"}`,
		"another bot":        `{"type":"message","channel_type":"im","user":"U0STAFF","bot_id":"B1","text":"x"}`,
		"own mention":        `{"type":"app_mention","user":"U0BOT","text":"<@U0BOT>"}`,
		"Slackbot":           `{"type":"message","channel_type":"im","user":"USLACKBOT","text":"x"}`,
		"nobody":             `{"type":"message","channel_type":"im","text":"x"}`,
		"edit":               `{"type":"message","channel_type":"im","user":"U0STAFF","subtype":"message_changed"}`,
		"deletion":           `{"type":"message","channel_type":"im","user":"U0STAFF","subtype":"message_deleted"}`,
		"talk of a channel":  `{"type":"message","channel_type":"channel","user":"U0STAFF","text":"x"}`,
		"something unwanted": `{"type":"reaction_added","user":"U0STAFF"}`,
	} {
		raw := `{"type":"event_callback","team_id":"T0FAKE","event_id":"E","authorizations":[{"team_id":"T0FAKE","user_id":"U0BOT","is_bot":true}],"event":` + event + `}`
		if r, err := decodeEvent([]byte(raw), ""); err != nil || !r.skip {
			t.Errorf("%s: skip %t, %v", name, r.skip, err)
		}
	}
}

// In a channel shared with another company, Slack may name that company as
// the place of the event. The company that installed the bot counts.
func TestTheCompanyIsTheOneThatInstalledTheBot(t *testing.T) {
	r, err := decodeEvent([]byte(`{"type":"event_callback","team_id":"T0OTHER","event_id":"E","is_ext_shared_channel":true,
		"authorizations":[{"team_id":"T0FAKE","user_id":"U0BOT","is_bot":true}],
		"event":{"type":"app_mention","user":"U9","user_team":"T0OTHER","channel":"C9","text":"<@U0BOT|sec> hi <@U0BOT2>"}}`), "")
	if err != nil || r.event.Tenant != "slack.T0FAKE" || !r.foreign || !r.shared || r.event.Text != "hi somebody" {
		t.Errorf("request = %+v, %v", r, err)
	}
}

// In a channel shared with another company, its people fill in forms, too.
func TestAFormIsForTheCompanyThatInstalledTheBot(t *testing.T) {
	r, err := decodeInteraction([]byte(`{"type":"view_submission","team":{"id":"T0OTHER"},"user":{"id":"U9","team_id":"T0OTHER"},
		"view":{"private_metadata":"{\"a\":\"a/b\"}","app_installed_team_id":"T0FAKE"}}`))
	if err != nil || r.event.Tenant != "slack.T0FAKE" || r.team != "T0FAKE" || !r.foreign {
		t.Errorf("request = %+v, %v", r, err)
	}
}

func TestTypedTextIsPlain(t *testing.T) {
	for typed, want := range map[string]string{
		"a &lt;b&gt; &amp;amp; c":               "a <b> &amp; c",
		"<@U1|sam> and <@U2>":                   "sam and somebody",
		"<#C1|general> <#C2> <!here> <!x|all>":  "general a channel everybody all",
		"<https://a.example|a> <https://b.ex>":  "a https://b.ex",
		"<mailto:a@b.example|a@b.example> <x":   "a@b.example x",
		"  two\nlines\tand\u200b \u202enothing": "two lines and nothing",
		"bell\x07 \xff":                         "bell \ufffd",
		strings.Repeat("ä", maxText):            strings.Repeat("ä", maxText/2),
		"<>":                                    "",
		"&lt;!channel&gt; &lt;@U1&gt;":          "<!channel> <@U1>",
	} {
		if got := plain(typed); got != want {
			t.Errorf("plain(%.40q) = %.60q, want %.60q", typed, got, want)
		}
	}
}

func TestAnswersStandWhereTheyBelong(t *testing.T) {
	s := newScene(t, "http")
	row := bot.Row(bot.Press("Go", bot.Do("explain", "page", "2")))
	s.shows(bot.View{Title: "One", Blocks: []bot.Block{row}})
	s.slack.Command(fakeslack.Staff, fakeslack.General, "/sec", "explain")
	first := s.slack.Ephemerals(fakeslack.Staff)[0]

	s.shows(bot.View{Title: "Two", Blocks: []bot.Block{row}})
	s.slack.Press(fakeslack.Staff, first, "Go")
	if all := s.slack.Ephemerals(fakeslack.Staff); len(all) != 1 || !strings.Contains(all[0].Shown(), "Two") {
		t.Errorf("a press on what one person sees does not replace it: %v", all)
	}

	receipt, err := s.Deliver(t.Context(), bot.Post{ID: "1", To: bot.Address{Channel: fakeslack.General}, View: bot.View{Title: "Card", Blocks: []bot.Block{row}}, Tenant: "slack." + fakeslack.Team})
	if err != nil {
		t.Fatal(err)
	}
	card, _ := s.slack.Message(split2(receipt))
	s.slack.Press(fakeslack.Owner, card, "Go")
	if all := s.slack.Ephemerals(fakeslack.Owner); len(all) != 1 || !strings.Contains(all[0].Shown(), "Two") || len(s.slack.Now(card).Edits) != 0 {
		t.Errorf("a press on a card: %v, edits %v", all, s.slack.Now(card).Edits)
	}

	asked := s.slack.Say(fakeslack.Owner, fakeslack.General, "my screen is &lt;locked&gt; <https://pay.example|pay>")
	d := s.slack.Shortcut(fakeslack.Admin, asked, whoHandles)
	if all := s.slack.Ephemerals(fakeslack.Admin); d.Problem() != "" || len(all) != 1 || len(s.slack.Messages(fakeslack.General)) != 2 {
		t.Errorf("the shortcut's answer: %q %v", d.Problem(), all)
	}
	if got := s.last(); got.Kind != bot.Message || !got.Inline || got.Text == "" || got.From.ID != fakeslack.Admin {
		t.Errorf("the shortcut's event = %+v", got)
	}
}

// In a thread, the answer to a press or a shortcut stays in the thread.
func TestAnswersStayInTheThread(t *testing.T) {
	for name, raw := range map[string]string{
		"press on a card":      `{"type":"block_actions","message":{"ts":"2.0","thread_ts":"1.0"},"actions":[{"value":"a/b"}],"container":{"channel_id":"C1"},"team":{"id":"T"},"user":{"id":"U"}}`,
		"press on an own view": `{"type":"block_actions","actions":[{"value":"a/b"}],"container":{"channel_id":"C1","thread_ts":"1.0","is_ephemeral":true},"team":{"id":"T"},"user":{"id":"U"}}`,
		"shortcut":             `{"type":"message_action","callback_id":"who_handles","channel":{"id":"C1"},"message":{"ts":"2.0","thread_ts":"1.0","text":"x"},"team":{"id":"T"},"user":{"id":"U"}}`,
	} {
		r, err := decodeInteraction([]byte(raw))
		if err != nil || r.thread != "1.0" || r.event.Place.Channel != "C1" || r.event.Place.Thread != "1.0" {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
}

func TestTheAddressOfAResponseMustBeSlacks(t *testing.T) {
	p := &Platform{config: Config{APIURL: slackAPI}}
	for address, want := range map[string]bool{
		"https://hooks.slack.com/commands/T/1/x": true, "https://hooks.slack-gov.com/x": true,
		"http://hooks.slack.com/x": false, "https://slack.com.evil.example/x": false, "https://evilslack.com/x": false,
		"https://hooks.slack.com@evil.example/": false, "https://u:p@hooks.slack.com/": false, "https://hooks.slack.com:444/": false,
		"https://127.0.0.1/": false, "": false, "%": false,
	} {
		if got := p.slacks(address); got != want {
			t.Errorf("slacks(%q) = %t", address, got)
		}
	}
}

func TestNothingIsSentToAnAddressThatIsNotSlacks(t *testing.T) {
	called := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called = true }))
	defer server.Close()
	s := newScene(t, "http")
	if err := s.respond(t.Context(), server.URL, []byte("{}")); err == nil || called {
		t.Errorf("respond = %v, called %t", err, called)
	}
}

// Reading takes memory in proportion to what is read: cutting one mention after
// another would copy the whole for each.
func TestManyMentionsAreReadInOneGo(t *testing.T) {
	raw := `{"type":"event_callback","team_id":"T","event_id":"E","event":{"type":"app_mention","user":"U1","text":"` + strings.Repeat("<@U0BOT>", maxBody/9) + `"}}`
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := decodeEvent([]byte(raw), "U0BOT")
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; err != nil || used > 50*uint64(len(raw)) {
		t.Errorf("%d bytes took %d to read: %v", len(raw), used, err)
	}
}

func FuzzDecodeCommand(f *testing.F) {
	f.Add(aCommand)
	f.Add("command=%2Fsec&text=%3C%21channel%3E")
	p := &Platform{command: "/sec"}
	f.Fuzz(func(t *testing.T, raw string) {
		r, err := p.slash([]byte(raw))
		heard(t, r, err)
	})
}

func FuzzDecodeInteraction(f *testing.F) {
	f.Add(`{"type":"block_actions","team":{"id":"T"},"user":{"id":"U"},"actions":[{"value":"who/topic/x"}]}`)
	f.Add(`{"type":"view_submission","team":{"id":"T"},"user":{"id":"U"},"view":{"private_metadata":"{\"a\":\"a/b\"}","state":{"values":{"f":{"value":{"value":"x"}}}}}}`)
	f.Add(`{"type":"view_submission","team":{"id":"T"},"user":{"id":"U"},"view":{"private_metadata":"{\"a\":\"a/b\",\"l\":[\"f\"]}","state":{"values":{"f":{"value":{"value":"x\ny"}},"p":{"value":{"selected_user":"U1"}},"c":{"value":{"selected_conversation":"C1"}}}}}}`)
	f.Add(`{"type":"message_action","callback_id":"who_handles","team":{"id":"T"},"user":{"id":"U"},"message":{"text":"<@U1"}}`)
	f.Fuzz(func(t *testing.T, raw string) {
		r, err := decodeInteraction([]byte(raw))
		heard(t, r, err)
	})
}

func FuzzDecodeEvent(f *testing.F) {
	f.Add(`{"type":"event_callback","team_id":"T","event_id":"E","event":{"type":"message","channel_type":"im","user":"U","text":"<@U0BOT> hi"}}`)
	f.Add(`{"type":"url_verification","challenge":"x"}`)
	f.Fuzz(func(t *testing.T, raw string) {
		r, err := decodeEvent([]byte(raw), "U0BOT")
		heard(t, r, err)
	})
}

// heard checks that a request is skipped, refused or whole.
func heard(t *testing.T, r request, err error) {
	if err != nil || r.skip {
		return
	}
	e := r.event
	if e.Kind == "" || e.ID == "" || e.Tenant == "slack." || e.From.ID == "" || e.From.Affiliation != "" || e.Place.Kind != "" || e.From.Role != "" {
		t.Errorf("event = %+v", e)
	}
	for field, p := range e.Picked {
		if p.ID == "" || e.Values[field] != p.ID || p.Affiliation != "" || p.Room != (bot.Room{}) {
			t.Errorf("picked = %+v", p)
		}
	}
	if len(e.Text) > 2*maxText || plain(e.Text) == "" && e.Text != "" && !strings.ContainsAny(e.Text, "<&") {
		t.Errorf("text = %q", e.Text)
	}
}

func FuzzRender(f *testing.F) {
	f.Add(`{"title":"x","blocks":[{"text":{"body":"x"}},{"buttons":{"items":[{"label":"x","action":"a/b"}]}}]}`)
	f.Add(`{"blocks":[{"buttons":{"items":[{"more":true},{"more":true}]}}]}`)
	for _, v := range bottest.Views("<!channel> *x*", 3) {
		f.Add(asJSON(v))
	}
	f.Fuzz(func(t *testing.T, raw string) {
		var v bot.View
		if json.Unmarshal([]byte(raw), &v) != nil {
			return
		}
		gist, blocks := Render(v)
		mustBeValid(t, gist, blocks)
	})
}

func asJSON(v any) string {
	raw, _ := json.Marshal(v)
	return string(raw)
}
