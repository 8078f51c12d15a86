package duty

import (
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// accept takes a yes of the one whom a duty names. Batch is the card that it
// was pressed on; empty: it was another view.
func (t *turn) accept(batch, which string) []bot.Effect {
	ids := t.mayAnswer(which)
	if len(ids) == 0 {
		return bot.Respond(t.late())
	}
	for _, id := range ids {
		d := t.m.Duties[id]
		d.State, d.Since = company.Confirmed, t.event.Now
		t.m.Duties[id] = d
	}
	kept := t.keep()
	return append(t.wakes(), kept, bot.Audit{Verb: "accepted", Object: objects(ids)}, t.replied(batch))
}

// decline takes a no, at first or later. Who said it is forgotten, also in
// the audit log: it needs an owner, and nobody is blamed.
func (t *turn) decline(batch, which string) []bot.Effect {
	ids := t.mayAnswer(which)
	if len(ids) == 0 {
		return t.stepBack(batch, which)
	}
	by := t.m.Duties[ids[0]].By
	for _, id := range ids {
		d := t.m.Duties[id]
		was := d
		d.Does, d.State, d.Since = "", company.Declined, t.event.Now
		t.m.Duties[id] = d
		t.prune(was)
	}
	kept := t.keep()
	told := t.tellOwners("needs", by, t.needs(ids))
	if t.event.From.Owner() {
		told = nil
	}
	return append([]bot.Effect{kept, t.replied(batch)}, told...)
}

// stepBack takes somebody out of a duty that they do not do themselves.
func (t *turn) stepBack(batch, id string) []bot.Effect {
	d, ok := t.m.Duties[id]
	was := d
	me := t.event.From.ID
	if t.isMe(d.Deputy, me) {
		d.Deputy = ""
	}
	if t.isMe(d.Answers, me) {
		d.Answers = ""
	}
	if !ok || d == was {
		return bot.Respond(t.late())
	}
	t.m.Duties[id] = d
	t.prune(was)
	kept := t.keep()
	effects := []bot.Effect{kept, t.replied(batch)}
	if t.event.From.Owner() {
		return effects
	}
	return append(effects, t.tellOwners("back", d.By, bot.View{
		Title: "Somebody no longer has: " + t.title(id),
		Blocks: []bot.Block{
			bot.Say("It has no deputy now, or nobody who answers for it. That is good to know early."),
			bot.Row(bot.Press("Look at it", bot.Do("duty", "assign", id)), bot.Press("The map", bot.Do("duty", "map"))),
		},
	})...)
}

func (t *turn) isMe(party, user string) bool {
	return user != "" && t.m.Parties[party].User == user
}

// mayAnswer lists the duties that somebody's answer is for: one that names
// them, or all that they were asked about.
func (t *turn) mayAnswer(which string) []string {
	if which == everything {
		return t.does(t.event.From.ID, company.Asked)
	}
	mine := t.does(t.event.From.ID, company.Assumed, company.Asked, company.Confirmed)
	if slices.Contains(mine, which) {
		return []string{which}
	}
	return nil
}

// replied shows what stands after an answer: on the card, or in its place.
func (t *turn) replied(batch string) bot.Effect {
	if company.IsID(batch) {
		return bot.Show{Key: askKey + batch, To: bot.To(t.event.From.ID), View: t.question(t.event.From.ID, batch)}
	}
	return bot.Answer{View: t.mine()}
}

// late answers a button of something that has changed meanwhile.
func (t *turn) late() bot.View {
	v := t.mine()
	v.Blocks = append([]bot.Block{bot.Say("That is settled already, or it has gone to somebody else. This is what stands now.")}, v.Blocks...)
	return v
}

// needs tells an owner that something needs one, and not who said no.
func (t *turn) needs(ids []string) bot.View {
	v := bot.View{
		Title: "This needs an owner: " + t.titles(ids),
		Blocks: []bot.Block{
			bot.Say("Whoever it was meant for said: not me. That is good to know before somebody waits for help. Who else could it be?"),
		},
	}
	button := bot.Press("Give it to somebody", bot.Do("duty", "assign", ids[0]))
	if len(ids) > 1 {
		button = bot.Press("Assign", bot.Do("duty", "assign"))
	}
	button.Main = true
	v.Blocks = append(v.Blocks, bot.Row(button, bot.Press("The map", bot.Do("duty", "map"))))
	return v
}

// objects names duties in the audit log.
func objects(ids []string) string { return "duty " + strings.Join(ids[:min(len(ids), 20)], ", ") }

// undelivered tells the owner that a person could not be asked.
func (t *turn) undelivered() []bot.Effect {
	u := t.event.Undelivered
	if u == nil || !strings.HasPrefix(u.Key, askKey) {
		return nil
	}
	asked := t.does(u.To.User, company.Asked)
	if len(asked) == 0 {
		return nil
	}
	return t.tellOwners("unreached", t.m.Duties[asked[0]].By, bot.View{
		Title: "I could not ask " + t.m.Parties[t.m.Duties[asked[0]].Does].Name,
		Blocks: []bot.Block{
			bot.Say("About " + t.titles(asked) + ": " + u.Reason + ". Ask them yourself, or give it to somebody else."),
			bot.Row(bot.Press("Look at it", bot.Do("duty", "assign", asked[0])), bot.Press("The map", bot.Do("duty", "map"))),
		},
	})
}
