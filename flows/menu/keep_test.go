package menu_test

import (
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
		s := &bottest.Scene{TB: t, World: bottest.NewWorld([]bot.Flow{menu.New(lib, nobody)}, now), Flow: "menu"}
		s.Sees(bottest.Answered(s.Type(staff, "what do you keep")), append(row.want, "whoever can export this workspace's messages")...)
	}
}
