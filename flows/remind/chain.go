package remind

import (
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// link is somebody who can be asked about a date.
type link struct {
	to   bot.Address
	name string
}

// chain is who is asked, one after another while nobody does it: the one it
// is meant for, their deputy on the map, who set it, the other owners. Who is
// away, does not want to be asked or cannot be reached is passed over.
func (t *turn) chain() []link {
	all := []link{{t.s.To, t.s.Name}}
	if t.s.To != nobody { // what the configuration sets is the owners'
		all = append(all, t.deputies()...)
	}
	owners := t.ownersHere()
	if slices.Contains(owners, t.s.Owner) {
		all = append(all, link{bot.To(t.s.Owner), t.s.By})
	}
	for _, id := range owners[:min(len(owners), 2*mostLinks)] {
		all = append(all, link{bot.To(id), t.nameOf(id)})
	}
	var kept []link
	for _, l := range all {
		if len(kept) == mostLinks {
			break
		}
		if !slices.ContainsFunc(kept, func(k link) bool { return k.to == l.to }) && t.canAsk(l.to) {
			kept = append(kept, l)
		}
	}
	return kept
}

// mostLinks is how many people at most are asked about one date.
const mostLinks = 6

// canAsk reports whether somebody may be asked about this at all now.
func (t *turn) canAsk(to bot.Address) bool {
	switch {
	case to.User == "" && to.Channel == "":
		return false
	case to == t.s.To && !t.s.Paused.IsZero():
		return false
	case to.Channel != "":
		return true
	case t.s.About == company.OfAssessment && !t.mayAssess(to.User):
		return false
	}
	return !slices.Contains(t.s.Out, to.User) && !t.attention().IsAway(to.User, t.now())
}

// mayAssess reports whether somebody can start an assessment.
func (t *turn) mayAssess(user string) bool { return slices.Contains(t.ownersHere(), user) }

// deputies are who stands in on the map: for the subject, and for whatever
// the one who is asked does.
func (t *turn) deputies() []link {
	m, _ := company.Maps.Get(t.d, company.MapID)
	var all []link
	add := func(d company.Duty) {
		if p := m.Parties[d.Deputy]; p.User != "" {
			all = append(all, link{bot.To(p.User), named(p.Name)})
		}
	}
	known, _ := subjectOf(t.s.About)
	for _, id := range known.duty {
		add(m.Duties[id])
	}
	if me := m.PartyOf(t.s.To.User); me != "" {
		for _, id := range m.Of(me) {
			if m.Duties[id].Does == me {
				add(m.Duties[id])
			}
		}
	}
	return all[:min(len(all), 1)]
}

// nameOf is what an owner is called, as far as is known.
func (t *turn) nameOf(user string) string {
	roles, _ := bot.RolesDoc.Get(t.d, bot.RolesID)
	switch {
	case user == t.s.To.User && t.s.Name != "":
		return t.s.Name
	case user == t.s.Owner && t.s.By != "":
		return t.s.By
	case roles.People[user].Name != "":
		return named(roles.People[user].Name)
	}
	m, _ := company.Maps.Get(t.d, company.MapID)
	if p := m.Parties[m.PartyOf(user)]; p.Name != "" {
		return named(p.Name)
	}
	return "an owner"
}

// nextLink is the next one who was not asked about this date yet.
func (t *turn) nextLink() (l link, found bool) {
	for _, l := range t.chain() {
		if t.place(l.to) < 0 {
			return l, true
		}
	}
	return link{}, false
}

// place is where somebody stands among those who were asked; -1: nowhere.
func (t *turn) place(to bot.Address) int {
	return slices.IndexFunc(t.s.Waits.Asked, func(a company.Asking) bool { return a.To == to })
}
