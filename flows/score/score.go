// Package score is the arithmetic of assessments, in whole numbers: what
// the answers of a pack come to, how sure that is, and what to do first.
package score

import "time"

// Kind is how a question is answered.
type Kind string

const (
	YesNo  Kind = "yes-partly-no"
	Date   Kind = "date"
	Choice Kind = "choice"
)

// Question is what the arithmetic needs to know of a question in a pack.
type Question struct {
	ID        string
	Revision  int
	Kind      Kind
	Weight    int
	KnockOut  bool
	FixedBy   string // it, both or security
	Effort    int    // 1 a setting or a talk, 2 days, 3 a project
	Staleness int    // days
	Domain    string
	Choices   map[string]int // credit of each choice: 0, 50 or 100
	NAAllowed bool
}

// Answer is what was said, and when.
type Answer struct {
	Value    string // yes, partly, no, dont-know, not-applicable, a date, never, or a choice
	Evidence bool
	At       time.Time
	Revision int
}

// The values that every question understands.
const (
	Yes       = "yes"
	Partly    = "partly"
	No        = "no"
	DontKnow  = "dont-know"
	NotApply  = "not-applicable"
	Never     = "never"
	DayFormat = "2006-01-02"
)

// State is what an answer amounts to.
type State string

const (
	Missing    State = ""
	Full       State = "yes"
	Half       State = "partly"
	None       State = "no"
	Unknown    State = "dont-know"
	Irrelevant State = "not-applicable"
)

// Result is what a run came to. Without an answer to every question there is
// no score, only how many were answered.
type Result struct {
	Complete  bool
	Answered  int
	Of        int
	Raw       int // before knock-outs
	Shown     int
	Upper     int      // Raw if every "don't know" were a yes
	Possible  int      // Shown if every "don't know" were a yes
	CappedBy  []string // knock-outs that hold it at Cap, in order; none where it does not bind
	Cap       int      // 100: none binds
	Band      Band
	Sure      int // confidence, 0 to 100
	Domains   []Domain
	Gaps      []Gap          // what to do, the first first
	Risk      map[string]int // open risk by who fixes it
	Unknown   []string       // questions nobody could answer
	Numerator int
	Weight    int
}

// Domain is a part of the result.
type Domain struct {
	ID       string
	Shown    int
	Possible int
}

// Gap is something open.
type Gap struct {
	ID       string
	State    State
	Priority int
	Risk     int
	FixedBy  string
	Effort   int
	KnockOut bool
	Handed   Handed // why it is not both sides' any more
	weight   int
	position int
}

// Band is how good a score is.
type Band string

const (
	ActNow Band = "act now"
	Weak   Band = "weak"
	Fair   Band = "fair"
	Good   Band = "good"
)

// BandOf finds the band of a score.
func BandOf(score int) Band {
	switch {
	case score < 40:
		return ActNow
	case score < 60:
		return Weak
	case score < 80:
		return Fair
	}
	return Good
}

// Confidence is how far a result can be relied on.
type Confidence string

const (
	High   Confidence = "high"
	Medium Confidence = "medium"
	Low    Confidence = "low"
)

// ConfidenceOf puts a figure from 0 to 100 into words.
func ConfidenceOf(sure int) Confidence {
	switch {
	case sure >= 75:
		return High
	case sure >= 50:
		return Medium
	}
	return Low
}
