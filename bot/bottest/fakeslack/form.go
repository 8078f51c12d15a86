package fakeslack

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// PressIn presses a button of a form or Home.
func (s *Server) PressIn(user string, v View, label string) *Delivery {
	act, ok := button(v.Controls(), label)
	if !ok {
		return s.unsent(fmt.Errorf("no button %q; there are %q", label, v.Buttons()))
	}
	return s.useIn(user, v, act)
}

func (s *Server) useIn(user string, v View, act Control) *Delivery {
	s.mu.Lock()
	u, _, err := s.scene(user, "")
	if err != nil {
		s.mu.Unlock()
		return s.unsent(err)
	}
	payload := s.pressedIn(u, &v, act)
	s.mu.Unlock()
	return s.interact(payload, "", nil)
}

// SubmitForm fills a form in and sends it. Values are by the input's
// block_id, action_id or label; a choice is given by its text, several in
// lines. What is not given keeps its initial value. The errors that the bot
// answers with stand in the Delivery and in the View.
func (s *Server) SubmitForm(user string, v View, values map[string]string) *Delivery {
	filled, err := v.fill(values)
	if err != nil {
		return s.unsent(fmt.Errorf("form %q: %v", v.Title, err))
	}
	s.mu.Lock()
	u, _, err := s.scene(user, "")
	if err != nil {
		s.mu.Unlock()
		return s.unsent(err)
	}
	p := s.interaction("view_submission", u, v.ID)
	sent := s.showView(&v)
	sent["state"] = map[string]any{"values": filled}
	p["view"], p["response_urls"] = sent, []any{}
	s.mu.Unlock()
	return s.interact(p, "", func(d *Delivery, body []byte) { s.showFormAnswer(d, v, body) })
}

// CloseForm closes a form without sending it; the bot is told if it asked
// to be (notify_on_close).
func (s *Server) CloseForm(user string, v View) *Delivery {
	var asked struct {
		Notify bool `json:"notify_on_close"`
	}
	json.Unmarshal(v.Body, &asked)
	s.mu.Lock()
	u, _, err := s.scene(user, "")
	if open := s.view(v.ID); open != nil {
		open.Open = false
	}
	if err != nil || !asked.Notify {
		s.mu.Unlock()
		return &Delivery{Kind: Interactive}
	}
	p := s.interaction("view_closed", u, v.ID)
	p["view"], p["is_cleared"] = s.showView(&v), false
	s.mu.Unlock()
	return s.interact(p, "", nil)
}

// fill is the state of a form's inputs, or what Slack's own client would
// complain of before sending.
func (v View) fill(values map[string]string) (map[string]map[string]any, error) {
	left := maps.Clone(values)
	filled := map[string]map[string]any{}
	for _, c := range v.Controls() {
		if c.Type == "button" || c.Type == "overflow" {
			continue
		}
		given := c.initial()
		for _, name := range []string{c.Block, c.Action, c.Label} {
			if value, ok := left[name]; ok {
				given = value
				delete(left, name)
				break
			}
		}
		if err := c.accepts(given); err != nil {
			return nil, fmt.Errorf("%s: %w", c.Label, err)
		}
		held, err := c.choose(given)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.Label, err)
		}
		put(filled, c, held)
	}
	if len(left) > 0 {
		return nil, fmt.Errorf("no input %q", slices.Sorted(maps.Keys(left)))
	}
	return filled, nil
}

// accepts is the check that Slack's client makes.
func (c Control) accepts(given string) error {
	n := utf8.RuneCountInString(given)
	switch {
	case n == 0 && !c.Optional && c.Type != "checkboxes":
		return fmt.Errorf("must be filled in")
	case n > 0 && n < c.element.MinLength:
		return fmt.Errorf("at least %d characters", c.element.MinLength)
	case c.element.MaxLength > 0 && n > c.element.MaxLength:
		return fmt.Errorf("at most %d characters", c.element.MaxLength)
	case c.Type == "email_text_input" && n > 0 && !strings.Contains(given, "@"):
		return fmt.Errorf("must be an email address")
	}
	return nil
}
