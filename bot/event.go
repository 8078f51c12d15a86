package bot

import "time"

// Kind says what happened.
type Kind string

const (
	Command   Kind = "command"   // the configured command, with Text after it
	Message   Kind = "message"   // typed to the bot, in direct messages or by mentioning it
	Click     Kind = "click"     // a button or a choice of a menu: Action
	Submit    Kind = "submit"    // a form was sent: Action and Values
	Timer     Kind = "timer"     // a timer of the flow is due: Timer
	Installed Kind = "installed" // somebody opens the bot for the first time, or installed it
	Looked    Kind = "looked"    // somebody looks at the bot's own page: the answer fills it
	Failed    Kind = "failed"    // a view of this flow could not be delivered: Undelivered
)

// Event is what happened, as a platform verified it and the engine completed
// it. A flow's step sees nothing else of the world.
type Event struct {
	ID     string // the platform's own id; a repeat of the same event carries the same one
	Kind   Kind
	Tenant string // the company: "slack.T0123", "teams.GUID", "play"
	From   Person // nobody, for a timer
	Place  Place
	Text   string            // of a command or message, cleaned and without the command's name
	Action Action            // of a click or submit
	Values map[string]string // of a submit, by field id
	Picked map[string]Picked // of a submit: people and channels, by field id
	Timer  string            // of a timer: the name without the flow
	Now    time.Time         // the only clock that a flow knows

	// Undelivered tells of a view that will not be tried again.
	Undelivered *Undelivered

	// Reach is what the platform needs to write to this conversation again,
	// where an id is not enough. The engine keeps the latest, and hands it over
	// with each Post.
	Reach string

	// Inline says that the platform can show an answer in its response to
	// this very event, so that an answer alone need not be queued.
	Inline bool

	// Aside says that answers go to the asker's direct messages, although they
	// asked elsewhere: what is shown to them there need not be answered, too.
	Aside bool

	// Unstored says that the platform itself sends an answer before it
	// acknowledges the event: a view that is all that is to be shown then lies
	// nowhere, and what is to be stored beside it waits for Reply.Keep. Where more
	// is to be shown, all of it is queued.
	Unstored bool
}

// Undelivered is a view that could not be delivered.
type Undelivered struct {
	Key    string // of the Show or Send that it came from
	To     Address
	Reason string // a sentence for a person, such as "the channel was archived"
	Silent bool   // the platform did not answer, which tells nothing of where it should have gone
}

// Person is who caused an event: the verified facts of the platform, and the
// role that the company's own records give.
type Person struct {
	ID          string
	Name        string
	Affiliation Affiliation
	Unsure      bool   // the platform did not say just now how they belong: they count as foreign
	Zone        string // IANA name of the time zone in their profile; may be empty
	Role        Role   // set by the engine, never by a platform

	// Reach is what the platform needs to open a conversation with them, where
	// an id is not enough. The engine keeps it until there is a conversation.
	Reach string
}

// Owner reports whether the person may do what only owners may. Nobody from
// outside the company is an owner, whatever the records say.
func (p Person) Owner() bool { return p.Role == Owner && p.Affiliation == Home }

// Affiliation is how a person belongs to the company's workspace. The zero
// value is the least trusted.
type Affiliation string

const (
	Foreign Affiliation = ""      // of another workspace, or unknown
	Guest   Affiliation = "guest" // a guest of this workspace
	Home    Affiliation = "home"  // a full member
)

// Role is what a person is to the company, by its own records. Rank on a
// platform gives none.
type Role string

const (
	Staff   Role = "" // everybody else
	Owner   Role = "owner"
	IT      Role = "it"
	Partner Role = "partner" // a security partner
)

// Place is where an event happened.
type Place struct {
	Channel string // the platform's id of the conversation
	Kind    PlaceKind
	Unsure  bool   // the platform did not say just now who reads along: it counts as shared
	Thread  string // the platform's id of the thread, if in one
}

// PlaceKind says who reads along. The zero value is the least trusted.
type PlaceKind string

const (
	Shared  PlaceKind = ""        // other companies may read it, or nobody knows
	Channel PlaceKind = "channel" // people of this company only
	Direct  PlaceKind = "direct"  // one person and the bot
)

// Address is where a view goes: everybody in a channel, one person in direct
// messages, or (with both) one person in a channel, unseen by the others.
type Address struct {
	Channel string `json:"channel,omitempty"`
	User    string `json:"user,omitempty"`
	Thread  string `json:"thread,omitempty"`
}

// To is the address of a person's direct messages.
func To(user string) Address { return Address{User: user} }

// Lane is what keeps the order of posts: two addresses with the same lane
// are delivered one after another.
func (a Address) Lane() string {
	if a.Channel != "" {
		return a.Channel
	}
	return "@" + a.User
}
