package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/storage"
)

// What stands in Alpha's names and texts, and nowhere else.
const quagga = "Quagga"

// Slack signs requests for one workspace that carry channels, people, buttons,
// forms and threads of another: they are answered with what the first may see,
// with its own token, and change nothing of the other.
func TestRequestsOfOneWorkspaceWithIdsOfAnother(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	a, b := h.owned(alpha), h.owned(beta)
	a.AddUser("U0ALPHAONLY", func(u *fakeslack.User) { u.RealName = quagga + " Person" })
	a.AddChannel("C0ALPHAONLY", func(c *fakeslack.Channel) { c.Name = "quagga-room" })
	a.ChangeUser(fakeslack.Staff, func(u *fakeslack.User) { u.RealName = quagga + " Staff" })
	seen := h.busy(a)
	if len(seen.values) < 40 || len(seen.forms) < 3 {
		t.Fatalf("%d buttons and %d forms: the test shows less than it should", len(seen.values), len(seen.forms))
	}
	h.quiet(a)
	docs, calls, messages := h.documents(alpha), len(a.Calls("")), len(h.shownIn(a))
	sent := 0
	for _, who := range []string{fakeslack.Owner, fakeslack.Staff, "U0ALPHAONLY"} {
		for _, where := range []string{fakeslack.General, "C0ALPHAONLY", fakeslack.Direct("U0ALPHAONLY")} {
			for _, value := range seen.values {
				sent++
				h.signed("/slack/actions", interactionOf(sent, who, where, map[string]any{
					"type": "block_actions", "actions": []any{map[string]any{"type": "button", "value": value, "action_ts": fmt.Sprint(sent)}},
				}))
			}
			for _, form := range seen.forms {
				sent++
				h.signed("/slack/actions", interactionOf(sent, who, where, map[string]any{"type": "view_submission", "view": filledIn(form)}))
			}
			sent++
			h.signed("/slack/commands", url.Values{"command": {"/sec"}, "team_id": {beta}, "user_id": {who}, "channel_id": {where},
				"trigger_id": {fmt.Sprintf("c%d", sent)}, "text": {"mine"}, "api_app_id": {fakeslack.App}}.Encode())
			h.signed("/slack/events", eventOf(sent, map[string]any{"type": "message", "channel_type": "im", "channel": where, "user": who, "text": "help", "thread_ts": seen.thread}))
			h.signed("/slack/events", eventOf(-sent, map[string]any{"type": "app_home_opened", "channel": where, "user": who, "tab": "home"}))
		}
	}
	h.quiet(a)
	h.quiet(b)
	if after := h.documents(alpha); !maps.EqualFunc(docs, after, func(x, y storage.Doc) bool { return x.Version == y.Version && bytes.Equal(x.Body, y.Body) }) {
		t.Error("Alpha's documents are not what they were")
	}
	if n := len(a.Calls("")) - calls; n != 0 {
		t.Errorf("%d calls were made with Alpha's token", n)
	}
	if n := len(h.shownIn(a)) - messages; n != 0 {
		t.Errorf("Alpha's people see %d new messages", n)
	}
	for _, text := range h.shownIn(b) {
		if strings.Contains(strings.ToLower(text), "quagga") {
			t.Errorf("Beta's people read %q", text)
		}
	}
	for key, doc := range h.documents(beta) {
		if strings.Contains(strings.ToLower(string(doc.Body)), "quagga") {
			t.Errorf("Beta's document %s is %s", key, doc.Body)
		}
	}
	t.Logf("%d presses, forms and commands", sent)
}

// quiet waits until nothing is said any more in a workspace.
func (h *hosting) quiet(s *fakeslack.Server) {
	h.Helper()
	was, since := 0, time.Now()
	h.until("nothing more is said", func() bool {
		if now := len(s.Calls("")); now != was {
			was, since = now, time.Now()
		}
		return time.Since(since) > 400*time.Millisecond
	})
}

// shown is what somebody of a company could send again.
type shown struct {
	values []string
	forms  []fakeslack.View
	thread string
}

// busy lets a company's people do something of everything, with its mark.
func (h *hosting) busy(s *fakeslack.Server) shown {
	h.Helper()
	owner := fakeslack.Owner
	for _, words := range []string{"assess", "map", "assign printers", "emergency", "remind", "fixes", "sides", "interview", "teach", "who handles printers?", quagga} {
		s.Command(owner, fakeslack.General, "/sec", words)
	}
	s.HomeOpened(owner)
	h.until("a card", func() bool { return len(s.DM(owner)) > 0 })
	all := shown{thread: s.DM(owner)[0].TS}
	for range 3 {
		for _, m := range append(append(s.DM(owner), s.Ephemerals(owner)...), s.Messages(fakeslack.General)...) {
			for _, label := range m.Buttons() {
				s.Press(owner, m, label)
				if form, open := s.View(owner); open {
					s.SubmitForm(owner, form, marked(form))
				}
			}
		}
	}
	values := map[string]bool{}
	for _, m := range append(s.DM(owner), s.Ephemerals(owner)...) {
		for _, c := range m.Controls() {
			values[c.Value] = true
		}
	}
	if home, ok := s.Home(owner); ok {
		for _, c := range home.Controls() {
			values[c.Value] = true
		}
	}
	delete(values, "")
	all.values, all.forms = slices.Sorted(maps.Keys(values)), s.Views()
	return all
}

