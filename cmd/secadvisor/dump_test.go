package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/bot/slack"
	"secadvisor/bot/teams"
	"secadvisor/cmd/secadvisor/knowledge"
	"secadvisor/flows"
	"secadvisor/flows/content"
)

var (
	dump  = flag.String("dump", "", "write what TestDumpForSlack renders into this file, for deploy/e2e/run to check")
	cards = flag.String("cards", "", "the same for Teams: Adaptive Cards, for deploy/e2e/cards.mjs to check")
)

// everyInput has each kind of input, with and without a value.
var everyInput = bot.Form{Title: "Everything", Intro: "All of it", Submit: "Save", Action: bot.Do("a", "b"), Fields: []bot.Input{
	{ID: "typed", Label: "Typed", Hint: "A line", Value: "x"},
	{ID: "lines", Label: "Lines", Lines: true, Optional: true},
	{ID: "chosen", Label: "Chosen", Options: []bot.Option{{Value: "v", Label: "V"}}, Value: "v"},
	{ID: "person", Label: "Person", Pick: bot.PickPerson, Value: "U0123ABCD"},
	{ID: "deputy", Label: "Deputy", Pick: bot.PickPerson, Optional: true},
	{ID: "channel", Label: "Channel", Pick: bot.PickChannel, Value: "C0123ABCD"},
	{ID: "other", Label: "Other", Pick: bot.PickChannel, Optional: true},
}}

// Every view, form and page that an owner and staff can reach, as Slack would get
// it, one a line.
func TestDumpForSlack(t *testing.T) {
	if *dump == "" {
		t.Skip("runs with -dump FILE")
	}
	out, lines := linesTo(t, *dump)
	outCards, cardLines := linesTo(t, *cards)
	lib, matcher, err := knowledge.Load(content.Settings{Country: "GB", Partner: content.Partner{Name: "Partner Ltd", Contact: "help@partner.example"}})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	card := func(v any) {
		if err := cardLines.Encode(v); err != nil {
			t.Fatal(err)
		}
	}
	write := func(v any) {
		n++
		if err := lines.Encode(v); err != nil {
			t.Fatal(err)
		}
	}
	for _, who := range []bot.Person{{ID: "U1", Affiliation: bot.Home, Role: bot.Owner}, {ID: "U2", Affiliation: bot.Home}} {
		w := explored(t, flows.All(lib, matcher, func(string) []string { return nil }), who, 3000)
		for name, f := range w.Flows {
			if !f.Page {
				continue
			}
			before := len(w.Views)
			if _, err := w.Do(name, bot.Event{Kind: bot.Looked, From: who, Inline: true}); err != nil {
				t.Fatal(err)
			}
			for _, v := range w.Views[before:] {
				write(slack.Home(v))
			}
		}
		for _, v := range w.Views {
			gist, blocks := slack.Render(v)
			write(map[string]any{"channel": "C1", "text": gist, "blocks": blocks})
			card(teams.Render(v))
		}
		for _, f := range w.Forms {
			m, err := slack.Form(f, bot.Place{Channel: "C1"})
			if err != nil {
				t.Fatal(err)
			}
			write(m)
			card(teams.Form(f, map[string]string{}, map[string]string{f.Fields[0].ID: "Please write it out."}))
		}
	}
	card(teams.Form(everyInput, nil, nil))
	every, err := slack.Form(everyInput, bot.Place{})
	if err != nil {
		t.Fatal(err)
	}
	write(every)
	if err := errors.Join(out.Flush(), outCards.Flush()); err != nil {
		t.Fatal(err)
	}
	if n < 500 {
		t.Errorf("only %d messages", n)
	}
}

// explored is a world in which somebody has asked each flow a few things, and
// then pressed what was offered, so many times.
func explored(t *testing.T, all []bot.Flow, who bot.Person, presses int) *bottest.World {
	t.Helper()
	direct := bot.Place{Channel: "D1", Kind: bot.Direct}
	w := bottest.NewWorld(all, monday)
	for _, text := range []string{"", "quarterly", "who handles printers?", "i typed my password into a fake page", "what is the meaning of it all"} {
		for flow := range w.Flows {
			if _, err := w.Do(flow, bot.Event{Kind: bot.Command, Text: text, From: who, Place: direct, Inline: true}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := w.Explore(who, direct, presses); err != nil {
		t.Fatal(err)
	}
	return w
}

// linesTo writes JSON, one value a line, to a file; to none if it has no name.
func linesTo(t *testing.T, name string) (*bufio.Writer, *json.Encoder) {
	t.Helper()
	out := bufio.NewWriter(io.Discard)
	if name != "" {
		file, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		out = bufio.NewWriter(file)
	}
	return out, json.NewEncoder(out)
}
