package company

import (
	"crypto/sha256"
	"encoding/base32"
	"maps"
	"slices"
	"strings"
)

// Enter finds the party that is the same person, channel or company outside,
// or adds it, and returns its id: nobody is entered twice. What is known of
// one that was there stays as it is.
func (m *Map) Enter(p Party) (id string) {
	for _, id := range slices.Sorted(maps.Keys(m.Parties)) {
		if m.Parties[id].sameAs(p) {
			return id
		}
	}
	if m.Parties == nil {
		m.Parties = map[string]Party{}
	}
	id = p.id()
	m.Parties[id] = p
	return id
}

// Prune forgets a party that no duty names, where nothing but its name and
// its place in chat is known.
func (m *Map) Prune(id string) {
	bare := Party{Name: m.Parties[id].Name, User: m.Parties[id].User, Channel: m.Parties[id].Channel}
	if m.Parties[id] == bare && len(m.Of(id)) == 0 {
		delete(m.Parties, id)
	}
}

// Reachable reports whether there is any way to reach the party.
func (p Party) Reachable() bool {
	return p.User != "" || p.Channel != "" || p.Phone != "" || p.Email != ""
}

// sameAs tells people and channels by their ids, and those outside by their
// names.
func (p Party) sameAs(q Party) bool { return p.identity() == q.identity() }

func (p Party) identity() string {
	switch {
	case p.User != "":
		return "user " + p.User
	case p.Channel != "":
		return "channel " + p.Channel
	}
	return "outside " + strings.ToLower(strings.Join(strings.Fields(p.Name), " "))
}

// id is the same for the same party, wherever it is entered.
func (p Party) id() string {
	sum := sha256.Sum256([]byte(p.identity()))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:12])
}

// Dialable reports whether somebody could dial a text: at least two digits,
// and nothing but what stands in phone numbers.
func Dialable(phone string) bool {
	digits := 0
	for _, r := range phone {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune("+-/(). extEXT", r):
			return false
		}
	}
	return digits >= 2
}

// Mailable reports whether a text looks like an e-mail address.
func Mailable(text string) bool {
	name, domain, ok := strings.Cut(text, "@")
	return ok && name != "" && strings.Contains(domain, ".") && !strings.ContainsAny(text, " ,;<>\t\n")
}
