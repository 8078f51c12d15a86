package bot

import "time"

// Roles says who is what at a company. The engine reads it at every turn;
// everybody not named is staff.
type Roles struct {
	People map[string]Member `json:"people"`
}

// Member is one person's role and since when they have it.
type Member struct {
	Role  Role      `json:"role"`
	Name  string    `json:"name,omitempty"`
	Zone  string    `json:"zone,omitempty"`
	Since time.Time `json:"since"`
}

// RolesDoc holds the one document "company/roles" of each tenant.
var RolesDoc = Doc[Roles]{Prefix: "company", Version: 1}

// RolesID is the id of that document.
const RolesID = "roles"
