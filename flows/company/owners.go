package company

import (
	"slices"

	"secadvisor/bot"
)

// Owners lists a company's owners: those of its records, and those whom the
// configuration names.
func Owners(d *bot.Docs, configured []string) []string {
	all := slices.Clone(configured)
	roles, _ := bot.RolesDoc.Get(d, bot.RolesID)
	for id, member := range roles.People {
		if member.Role == bot.Owner {
			all = append(all, id)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
