package handoff

import (
	"strconv"
	"time"

	"secadvisor/bot"
)

// Note is what one person passes on to another.
type Note struct {
	Topic  string    `json:"topic"`
	Case   string    `json:"case,omitempty"`
	From   string    `json:"from"`
	Name   string    `json:"name"`
	Text   string    `json:"text,omitempty"` // gone once somebody has it, or it is withdrawn
	To     Target    `json:"to"`
	Also   []Target  `json:"also,omitempty"`  // of a report: who else reads it at once
	Rest   []Target  `json:"rest,omitempty"`  // who comes next if nobody answers
	Asked  []Target  `json:"asked,omitempty"` // who has its card
	State  State     `json:"state"`
	Sent   time.Time `json:"sent,omitzero"`
	Urgent bool      `json:"urgent,omitempty"`
	Report bool      `json:"report,omitempty"` // for its readers to know: somebody was phoned already

	Changes int `json:"changes,omitempty"` // how often the draft was changed
}

// version names the draft as it stands: a preview of an earlier one sends
// nothing.
func (n Note) version() string {
	if n.Changes == 0 {
		return ""
	}
	return strconv.Itoa(n.Changes)
}

// State is how far a note is.
type State string

const (
	Draft     State = "draft"
	Open      State = "open" // sent, and nobody has it yet
	Taken     State = "taken"
	Told      State = "told" // a report that was sent
	Withdrawn State = "withdrawn"
	Closed    State = "closed" // nobody was left to ask
)

// Notes holds each under its id.
var Notes = bot.Doc[Note]{Prefix: "handoff", Version: 1}

const (
	draftFor = 24 * time.Hour
	noteFor  = 90 * 24 * time.Hour

	// closedFor is how long one can still be taken that nobody has answered.
	closedFor = 7 * 24 * time.Hour

	withdrawFor = 10 * time.Minute
	maxText     = 1000
)
