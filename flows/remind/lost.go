package remind

import (
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

const (
	// retryAfter is how long a platform is left alone that does not answer; each
	// time twice as long, for about as long as somebody is waited for.
	retryAfter = time.Hour
	// mostTries is how often a message is sent again that got no answer: some of
	// those before may have arrived all the same.
	mostTries = 5
)

// retryLater is for a card that got no answer from the platform, ten times
// over. That tells nothing of whom it is for, and passes: it is sent again when
// they are at work, and nobody else is asked meanwhile.
func (t *turn) retryLater(i int) []bot.Effect {
	if !t.s.Waits.Open() {
		return nil // it would only have said so
	}
	a := &t.s.Waits.Asked[i]
	a.Retry = working(t.now().Add(retryAfter<<a.Tries), t.zone(a.To))
	a.Tries++
	t.s.Waits.Next = earlier(t.s.Waits.Next, a.Retry)
	t.keep()
	return t.timers()
}

// lost reports whether somebody's latest message did not arrive, and can be
// sent again.
func (t *turn) lost(a company.Asking) bool {
	return !a.Retry.IsZero() && t.canAsk(a.To) && t.cannotShow(a.To) == ""
}

// onItsWay reports whether somebody is yet to get what they were sent.
func (t *turn) onItsWay() bool {
	for _, a := range t.s.Waits.Asked {
		if t.s.Waits.Open() && !a.Retry.IsZero() {
			return true
		}
	}
	return false
}
