package faketeams

import (
	"encoding/json"
	"strings"
)

// Card is an Adaptive Card as somebody sees it.
type Card struct {
	id   string
	in   string // the conversation where it lies
	body map[string]any
}

func readCard(activity map[string]any) Card {
	attachments, _ := activity["attachments"].([]any)
	if len(attachments) == 0 {
		return Card{body: map[string]any{}}
	}
	content, _ := attachments[0].(map[string]any)["content"].(map[string]any)
	return Card{body: content}
}

// Shown is every text of the card.
func (c Card) Shown() string {
	var texts []string
	each(c.body, func(e map[string]any) {
		for _, name := range []string{"text", "label"} {
			if text, ok := e[name].(string); ok {
				texts = append(texts, text)
			}
		}
	})
	return strings.Join(texts, "\n")
}

// Link is the address that a button opens; empty: there is no such button.
func (c Card) Link(label string) (address string) {
	each(c.body, func(e map[string]any) {
		if e["type"] == "Action.OpenUrl" && e["title"] == label {
			address, _ = e["url"].(string)
		}
	})
	return address
}

// each tells every element of a card, in order.
func each(v any, tell func(map[string]any)) {
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			each(one, tell)
		}
	case map[string]any:
		if _, ok := v["type"].(string); ok {
			tell(v)
		}
		for _, name := range []string{"body", "items", "columns", "rows", "cells", "inlines", "actions"} {
			each(v[name], tell)
		}
	}
}

// data is what a press on a button sends, with what stands in the inputs.
func (c Card) data(label string, inputs map[string]string) (data map[string]any, found bool) {
	each(c.body, func(e map[string]any) {
		if e["type"] != "Action.Execute" || e["title"] != label || found {
			return
		}
		raw, _ := json.Marshal(e["data"])
		found = json.Unmarshal(raw, &data) == nil
	})
	for id, value := range inputs {
		if found {
			data[id] = value
		}
	}
	return data, found
}

// option finds the input that offers a choice, and the choice's value.
func (c Card) option(title string) (input, value string, found bool) {
	each(c.body, func(e map[string]any) {
		choices, _ := e["choices"].([]any)
		for _, one := range choices {
			choice, _ := one.(map[string]any)
			if choice["title"] == title && !found {
				input, _ = e["id"].(string)
				value, _ = choice["value"].(string)
				found = true
			}
		}
	})
	return input, value, found
}

// menuOf is the data of the button that sends an input.
func (c Card) menuOf(input string) (data map[string]any) {
	each(c.body, func(e map[string]any) {
		if sent, ok := e["data"].(map[string]any); ok && sent["m"] == input && data == nil {
			raw, _ := json.Marshal(sent)
			_ = json.Unmarshal(raw, &data)
		}
	})
	return data
}
