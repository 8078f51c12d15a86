package company

import (
	"time"

	"secadvisor/bot"
	"secadvisor/flows/score"
)

// Fixes are what is to be mended at a company: one task for each question
// whose answer showed a gap. They are one document: an assessment adds many
// of them at once, every list shows all of them, and there are never more
// than questions, so that a step reads and writes one thing.
type Fixes struct {
	Tasks map[string]Fix `json:"tasks,omitempty"` // by question id
}

// Fix is one task.
type Fix struct {
	State    FixState        `json:"state"` // as it was last written: At tells how it is now
	Side     string          `json:"side"`  // who fixes it: it, both or security
	Gap      score.State     `json:"gap"`   // what the latest answer amounts to; dont-know: find out first
	Priority int             `json:"priority"`
	Risk     int             `json:"risk"`
	KnockOut bool            `json:"knock_out,omitempty"`
	Pack     string          `json:"pack"`            // the assessment that it was last made from
	Run      string          `json:"run"`             // and the run of it
	Revision int             `json:"revision"`        // of the question
	Seen     time.Time       `json:"seen"`            // the latest answer that counted
	Since    time.Time       `json:"since"`           // when it came onto the list
	By       string          `json:"by"`              // who put it there
	Parts    map[string]Part `json:"parts,omitempty"` // who does it, by side; of a shared one each trade can have somebody
	Done     Word            `json:"done,omitzero"`   // said to be done
	Accepted Acceptance      `json:"accepted,omitzero"`
	Closed   time.Time       `json:"closed,omitzero"` // the answer that confirmed it
	Back     Back            `json:"back,omitzero"`   // why it is open again
}

// FixState is how far a task is.
type FixState string

const (
	FixOpen     FixState = "open"
	FixPlanned  FixState = "planned"
	FixDone     FixState = "done"     // somebody says so; the next answer to the question confirms it or not
	FixAccepted FixState = "accepted" // an owner lives with it until a day
	FixClosed   FixState = "closed"   // an answer has confirmed it
)

// Part is what one person, or somebody outside, has taken over of a task.
type Part struct {
	User      string    `json:"user,omitempty"` // empty: somebody outside, or nobody
	Name      string    `json:"name,omitempty"` // empty: nobody
	Due       time.Time `json:"due,omitzero"`   // a day: see DayOver
	Zone      string    `json:"zone,omitempty"` // of whoever set it
	Moved     time.Time `json:"moved,omitzero"` // when it was changed to that day, where it was
	Told      time.Time `json:"told,omitzero"`  // when whoever has it heard that the day has come
	Given     time.Time `json:"given,omitzero"`
	By        string    `json:"by,omitempty"`    // the owner who gave it
	Asker     string    `json:"asker,omitempty"` // and their name
	Card      string    `json:"card,omitempty"`  // names the card that they have
	Done      time.Time `json:"done,omitzero"`
	Note      string    `json:"note,omitempty"`      // of who has it, or of who could not do it
	Declined  string    `json:"declined,omitempty"`  // the name of who could not do it
	Unreached string    `json:"unreached,omitempty"` // why the card did not arrive
	Stale     bool      `json:"stale,omitempty"`     // the card does not show yet how it stands
}

// Word is what somebody said: that it is done, and how that was seen.
type Word struct {
	By   string    `json:"by"`
	Name string    `json:"name"`
	Note string    `json:"note"`
	At   time.Time `json:"at"`
}

// Acceptance is an owner's decision to leave something as it is for a time.
type Acceptance struct {
	By     string    `json:"by"`
	Name   string    `json:"name"`
	Reason string    `json:"reason"`
	Until  time.Time `json:"until"` // a day: see DayOver
	At     time.Time `json:"at"`
}

// Back says why a task is open again: an answer still showed the gap, or the
// day is over until which it was accepted.
type Back struct {
	From  FixState  `json:"from"`
	At    time.Time `json:"at"`
	Found bool      `json:"found,omitempty"` // it was to be found out, and there is a gap
}

// Owed is what one person has taken over and not said to be done.
type Owed struct {
	Question string
	Side     string // the part of the task
	Part     Part
}

// FixesOf holds the one list under FixesID.
var FixesOf = bot.Doc[Fixes]{Prefix: "company", Version: 1}

// FixesID is the id of that document.
const FixesID = "fixes"
