package menu

import (
	"fmt"
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
	"secadvisor/flows/score"
)

// fixes is the fix list as the latest answers show it.
func (t *turn) fixes() company.Fixes {
	list, _ := company.FixesOf.Get(t.d, company.FixesID)
	bank, _ := company.Banks.Get(t.d, company.BankID)
	return list.AsAnswered(bank, func(pack string) score.Pack {
		p, _ := t.lib.Pack(pack)
		return t.lib.Scored(p)
	})
}

// fixList tells an owner in a line what is open, and who has it; nothing where
// nothing is.
func (t *turn) fixList() []bot.Block {
	list, now := t.fixes(), t.event.Now
	open := list.Open(now)
	if len(open) == 0 || !t.event.From.Owner() {
		return nil
	}
	line := fmt.Sprintf("Fix list: %d open", len(open))
	if late := len(list.Overdue(now)); late > 0 {
		line += fmt.Sprintf(", %d overdue", late)
	}
	var names []string
	nobody := 0
	for _, id := range open {
		has := t.whoHas(list.Tasks[id])
		if len(has) == 0 {
			nobody++
		}
		names = append(names, has...)
	}
	slices.Sort(names)
	switch with := prose.Sentence("with " + prose.AndMore(slices.Compact(names), 3)); {
	case len(names) == 0:
		line += ", with nobody yet."
	case nobody == 0:
		line += ". " + with + "."
	default:
		line += fmt.Sprintf(". %s; %d with nobody yet.", with, nobody)
	}
	return []bot.Block{bot.Say(line), bot.Row(bot.Press("The fix list", bot.Do("fixes", "list")))}
}

// whoHas names those who have something left to do of a task.
func (t *turn) whoHas(f company.Fix) (names []string) {
	for _, p := range f.Parts {
		switch {
		case p.Name == "" || !p.Done.IsZero():
		case p.User == t.event.From.ID:
			names = append(names, "you")
		default:
			names = append(names, p.Name)
		}
	}
	return names
}
