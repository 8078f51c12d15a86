package remind

import (
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// The open fixes: everybody who still owes something is asked, at the same
// time, and nobody else. Who stays silent is told to the owner.

// soon is how long before its day a fix is asked about.
const soon = 7 * 24 * time.Hour

// mostAtOnce is how many people one step asks; the others follow.
const mostAtOnce = 5

// owing is what somebody has taken over that is due, or soon will be.
func (t *turn) owing(user string) []company.Owed {
	return slices.DeleteFunc(t.fixes().Owed(t.now())[user], func(o company.Owed) bool {
		return !o.Part.Due.IsZero() && o.Part.Due.After(t.now().Add(soon))
	})
}

// whoOwes are those who owe something and can be asked.
func (t *turn) whoOwes() []string {
	var users []string
	for _, user := range sortedKeys(t.fixes().Owed(t.now())) {
		if len(t.owing(user)) > 0 && t.canAsk(bot.To(user)) {
			users = append(users, user)
		}
	}
	return users
}

func (t *turn) owedLines(user string) []string {
	var lines []string
	for _, o := range t.owing(user) {
		line := o.Question
		if q, known := t.lib.Questions[o.Question]; known {
			line = prose.Sentence(q.Fix.Title)
		}
		switch {
		case o.Part.Due.IsZero():
		case company.DayOver(o.Part.Due, t.now()):
			line += " · was due " + t.day(o.Part.Due, noZone)
		default:
			line += " · due " + t.day(o.Part.Due, noZone)
		}
		lines = append(lines, line)
	}
	return lines[:min(len(lines), 10)]
}

// askOwing asks those who were not asked yet.
func (t *turn) askOwing() []bot.Effect {
	users := t.whoOwes()
	if len(users) == 0 && len(t.s.Waits.Asked) == 0 {
		t.s.End(company.Outcome{How: company.WasNothing, At: t.now()})
		return nil // nobody owes anything: nobody reads anything
	}
	effects, next := t.askFirst(users)
	t.s.Waits.Next = earlier(next, t.nextOwing())
	return effects
}

// askFirst asks people for the first time, as they are at work and have not
// just heard of the same. Next is when others are to be asked; zero: there are
// none.
func (t *turn) askFirst(users []string) (effects []bot.Effect, next time.Time) {
	for _, user := range users {
		to := bot.To(user)
		if t.place(to) >= 0 {
			continue
		}
		at := working(later(t.now(), t.heard(user, time.Time{})), t.zone(to))
		if len(effects) == mostAtOnce && !at.After(t.now()) {
			at = t.now().Add(time.Second)
		}
		if at.After(t.now()) {
			next = earlier(next, at)
			continue
		}
		t.s.Waits.Asked = append(t.s.Waits.Asked, company.Asking{To: to, Name: t.partName(user), At: t.now(), Last: t.now()})
		effects = append(effects, t.show(len(t.s.Waits.Asked)-1))
	}
	return effects, next
}

// heard is until when somebody is left in peace about what they owe; last is
// when they were asked about it here.
func (t *turn) heard(user string, last time.Time) (until time.Time) {
	for _, o := range t.owing(user) {
		until = later(until, o.Part.Heard(last))
	}
	return until
}

// askAgain is when somebody who is silent is asked again.
func (t *turn) askAgain(a company.Asking) time.Time {
	zone := t.zone(a.To)
	at := a.Retry
	if at.IsZero() {
		at = workdays(a.Last, patience, zone)
	}
	return later(at, working(t.heard(a.To.User, a.Last), zone))
}

// followOwing asks again who is silent, and tells the owner at the end.
func (t *turn) followOwing() []bot.Effect {
	effects, first := t.askFirst(t.whoOwes())
	silent := false
	for i := range t.s.Waits.Asked {
		a := &t.s.Waits.Asked[i]
		switch {
		case !a.Done.IsZero() || a.Left:
		case len(t.owing(a.To.User)) == 0:
			a.Done = t.now()
			if a.Retry.IsZero() {
				effects = append(effects, t.show(i))
			}
		case t.now().Before(t.askAgain(*a)):
		case len(effects) >= mostAtOnce:
			t.s.Waits.Next = t.now().Add(time.Second)
			return effects
		case t.lost(*a):
			effects = append(effects, t.send(i))
		case t.mayRepeat(*a):
			a.Again++
			t.spend(a.To)
			effects = append(effects, t.repeat(i)...)
		default:
			a.Left, silent = true, true
		}
	}
	t.s.Waits.Next = earlier(first, t.nextOwing())
	if silent && t.s.Waits.Next.IsZero() {
		effects = append(effects, t.tell("owed", t.silentOnes())...)
	}
	return effects
}

// nextOwing is when somebody is to be asked again; zero: never.
func (t *turn) nextOwing() time.Time {
	var next time.Time
	for _, a := range t.s.Waits.Asked {
		if a.Done.IsZero() && !a.Left {
			next = earlier(next, t.askAgain(a))
		}
	}
	return next
}

// silentOnes tells the owner what is still open after all asking.
func (t *turn) silentOnes() bot.View {
	var lines []string
	for _, a := range t.s.Waits.Asked {
		if n := len(t.owing(a.To.User)); n > 0 {
			lines = append(lines, a.Name+": "+prose.Count(n, "open fix", "open fixes")+", asked "+times(a.Again+1))
		}
	}
	return bot.View{
		Title: prose.Count(len(lines), "person still has", "people still have") + " open fixes",
		Blocks: []bot.Block{
			bot.Points(lines[:min(len(lines), 10)]...),
			bot.Say("They may be busy, or wait for something. A word from you helps more than another message from me."),
			bot.Row(bot.Button{Label: "The fix list", Action: bot.Do("fixes", "list"), Main: true}),
			bot.Small("Only owners read this."),
		},
	}
}

// partName is what somebody is called who has taken something over.
func (t *turn) partName(user string) string {
	for _, o := range t.fixes().Owed(t.now())[user] {
		if o.Part.Name != "" {
			return o.Part.Name
		}
	}
	return named("")
}

// earlier is the earlier of two times, of which zero is never.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
