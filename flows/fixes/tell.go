package fixes

import (
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// Timers of this flow.
const (
	staleCards    = "cards" // cards do not show how things stand
	daysCome      = company.TimerDays
	acceptedUntil = "until/" // a day is over until which risks were accepted; names are not encrypted, so this one does not say which
)

// mostCards is how many cards one timer shows anew; the others follow at
// once.
const mostCards = 5

// tellOwners shows something about a part of a task to the owner who gave it,
// or to all of them where that one is an owner no longer. Whoever did it knows
// already, and whom something has just not reached is not written to.
func (t *turn) tellOwners(id, side, by string, v bot.View) []bot.Effect {
	to := t.ownersReached()
	if slices.Contains(to, by) {
		to = []string{by}
	}
	var effects []bot.Effect
	for _, owner := range to {
		if owner != t.event.From.ID {
			effects = append(effects, bot.Show{Key: t.toldKey(id, side), To: bot.To(owner), View: v})
		}
	}
	return effects
}

// ownersReached are all owners but the one whom something has just not reached.
func (t *turn) ownersReached() []string {
	u := t.event.Undelivered
	return slices.DeleteFunc(t.owners.Of(t.d, t.event), func(owner string) bool { return u != nil && u.To.User == owner })
}

func (t *turn) lookAtIt(id string) bot.Block {
	return bot.Row(bot.Button{Label: "Look at it", Action: bot.Do("fixes", "open", id), Main: true}, bot.Press("The list", bot.Do("fixes", "list")))
}

// fire is a timer.
func (t *turn) fire(timer string) []bot.Effect {
	switch timer {
	case staleCards:
		return t.freshen()
	case daysCome:
		return t.dayCame()
	}
	var effects []bot.Effect
	for _, id := range sorted(t.list.Tasks) {
		if f := t.list.Tasks[id]; f.State == company.FixAccepted && f.At(t.event.Now) != company.FixAccepted {
			effects = append(effects, t.comeBack(id, f)...)
		}
	}
	return effects
}

// comeBack opens a task again whose risk was accepted until now, and tells
// the owner who accepted it.
func (t *turn) comeBack(id string, f company.Fix) []bot.Effect {
	until, by := f.Accepted.Until, f.Accepted.By
	f.State, f.Back = company.FixOpen, company.Back{From: company.FixAccepted, At: t.event.Now}
	f.Parts = undone(f.Parts, t.event.Now)
	t.put(id, f)
	v := bot.View{Title: "Back on the fix list: " + t.title(id), Blocks: []bot.Block{
		bot.Say("You accepted this risk until " + prose.Day(until) + ", and that day is over."),
		bot.Say(prose.Quoted(f.Accepted.Name+", "+prose.Day(f.Accepted.At), f.Accepted.Reason)),
		t.lookAtIt(id),
	}}
	if !slices.Contains(t.owners.Of(t.d, t.event), by) {
		v.Blocks[0] = bot.Say("The risk was accepted until " + prose.Day(until) + ", and that day is over.")
	}
	v.Gist = v.Title
	return append(t.tellOwners(id, f.Side, by, v), t.showAllAnew(id, f)...)
}

// freshen shows cards as things stand now: quietly where nothing is left to
// do, else as a new message, since somebody thought that it was over.
func (t *turn) freshen() []bot.Effect {
	var effects []bot.Effect
	shown := 0
	for _, id := range sorted(t.list.Tasks) {
		f := t.list.Tasks[id]
		for _, side := range sides(f) {
			p := f.Parts[side]
			if !p.Stale {
				continue
			}
			if shown == mostCards {
				return append(effects, bot.Set{Name: staleCards, At: t.event.Now})
			}
			shown++
			p.Stale = false
			f.Parts = with(f.Parts, side, p)
			t.put(id, f)
			if f.ToDo(t.event.Now) {
				effects = append(effects, t.showAnew(id, side, f)...)
			} else {
				effects = append(effects, t.show(id, side, f))
			}
		}
	}
	return effects
}

// undelivered tells the owner that somebody did not get their card, and other
// owners what did not reach one of them.
func (t *turn) undelivered() []bot.Effect {
	u := t.event.Undelivered
	if u == nil {
		return nil
	}
	switch {
	case strings.HasPrefix(u.Key, daysKey):
		return t.daysUnreached(u)
	case strings.HasPrefix(u.Key, outsideKey):
		return t.outsideUnreached(u)
	case strings.HasPrefix(u.Key, toldKey):
		return t.ownerUnreached(u)
	}
	parts := strings.Split(u.Key, "/")
	if len(parts) != 4 || parts[0] != "fix" {
		return nil
	}
	id, side, card := parts[1], parts[2], parts[3]
	f := t.list.Tasks[id]
	p := f.Parts[side]
	if p.Card != card || p.User != u.To.User || !f.ToDo(t.event.Now) {
		return nil
	}
	p.Unreached = u.Reason
	f.Parts = with(f.Parts, side, p)
	t.put(id, f)
	return t.tellOwners(id, side, p.By, bot.View{
		Title: "I could not write to " + p.Name + " about: " + t.title(id),
		Blocks: []bot.Block{
			bot.Say("It did not arrive: " + u.Reason + ". Tell them yourself, or give it to somebody else."),
			t.lookAtIt(id),
		},
	})
}

// daysUnreached tells the owner that somebody did not get the message about
// the day of several tasks.
func (t *turn) daysUnreached(u *bot.Undelivered) []bot.Effect {
	var lost []company.Owed
	for _, o := range t.list.Owed(t.event.Now)[u.To.User] {
		if f := t.list.Tasks[o.Question]; !o.Part.Told.IsZero() && o.Part.Unreached == "" {
			o.Part.Unreached = u.Reason
			f.Parts = with(f.Parts, o.Side, o.Part)
			t.put(o.Question, f)
			lost = append(lost, o)
		}
	}
	if len(lost) == 0 {
		return nil
	}
	return t.tellOwners(lost[0].Question, lost[0].Side, lost[0].Part.By, bot.View{
		Title: "I could not write to " + lost[0].Part.Name + " about " + prose.Count(len(lost), "task", "tasks") + " whose day has come",
		Blocks: []bot.Block{
			bot.Say("It did not arrive: " + u.Reason + ". Ask them yourself how far it is, or give it to somebody else."),
			bot.Row(bot.Button{Label: "The list", Action: bot.Do("fixes", "list"), Main: true}),
		},
	})
}
