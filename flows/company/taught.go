package company

import "secadvisor/bot"

// Taught holds what this company's people say, each with the topic that is
// meant: matched before anything else, and nothing learns from it.
type Taught struct {
	Phrases []Phrase `json:"phrases,omitempty"`
}

// Phrase is one way to say a topic.
type Phrase struct {
	Says  string   `json:"says"`
	Key   []uint32 `json:"key"`   // of Says, as the matcher makes it
	Topic string   `json:"topic"` // of the catalog, or one of Map.Own
}

// MostPhrases bounds them, so that asking stays fast.
const MostPhrases = 300

// Taughts holds the one document under TaughtID.
var Taughts = bot.Doc[Taught]{Prefix: "company", Version: 1}

// TaughtID is the id of that document.
const TaughtID = "taught"
