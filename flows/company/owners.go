package company

import (
	"slices"

	"secadvisor/bot"
)

// Owners lists the people whom the configuration makes owners of a company.
type Owners func(tenant string) []string

// Of lists all owners of the company of an event, in order: those whom the
// configuration names, and those of the company's own records.
func (o Owners) Of(d *bot.Docs, e bot.Event) []string {
	all := slices.Clone(o(e.Tenant))
	roles, _ := bot.RolesDoc.Get(d, bot.RolesID)
	for id, member := range roles.People {
		if member.Role == bot.Owner {
			all = append(all, id)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// What owners are called whose names are not known: the first, and any other.
const (
	TheOwner     = "the owner"
	AnotherOwner = "another owner"
)
