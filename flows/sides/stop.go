package sides

import (
	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// askStop asks before anything is deleted.
func (t *turn) askStop(me seat) []bot.Effect {
	if !t.c.Compared.IsZero() {
		return t.tooLate(me)
	}
	return bot.Respond(bot.View{
		Title: "Stop this check? " + t.title(),
		Blocks: []bot.Block{
			bot.Say("What you and " + t.name(itSeat) + " answered here is deleted at once; nobody will have seen the other's. What you answered in other checks stays."),
			bot.Row(bot.Button{Label: "Stop and delete", Action: t.see("stop-now"), Main: true}, bot.Press("Go on with it", t.see("show"))),
		},
	})
}

// stop deletes what both answered.
func (t *turn) stop(me seat) []bot.Effect {
	if !t.c.Compared.IsZero() {
		return t.tooLate(me)
	}
	return t.end(
		bot.View{Title: t.title() + " is stopped", Blocks: []bot.Block{bot.Say("What the two of you answered is deleted. " + t.command() + " begins anew.")}},
		bot.View{Title: prose.Sentence(t.name(ownerSeat)) + " has stopped this: nothing is needed from you", Blocks: []bot.Block{bot.Say("What you answered is deleted, and nobody read it. Thank you all the same.")}},
	)
}

// orphaned ends a check whose owner is one no longer: there is nobody who may
// read the comparison.
func (t *turn) orphaned() []bot.Effect {
	gone := bot.View{Title: "This check has ended", Blocks: []bot.Block{bot.Say("Whoever started it is not an owner any more. What the two of you answered is deleted, and neither read the other's.")}}
	return t.end(gone, gone)
}

func (t *turn) end(mine, theirs bot.View) []bot.Effect {
	own, its := t.card(ownerSeat), t.card(itSeat)
	own.View, its.View = mine, theirs
	company.SidesOf.Delete(t.d, t.id)
	return []bot.Effect{
		bot.Audit{Verb: "stopped", Object: "both sides of assessment " + t.pack.ID},
		bot.Set{Name: t.timer()}, own, its,
	}
}
