package emergency

import (
	"secadvisor/flows/company"
)

// kind is one of the contacts of the card.
type kind struct {
	id    string
	word  string // in a list: "The bank's fraud line"
	ask   string // in a form
	note  string // what the note of it is for; empty: it has none
	phone bool   // a number is needed: without one it is of no use
	of    func(*company.Contacts) *company.Contact

	onCard bool // it stands on the card, and reads it
}

// kinds in the order of the card.
var kinds = [...]kind{
	{"incident", "Whom staff phone first", "Who is phoned when something happens?", "", true, func(c *company.Contacts) *company.Contact { return &c.Incident }, true},
	{"bank", "The bank's fraud line", "Which bank?", "Account or customer number, if they ask for it", true, func(c *company.Contacts) *company.Contact { return &c.Bank }, true},
	{"leader", "Who is in charge", "Who leads in an emergency?", "", true, func(c *company.Contacts) *company.Contact { return &c.Leader }, true},
	{"insurer", "The insurer's hotline", "Which insurer?", "Policy number", true, func(c *company.Contacts) *company.Contact { return &c.Insurer }, true},
	{"helper", "Who comes to help", "Who helps when systems were attacked?", "Contract number, if there is one", true, func(c *company.Contacts) *company.Contact { return &c.Helper }, true},
	{"adviser", "Lawyer or data adviser", "Who advises on deadlines and duties?", "", true, func(c *company.Contacts) *company.Contact { return &c.Adviser }, true},
	{"police", "Police", "Which police office?", "", true, func(c *company.Contacts) *company.Contact { return &c.Police }, true},
	{"voice", "The one voice", "Who alone speaks to staff and customers?", "", false, func(c *company.Contacts) *company.Contact { return &c.Voice }, true},
	{"concerns", "For worries that are not mine", "Whom can people talk to about complaints, health or wrongdoing?", "", false, func(c *company.Contacts) *company.Contact { return &c.Concerns }, false},
}

func kindOf(id string) (kind, bool) {
	for _, k := range kinds {
		if k.id == id {
			return k, true
		}
	}
	return kind{}, false
}

func known(c company.Contact) bool { return c.Name != "" || c.Phone != "" }

// named is a contact as it stands in a sentence.
func named(c company.Contact) string {
	switch {
	case c.Name != "" && c.Phone != "":
		return c.Name + ", " + c.Phone
	case c.Phone != "":
		return c.Phone
	}
	return c.Name
}

// withNote is a contact and what to have at hand.
func withNote(c company.Contact) string {
	if c.Note == "" {
		return named(c)
	}
	return named(c) + " (" + c.Note + ")"
}
