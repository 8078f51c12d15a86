package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/bot/slack"
	"secadvisor/flows"
	"secadvisor/flows/content"
)

var dump = flag.String("dump", "", "write what TestDumpForSlack renders into this file, for deploy/e2e/run to check")

// Every view and form that an owner and staff can reach, as Slack would get
// it, one a line.
func TestDumpForSlack(t *testing.T) {
	if *dump == "" {
		t.Skip("runs with -dump FILE")
	}
	file, err := os.Create(*dump)
	if err != nil {
		t.Fatal(err)
	}
	out := bufio.NewWriter(file)
	lines := json.NewEncoder(out)
	lib, matcher, err := knowledge(content.Settings{Country: "GB", Partner: content.Partner{Name: "Partner Ltd", Contact: "help@partner.example"}})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	write := func(v any) {
		n++
		if err := lines.Encode(v); err != nil {
			t.Fatal(err)
		}
	}
	for _, who := range []bot.Person{{ID: "U1", Affiliation: bot.Home, Role: bot.Owner}, {ID: "U2", Affiliation: bot.Home}} {
		w := bottest.NewWorld(flows.All(lib, matcher, func(string) []string { return nil }), monday)
		for _, text := range []string{"", "quarterly", "who handles printers?", "i typed my password into a fake page", "what is the meaning of it all"} {
			for flow := range w.Flows {
				if _, err := w.Do(flow, bot.Event{Kind: bot.Command, Text: text, From: who, Inline: true}); err != nil {
					t.Fatal(err)
				}
			}
		}
		if _, err := w.Explore(who, bot.Place{}, 3000); err != nil {
			t.Fatal(err)
		}
		for _, v := range w.Views {
			gist, blocks := slack.Render(v)
			write(map[string]any{"channel": "C1", "text": gist, "blocks": blocks})
		}
		for _, f := range w.Forms {
			m, err := slack.Form(f, bot.Place{Channel: "C1"})
			if err != nil {
				t.Fatal(err)
			}
			write(m)
		}
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	if n < 500 {
		t.Errorf("only %d messages", n)
	}
}
