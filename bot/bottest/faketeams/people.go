package faketeams

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
)

// Activity is a message of somebody in their personal chat, with what a test
// changes.
func (s *Server) Activity(user, text string, change func(a map[string]any)) map[string]any {
	s.mu.Lock()
	id := s.next("in")
	p := s.people[user]
	s.mu.Unlock()
	a := map[string]any{
		"type": "message", "id": id, "serviceUrl": s.URL, "channelId": "msteams", "text": text,
		"from":         map[string]any{"id": user, "name": p.Name, "aadObjectId": p.Object},
		"recipient":    map[string]any{"id": "28:" + App, "name": "Security advisor"},
		"conversation": map[string]any{"id": personal(user), "conversationType": "personal", "tenantId": Org},
	}
	if change != nil {
		change(a)
	}
	return a
}

// Send gives the bot an activity, and returns the status and body that it
// answers with.
func (s *Server) Send(token string, activity map[string]any) (status int, body string) {
	s.t.Helper()
	raw, err := json.Marshal(activity)
	if err != nil {
		s.t.Fatal(err)
	}
	s.mu.Lock()
	to := s.bot
	s.mu.Unlock()
	req, err := http.NewRequest(http.MethodPost, to, bytes.NewReader(raw))
	if err != nil {
		s.t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	answered, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return resp.StatusCode, string(answered)
}

// take sends an activity that the bot must take.
func (s *Server) take(a map[string]any) string {
	s.t.Helper()
	status, body := s.Send(s.Token(nil), a)
	if status != http.StatusOK {
		s.t.Fatalf("the bot answers %v with status %d: %s", a["type"], status, body)
	}
	return body
}

// Install adds the bot to somebody's personal chats.
func (s *Server) Install(user string) {
	s.t.Helper()
	s.take(s.Activity(user, "", func(a map[string]any) { a["type"], a["action"] = "installationUpdate", "add" }))
}

// Say types to the bot in a personal chat.
func (s *Server) Say(user, text string) {
	s.t.Helper()
	s.take(s.Activity(user, text, nil))
}

// Mention types to the bot in a channel.
func (s *Server) Mention(user, channel, text string) {
	s.t.Helper()
	s.take(s.Activity(user, "<at>Security advisor</at> "+text, func(a map[string]any) {
		a["conversation"] = room(channel + ";messageid=1")
		a["entities"] = []any{map[string]any{"type": "mention", "text": "<at>Security advisor</at>", "mentioned": map[string]any{"id": "28:" + App}}}
	}))
}

// room is a channel as activities name it.
func room(id string) map[string]any {
	return map[string]any{"id": id, "conversationType": "channel", "tenantId": Org, "isGroup": true}
}

// Ask is the body of a message, as Teams sends it with an id that a test gives.
func (s *Server) Ask(user, id, text string) []byte {
	body, err := json.Marshal(s.Activity(user, text, func(a map[string]any) { a["id"] = id }))
	if err != nil {
		s.t.Error(err)
	}
	return body
}
