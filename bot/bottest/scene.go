package bottest

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
)

// Scene is one flow in its World, played by people. Tests of a flow embed it
// in a scene of their own that knows their company and its cards.
type Scene struct {
	testing.TB
	*World
	Flow string
	Pace time.Duration // passes before every event; zero: time stands still
}

// Play gives an event to the flow. What no flow may do ends the test.
func (s *Scene) Play(e bot.Event) []bot.Effect {
	s.Helper()
	s.Now = s.Now.Add(s.Pace)
	effects, err := s.Do(s.Flow, e)
	if err != nil {
		s.Fatal(err)
	}
	return effects
}

// Press does what a button of the flow does, wherever it stands.
func (s *Scene) Press(from bot.Person, verb string, args ...string) []bot.Effect {
	s.Helper()
	return s.Play(bot.Event{Kind: bot.Click, From: from, Action: bot.Do(s.Flow, verb, args...)})
}

// Type is a command with the text after it.
func (s *Scene) Type(from bot.Person, text string) []bot.Effect {
	s.Helper()
	return s.Play(bot.Event{Kind: bot.Command, From: from, Text: text})
}

// Button finds a button by how its label begins, in the first of the views
// that has one.
func (s *Scene) Button(label string, views ...bot.View) bot.Action {
	s.Helper()
	var all []string
	for _, v := range views {
		for _, b := range v.Actions() {
			if strings.HasPrefix(b.Label, label) {
				return b.Action
			}
		}
		all = append(all, Lines(v))
	}
	s.Fatalf("there is no button %q on:\n%s", label, strings.Join(all, "\n---\n"))
	return bot.Action{}
}

// Sees checks that a view says all of these.
func (s *Scene) Sees(v bot.View, texts ...string) {
	s.Helper()
	all := Lines(v)
	for _, text := range texts {
		if !strings.Contains(all, text) {
			s.Errorf("%q is not on:\n%s", text, all)
		}
	}
}

// Unseen checks that a view says none of these.
func (s *Scene) Unseen(v bot.View, texts ...string) {
	s.Helper()
	all := Lines(v)
	for _, text := range texts {
		if strings.Contains(all, text) {
			s.Errorf("%q is on:\n%s", text, all)
		}
	}
}

// Put stores a document.
func Put[T any](t testing.TB, w *World, doc bot.Doc[T], id string, v T) {
	t.Helper()
	body, err := doc.Encode(v)
	if err != nil {
		t.Fatal(err)
	}
	w.Docs[doc.Key(id)] = body
}

// Get is a document as it is stored, and zero where there is none.
func Get[T any](t testing.TB, w *World, doc bot.Doc[T], id string) (v T) {
	t.Helper()
	body, ok := w.Docs[doc.Key(id)]
	if !ok {
		return v
	}
	v, err := doc.Decode(body)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Elsewhere stands for another flow, to which buttons lead: it answers with
// its name.
func Elsewhere(name string) bot.Flow {
	return bot.Flow{Name: name, Step: func(*bot.Docs, bot.Event) []bot.Effect {
		return []bot.Effect{bot.Answer{View: bot.View{Title: name}}}
	}}
}
