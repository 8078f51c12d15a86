package sides

import (
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// open reports whether a side can still be answered.
func (t *turn) open(me seat) bool {
	return t.c.Compared.IsZero() && t.side(me).Begun
}

// answer records what one of the two says to the question on their card.
func (t *turn) answer(me seat) []bot.Effect {
	s := t.side(me)
	id, code := t.event.Action.Arg(3), t.event.Action.Arg(4)
	q, known := t.lib.Questions[id]
	offer, offered := q.Offered(code, t.pack.StaysFresh(id))
	if !t.open(me) || !known || !offered || s.Current != id {
		return t.tooLate(me)
	}
	if s.Answers == nil {
		s.Answers = map[string]company.Answer{}
	}
	s.Answers[id] = company.Answer{
		Value: offer.On(t.event.Now), Evidence: offer.Evidence,
		By: t.event.From.ID, At: t.event.Now.UTC().Truncate(time.Second), Revision: q.Revision,
	}
	s.Current = t.firstOpen(s, id)
	return t.next(me)
}

// next shows what comes after a change of a side. Its last answer ends it,
// and the second of the two to end shows both of them the comparison.
func (t *turn) next(me seat) []bot.Effect {
	s := t.side(me)
	if s.Current != "" {
		t.changed(me)
		return []bot.Effect{t.card(me)}
	}
	s.Done, s.Paused = t.event.Now, false
	if !t.side(me.other()).Done.IsZero() {
		return t.compare(me)
	}
	t.changed(me)
	effects := []bot.Effect{t.card(me)}
	if me == itSeat {
		effects = append(effects, bot.Set{Name: t.timer(), At: t.event.Now.Add(patience)})
	}
	return effects
}

// back shows the question before, to be answered anew.
func (t *turn) back(me seat) []bot.Effect {
	s := t.side(me)
	if !t.open(me) {
		return t.tooLate(me)
	}
	at := len(t.pack.Questions)
	if s.Done.IsZero() {
		at = t.place(s.Current)
	}
	s.Done = time.Time{}
	s.Current = t.pack.Questions[max(at-1, 0)].ID
	t.changed(me)
	return []bot.Effect{t.card(me)}
}

// later pauses a side. One that is complete, and is being changed, is done
// again.
func (t *turn) later(me seat) []bot.Effect {
	s := t.side(me)
	if !t.open(me) || !s.Done.IsZero() {
		return t.tooLate(me)
	}
	if t.firstOpen(s, "") == "" {
		s.Current = ""
		return t.next(me)
	}
	s.Paused = true
	t.changed(me)
	return []bot.Effect{t.card(me)}
}

// resume shows the card anew, at the bottom of the conversation.
func (t *turn) resume(me seat) []bot.Effect {
	s := t.side(me)
	if !t.open(me) || !s.Paused {
		return t.tooLate(me)
	}
	s.Paused = false
	t.changed(me)
	return append(t.anewBelow(me), t.elsewhere()...)
}
