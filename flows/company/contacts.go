package company

import (
	"time"

	"secadvisor/bot"
)

// Contacts says whom to phone in an emergency. Only owners change it, and
// every change is told.
type Contacts struct {
	Incident Contact           `json:"incident"`         // whom staff phone
	Leader   Contact           `json:"leader,omitzero"`  // who is in charge
	Bank     Contact           `json:"bank,omitzero"`    // its fraud line
	Insurer  Contact           `json:"insurer,omitzero"` // its incident hotline, with the policy number in Note
	Helper   Contact           `json:"helper,omitzero"`  // who comes to help: incident response
	Adviser  Contact           `json:"adviser,omitzero"` // lawyer or data adviser
	Police   Contact           `json:"police,omitzero"`
	Voice    Contact           `json:"voice,omitzero"`    // who alone speaks to staff and customers
	Concerns Contact           `json:"concerns,omitzero"` // for complaints, health, wrongdoing: what is not ours
	Changed  map[string]Change `json:"changed,omitempty"` // the latest change, by the name of the contact
	Handed   Handed            `json:"handed,omitzero"`   // when the card was last given to its people
}

// Handed says who gave the emergency card to whom.
type Handed struct {
	ID string     `json:"id"` // as NewID makes it
	By string     `json:"by"` // the owner
	To []Receiver `json:"to"`
}

// Receiver is somebody to whom the emergency card was sent, or word of a change.
type Receiver struct {
	User string `json:"user"`
	Lost string `json:"lost,omitempty"` // why it did not arrive; empty: nothing is known of that
}

// Contact is somebody to reach by phone.
type Contact struct {
	Name  string `json:"name,omitempty"`
	Phone string `json:"phone,omitempty"`
	User  string `json:"user,omitempty"` // where they are also in chat
	Note  string `json:"note,omitempty"`
}

// Change says who changed a contact and when; cards show it for ChangeShown.
type Change struct {
	At    time.Time  `json:"at"`
	By    string     `json:"by"`              // a name
	ID    string     `json:"id,omitempty"`    // as NewID makes it
	Owner string     `json:"owner,omitempty"` // who changed it
	Was   Contact    `json:"was,omitzero"`    // who stood there before: a name, and the user
	Lost  []Receiver `json:"lost,omitempty"`  // whom word of it did not reach
}

// ChangeShown is how long a card says that a number was changed.
const ChangeShown = 14 * 24 * time.Hour

// ContactsOf holds the one document of contacts under ContactsID.
var ContactsOf = bot.Doc[Contacts]{Prefix: "company", Version: 1}

// ContactsID is the id of that document.
const ContactsID = "contacts"
