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
	a := &t.s.Waits.Asked[i]
	if a.Retry.After(t.now()) {
		return nil // several messages of one outage
	}
	a.Retry = working(t.now().Add(retryAfter<<a.Tries), t.zone(a.To))
	a.Tries++
	t.s.Waits.Next = earlier(t.s.Waits.Next, a.Retry)
	t.keep()
	return t.timers()
}

// lost reports whether somebody's latest message did not arrive, and can be
// sent again.
func (t *turn) lost(a company.Asking) bool { return !a.Retry.IsZero() && t.canAsk(a.To) }

// waitsFor reports whether it is somebody's turn to say something. With all
// others a message only says how it stands.
func (t *turn) waitsFor(i int) bool {
	switch a := t.s.Waits.Asked[i]; {
	case !t.s.Waits.Open() || !t.s.Snoozed.IsZero() || a.Left || !a.Done.IsZero() || a.Unreached != "":
		return false
	case t.s.About == company.OfFixes:
		return true
	}
	return t.current() == i
}

// arrived is somebody who presses a button: they have what they were sent,
// whatever the platform did not answer.
func (t *turn) arrived() {
	for i := range t.s.Waits.Asked {
		a := &t.s.Waits.Asked[i]
		here := a.To.User != "" && a.To.User == t.event.From.ID || a.To.Channel != "" && a.To.Channel == t.event.Place.Channel
		if here && a.Tries > 0 {
			a.Retry, a.Tries, a.Unreached = time.Time{}, 0, ""
		}
	}
}

// giveUp is for a card that got no answer when whom it is for cannot be asked
// any more: they are away now.
func (t *turn) giveUp(i int) {
	a := &t.s.Waits.Asked[i]
	a.Retry, a.Unreached = time.Time{}, "there was no answer"
	if _, more := t.nextLink(); !more {
		t.s.Failed = a.Unreached
	}
}

// onItsWay reports whether somebody is yet to get what they were sent.
func (t *turn) onItsWay() bool {
	for i, a := range t.s.Waits.Asked {
		if !a.Retry.IsZero() && t.waitsFor(i) {
			return true
		}
	}
	return false
}
