// Package company holds the documents that flows share about one company:
// its profile, whom to phone, its assessment runs, the bank of answers and
// the schedules. Flows meet only here and in the actions of buttons.
package company

import (
	"crypto/sha256"
	"encoding/base32"
	"regexp"
	"strings"

	"secadvisor/bot"
)

// NewID makes the id of something that an event creates: the same event
// always makes the same id, another event another.
func NewID(e bot.Event) string {
	sum := sha256.Sum256([]byte(e.Tenant + "\x00" + e.ID))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:12])
}

var id = regexp.MustCompile(`^[a-z2-7]{12}$`)

// IsID reports whether a text has the form of an id that NewID makes. What a
// button carries may be anything.
func IsID(text string) bool { return id.MatchString(text) }
