package fakeslack

import (
	"slices"
	"strings"
)

// The people of the workspace.
const (
	Owner    = "U0OWNER"    // Priya, the primary owner
	Admin    = "U0ADMIN"    // Tom, an administrator
	Staff    = "U0STAFF"    // Sam, a member
	Guest    = "U0GUEST"    // Gus, a guest of several channels
	Visitor  = "U0VISITOR"  // Vera, a guest of one channel
	Stranger = "U0STRANGER" // Olga, of another workspace
)

// The channels of the workspace.
const (
	General  = "C0GENERAL"  // everybody, with the bot
	Private  = "C0PRIVATE"  // by invitation, with the bot
	Shared   = "C0SHARED"   // with another company, with the bot
	Archived = "C0ARCHIVED" // closed, the bot was in it
	Outside  = "C0OUTSIDE"  // without the bot
)

// OtherTeam is the workspace of strangers.
const OtherTeam = "T0OTHER"

// User is a person, as users.info tells of them.
type User struct {
	ID, Name, RealName       string
	Team                     string // the workspace of the server, unless changed
	TZ                       string // IANA name
	Admin, Owner, Primary    bool
	Restricted, Ultra        bool // guests of several channels, of one
	Stranger, Deleted, IsBot bool
}

// Channel is a conversation, as conversations.info tells of it.
type Channel struct {
	ID, Name  string
	Private   bool
	ExtShared bool // with another company
	Pending   bool // an invitation to another company is under way
	Archived  bool
	WithBot   bool
	Members   []string // nil: everybody of the workspace
	With      string   // of a direct conversation: the person
}

// Direct is the id of the direct conversation of a person with the bot.
func Direct(user string) string { return "D" + user[1:] }

func (s *Server) settle() {
	s.AddUser(Bot, func(u *User) { u.Name, u.RealName, u.IsBot = "secadvisor", "Security Advisor", true })
	s.AddUser(Owner, func(u *User) {
		u.Name, u.RealName, u.Owner, u.Primary, u.Admin = "priya", "Priya Owner", true, true, true
	})
	s.AddUser(Admin, func(u *User) { u.Name, u.RealName, u.Admin = "tom", "Tom Admin", true })
	s.AddUser(Staff, func(u *User) { u.Name, u.RealName = "sam", "Sam Staff" })
	s.AddUser(Guest, func(u *User) { u.Name, u.RealName, u.Restricted = "gus", "Gus Guest", true })
	s.AddUser(Visitor, func(u *User) { u.Name, u.RealName, u.Restricted, u.Ultra = "vera", "Vera Visitor", true, true })
	s.AddUser(Stranger, func(u *User) {
		u.Name, u.RealName, u.Team, u.Stranger = "olga", "Olga Other", OtherTeam, true
	})
	s.AddChannel(General, func(c *Channel) { c.Name = "general" })
	s.AddChannel(Private, func(c *Channel) { c.Name, c.Private, c.Members = "leaders", true, []string{Owner, Admin} })
	s.AddChannel(Shared, func(c *Channel) {
		c.Name, c.ExtShared, c.Members = "with-other", true, []string{Owner, Staff, Stranger}
	})
	s.AddChannel(Archived, func(c *Channel) { c.Name, c.Archived = "old", true })
	s.AddChannel(Outside, func(c *Channel) { c.Name, c.WithBot = "elsewhere", false })
}

// AddUser adds or replaces a person: a member in Amsterdam, unless changed.
func (s *Server) AddUser(id string, change ...func(*User)) {
	u := &User{ID: id, Name: strings.ToLower(id), RealName: "Person " + id, Team: s.set.team, TZ: "Europe/Amsterdam"}
	for _, f := range change {
		f(u)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users[id] = u
}

// AddChannel adds or replaces a channel: public, with the bot in it, unless
// changed.
func (s *Server) AddChannel(id string, change ...func(*Channel)) {
	c := &Channel{ID: id, Name: strings.ToLower(id), WithBot: true}
	for _, f := range change {
		f(c)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[id] = c
}

// ChangeUser changes a person from now on.
func (s *Server) ChangeUser(id string, change func(*User)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	changed := *s.users[id]
	change(&changed)
	s.users[id] = &changed
}

// ChangeChannel changes a channel from now on: archives it, shares it.
func (s *Server) ChangeChannel(id string, change func(*Channel)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	changed := *s.channels[id]
	change(&changed)
	s.channels[id] = &changed
}

// Revoke makes the bot's tokens get an error from now on: "token_revoked",
// "invalid_auth" or "account_inactive"; "" restores it.
func (s *Server) Revoke(code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = code
}

// channel finds a conversation; that of a person with the bot is there as
// soon as somebody names it. The caller holds the lock.
func (s *Server) channel(id string) *Channel {
	if c := s.channels[id]; c != nil {
		return c
	}
	if len(id) < 2 || id[0] != 'D' {
		return nil
	}
	for _, first := range []string{"U", "W"} {
		if u := s.users[first+id[1:]]; u != nil && !u.IsBot {
			c := &Channel{ID: id, With: u.ID, WithBot: true, Members: []string{u.ID}}
			s.channels[id] = c
			return c
		}
	}
	return nil
}

func (c *Channel) direct() bool { return c.With != "" }

// has reports whether a person is in the channel.
func (c *Channel) has(u *User) bool {
	if u.ID == Bot {
		return c.WithBot
	}
	if c.Members == nil {
		return !u.Stranger && !u.Restricted
	}
	return slices.Contains(c.Members, u.ID)
}
