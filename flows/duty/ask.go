package duty

import (
	"maps"
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// Timers of this flow: the next time that somebody is to be asked, and a map
// that was written from outside.
const (
	asking   = "map/ask"
	imported = "map/imported"
)

const (
	// together is how long a new duty waits for others, so that one person
	// gets one card.
	together = 10 * time.Minute
	// mostAsked is how many people one step asks; the others are asked when
	// the timer comes next.
	mostAsked = 8
)

// fire is a timer.
func (t *turn) fire(name string) []bot.Effect {
	if len(t.m.Duties) == 0 {
		return nil
	}
	var effects []bot.Effect
	if name == imported {
		effects = append(effects, bot.Audit{Verb: "imported", Object: "responsibility map"})
	}
	effects = append(effects, t.lapse()...)
	asked, _ := t.askAll()
	effects = append(effects, asked...)
	kept := t.keep()
	return append(effects, kept)
}

// next is when somebody is to be asked; zero: not before something changes.
func (t *turn) next() time.Time {
	var next time.Time
	earliest := func(at time.Time) {
		if next.IsZero() || at.Before(next) {
			next = at
		}
	}
	for _, d := range t.m.Duties {
		switch {
		case d.State == company.Confirmed:
			earliest(d.Since.Add(company.ConfirmedFor))
		case t.waits(d):
			earliest(t.event.Now.Add(together))
		}
	}
	return next
}

// waits reports whether a person is still to be asked whether they do it.
func (t *turn) waits(d company.Duty) bool {
	return !t.m.Introduced.IsZero() && d.State == company.Assumed && !outside(t.m.Parties[d.Does])
}

// lapse ends confirmations that are too old. Those of people here are asked
// again; of the others the owner is told once.
func (t *turn) lapse() []bot.Effect {
	var theirs []string
	for _, id := range slices.Sorted(maps.Keys(t.m.Duties)) {
		d := t.m.Duties[id]
		if d.State != company.Confirmed || d.Fresh(t.event.Now) {
			continue
		}
		d.State, d.Since = company.Assumed, t.event.Now
		t.m.Duties[id] = d
		if outside(t.m.Parties[d.Does]) {
			theirs = append(theirs, id)
		}
	}
	if len(theirs) == 0 {
		return nil
	}
	var names []string
	for _, id := range theirs {
		if name := t.m.Parties[t.m.Duties[id].Does].Name; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return t.tellOwners("lapsed", t.m.Duties[theirs[0]].By, bot.View{
		Title: "A year has passed: is it still right who handles " + t.titles(theirs) + "?",
		Blocks: []bot.Block{
			bot.Say(prose.AndMore(names, 3) + ": you noted their yes a year ago, so it shows as assumed again. Ask them, then mark it."),
			bot.Row(bot.Press("Mark their yes", bot.Do("duty", "introduce")), bot.Press("The map", bot.Do("duty", "map"))),
		},
	})
}

// askAll asks people who were not asked yet: one card each, with all that
// they are asked. It returns whom it asked.
func (t *turn) askAll() (effects []bot.Effect, users []string) {
	waiting := map[string][]string{}
	for id, d := range t.m.Duties {
		if t.waits(d) {
			user := t.m.Parties[d.Does].User
			waiting[user] = append(waiting[user], id)
		}
	}
	users = slices.Sorted(maps.Keys(waiting))
	users = users[:min(len(users), mostAsked)]
	batch := company.NewID(t.event)
	for _, user := range users {
		for _, id := range waiting[user] {
			d := t.m.Duties[id]
			d.State, d.Since = company.Asked, t.event.Now
			t.m.Duties[id] = d
		}
		effects = append(effects, bot.Show{Key: askKey + batch, To: bot.To(user), View: t.question(user, batch)})
	}
	return effects, users
}

// askKey begins the key of a card that asks.
const askKey = "ask/"

// tellOwners shows something to the owner who assigned it, or to all of them
// where that one is an owner no longer.
func (t *turn) tellOwners(key, by string, v bot.View) []bot.Effect {
	to := t.owners.Of(t.d, t.event)
	if slices.Contains(to, by) {
		to = []string{by}
	}
	var effects []bot.Effect
	for _, owner := range to {
		effects = append(effects, bot.Show{Key: key + "/" + company.NewID(t.event), To: bot.To(owner), View: v})
	}
	return effects
}
