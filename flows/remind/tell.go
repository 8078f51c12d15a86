package remind

import (
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// What owners are told: that something did not arrive, was missed or stopped.
// It is nothing to wake them for.

// mostLater is how many notices wait for the morning.
const mostLater = 10

// notify tells somebody at once where they are at work, and else in the
// morning. Who calls it keeps the schedule and sets its timers.
func (t *turn) notify(n company.Notice) []bot.Effect {
	if t.atWork(n.To).Equal(t.now()) {
		return []bot.Effect{bot.Show{Key: n.Key, To: n.To, View: n.View}}
	}
	t.s.Later = append(t.s.Later, n)
	t.s.Later = t.s.Later[max(len(t.s.Later)-mostLater, 0):]
	return nil
}

// atWork is when somebody is at work, from now on.
func (t *turn) atWork(to bot.Address) time.Time { return working(t.now(), t.zone(to)) }

// tellTimer is set to when the next notice can be read.
func (t *turn) tellTimer() bot.Effect {
	var at time.Time
	for _, n := range t.s.Later {
		at = earlier(at, t.atWork(n.To))
	}
	return bot.Set{Name: t.id + timerTell, At: at, Spread: window}
}

// tellLater tells what has waited for the morning.
func (t *turn) tellLater() []bot.Effect {
	waiting := t.s.Later
	if len(waiting) == 0 {
		return nil
	}
	t.s.Later = nil
	var effects []bot.Effect
	for _, n := range waiting {
		effects = append(effects, t.notify(n)...)
	}
	t.keep()
	return append(effects, t.tellTimer())
}
