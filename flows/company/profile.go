package company

import "secadvisor/bot"

// Profile is what the company said of itself.
type Profile struct {
	Size       Size       `json:"size,omitempty"`
	SecurityBy SecurityBy `json:"security_by,omitempty"`
}

// Size is how many people work there, in bands.
type Size string

const (
	UpTo10   Size = "1-10"
	UpTo49   Size = "11-49"
	UpTo249  Size = "50-249"
	From250  Size = "250+"
	SizeUnkn Size = ""
)

// SecurityBy is who looks after security.
type SecurityBy string

const (
	ByIT       SecurityBy = "it"     // the IT person or provider alone
	ByBoth     SecurityBy = "both"   // IT, and somebody for security
	ByNobody   SecurityBy = "nobody" // nobody in particular
	ByDontKnow SecurityBy = "dont-know"
)

// Growing reports whether the recommendations for growing companies apply:
// from 50 people.
func (p Profile) Growing() bool { return p.Size == UpTo249 || p.Size == From250 }

// Profiles holds the one profile under ProfileID.
var Profiles = bot.Doc[Profile]{Prefix: "company", Version: 1}

// ProfileID is the id of that document.
const ProfileID = "profile"
