package bot

// Form asks for several things at once, in a window of its own where the
// platform has one. It is opened only in answer to a click or a command, and
// by a step that changes nothing.
type Form struct {
	Title  string // at most 24 characters
	Intro  string
	Fields []Input
	Submit string // the button's label
	Action Action // arrives with the Submit event
}

// Input is one thing that a form asks.
type Input struct {
	ID       string
	Label    string
	Hint     string
	Value    string   // what stands there at first
	Options  []Option // a choice of these; none: typed text
	Optional bool
	Max      int // characters of typed text; 0 means 200
}

// Option is one choice of an input.
type Option struct {
	Value string
	Label string
}
