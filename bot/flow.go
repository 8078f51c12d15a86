package bot

import "time"

// Flow is one of the things that the bot does. Its step is pure: the same
// documents and event give the same changes and effects; it does no I/O and
// knows no clock but Event.Now.
type Flow struct {
	Name string

	// Words are the first words of a command that this flow answers: "assess"
	// for "/sec assess". A message that is nothing but such a word counts too.
	Words []string

	// Typed are whole messages that this flow answers beside its Words, in
	// lower case, without punctuation: "good morning".
	Typed []string

	// Fallback marks the one flow that gets every other text.
	Fallback bool

	// Page marks the one flow that fills the bot's own page (Looked).
	Page bool

	// Open lets guests and people of other companies use this flow. In
	// every other flow only full members of the workspace are heard.
	Open bool

	// Placed says that who reads along at Event.Place decides what is done.
	// While the platform does not say, this flow is not stepped.
	Placed bool

	// Reads names documents that a step for this event is likely to want, so
	// that they come in the first round trip. It may be nil.
	Reads func(e Event) []string

	// Step answers an event. What it reads and writes goes through d, which
	// also notes a document that is damaged. Bad input is answered.
	Step func(d *Docs, e Event) []Effect

	// File makes a file that an effect Send named. It reads like a step and
	// changes nothing. Nil: the flow sends no files.
	File func(d *Docs, name Action, now time.Time) (File, error)
}

// File is what somebody can keep.
type File struct {
	Name string // "emergency-card.txt"
	Type string // of its contents: "text/plain; charset=utf-8"
	Body []byte
}
