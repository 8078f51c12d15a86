package faketeams

import (
	"fmt"
	"strings"
)

// Input is something to fill in on a card.
type Input struct {
	ID, Label, Value string
	Titles, Values   []string // what can be chosen
	Person           bool     // people are looked up
	Required         bool
	Why              string // it was refused
}

// ID names a card in its conversation; it stays when the card is edited.
func (c Card) ID() string { return c.id }

// Sent is a card as the connector got it.
func (c Card) Sent() map[string]any { return c.body }

// Screen is a card as its reader sees it: a line for each part, the buttons of
// a row side by side, and what can be chosen in braces.
func (c Card) Screen() string {
	var lines []string
	for _, part := range list(c.body["body"]) {
		if drawn := screenOf(part); drawn != "" {
			lines = append(lines, drawn)
		}
	}
	return strings.Join(lines, "\n")
}

// Labels are the buttons of a card, and what its menus offer.
func (c Card) Labels() []string {
	var all []string
	each(c.body, func(e map[string]any) {
		if strings.HasPrefix(text(e["type"]), "Action.") {
			all = append(all, text(e["title"]))
		}
		if !strings.HasPrefix(text(e["id"]), "field.") {
			all = append(all, inputOf(e).Titles...)
		}
	})
	return all
}

// Inputs are the fields of the form that a card is; none: it is no form.
func (c Card) Inputs() []Input {
	var all []Input
	why := ""
	each(c.body, func(e map[string]any) {
		switch {
		case e["type"] == "TextRun" && e["color"] == "Attention":
			why = text(e["text"])
		case strings.HasPrefix(text(e["id"]), "field."):
			in := inputOf(e)
			in.Why, why = why, ""
			all = append(all, in)
		}
	})
	return all
}

// Use presses a button of a card or takes an option of its menus. What the
// bot answers stands in the card's place afterwards.
func (s *Server) Use(user string, c Card, label string, inputs map[string]string) Card {
	s.t.Helper()
	if data, ok := c.data(label, inputs); ok {
		return s.execute(user, c, data)
	}
	input, value, ok := c.option(label)
	data := c.menuOf(input)
	if !ok || data == nil {
		s.t.Fatalf("nothing offers %q on %q", label, c.Shown())
	}
	data[input] = value
	return s.execute(user, c, data)
}

// Name calls somebody of the organisation by a name, and adds who is not there.
func (s *Server) Name(id, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, known := s.people[id]
	if !known {
		p = person{id, name, id + "-oid", Org, "user"}
	}
	p.Name = name
	s.people[id] = p
}

// Object is somebody's id in the directory, which a person picker gives.
func (s *Server) Object(id string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.people[id].Object
}

func screenOf(v any) string {
	e, _ := v.(map[string]any)
	kind := text(e["type"])
	switch {
	case kind == "ActionSet":
		return strings.TrimSpace(actions(e, "[", "]", "") + " " + actions(e, "{more: ", "}", "secondary"))
	case strings.HasPrefix(kind, "Action."):
		return "[" + text(e["title"]) + "]"
	case strings.HasPrefix(kind, "Input."):
		return inputOf(e).screen(text(e["placeholder"]))
	case kind == "RichTextBlock":
		return rich(e)
	case kind == "TextBlock":
		return text(e["text"])
	case kind == "Table":
		var rows []string
		for _, row := range list(e["rows"]) {
			rows = append(rows, "| "+inner(row, "cells", " | "))
		}
		return strings.Join(rows, "\n")
	}
	for _, name := range []string{"items", "columns"} {
		if e[name] != nil {
			return inner(e, name, map[string]string{"items": "\n", "columns": " | "}[name])
		}
	}
	return ""
}

func inner(v any, name, between string) string {
	e, _ := v.(map[string]any)
	var all []string
	for _, part := range list(e[name]) {
		all = append(all, screenOf(part))
	}
	return strings.Join(all, between)
}

// rich draws runs; what begins subtle is small print.
func rich(e map[string]any) string {
	words := ""
	for i, one := range list(e["inlines"]) {
		run, _ := one.(map[string]any)
		if i == 0 && run["isSubtle"] == true {
			words = "· "
		}
		words += text(run["text"])
	}
	return words
}

// actions draws the buttons of one mode; the others hide behind dots.
func actions(e map[string]any, before, after, mode string) string {
	var all []string
	for _, one := range list(e["actions"]) {
		if a, _ := one.(map[string]any); text(a["mode"]) == mode {
			all = append(all, text(a["title"]))
		}
	}
	switch {
	case len(all) == 0:
		return ""
	case mode == "":
		return before + strings.Join(all, after+" "+before) + after
	}
	return before + strings.Join(all, " | ") + after
}

func inputOf(e map[string]any) Input {
	in := Input{ID: strings.TrimPrefix(text(e["id"]), "field."), Label: text(e["label"]), Value: text(e["value"]), Person: e["choices.data"] != nil, Required: e["isRequired"] == true}
	for _, one := range list(e["choices"]) {
		choice, _ := one.(map[string]any)
		in.Titles, in.Values = append(in.Titles, text(choice["title"])), append(in.Values, text(choice["value"]))
	}
	return in
}

func (in Input) screen(hint string) string {
	shown := in.Value
	for i, value := range in.Values {
		if value == in.Value && value != "" {
			shown = in.Titles[i]
		}
	}
	if shown == "" {
		shown = hint
	}
	if in.Person {
		shown = "a person"
	}
	if len(in.Titles) > 0 {
		shown = strings.TrimPrefix(shown+": ", ": ") + strings.Join(in.Titles, " | ")
	}
	return strings.TrimSpace(in.Label + " {" + shown + "}")
}

func list(v any) []any {
	all, _ := v.([]any)
	return all
}

func text(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}
