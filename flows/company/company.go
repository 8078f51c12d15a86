// Package company holds the documents that flows share about one company, with
// what can be said of each without a flow. Flows meet only here and in the
// actions of buttons.
//
// # A tour
//
// Each name below is a file, and most hold the document of that name.
//
//   - Who people are and what they do: map, with its party; contacts for an
//     emergency; profile; code, which makes somebody an owner. owners and
//     looks_after ask them.
//   - What was answered: run is one assessment, index finds the runs, said
//     gathers from them; bank has the latest answer to each question. sides and
//     interview are the two that are answered by others, too.
//   - What is to be done: fix, with fix_due for its days; schedule; attention,
//     who wants peace.
//   - taught is the company's own phrases; welcome, that the first message was
//     sent.
//   - How one flow wakes another, or lets it sleep: done, helped.
//   - How the log is printed: audit.
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
