package company

import (
	"maps"
	"slices"

	"secadvisor/bot"
)

// LooksAfter is the person who looks after IT (bot.IT) or security
// (bot.Partner) at the company, as far as its map and its roles tell, unless it
// is but; empty: nobody is known.
func LooksAfter(d *bot.Docs, role bot.Role, but string) (user, name string) {
	m, _ := Maps.Get(d, MapID)
	roles, _ := bot.RolesDoc.Get(d, bot.RolesID)
	group, marked := GroupIT, func(p Party) bool { return p.Provider }
	if role == bot.Partner {
		group, marked = GroupSecurity, func(p Party) bool { return p.Partner }
	}
	other := func(id string) bool { return id != "" && id != but }
	for _, id := range slices.Sorted(maps.Keys(m.Parties)) {
		if p := m.Parties[id]; marked(p) && other(p.User) {
			return p.User, p.Name
		}
	}
	if p := m.Parties[m.Duties[group].Does]; other(p.User) {
		return p.User, p.Name
	}
	for _, id := range slices.Sorted(maps.Keys(roles.People)) {
		if member := roles.People[id]; member.Role == role && other(id) && member.Name != "" {
			return id, member.Name
		}
	}
	return "", ""
}
