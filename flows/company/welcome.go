package company

import (
	"time"

	"secadvisor/bot"
)

// Welcome remembers to whom the first message was sent, and which owner got
// theirs, so that neither comes again.
type Welcome struct {
	To    string    `json:"to"`
	At    time.Time `json:"at"`
	Owner string    `json:"owner,omitempty"` // empty: none
}

// Welcomes holds the one Welcome under WelcomeID.
var Welcomes = bot.Doc[Welcome]{Prefix: "company", Version: 1}

// WelcomeID is the id of that document.
const WelcomeID = "welcome"
