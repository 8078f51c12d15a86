package sides

import (
	"slices"
	"strconv"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/score"
)

// seat is which of the two somebody is.
type seat string

const (
	nobody    seat = ""
	ownerSeat seat = "owner"
	itSeat    seat = "it"
	anySeat   seat = "any"
)

// keepFor is how long a check is kept after its latest change.
const keepFor = 365 * 24 * time.Hour

// seatOf says which of the two a person is, by what is stored. An owner who
// is one no longer has no seat.
func (t *turn) seatOf(p bot.Person) seat {
	switch {
	case p.ID == "" || p.Affiliation != bot.Home:
		return nobody
	case p.ID == t.c.Owner.User && p.Owner():
		return ownerSeat
	case p.ID == t.c.IT.User:
		return itSeat
	}
	return nobody
}

func (t *turn) side(at seat) *company.Side {
	if at == itSeat {
		return &t.c.IT
	}
	return &t.c.Owner
}

func (at seat) other() seat {
	if at == itSeat {
		return ownerSeat
	}
	return itSeat
}

// name is how one of the two is called in the middle of a sentence.
func (t *turn) name(at seat) string {
	if name := t.side(at).Name; name != "" {
		return name
	}
	if at == itSeat {
		return "your IT person"
	}
	return "the owner"
}

// keep stores the check.
func (t *turn) keep() { company.SidesOf.PutFor(t.d, t.id, t.c, keepFor) }

// changed stores the check after a change of one side, which makes all older
// buttons of that side late.
func (t *turn) changed(at seat) {
	s := t.side(at)
	s.Step++
	s.Changed = t.event.Now
	t.keep()
}

// isLate reports whether a button was made before the latest change of its
// side.
func (t *turn) isLate(me seat) bool {
	return t.event.Action.Arg(2) != strconv.Itoa(t.side(me).Step)
}

// tooLate answers such a button with what is true now, and brings the card
// up to date in case that the button stood on it.
func (t *turn) tooLate(me seat) []bot.Effect {
	if t.c.Compared.IsZero() {
		return append(bot.Tell("That one is answered already", "Your card shows what comes next. Back on the card changes an answer."), t.card(me))
	}
	return append(bot.Tell("That is settled already", "You are both done; the comparison shows what is true now."), t.card(me), t.comparisonCard(me))
}

// act is the action of a button that changes a side as it is now.
func (t *turn) act(at seat, verb string, args ...string) bot.Action {
	return bot.Do("sides", verb, append([]string{t.id, t.c.Round, strconv.Itoa(t.side(at).Step)}, args...)...)
}

// see is the action of a button that is never late.
func (t *turn) see(verb string, args ...string) bot.Action {
	return bot.Do("sides", verb, append([]string{t.id, t.c.Round}, args...)...)
}

// place is the position of a question in the pack; -1 if it is not there.
func (t *turn) place(id string) int { return t.pack.Position(id) }

// firstOpen is the first question that a side has still to answer, after one
// or from the beginning; empty: there is none.
func (t *turn) firstOpen(s *company.Side, after string) string {
	from := t.place(after) + 1
	for _, pq := range slices.Concat(t.pack.Questions[from:], t.pack.Questions[:from]) {
		if !t.settledBy(s.Answers[pq.ID], pq) {
			return pq.ID
		}
	}
	return ""
}

// settledBy reports whether an answer still counts.
func (t *turn) settledBy(a company.Answer, pq content.PackQuestion) bool {
	q := score.Question{Revision: t.lib.Questions[pq.ID].Revision, Staleness: pq.StalenessDays}
	return !score.MustAsk(q, score.Answer{Value: a.Value, At: a.At, Revision: a.Revision}, t.event.Now)
}

// mend finds the question for a side whose question was taken out of the
// pack. Over says that nothing else was open, so that the press finished it.
func (t *turn) mend(me seat) (effects []bot.Effect, over bool) {
	s := t.side(me)
	if !t.c.Compared.IsZero() || !s.Begun || !s.Done.IsZero() || t.place(s.Current) >= 0 {
		return nil, false
	}
	if s.Current = t.firstOpen(s, ""); s.Current != "" {
		return nil, false
	}
	return t.next(me), true
}

// answered counts the questions of the pack that a side has answered.
func (t *turn) answered(s *company.Side) int {
	n := 0
	for _, pq := range t.pack.Questions {
		if _, ok := s.Answers[pq.ID]; ok {
			n++
		}
	}
	return n
}
