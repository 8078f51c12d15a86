package remind

import (
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// late is how much after its time a reminder says so.
const late = time.Hour

// Timers of a schedule, after its id.
const (
	timerDue    = "/due"    // the regular date
	timerSnooze = "/snooze" // the day until which it was put off
	timerNext   = "/next"   // somebody is asked, or asked again
	timerTell   = "/tell"   // an owner reads what has waited for the morning
)

// timers are set to what the schedule says now.
func (t *turn) timers() []bot.Effect {
	effects := []bot.Effect{bot.Set{Name: t.id + timerDue, At: t.s.Due, Spread: window}, bot.Set{Name: t.id + timerSnooze, At: t.s.Snoozed, Spread: window}}
	return append(effects, bot.Set{Name: t.id + timerNext, At: t.s.Waits.Next, Spread: window}, t.tellTimer())
}

// fire is a timer. One that was moved or stopped meanwhile does nothing; one
// that comes too early, because a clock was set back, comes again.
func (t *turn) fire() []bot.Effect {
	id, kind, _ := cutLast(t.event.Timer)
	if !t.load(id) {
		return nil
	}
	switch "/" + kind {
	case company.TimerLook:
		return t.look()
	case timerTell:
		return t.tellLater()
	}
	at, come := map[string]time.Time{timerDue: t.s.Due, timerSnooze: t.s.Snoozed, timerNext: t.s.Waits.Next}["/"+kind], t.chase
	switch "/" + kind {
	case timerDue:
		come = t.due
	case timerSnooze:
		come = t.comeBack
	}
	switch {
	case at.IsZero():
		return nil
	case t.now().Before(at):
		return []bot.Effect{bot.Set{Name: t.event.Timer, At: at}}
	}
	return come()
}

// look closes the date that is waited for, if it has been done elsewhere.
func (t *turn) look() []bot.Effect {
	if !t.s.Waits.Open() {
		return nil
	}
	done := t.isDone()
	if done.How == "" {
		return nil
	}
	effects := t.endCards(done)
	t.keep()
	return append(effects, t.timers()...)
}

// due is the regular date. One that was missed for longer than until the
// next would come is not made up for.
func (t *turn) due() []bot.Effect {
	was := t.s.Due
	if i := t.place(t.s.To); i >= 0 && t.s.Waits.Asked[i].Unreached == "" {
		t.s.Failures = 0
	}
	effects := t.endCards(t.lastWord())
	t.s.Cycle++
	t.s.Fired, t.s.Failed = t.now(), ""
	t.s.Snoozed = time.Time{}
	t.s.Due, _ = t.s.Rule.Next(t.now())
	t.s.Waits = company.Waiting{Since: was}
	if after, more := t.s.Rule.Next(was); more && !t.now().Before(after) {
		t.s.End(company.Outcome{How: company.WasMissed, At: t.now()})
		effects = append(effects, t.missed(was)...)
		t.keep()
		return append(effects, t.timers()...)
	}
	effects = append(effects, t.ask()...)
	t.keep()
	return append(effects, t.timers()...)
}

// lastWord is how a date ends when the next one comes.
func (t *turn) lastWord() company.Outcome {
	if t.s.Waits.Open() {
		if o := t.isDone(); o.How != "" {
			return o
		}
	}
	return company.Outcome{How: company.WasSilent}
}

// missed tells the owner of a date that came and went while the bot was not
// running.
func (t *turn) missed(was time.Time) []bot.Effect {
	text := "I was not running then, and the next one has come and gone too."
	if !t.s.Due.IsZero() {
		text += " The next is on " + spelled(t.s.Due, t.s.Rule.Zone) + "."
	}
	return t.tell("missed", bot.View{
		Title:  "I missed the reminder of " + spelled(was, t.s.Rule.Zone) + ": " + t.title(t.s),
		Blocks: []bot.Block{bot.Say(text), bot.Row(append(t.startNow("Start now"), bot.Press("Change", bot.Do("remind", "form", t.id)))...)},
	})
}

// startNow is the button of an assessment; other things need none.
func (t *turn) startNow(text string) []bot.Button {
	if t.s.About != company.OfAssessment {
		return nil
	}
	return []bot.Button{{Label: text, Action: bot.Do("assess", "start", t.s.Pack), Main: true}}
}

// comeBack is the end of a time for which somebody put it off.
func (t *turn) comeBack() []bot.Effect {
	put := t.s.Snoozed
	t.s.Snoozed = time.Time{}
	if t.s.Waits.Since.IsZero() { // stored before there was anything to wait for
		t.s.Waits = company.Waiting{Since: put}
	}
	effects := t.askBack()
	t.keep()
	return append(effects, t.timers()...)
}

// next is when a reminder comes: put off, or on its regular date.
func next(s company.Schedule) time.Time {
	if !s.Snoozed.IsZero() {
		return s.Snoozed
	}
	return s.Due
}

// comes is when it reaches whom it is meant for; zero: it does not come again.
func (t *turn) comes() time.Time {
	at := next(t.s)
	if at.IsZero() {
		return at
	}
	return working(at, t.zone(t.s.To))
}

// mend puts right what a clock that was wrong for a while has left: a date
// that fired in what is still the future.
func (t *turn) mend() []bot.Effect {
	if t.s.Due.IsZero() || !t.s.Fired.After(t.now().Add(24*time.Hour)) {
		return nil
	}
	due, ok := t.s.Rule.Next(t.now())
	if !ok || !due.Before(t.s.Due) {
		return nil
	}
	t.s.Due, t.s.Fired = due, t.now()
	t.keep()
	return t.timers()
}
