// Package company holds the documents that flows share about one company: one
// file each, with what can be said of it without a flow. Flows meet only here and
// in the actions of buttons.
//
//   - Who people are and what they do: Map with its Party and Duty, Contacts for an
//     emergency, Profile, Code. Owners and LooksAfter ask them.
//   - What was answered: Run with its Answer, found by the Index; Bank, the latest
//     answer to each question; BothSides; Interview.
//   - What is to be done: Fixes, Schedule, and Attention, who wants peace.
//   - Taught, the company's own phrases; Welcome, that the first message was sent.
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
