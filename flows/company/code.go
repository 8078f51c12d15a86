package company

import (
	"crypto/sha256"
	"crypto/subtle"
	"strings"
	"time"

	"secadvisor/bot"
)

// Code waits for the one person who will claim to be an owner. The code
// itself is not stored.
type Code struct {
	Hash  []byte    `json:"hash"`
	Until time.Time `json:"until"`
	Tries int       `json:"tries,omitempty"` // wrong ones so far
}

// CodeTries is how many wrong codes end it.
const CodeTries = 10

// NewCode keeps a code until a time.
func NewCode(code string, until time.Time) Code { return Code{Hash: hash(code), Until: until} }

// Matches reports whether this is the code, whatever its case and dashes.
func (c Code) Matches(code string) bool {
	return subtle.ConstantTimeCompare(c.Hash, hash(code)) == 1
}

func hash(code string) []byte {
	plain := strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(code))
	sum := sha256.Sum256([]byte(plain))
	return sum[:]
}

// Codes holds the one Code under CodeID.
var Codes = bot.Doc[Code]{Prefix: "company", Version: 1}

// CodeID is the id of that document.
const CodeID = "claim"
