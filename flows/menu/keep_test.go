package menu_test

import (
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/content"
	"secadvisor/flows/menu"
)

// Who can read what is kept is said as it is: with a seal and without.
func TestWhoCanReadItIsSaidTruly(t *testing.T) {
	for _, row := range []struct {
		settings content.Settings
		want     []string
	}{
		{content.Settings{Operator: "Lakeside IT"}, []string{"not encrypted", "whoever runs this server (Lakeside IT) could read it", "whoever gets its disk or a backup"}},
		{content.Settings{Operator: "Lakeside IT", Sealed: true}, []string{"encrypted: its disk or a backup alone tells nobody anything", "The key is with whoever runs this server (Lakeside IT), who could read it"}},
	} {
		lib, err := content.Load(row.settings)
		if err != nil {
			t.Fatal(err)
		}
		w := bottest.NewWorld([]bot.Flow{menu.New(lib)}, now)
		effects, err := w.Do("menu", bot.Event{Kind: bot.Message, From: staff, Text: "what do you keep"})
		if err != nil {
			t.Fatal(err)
		}
		shown := bottest.Lines(effects[0].(bot.Answer).View)
		for _, want := range append(row.want, "whoever can export this workspace's messages") {
			if !strings.Contains(shown, want) {
				t.Errorf("sealed %v: it does not say %q:\n%s", row.settings.Sealed, want, shown)
			}
		}
	}
}
