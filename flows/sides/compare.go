package sides

import (
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/score"
)

// held is what the two said, held against each other.
type held struct {
	differ  []string // ids of questions, in order
	unknown []string // what neither knows
	same    []string
	open    int // of same: gaps that both see
	unseen  int // of same: what both believe and neither has seen
	left    int // questions whose meaning changed in between
}

// hold compares what the two said to the questions of the pack.
func (t *turn) hold() held {
	var h held
	for _, q := range t.lib.Scored(t.pack).Questions {
		mine, theirs := t.c.Owner.Answers[q.ID], t.c.IT.Answers[q.ID]
		switch {
		case mine.Value == "" || theirs.Value == "" || mine.Revision != theirs.Revision:
			h.left++
		case !same(q, mine, theirs):
			h.differ = append(h.differ, q.ID)
		case mine.Value == score.DontKnow:
			h.unknown = append(h.unknown, q.ID)
		default:
			h.same = append(h.same, q.ID)
			state := amountsTo(q, mine)
			if state == score.Half || state == score.None {
				h.open++
			}
			if state == score.Full && q.Kind == score.YesNo && !mine.Evidence && !theirs.Evidence {
				h.unseen++
			}
		}
	}
	return h
}

// same reports whether two people say the same. Days are the same where they
// amount to the same: nobody remembers them exactly.
func same(q score.Question, a, b company.Answer) bool {
	if q.Kind == score.Date && a.Value != score.DontKnow && b.Value != score.DontKnow {
		return amountsTo(q, a) == amountsTo(q, b)
	}
	return a.Value == b.Value
}

// amountsTo is what an answer came to on the day it was given.
func amountsTo(q score.Question, a company.Answer) score.State {
	state, _ := score.Credit(q, score.Answer{Value: a.Value, At: a.At, Revision: a.Revision}, false, a.At)
	return state
}

// compare is the moment at which both are done: one step shows it to both.
func (t *turn) compare(last seat) []bot.Effect {
	if !slices.Contains(t.owners.Of(t.d, t.event), t.c.Owner.User) {
		return t.orphaned()
	}
	t.c.Compared = t.event.Now
	t.changed(last)
	if agreed := t.agreed(); len(agreed) > 0 {
		company.Deposit(t.d, agreed)
	}
	return []bot.Effect{
		bot.Audit{Verb: "compared", Object: "both sides of assessment " + t.pack.ID},
		bot.Set{Name: t.timer()},
		t.card(ownerSeat),
		t.card(itSeat),
		t.comparisonCard(ownerSeat),
		t.comparisonCard(itSeat),
	}
}

// agreed are the answers that both gave. Who has seen it for themselves
// stands for the two.
func (t *turn) agreed() map[string]company.Answer {
	all := map[string]company.Answer{}
	for _, id := range t.hold().same {
		said, theirs := t.c.Owner.Answers[id], t.c.IT.Answers[id]
		if theirs.Evidence && !said.Evidence {
			said = theirs
			said.Name = t.c.IT.Name
		}
		all[id] = said
	}
	return all
}
