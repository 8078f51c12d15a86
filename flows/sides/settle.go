package sides

import (
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

func (t *turn) take(me seat) []bot.Effect     { return t.settle(me, company.Theirs) }
func (t *turn) keepMine(me seat) []bot.Effect { return t.settle(me, company.Mine) }

// settle notes whose answer to a difference counts from now on, with their
// name and the day on which it was agreed.
func (t *turn) settle(me seat, choice company.Choice) []bot.Effect {
	id := t.event.Action.Arg(3)
	if t.c.Compared.IsZero() || t.c.Settled[id] == choice || !slices.Contains(t.hold().differ, id) {
		return t.tooLate(me)
	}
	from := &t.c.Owner
	if choice == company.Theirs {
		from = &t.c.IT
	}
	said := from.Answers[id]
	said.By, said.Name, said.At = from.User, from.Name, t.event.Now.UTC().Truncate(time.Second)
	company.Deposit(t.d, map[string]company.Answer{id: said})
	if t.c.Settled == nil {
		t.c.Settled = map[string]company.Choice{}
	}
	t.c.Settled[id] = choice
	t.changed(me)
	return []bot.Effect{bot.Audit{Verb: "agreed", Object: "answer to " + id}, t.comparisonCard(me)}
}
