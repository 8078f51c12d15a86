package remind

import (
	"strconv"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// pauseAt is how many messages in a row that did not arrive end the sending
// to whom a schedule is meant for, until somebody chooses anew.
const pauseAt = 5

// undelivered is a card that did not arrive: the owner is told in another
// place, and what is asked goes on to the next.
func (t *turn) undelivered() []bot.Effect {
	u := t.event.Undelivered
	if u == nil {
		return nil
	}
	id, cycle, post, ok := cut(u.Key)
	if !ok || !t.load(id) || cycle != t.s.Cycle {
		return nil
	}
	t.adopt()
	i := t.place(u.To)
	if i < 0 || t.s.Waits.Asked[i].Post != post || t.s.Waits.Asked[i].Unreached != "" {
		return nil
	}
	waited := t.waitsFor(i)
	switch {
	case u.Silent && !waited:
		return nil
	case u.Silent && t.s.Waits.Asked[i].Tries < mostTries:
		return t.retryLater(i)
	}
	t.s.Waits.Asked[i].Retry = time.Time{}
	t.s.Waits.Asked[i].Unreached = u.Reason
	effects := t.countFailure(link{u.To, t.s.Waits.Asked[i].Name}, u.Reason)
	if waited {
		t.s.Waits.Next = working(t.now(), t.zone(u.To))
		if t.s.About != company.OfFixes {
			t.s.Waits.Next = workdays(t.now(), 1, t.zone(u.To)) // the owner may choose first
		}
	}
	t.keep()
	return append(effects, t.timers()...)
}

// cut reads the key of a card.
func cut(key string) (id string, cycle, post int, ok bool) {
	rest, ok := strings.CutPrefix(key, "remind/")
	if !ok {
		return "", 0, 0, false
	}
	before, last, _ := cutLast(rest)
	n, err := strconv.Atoi(last)
	if err != nil {
		return "", 0, 0, false
	}
	if shorter, middle, found := cutLast(before); found {
		if m, err := strconv.Atoi(middle); err == nil {
			return shorter, m, n, true
		}
	}
	return before, n, 0, true
}

// cannotShow says why something may not be shown in a channel now; empty: it
// may.
func (t *turn) cannotShow(to bot.Address) string {
	if to.Channel == "" {
		return ""
	}
	if room := t.d.Room(to.Channel); room.Kind != bot.Channel {
		return "people of other companies may read it now, or I am no longer in it"
	}
	return ""
}

// unreached notes somebody who was not even tried.
func (t *turn) unreached(l link, why string) []bot.Effect {
	t.s.Waits.Asked = append(t.s.Waits.Asked, company.Asking{To: l.to, Name: l.name, At: t.now(), Last: t.now(), Unreached: why})
	return t.countFailure(l, why)
}

// shut is for a channel that was asked and may not be written to any more: it
// goes on to the next.
func (t *turn) shut(i int, why string) []bot.Effect {
	a := &t.s.Waits.Asked[i]
	a.Retry, a.Unreached, a.Back = time.Time{}, why, false
	return append(t.countFailure(link{a.To, a.Name}, why), t.ask()...)
}

// countFailure counts what did not arrive, and tells the owner elsewhere.
func (t *turn) countFailure(l link, why string) []bot.Effect {
	if l.to == t.s.To || t.s.To == nobody {
		t.s.Failed = why
	}
	if l.to == t.s.To {
		if t.s.Failures++; t.s.Failures >= pauseAt {
			t.s.Paused = t.now()
		}
	}
	where := "to " + l.name
	if l.to.Channel != "" {
		where = "in " + l.name
	}
	text := prose.Sentence(why) + "."
	if !t.s.Paused.IsZero() {
		text += " It is the fifth time in a row, so I don't try there any more until you choose again."
	}
	return t.tellBut(l.to, "unreached/"+strconv.Itoa(len(t.s.Waits.Asked)), bot.View{
		Title: "I couldn't post the reminder " + where + ": " + t.title(t.s),
		Blocks: []bot.Block{
			bot.Say(text),
			bot.Row(
				bot.Button{Label: "Send it to me", Action: bot.Do("remind", "here", t.id), Main: true},
				bot.Press("Choose another", bot.Do("remind", "form", t.id))),
		},
	})
}

// tell tells the owner who set it, or all where that one is none any more.
func (t *turn) tell(tag string, v bot.View) []bot.Effect { return t.tellBut(bot.Address{}, tag, v) }

// tellBut tells it in another place than one that cannot be reached.
func (t *turn) tellBut(not bot.Address, tag string, v bot.View) []bot.Effect {
	owners := t.ownersHere()
	var to []string
	for _, id := range owners {
		if id == t.s.Owner && bot.To(id) != not {
			to = []string{id}
			break
		}
		if bot.To(id) != not && len(to) < mostCards {
			to = append(to, id)
		}
	}
	var effects []bot.Effect
	for _, id := range to {
		effects = append(effects, t.notify(company.Notice{To: bot.To(id), Key: "told/" + t.cardKey(0) + "/" + tag, View: v})...)
	}
	return effects
}

// sendHere makes the one who pressed the one who is asked: now, if something
// is waited for, and from now on.
func (t *turn) sendHere() []bot.Effect {
	if !t.load(t.event.Action.Arg(0)) || !t.s.Active() {
		return bot.Tell("This reminder is stopped", "Type "+t.lib.Command+" remind to see those that are set.")
	}
	wish := t.s
	wish.To, wish.Name = bot.To(t.event.From.ID), named(t.event.From.Name)
	return t.put(wish)
}
