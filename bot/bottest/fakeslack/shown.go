package fakeslack

import (
	"encoding/json"
	"strings"
)

// showCommandAnswer shows the person what stands in the response to their
// command.
func (s *Server) showCommandAnswer(d *Delivery, kind string, body []byte) {
	if len(strings.TrimSpace(string(body))) == 0 {
		return
	}
	a := answer{Text: string(body)}
	if strings.Contains(kind, "json") {
		read, err := s.readAnswer(body)
		if err != nil {
			d.fail("invalid_command_response: " + err.Error())
			return
		}
		a = read
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	key := d.ResponseURL[strings.LastIndexByte(d.ResponseURL, '/')+1:]
	a.ReplaceOriginal, a.DeleteOriginal = false, false
	m, err := s.put(a, s.responses[key])
	if err != nil {
		d.fail("invalid_command_response: " + err.Error())
		return
	}
	shown := m.copy()
	d.setAnswer(&shown)
}

// showFormAnswer does what the answer to a sent form asks for.
func (s *Server) showFormAnswer(d *Delivery, sent View, body []byte) {
	var a struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
		View   json.RawMessage   `json:"view"`
	}
	if len(strings.TrimSpace(string(body))) > 0 {
		if err := json.Unmarshal(body, &a); err != nil {
			d.fail("the form stays open: the answer is not JSON")
			return
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	open := s.view(sent.ID)
	if open == nil {
		return
	}
	switch a.Action {
	case "":
		open.Open = false
	case "clear":
		for _, v := range s.views {
			if v.Root == open.Root {
				v.Open = false
			}
		}
	case "errors":
		if problem := unknownBlock(sent, a.Errors); problem != "" {
			d.fail(problem)
			return
		}
		open.Errors = a.Errors
		d.setErrors(a.Errors)
	case "update", "push":
		next, err := readView(a.View, "modal")
		if err != nil {
			d.fail("the form stays open: " + err.Error())
			return
		}
		if a.Action == "update" {
			s.replace(open, next)
			return
		}
		next.User, next.Root, next.Previous = open.User, open.Root, open.ID
		s.addView(next)
	default:
		d.fail("the form stays open: response_action " + a.Action)
	}
}

// unknownBlock tells of an error that names no input: Slack shows none then.
func unknownBlock(v View, errors map[string]string) string {
	if len(errors) == 0 {
		return "the form stays open: no errors in the answer"
	}
	known := map[string]bool{}
	for _, c := range v.Controls() {
		known[c.Block] = true
	}
	for id, why := range errors {
		if !known[id] || why == "" {
			return "the form stays open: an error for block " + id
		}
	}
	return ""
}
