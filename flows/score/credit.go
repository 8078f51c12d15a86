package score

import "time"

// Credit is what an answer is worth: 0, 50 or 100, and what it amounts to.
// In a strict pack every half counts as nothing, and stays a half for
// confidence, order and knock-outs.
func Credit(q Question, a Answer, strict bool, now time.Time) (State, int) {
	state := stateOf(q, a, now)
	switch state {
	case Full:
		return state, 100
	case Half:
		if strict {
			return state, 0
		}
		return state, 50
	}
	return state, 0
}

func stateOf(q Question, a Answer, now time.Time) State {
	switch a.Value {
	case "":
		return Missing
	case DontKnow:
		return Unknown
	case NotApply:
		if q.NAAllowed {
			return Irrelevant
		}
		return Unknown
	}
	if expired(q, a, now) {
		return Unknown
	}
	switch q.Kind {
	case Date:
		return stateOfDate(q, a.Value, now)
	case Choice:
		points, known := q.Choices[a.Value]
		switch {
		case !known:
			return Unknown
		case points == 100:
			return Full
		case points == 50:
			return Half
		}
		return None
	}
	switch a.Value {
	case Yes:
		return Full
	case Partly:
		return Half
	case No:
		return None
	}
	return Unknown
}

func stateOfDate(q Question, value string, now time.Time) State {
	if value == Never {
		return None
	}
	day, err := time.Parse(DayFormat, value)
	if err != nil {
		return Unknown
	}
	switch age := days(day, now); {
	case age <= q.Staleness:
		return Full
	case age <= 2*q.Staleness:
		return Half
	}
	return None
}

// Stale reports whether an answer is older than its question allows: a run
// must ask it again.
func Stale(q Question, a Answer, now time.Time) bool {
	return !a.At.IsZero() && days(a.At, now) > q.Staleness
}

// expired reports whether an answer is so old that nobody knows any more.
func expired(q Question, a Answer, now time.Time) bool {
	return !a.At.IsZero() && days(a.At, now) > 2*q.Staleness
}

func days(from, to time.Time) int { return int(to.Sub(from) / (24 * time.Hour)) }

// sure is how much an answer can be relied on, 0 to 100. What is stale
// counts little whatever was said: an old "no" may be mended by now.
func sure(q Question, a Answer, state State, now time.Time) int {
	switch {
	case state == Unknown:
		return 0
	case Stale(q, a, now):
		return 30
	case state == None || a.Evidence:
		return 100
	}
	return 70
}