// marked fills in a form as somebody of Alpha would.
func marked(v fakeslack.View) map[string]string {
	values := map[string]string{}
	for _, c := range v.Controls() {
		switch {
		case c.Type == "users_select":
			values[c.Block] = "U0ALPHAONLY"
		case c.Type == "conversations_select":
			values[c.Block] = "C0ALPHAONLY"
		case strings.Contains(strings.ToLower(c.Label), "phone"):
			values[c.Block] = "+44 20 7111 0001"
		case len(c.Options) == 0:
			values[c.Block] = quagga + " wrote this"
		}
	}
	return values
}

func interactionOf(n int, who, where string, more map[string]any) string {
	p := map[string]any{
		"api_app_id": fakeslack.App, "trigger_id": fmt.Sprintf("t%d", n), "team": map[string]any{"id": beta},
		"user": map[string]any{"id": who, "team_id": beta}, "channel": map[string]any{"id": where},
		"container": map[string]any{"type": "message", "channel_id": where},
	}
	maps.Copy(p, more)
	raw, _ := json.Marshal(p)
	return url.Values{"payload": {string(raw)}}.Encode()
}

// filledIn is the form of another company, as somebody sends it: its meaning
// stays, its people and channels too, its words are the sender's own.
func filledIn(v fakeslack.View) map[string]any {
	state := map[string]any{}
	for _, c := range v.Controls() {
		switch c.Type {
		case "users_select":
			state[c.Block] = map[string]any{c.Action: map[string]any{"selected_user": "U0ALPHAONLY"}}
		case "conversations_select":
			state[c.Block] = map[string]any{c.Action: map[string]any{"selected_conversation": "C0ALPHAONLY"}}
		default:
			state[c.Block] = map[string]any{c.Action: map[string]any{"value": "ours"}}
		}
	}
	return map[string]any{
		"id": v.ID, "hash": v.Hash, "type": "modal", "private_metadata": strings.ReplaceAll(v.Private, quagga, "Ours"), "app_installed_team_id": beta,
		"state": map[string]any{"values": state},
	}
}

func eventOf(n int, event map[string]any) string {
	raw, _ := json.Marshal(map[string]any{
		"type": "event_callback", "team_id": alpha, "context_team_id": alpha, "api_app_id": fakeslack.App, "event_id": fmt.Sprintf("Ev%d", n),
		"authorizations": []any{map[string]any{"team_id": beta, "user_id": fakeslack.Bot, "is_bot": true}}, "event": event,
	})
	return string(raw)
}

// signed sends what Slack has signed. Some of it cannot be answered: forms need
// a trigger of Slack's own, and not everybody is there.
func (h *hosting) signed(path, body string) {
	h.Helper()
	r, err := http.NewRequest(http.MethodPost, "http://"+h.replicas[0].listen.Addr().String()+path, strings.NewReader(body))
	if err != nil {
		h.Fatal(err)
	}
	r.Header = h.spaces[beta].Sign(time.Now(), []byte(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if strings.HasPrefix(body, "{") {
		r.Header.Set("Content-Type", "application/json")
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		h.Fatal(err)
	}
	defer response.Body.Close()
	var text bytes.Buffer
	if _, err := text.ReadFrom(response.Body); err != nil {
		h.Fatal(err)
	}
	if response.StatusCode == http.StatusUnauthorized || response.StatusCode == http.StatusBadRequest || strings.Contains(strings.ToLower(text.String()), "quagga") {
		h.Errorf("%s %.200s: %d %s", path, body, response.StatusCode, text.String())
	}
}

func (h *hosting) documents(team string) map[string]storage.Doc {
	h.Helper()
	docs, err := stores.Documents(h.Context(), h.replicas[0].store, "slack."+team)
	if err != nil {
		h.Fatal(err)
	}
	all := map[string]storage.Doc{}
	for _, d := range docs {
		all[d.Key] = d
	}
	return all
}

// shownIn is all that people of a workspace can see of the bot.
func (h *hosting) shownIn(s *fakeslack.Server) (all []string) {
	for _, who := range []string{fakeslack.Owner, fakeslack.Admin, fakeslack.Staff, "U0ALPHAONLY"} {
		for _, m := range append(s.DM(who), s.Ephemerals(who)...) {
			all = append(all, m.Shown())
		}
		if v, ok := s.Home(who); ok {
			all = append(all, v.Shown())
		}
	}
	for _, where := range []string{fakeslack.General, fakeslack.Private, "C0ALPHAONLY"} {
		for _, m := range s.Messages(where) {
			all = append(all, m.Shown())
		}
	}
	for _, v := range s.Views() {
		all = append(all, v.Shown())
	}
	return all
}
