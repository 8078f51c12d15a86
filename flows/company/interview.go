package company

import (
	"time"

	"secadvisor/bot"
)

// Interview is what an owner asked the IT provider in writing, the replies,
// and what the owner found in them. Only the owner who asked reads it.
type Interview struct {
	Owner     string                    `json:"owner"` // who asks, and holds the card
	OwnerName string                    `json:"owner_name,omitempty"`
	Round     string                    `json:"round"` // of this passage: buttons of an earlier one are late
	Started   time.Time                 `json:"started"`
	Step      int                       `json:"step"`               // raised at every change
	Topic     string                    `json:"topic,omitempty"`    // the one that the card shows; empty: all of them
	Provider  string                    `json:"provider,omitempty"` // whom it was sent to in chat
	Name      string                    `json:"name,omitempty"`     // of the provider's person
	Sent      time.Time                 `json:"sent,omitzero"`
	Failed    string                    `json:"failed,omitempty"`  // why it did not arrive
	Copied    time.Time                 `json:"copied,omitzero"`   // when the owner first copied it as an e-mail
	Reminded  time.Time                 `json:"reminded,omitzero"` // when the silence was spoken of, once
	Replies   map[string]InterviewReply `json:"replies,omitempty"` // by topic
	Changed   time.Time                 `json:"changed,omitzero"`  // when the ticks were, last
	Judged    time.Time                 `json:"judged,omitzero"`   // when the owner first saw what it means
	Shown     time.Time                 `json:"shown,omitzero"`    // when the provider's person was shown what was found
	Comment   InterviewComment          `json:"comment,omitzero"`
}

// InterviewReply is what was answered to one topic, and what the owner ticked
// of it. The words are never scored.
type InterviewReply struct {
	Text    string    `json:"text,omitempty"` // typed by the provider's person
	User    string    `json:"user,omitempty"` // who typed it
	Name    string    `json:"name,omitempty"`
	At      time.Time `json:"at,omitzero"`
	Pasted  string    `json:"pasted,omitempty"`  // what the owner brought
	Version int       `json:"version,omitempty"` // raised at every change of the words
	Ticks   []string  `json:"ticks,omitempty"`
	Looked  bool      `json:"looked,omitempty"` // the owner went on from it, so no tick is an answer too
	Seen    int       `json:"seen,omitempty"`   // the version that the ticks are about
}

// InterviewComment is what the provider says to what was found.
type InterviewComment struct {
	Text string    `json:"text"`
	User string    `json:"user,omitempty"` // who wrote it; empty: the owner brought it
	Name string    `json:"name,omitempty"`
	At   time.Time `json:"at"`
}

// Interviews holds the one interview of each owner under InterviewID.
var Interviews = bot.Doc[Interview]{Prefix: "interview", Version: 1}

// InterviewID is the id of an owner's interview: one each, so that starting
// again begins it anew.
func InterviewID(owner string) string { return SidesID(owner, "interview") }
