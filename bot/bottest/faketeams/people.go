package faketeams

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
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

// Chat is what somebody's personal chat shows now.
func (s *Server) Chat(user string) []Card { return s.In(personal(user)) }

// In is what a conversation shows now.
func (s *Server) In(conversation string) []Card {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Card
	for _, c := range s.chats[conversation] {
		all = append(all, *c)
	}
	return all
}

// Read is all that anybody ever read in a conversation, in order; what answers a
// press is read in the chat of whoever pressed.
func (s *Server) Read(conversation string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.read[conversation])
}

// See waits for a card in somebody's personal chat that says something.
func (s *Server) See(user, words string) Card {
	s.t.Helper()
	return s.Wait(personal(user), words)
}

// Patience is how long See and its kin wait; ten seconds if nobody says.
func (s *Server) Patience(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.patience = d
}

// Wait waits for a card in a conversation that says something.
func (s *Server) Wait(conversation, words string) Card {
	s.t.Helper()
	s.mu.Lock()
	patience := s.patience
	s.mu.Unlock()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		all := s.In(conversation)
		for i := len(all) - 1; i >= 0; i-- {
			if strings.Contains(all[i].Shown(), words) {
				return all[i]
			}
		}
	}
	s.t.Fatalf("%s does not show %q, but %d cards, the last %q", conversation, words, len(s.In(conversation)), last(s.In(conversation)))
	return Card{}
}

func last(all []Card) string {
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1].Shown()
}

// Press presses a button of the card that says something. What the bot
// answers stands in the card's place afterwards.
func (s *Server) Press(user, words, label string) Card {
	s.t.Helper()
	return s.pressOn(user, s.See(user, words), label)
}

// PressIn is Press on a card that lies in a channel, where nobody else sees
// what the bot answers.
func (s *Server) PressIn(channel, user, words, label string) Card {
	s.t.Helper()
	return s.pressOn(user, s.Wait(channel, words), label)
}

func (s *Server) pressOn(user string, card Card, label string) Card {
	s.t.Helper()
	data, ok := card.data(label, nil)
	if !ok {
		s.t.Fatalf("there is no button %q on %q", label, card.Shown())
	}
	return s.execute(user, card, data)
}

// Choose takes an option of a menu.
func (s *Server) Choose(user, words, option string) Card {
	s.t.Helper()
	card := s.See(user, words)
	input, value, ok := card.option(option)
	data := card.menuOf(input)
	if !ok || data == nil {
		s.t.Fatalf("nothing offers %q on %q", option, card.Shown())
	}
	data[input] = value
	return s.execute(user, card, data)
}

// Fill fills in the form that says something, and sends it.
func (s *Server) Fill(user, words, submit string, values map[string]string) Card {
	s.t.Helper()
	card := s.See(user, words)
	inputs := map[string]string{}
	for id, value := range values {
		inputs["field."+id] = value
	}
	data, ok := card.data(submit, inputs)
	if !ok {
		s.t.Fatalf("there is no button %q on %q", submit, card.Shown())
	}
	return s.execute(user, card, data)
}

// LookAt is what a client does when somebody comes back to a card: it asks for
// the card as it is now, if the card names them.
func (s *Server) LookAt(user, words string) Card {
	s.t.Helper()
	card := s.See(user, words)
	refresh, _ := card.body["refresh"].(map[string]any)
	users, _ := refresh["userIds"].([]any)
	if !slices.Contains(users, any(user)) {
		return card
	}
	action, _ := refresh["action"].(map[string]any)
	data, _ := action["data"].(map[string]any)
	return s.execute(user, card, data)
}

// PressBody is the body of a press on the card that says something, with an
// id that a test gives.
func (s *Server) PressBody(user, words, label, id string) []byte {
	s.t.Helper()
	card := s.See(user, words)
	data, ok := card.data(label, nil)
	if !ok {
		s.t.Errorf("there is no button %q on %q", label, card.Shown())
	}
	body, err := json.Marshal(s.pressing(user, card, data, func(a map[string]any) { a["id"] = id }))
	if err != nil {
		s.t.Error(err)
	}
	return body
}

func (s *Server) pressing(user string, card Card, data map[string]any, change func(a map[string]any)) map[string]any {
	return s.Activity(user, "", func(a map[string]any) {
		a["type"], a["name"], a["replyToId"] = "invoke", "adaptiveCard/action", card.id
		if card.in != "" && card.in != personal(user) {
			a["conversation"] = room(card.in)
		}
		a["value"] = map[string]any{"action": map[string]any{"type": "Action.Execute", "verb": "press", "data": data}, "trigger": "manual"}
		if in := s.lies(card); in != personal(user) {
			a["conversation"] = map[string]any{"id": in + ";messageid=1", "conversationType": "channel", "tenantId": Org, "isGroup": true}
		}
		if change != nil {
			change(a)
		}
	})
}

func (s *Server) execute(user string, card Card, data map[string]any) Card {
	s.t.Helper()
	body := s.take(s.pressing(user, card, data, nil))
	var said struct {
		Status int             `json:"statusCode"`
		Type   string          `json:"type"`
		Value  json.RawMessage `json:"value"`
	}
	if err := json.Unmarshal([]byte(body), &said); err != nil || said.Status != 200 {
		s.t.Fatalf("a press is answered by %q (%v)", body, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if said.Type != "application/vnd.microsoft.card.adaptive" {
		if string(said.Value) == `""` {
			s.t.Fatal("a press is answered by an empty message, which Teams takes for a failure")
		}
		s.read[personal(user)] = append(s.read[personal(user)], string(said.Value))
		return card
	}
	now := Card{id: card.id, in: card.in}
	if err := json.Unmarshal(said.Value, &now.body); err != nil {
		s.t.Fatal(err)
	}
	s.read[personal(user)] = append(s.read[personal(user)], now.Shown())
	for _, all := range s.chats {
		for _, c := range all {
			if c.id == card.id {
				*c = now
			}
		}
	}
	return now
}

// lies is the conversation that a card stands in.
func (s *Server) lies(card Card) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for in, all := range s.chats {
		if slices.ContainsFunc(all, func(c *Card) bool { return c.id == card.id }) {
			return in
		}
	}
	return ""
}
