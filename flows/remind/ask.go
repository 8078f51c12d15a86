package remind

import (
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

const (
	// patience is how many working days of silence pass before somebody is
	// asked again, or the next one instead.
	patience = 3
	// ownPace is that time for somebody who said that they do it.
	ownPace = 5
	// mostNags is how often one person is asked again about one date.
	mostNags = 3
)

// ask asks the first who can be, when they are at work; where there is
// nothing to do it says so in one line.
func (t *turn) ask() []bot.Effect {
	if t.s.About == company.OfFixes {
		return t.askOwing()
	}
	l, found := t.nextLink()
	if !found {
		t.s.Waits.Next = time.Time{}
		if i := t.current(); i >= 0 {
			t.s.Waits.Next = t.s.Waits.Asked[i].Retry // what is yet to arrive
		}
		return nil // all were asked, or want to be left in peace: the owners see it in the list
	}
	if at := working(t.now(), t.zone(l.to)); at.After(t.now()) {
		t.s.Waits.Next = at
		return nil
	}
	if why := t.cannotShow(l.to); why != "" {
		return append(t.unreached(l, why), t.ask()...)
	}
	if t.nothingToDo(l) {
		return t.nothing(l)
	}
	a := company.Asking{To: l.to, Name: l.name, At: t.now(), Last: t.now()}
	t.s.Waits.Asked = append(t.s.Waits.Asked, a)
	t.s.Waits.Next = workdays(t.now(), patience, t.zone(l.to))
	return []bot.Effect{t.show(len(t.s.Waits.Asked) - 1)}
}

// askBack asks whoever put it off again.
func (t *turn) askBack() []bot.Effect {
	i := t.current()
	if i < 0 || !t.s.Waits.Open() {
		return t.ask()
	}
	if !t.canAsk(t.s.Waits.Asked[i].To) {
		t.s.Waits.Asked[i].Back = false
		return t.ask()
	}
	if at := working(t.now(), t.zone(t.s.Waits.Asked[i].To)); at.After(t.now()) {
		t.s.Snoozed = at
		return nil
	}
	if why := t.cannotShow(t.s.Waits.Asked[i].To); why != "" {
		return t.shut(i, why)
	}
	return t.repeat(i)
}

// current is who is waited for now: whoever has taken it, or put it off, or
// the last who was asked and has not said that they can't. -1: nobody.
func (t *turn) current() int {
	if i := t.taker(); i >= 0 {
		return i
	}
	if i := t.putOffBy(); i >= 0 {
		return i
	}
	for i := len(t.s.Waits.Asked) - 1; i >= 0; i-- {
		if a := t.s.Waits.Asked[i]; !a.Left {
			return i
		}
	}
	return -1
}

// putOffBy is who chose the time at which they are asked; -1: nobody.
func (t *turn) putOffBy() int {
	return slices.IndexFunc(t.s.Waits.Asked, func(a company.Asking) bool { return a.Back && !a.Left })
}

// chase goes on after silence: the same person again, then the next.
func (t *turn) chase() []bot.Effect {
	if !t.s.Waits.Open() || !t.s.Snoozed.IsZero() {
		t.s.Waits.Next = time.Time{}
		t.keep()
		return nil
	}
	effects := t.follow()
	t.keep()
	return append(effects, bot.Set{Name: t.id + timerNext, At: t.s.Waits.Next, Spread: window}, t.tellTimer())
}

func (t *turn) follow() []bot.Effect {
	if done := t.isDone(); done.How != "" {
		return t.endCards(done)
	}
	if t.s.About == company.OfFixes {
		return t.followOwing()
	}
	i := t.current()
	if i < 0 {
		return t.ask()
	}
	a := t.s.Waits.Asked[i]
	zone := t.zone(a.To)
	if at := t.underWay(a); at.After(t.now()) {
		t.s.Waits.Next = working(at, zone)
		return nil
	}
	if at := working(later(t.now(), a.Retry), zone); at.After(t.now()) {
		t.s.Waits.Next = at
		return nil
	}
	if why := t.cannotShow(a.To); why != "" && a.Unreached == "" {
		return t.shut(i, why)
	}
	switch {
	case t.lost(a):
		return []bot.Effect{t.send(i)}
	case !a.Retry.IsZero():
		t.giveUp(i)
		return t.ask()
	case !t.mayRepeat(a):
		return t.ask()
	}
	t.s.Waits.Asked[i].Again++
	t.s.Waits.Asked[i].Back = false
	t.spend(a.To)
	return t.repeat(i)
}

// mayRepeat reports whether the same one may be asked again.
func (t *turn) mayRepeat(a company.Asking) bool {
	if a.Again >= mostNags || a.Unreached != "" || !t.canAsk(a.To) {
		return false
	}
	return a.To.User == "" || t.attention().MayAsk(a.To.User, t.now())
}

// spend notes that somebody was asked again, whatever about.
func (t *turn) spend(to bot.Address) {
	if to.User == "" {
		return
	}
	a := t.attention()
	a.AskedAgain(to.User, t.now())
	company.Attentions.Put(t.d, company.AttentionID, a)
}

// repeat asks the same one again, with a new message; the old one stays as a
// line.
func (t *turn) repeat(i int) []bot.Effect {
	old := t.showAs(i, bot.View{Title: t.title(t.s), Blocks: []bot.Block{bot.Say("I asked again on " + t.day(t.now(), t.zone(t.s.Waits.Asked[i].To)) + ", below.")}})
	a := &t.s.Waits.Asked[i]
	a.Post++
	a.Tries = 0
	return []bot.Effect{old, t.send(i)}
}

// send shows somebody the card, and waits for them from now on.
func (t *turn) send(i int) bot.Effect {
	a := &t.s.Waits.Asked[i]
	a.Last, a.Retry = t.now(), time.Time{}
	n := patience
	if !a.Took.IsZero() {
		n = ownPace
	}
	t.waitAfter(i, n)
	return t.show(i)
}

// waitAfter waits for somebody for so many working days. Where several are asked
// at the same time, each has their own.
func (t *turn) waitAfter(i, n int) {
	t.s.Waits.Next = workdays(t.now(), n, t.zone(t.s.Waits.Asked[i].To))
	if t.s.About == company.OfFixes {
		t.s.Waits.Next = t.nextOwing()
	}
}

// underWay is until when somebody is left alone who has begun.
func (t *turn) underWay(a company.Asking) time.Time {
	if t.s.About != company.OfAssessment {
		return time.Time{}
	}
	run, found := t.openRun(a.To.User)
	if !found {
		return time.Time{}
	}
	return workdays(run.Changed, patience, t.zone(a.To))
}
