package faketeams

import (
	"encoding/json"
	"slices"
)

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
