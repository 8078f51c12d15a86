// Package company holds the documents that flows share about one company:
// its profile, whom to phone, its assessment runs, the bank of answers and
// the schedules. Flows meet only here and in the actions of buttons.
package company

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"secadvisor/bot"
)

// NewID makes the id of something that an event creates: the same event
// always makes the same id, another event another.
func NewID(e bot.Event) string {
	sum := sha256.Sum256([]byte(e.Tenant + "\x00" + e.ID))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:12])
}
