package fakeslack

import (
	"math"
	"strconv"
	"time"
)

// bucket allows a burst, and then one post every so long.
type bucket struct {
	tokens float64
	at     time.Time
}

// take uses one post up, or says after how many seconds there is one.
func (b *bucket) take(now time.Time, every time.Duration, burst int) error {
	if every <= 0 {
		return nil
	}
	if b.at.IsZero() {
		b.tokens = float64(burst)
	} else {
		b.tokens = min(float64(burst), b.tokens+now.Sub(b.at).Seconds()/every.Seconds())
	}
	b.at = now
	if b.tokens >= 1 {
		b.tokens--
		return nil
	}
	missing := (1 - b.tokens) * every.Seconds()
	r := refused("ratelimited")
	r.after = strconv.Itoa(max(1, int(math.Ceil(missing)))) // Slack answers in whole seconds
	return r
}
