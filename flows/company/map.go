package company

import (
	"slices"
	"time"

	"secadvisor/bot"
)

// Map says who handles what at this company.
type Map struct {
	Parties    map[string]Party    `json:"parties,omitempty"`   // by id
	Duties     map[string]Duty     `json:"duties,omitempty"`    // by the id of a topic, of one of Own, or of a group
	Own        map[string]OwnTopic `json:"own,omitempty"`       // topics that only this company has, by id
	Introduced time.Time           `json:"introduced,omitzero"` // when an owner asked that people be asked; zero: nobody is
	By         string              `json:"by,omitempty"`        // the name of that owner
	Changed    time.Time           `json:"changed,omitzero"`
}

// Party is somebody who can be given duties: a person or a channel here, or
// somebody outside who is phoned.
type Party struct {
	Name     string `json:"name"`
	User     string `json:"user,omitempty"`    // a person of this company
	Channel  string `json:"channel,omitempty"` // a channel of this company
	Phone    string `json:"phone,omitempty"`
	Email    string `json:"email,omitempty"`
	Hours    string `json:"hours,omitempty"`    // in words: "Mon-Fri 8-18"
	Provider bool   `json:"provider,omitempty"` // the IT provider or IT person
	Partner  bool   `json:"partner,omitempty"`  // the security partner
	Shown    Shown  `json:"shown,omitempty"`
}

// Shown says who may see how to reach a party.
type Shown string

const (
	ToStaff       Shown = ""          // everybody at home here
	InEmergencies Shown = "emergency" // everybody, but in urgent answers only
	ToOwners      Shown = "owners"
)

// Duty is who handles one topic or group. Parties are named by id.
type Duty struct {
	Does    string    `json:"does,omitempty"`
	Deputy  string    `json:"deputy,omitempty"`
	Answers string    `json:"answers,omitempty"` // who is accountable, where that is somebody else
	State   DutyState `json:"state,omitempty"`
	Since   time.Time `json:"since,omitzero"` // of the state
	By      string    `json:"by,omitempty"`   // the owner who assigned it
}

// DutyState is what the one who does it has said to it.
type DutyState string

const (
	Assumed   DutyState = ""          // nobody has confirmed it
	Asked     DutyState = "asked"     // they were asked and have not answered yet
	Confirmed DutyState = "confirmed" // "ask me first": no guarantee
	Declined  DutyState = "declined"  // it needs an owner
)

// OwnTopic is something that only this company has, such as its alarm code.
type OwnTopic struct {
	Title string `json:"title"`
	Note  string `json:"note,omitempty"` // what to do first, in the owner's words
}

// Groups are what a duty can be for beside a topic: all topics of a side, or
// all emergencies. The closest counts: a topic's own duty, then the
// emergencies, then the side.
const (
	GroupEmergency = "group.emergency"
	GroupIT        = "group.it"
	GroupBoth      = "group.both"
	GroupSecurity  = "group.security"
)

// Levels are the ids under which somebody may have a topic of a side, from
// the closest to the widest.
func Levels(topic, side string, emergency bool) []string {
	if emergency {
		return []string{topic, GroupEmergency, "group." + side}
	}
	return []string{topic, "group." + side}
}

// ConfirmedFor is how long a confirmation counts before it is asked again.
const ConfirmedFor = 365 * 24 * time.Hour

// Owned reports whether somebody does it, as far as is known.
func (d Duty) Owned() bool { return d.Does != "" && d.State != Declined }

// Fresh reports whether it is confirmed, and not too long ago.
func (d Duty) Fresh(now time.Time) bool {
	return d.State == Confirmed && now.Sub(d.Since) < ConfirmedFor
}

// Find is the duty that counts for a topic: the first of the ids, from the
// closest to the widest, that has one. Key says which it was.
func (m Map) Find(ids ...string) (d Duty, key string) {
	for _, id := range ids {
		if d, ok := m.Duties[id]; ok {
			return d, id
		}
	}
	return Duty{}, ""
}

// Of lists the duties that name a party, in order of their ids.
func (m Map) Of(party string) []string {
	var ids []string
	for id, d := range m.Duties {
		if party != "" && (d.Does == party || d.Deputy == party || d.Answers == party) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// PartyOf finds the party that is a person; empty: there is none.
func (m Map) PartyOf(user string) string {
	var found []string
	for id, p := range m.Parties {
		if user != "" && p.User == user {
			found = append(found, id)
		}
	}
	slices.Sort(found)
	if len(found) == 0 {
		return ""
	}
	return found[0]
}

// Maps holds the one map under MapID.
var Maps = bot.Doc[Map]{Prefix: "company", Version: 1}

// MapID is the id of that document.
const MapID = "map"
