package play

import (
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
)

func TestOnlyWhatIsVisibleIsDrawn(t *testing.T) {
	bottest.OnlyVisible(t, func(v bot.View) string {
		s := newScene(t, func(bot.Event) bot.Reply { return bot.Reply{View: &v} })
		return s.types("x")
	})
}
