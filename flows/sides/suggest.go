package sides

import (
	"maps"
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// suggested is the person who looks after IT, as far as the company's map or
// its roles tell; empty: nobody is known.
func (t *turn) suggested() (user, name string) {
	m, _ := company.Maps.Get(t.d, company.MapID)
	roles, _ := bot.RolesDoc.Get(t.d, bot.RolesID)
	other := func(id string) bool { return id != "" && id != t.event.From.ID }
	for _, id := range slices.Sorted(maps.Keys(m.Parties)) {
		if p := m.Parties[id]; p.Provider && other(p.User) {
			return p.User, p.Name
		}
	}
	if p := m.Parties[m.Duties[company.GroupIT].Does]; other(p.User) {
		return p.User, p.Name
	}
	for _, id := range slices.Sorted(maps.Keys(roles.People)) {
		if member := roles.People[id]; member.Role == bot.IT && other(id) && member.Name != "" {
			return id, member.Name
		}
	}
	return "", ""
}
