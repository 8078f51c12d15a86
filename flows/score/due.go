package score

import "time"

// Due is a question that a run asks, with the reason.
type Due struct {
	ID  string
	Why Reason
}

// Reason is why a question is asked again.
type Reason string

const (
	NotAsked  Reason = "not asked" // never answered, or its meaning changed since
	IsStale   Reason = "stale"
	NotKnown  Reason = "unknown"
	WasBad    Reason = "bad"
	SoonStale Reason = "soon stale" // within soonDays
)

// soonDays is how far ahead of its staleness an answer is asked for again: a
// reminder comes once a quarter, not on the day.
const soonDays = 14

// Quarterly are the questions that a quarterly run asks, in order: what is
// stale or soon will be, was bad or is not known. The others are carried
// forward.
func Quarterly(p Pack, answers map[string]Answer, now time.Time) []Due {
	var due []Due
	for _, q := range p.Questions {
		if why := reason(q, answers[q.ID], now); why != "" {
			due = append(due, Due{q.ID, why})
		}
	}
	return due
}

// MustAsk reports whether a run has to ask: there is no answer, its meaning
// changed since, or it is stale. Any other answer may be confirmed instead.
func MustAsk(q Question, a Answer, now time.Time) bool {
	return a.Value == "" || a.Revision != q.Revision || Stale(q, a, now)
}

func reason(q Question, a Answer, now time.Time) Reason {
	soon := now.AddDate(0, 0, soonDays)
	switch state := stateOf(q, a, now); {
	case state == Missing || a.Revision != q.Revision:
		return NotAsked
	case Stale(q, a, now):
		return IsStale
	case state == Unknown:
		return NotKnown
	case state == None || state == Half:
		return WasBad
	case Stale(q, a, soon) || state == Full && stateOf(q, a, soon) != Full:
		return SoonStale // also a day that soon lies too far back
	}
	return ""
}
