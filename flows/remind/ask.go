package remind

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
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
		return t.nobodyLeft()
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
	if i < 0 || !t.s.Waits.Open() || !t.canAsk(t.s.Waits.Asked[i].To) {
		return t.ask()
	}
	if at := working(t.now(), t.zone(t.s.Waits.Asked[i].To)); at.After(t.now()) {
		t.s.Snoozed = at
		return nil
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
	if at := working(t.now(), zone); at.After(t.now()) {
		t.s.Waits.Next = at
		return nil
	}
	if !t.mayRepeat(a) {
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
	a.Last = t.now()
	n := patience
	if !a.Took.IsZero() {
		n = ownPace
	}
	t.s.Waits.Next = workdays(t.now(), n, t.zone(a.To))
	return []bot.Effect{old, t.show(i)}
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

// nobodyLeft ends the asking where all were asked or want to be left in
// peace. The owners see it in the list.
func (t *turn) nobodyLeft() []bot.Effect { return nil }

// endCards closes the date that is waited for, and shows it to all who were
// asked.
func (t *turn) endCards(o company.Outcome) []bot.Effect {
	if !t.s.Waits.Open() {
		return nil
	}
	if o.At.IsZero() {
		o.At = t.now()
	}
	t.s.End(o)
	return t.showAll()
}

// showAll shows to everybody who was asked how it stands now.
func (t *turn) showAll() []bot.Effect {
	var effects []bot.Effect
	for i, a := range t.s.Waits.Asked {
		if a.Unreached == "" && len(effects) < mostCards {
			effects = append(effects, t.show(i))
		}
	}
	return effects
}

// mostCards is how many cards one step brings up to date; more were never
// asked at once.
const mostCards = 6

// show shows somebody their card as it is now.
func (t *turn) show(i int) bot.Effect { return t.showAs(i, t.card(i)) }

func (t *turn) showAs(i int, v bot.View) bot.Effect {
	a := t.s.Waits.Asked[i]
	return bot.Show{Key: t.cardKey(a.Post), To: a.To, View: v}
}

// cardKey names a message of the current date.
func (t *turn) cardKey(post int) string {
	name := fmt.Sprintf("remind/%s/%d", t.id, t.s.Cycle)
	if post > 0 {
		name += fmt.Sprintf("/%d", post)
	}
	return name
}

// history is who was asked and when, for an owner who reads it; but leaves
// one out.
func (t *turn) history(reader string, but int) string {
	var parts []string
	for i, a := range t.s.Waits.Asked {
		if i == but || len(parts) == mostCards {
			continue
		}
		name := a.Name
		if a.To.User != "" && a.To.User == reader {
			name = "you"
		}
		part := name + " on " + t.day(a.At, t.s.Rule.Zone)
		switch {
		case a.Unreached != "":
			part += " (it did not arrive)"
		case a.Left:
			part += " (can't)"
		case a.Again > 0:
			part += fmt.Sprintf(" (and %s more, last on %s)", times(a.Again), t.day(a.Last, t.s.Rule.Zone))
		}
		parts = append(parts, part)
	}
	return strings.Join(slices.Compact(parts), "; ")
}

func times(n int) string { return prose.Count(n, "time", "times") }
