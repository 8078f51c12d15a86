package company

import "secadvisor/bot"

// The timers of the two questions that somebody is asked after urgent steps:
// whether they reached somebody, and later whether it is dealt with. The
// person's id follows.
const (
	TimerReached = "reached/"
	TimerDealt   = "dealt/"
)

// Helped cancels both: somebody has it, so that they are not alone.
func Helped(person string) []bot.Effect {
	return []bot.Effect{bot.Set{Flow: "who", Name: TimerReached + person}, bot.Set{Flow: "who", Name: TimerDealt + person}}
}
