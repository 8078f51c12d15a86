package bot

import "time"

// AuditLine says who did what to what, when and from where. Never contents.
type AuditLine struct {
	At     time.Time `json:"at"`
	By     string    `json:"by,omitempty"`   // a person's id; empty: by itself, as a reminder comes
	Name   string    `json:"name,omitempty"` // what they were called then, where the platform told
	Verb   string    `json:"verb"`
	Object string    `json:"object"`
	Where  string    `json:"where,omitempty"` // see Place.Where; empty: not known
}

// AuditDoc holds each line under its AuditID. Lines are only ever added, and
// vanish when their time is over.
var AuditDoc = Doc[AuditLine]{Prefix: "audit", Bare: true}

// AuditID makes ids that sort by time. ID tells lines of one moment apart.
func AuditID(at time.Time, id string) string { return at.UTC().Format(auditTime) + "/" + id }

const auditTime = "20060102T150405.000000Z"

// OnServer is the Where of what was done with the program on the server, and
// not in chat: nobody's identity was checked there.
const OnServer = "the server"

// Where says in few words from where somebody did something.
func (p Place) Where() string {
	switch {
	case p.Kind == Direct:
		return "direct messages"
	case p.Channel == "":
		return ""
	case p.Kind == Channel:
		return "channel " + p.Channel
	}
	return "shared channel " + p.Channel
}
