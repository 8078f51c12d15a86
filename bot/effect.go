package bot

import "time"

// Effect is something that a step wants done. It is data: the engine commits
// it together with the changed documents and does it afterwards.
type Effect interface{ effect() }

// Answer is shown to whoever caused the event, to them alone where the
// platform can: in the response itself, else in their direct messages. A
// click on a message that only they see replaces it.
type Answer struct{ View View }

// Show posts a view, or edits the one that was posted under the same key at
// the same address: repeating it never makes a second post.
type Show struct {
	Key  string
	To   Address
	View View
}

// Send gives a person a file. It is named here, made by Flow.File when it is
// delivered, and not stored. View stands beside it. Key names it in
// Undelivered, for a flow that tells of a file that did not arrive; it is sent
// anew each time, whatever its key.
type Send struct {
	Key  string
	To   Address
	File Action
	View View
}

// End forgets where a key is posted, so that the next Show posts anew. The
// post itself stays as it is.
type End struct {
	Key string
	To  Address
}

// Open opens a form for whoever clicked.
type Open struct{ Form Form }

// Refuse keeps a form open and says why, by field id.
type Refuse struct{ Why map[string]string }

// Set sets, moves or (with the zero time) cancels a timer of this flow. Name
// is run/name, so that two runs never share one.
type Set struct {
	Flow string // whose timer it is; empty: the flow's own
	Name string
	At   time.Time

	// Spread lets it come up to so much later, always by the same amount, so
	// that not everybody's nine o'clock comes in the same second.
	Spread time.Duration
}

// Audit writes a line to the company's audit log, committed with what it
// tells of: who did what to what, never contents.
type Audit struct {
	Verb   string // "started", "shared", ...
	Object string // "assessment quick-check", ...
}

func (Answer) effect() {}
func (Show) effect()   {}
func (Send) effect()   {}
func (End) effect()    {}
func (Open) effect()   {}
func (Refuse) effect() {}
func (Set) effect()    {}
func (Audit) effect()  {}

// Respond answers with a view, and does nothing else.
func Respond(v View) []Effect { return []Effect{Answer{v}} }

// Tell answers with a title and a paragraph, and does nothing else.
func Tell(title, text string) []Effect {
	return Respond(View{Title: title, Blocks: []Block{Say(text)}})
}
