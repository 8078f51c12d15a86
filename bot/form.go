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
	Pick     Picker   // a person or a channel, chosen from those there are
	Lines    bool     // typed text may have several lines
	Optional bool
	Max      int // characters of typed text; 0 means 200
}

// Picker says what an input lets choose. What was chosen arrives in
// Event.Values as its id and in Event.Picked with what the platform knows.
type Picker string

const (
	PickPerson  Picker = "person"
	PickChannel Picker = "channel"
)

// Picked is somebody or something that was chosen in a form, as the platform
// verified it.
type Picked struct {
	ID          string
	Name        string
	Affiliation Affiliation // of a person
	Unsure      bool        // the platform did not say it just now
	Room        Room        // of a channel
}

// Room is what a platform knows of a channel at this moment. The zero value
// is the least trusted: people of other companies may read it.
type Room struct {
	Name   string // "#it-help"
	Kind   PlaceKind
	Unsure bool // the platform did not say just now: it counts as shared
	People int  // who can read it; 0: not known
}

// Option is one choice of an input.
type Option struct {
	Value string
	Label string
}
