package company

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"time"

	"secadvisor/bot"
)

// BothSides is a check in which an owner and whoever looks after IT answer
// the same questions apart. It is one document, so that there is one moment
// at which both are done.
type BothSides struct {
	Pack      string            `json:"pack"`
	Round     string            `json:"round"` // of this passage: buttons of an earlier one are late
	Owner     Side              `json:"owner"`
	IT        Side              `json:"it"`
	Asked     time.Time         `json:"asked"`               // when the one who looks after IT was
	Refused   Refusal           `json:"refused,omitempty"`   // what they said to that
	Unreached string            `json:"unreached,omitempty"` // why they could not be asked
	Reminded  time.Time         `json:"reminded,omitzero"`   // when the silence was spoken of, once
	Compared  time.Time         `json:"compared,omitzero"`   // when both were done, and saw it
	Settled   map[string]Choice `json:"settled,omitempty"`   // what the owner noted of a difference, by question id
}

// Side is one of the two, and what they said. Nobody else reads it before
// both are done.
type Side struct {
	User    string            `json:"user"`
	Name    string            `json:"name,omitempty"`
	Offered Offered           `json:"offered,omitzero"` // the answers that can be taken over at once
	Begun   bool              `json:"begun,omitempty"`
	Answers map[string]Answer `json:"answers,omitempty"` // by question id
	Current string            `json:"current,omitempty"` // the question that is shown
	Step    int               `json:"step"`              // raised at every change of this side: a button of an older step is late
	Paused  bool              `json:"paused,omitempty"`
	Changed time.Time         `json:"changed,omitzero"`
	Done    time.Time         `json:"done,omitzero"`
}

// Offered is a finished run whose answers are still fresh.
type Offered struct {
	Run string    `json:"run"`
	At  time.Time `json:"at"`
}

// Refusal is how somebody says no, kindly.
type Refusal string

const (
	NotNow     Refusal = "not-now"
	RatherTalk Refusal = "talk"
)

// Choice says whose answer counts from now on.
type Choice string

const (
	Theirs Choice = "theirs" // of the one who looks after IT
	Mine   Choice = "mine"   // the owner's
)

// SidesOf holds each check under its SidesID.
var SidesOf = bot.Doc[BothSides]{Prefix: "sides", Version: 1}

// SidesID is the id of an owner's check of an assessment: one each, so that
// no second one runs beside it.
func SidesID(owner, pack string) string {
	sum := sha256.Sum256([]byte(owner + "\x00" + pack))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:12])
}
