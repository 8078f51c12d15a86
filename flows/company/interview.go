package company

import (
	"time"

	"secadvisor/bot"
)

// Interview is what an owner asked the IT provider in writing, the replies,
// and what the owner found in them. Only owners read it.
type Interview struct {
	Owner    string                    `json:"owner"` // who asks, and holds the card
	Started  time.Time                 `json:"started"`
	Step     int                       `json:"step"`               // raised at every change: a button of an older step is late
	Topic    string                    `json:"topic,omitempty"`    // the one that the card shows; empty: all of them
	Provider string                    `json:"provider,omitempty"` // whom it was sent to in chat
	Name     string                    `json:"name,omitempty"`     // of the provider's person
	Sent     time.Time                 `json:"sent,omitzero"`
	Failed   string                    `json:"failed,omitempty"` // why it did not arrive
	Replies  map[string]InterviewReply `json:"replies,omitempty"`
	Judged   time.Time                 `json:"judged,omitzero"` // when the owner looked at the verdict
	Shown    time.Time                 `json:"shown,omitzero"`  // when the provider was shown it
	Comment  string                    `json:"comment,omitempty"`
}

// InterviewReply is what was answered to one topic, and what the owner ticked
// of it. The words are never scored.
type InterviewReply struct {
	Text   string    `json:"text,omitempty"`
	ByThem bool      `json:"by_them,omitempty"` // typed by the provider's person, not brought by the owner
	At     time.Time `json:"at,omitzero"`
	Ticks  []string  `json:"ticks,omitempty"`
	Looked bool      `json:"looked,omitempty"` // the owner went on from it, so no tick is an answer too
}

// Interviews holds the one interview of each owner under InterviewID.
var Interviews = bot.Doc[Interview]{Prefix: "interview", Version: 1}

// InterviewID is the id of an owner's interview: one each, so that starting
// again begins it anew.
func InterviewID(owner string) string { return SidesID(owner, "interview") }
