package company

import (
	"time"

	"secadvisor/bot"
)

// Welcome remembers that the first message was sent, so that it is the only
// one.
type Welcome struct {
	To string    `json:"to"`
	At time.Time `json:"at"`
}

// Welcomes holds the one Welcome under WelcomeID.
var Welcomes = bot.Doc[Welcome]{Prefix: "company", Version: 1}

// WelcomeID is the id of that document.
const WelcomeID = "welcome"
