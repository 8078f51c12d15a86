package main

import (
	"fmt"

	"secadvisor/bot/bottest/fakeslack"
)

// request is one line of input. What Do needs is set, the rest is empty.
type request struct {
	ID       int64                `json:"id"`
	Do       string               `json:"do"`
	User     string               `json:"user"`
	Channel  string               `json:"channel"`
	TS       string               `json:"ts"` // of a message, with its channel
	Command  string               `json:"command"`
	Text     string               `json:"text"`
	Label    string               `json:"label"` // of a button or an option
	Callback string               `json:"callback"`
	Values   map[string]string    `json:"values"` // of a form
	At       *fakeslack.Addresses `json:"at"`     // of the bot; none: its sockets
	Socket   int                  `json:"socket"`
	Reason   string               `json:"reason"`
	Method   string               `json:"method"`
	Fault    fakeslack.Fault      `json:"fault"`
	Times    int                  `json:"times"`
}

func (r request) perform(s *fakeslack.Server) map[string]any {
	if d := r.act(s); d != nil {
		return told(d)
	}
	switch r.Do {
	case "connect":
		s.ConnectAt()
		if r.At != nil {
			s.ConnectAt(*r.At)
		}
	case "verify":
		if err := s.VerifyURL(); err != nil {
			return map[string]any{"error": err.Error()}
		}
	case "say":
		return map[string]any{"message": show(s.Say(r.User, r.Channel, r.Text))}
	case "messages":
		return map[string]any{"messages": showAll(s.Messages(r.Channel))}
	case "dm":
		return map[string]any{"messages": showAll(s.DM(r.User))}
	case "ephemerals":
		return map[string]any{"messages": showAll(s.Ephemerals(r.User))}
	case "view":
		v, open := s.View(r.User)
		return map[string]any{"open": open, "title": v.Title, "errors": v.Errors}
	case "home":
		v, there := s.Home(r.User)
		return map[string]any{"there": there, "shown": v.Shown()}
	case "sockets":
		return map[string]any{"sockets": len(s.Sockets())}
	case "disconnect":
		s.Disconnect(r.Socket, r.Reason)
	case "fail":
		s.Fail(r.Method, r.Fault, r.Times)
	default:
		return map[string]any{"error": fmt.Sprintf("nothing is called %q", r.Do)}
	}
	return map[string]any{}
}

// act is what a person does; nil where it is nothing that a bot is told of.
func (r request) act(s *fakeslack.Server) *fakeslack.Delivery {
	m := s.Now(fakeslack.Message{Channel: r.Channel, TS: r.TS})
	v, _ := s.View(r.User)
	home, _ := s.Home(r.User)
	switch r.Do {
	case "command":
		return s.Command(r.User, r.Channel, r.Command, r.Text)
	case "press":
		return s.Press(r.User, m, r.Label)
	case "select":
		return s.Select(r.User, m, r.Label)
	case "pressHome":
		return s.PressIn(r.User, home, r.Label)
	case "submit":
		return s.SubmitForm(r.User, v, r.Values)
	case "write":
		return s.DMText(r.User, r.Text)
	case "mention":
		return s.Mention(r.User, r.Channel, r.Text)
	case "shortcut":
		return s.Shortcut(r.User, m, r.Callback)
	case "openHome":
		return s.HomeOpened(r.User)
	}
	return nil
}

func told(d *fakeslack.Delivery) map[string]any {
	told := map[string]any{"acked": d.Acked(), "problem": d.Problem(), "errors": d.Errors(), "status": d.Last().Status, "attempts": len(d.Attempts())}
	if m, ok := d.Answer(); ok {
		told["answer"] = show(m)
	}
	return told
}

func show(m fakeslack.Message) map[string]any {
	return map[string]any{
		"channel": m.Channel, "ts": m.TS, "text": m.Text, "shown": m.Shown(), "buttons": m.Buttons(),
		"edits": len(m.Edits), "user": m.User, "blocks": m.Blocks, "metadata": m.Metadata,
	}
}

func showAll(all []fakeslack.Message) []map[string]any {
	shown := []map[string]any{}
	for _, m := range all {
		shown = append(shown, show(m))
	}
	return shown
}
