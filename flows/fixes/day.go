package fixes

import (
	"cmp"
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/schedule"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// The day of a task: whoever has it hears of it once, in the morning of that
// day or of the first day after it on which they work. No reminder has to be
// set for that.

const (
	dayHour = 10 // of the clock where they are
	// settled is how long before that hour a day must have been set: who has
	// just read of it hears no more on the same morning.
	settled = 12 * time.Hour
	// window spreads the mornings of many companies.
	window = 5 * time.Minute
	// mostTold is how many people one timer writes to; the others follow at
	// once.
	mostTold = 5
)

// nextDay is when somebody is to hear next that a day has come; zero: nobody.
func (t *turn) nextDay() time.Time {
	all := t.list.Outside(t.event.Now)
	for _, owed := range t.list.Owed(t.event.Now) {
		all = append(all, owed...)
	}
	var next time.Time
	for _, o := range all {
		if at := t.hears(o.Part); !at.IsZero() && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next
}

// hears is when whoever has a part, or gave it to somebody outside, hears that
// its day has come; zero: not at all, or not any more. Who is away hears it when
// they are back, and who was not to be asked and is again, at once if they are
// at work.
func (t *turn) hears(p company.Part) time.Time {
	if p.Due.IsZero() || !p.Told.IsZero() || p.Unreached != "" || t.spared(p.User) {
		return time.Time{}
	}
	attention, _ := company.Attentions.Get(t.d, company.AttentionID)
	zone := t.zone(p)
	at := comes(p, zone, attention.People[cmp.Or(p.User, p.By)].Away)
	return latestOf(at, schedule.AtWork(t.event.Now, zone))
}

// comes is when the day of a part is to be said to somebody in a zone, who may be
// away until some time.
func comes(p company.Part, zone string, away time.Time) time.Time {
	y, m, d := p.Due.Date()
	at := time.Date(y, m, d, dayHour, 0, 0, 0, schedule.Location(zone))
	if at.Before(latestOf(p.Given, p.Moved).Add(settled)) {
		at = at.AddDate(0, 0, 1)
	}
	return schedule.AtWork(latestOf(at, away), zone).UTC()
}

// spared reports whether somebody does not want to be asked: not again
// whatever it is about, or not about open fixes.
func (t *turn) spared(user string) bool {
	attention, _ := company.Attentions.Get(t.d, company.AttentionID)
	return attention.People[user].Once || slices.Contains(t.reminder().Out, user)
}

// reminder is the one of open fixes, where a company has set it.
func (t *turn) reminder() company.Schedule {
	s, _ := company.Schedules.Get(t.d, string(company.OfFixes))
	return s
}

// justAsked reports whether that reminder asked somebody about a part lately.
func (t *turn) justAsked(p company.Part) bool {
	return slices.ContainsFunc(t.reminder().Waits.Asked, func(a company.Asking) bool {
		return a.To == bot.To(p.User) && p.Asked(a.Last, t.event.Now)
	})
}

// zone is that of whoever has a part, or where it is not known, of who set
// its day.
func (t *turn) zone(p company.Part) string {
	attention, _ := company.Attentions.Get(t.d, company.AttentionID)
	roles, _ := bot.RolesDoc.Get(t.d, bot.RolesID)
	who := cmp.Or(p.User, p.By)
	return cmp.Or(attention.People[who].Zone, roles.People[who].Zone, p.Zone)
}

// dayCame tells people that the day of what they have has come: of one task
// its card, of several one message.
func (t *turn) dayCame() []bot.Effect {
	t.catchUp()
	var effects []bot.Effect
	owed := t.list.Owed(t.event.Now)
	told := 0
	for _, user := range sorted(owed) {
		due := slices.DeleteFunc(owed[user], func(o company.Owed) bool {
			at := t.hears(o.Part)
			return at.IsZero() || at.After(t.event.Now)
		})
		if len(due) == 0 {
			continue
		}
		if told++; told > mostTold {
			break
		}
		quiet := true
		for i, o := range due {
			quiet = quiet && t.justAsked(o.Part)
			due[i] = t.tell(o)
		}
		switch {
		case quiet:
		case len(due) == 1:
			effects = append(effects, t.showAnew(due[0].Question, due[0].Side, t.list.Tasks[due[0].Question])...)
		default:
			effects = append(effects, bot.Show{Key: daysKey + company.NewID(t.event), To: bot.To(user), View: t.days(due)})
		}
	}
	effects = append(effects, t.outsideDue()...)
	t.changed = true // the next day is set anew, whatever came of this one
	return effects
}

// tell notes that somebody hears of the day of a part.
func (t *turn) tell(o company.Owed) company.Owed {
	f := t.list.Tasks[o.Question]
	if o.Part.Told = t.event.Now; o.Part.Card == "" {
		o.Part.Card = company.NewID(t.event) // they took it themselves, and have had no message
	}
	f.Parts = with(f.Parts, o.Side, o.Part)
	t.put(o.Question, f)
	return o
}

// daysKey begins the key of a message about several tasks.
const daysKey = "days/"

// days is one message about several tasks.
func (t *turn) days(due []company.Owed) bot.View {
	v := bot.View{Title: "Due now: " + prose.Count(len(due), "thing", "things") + " that you have"}
	v.Gist = v.Title
	var lines []string
	var options []bot.Button
	for _, o := range due {
		title := prose.Sentence(t.title(o.Question))
		lines = append(lines, title+" · by "+prose.Day(o.Part.Due))
		options = append(options, bot.Press(prose.Label(title), bot.Do("fixes", "mine", o.Question, o.Side)))
	}
	v.Blocks = []bot.Block{
		bot.Points(lines...),
		bot.Say("How do they stand? Done, another day, “I can't”: each is a good answer."),
		bot.Pick("Open one, to say so:", options...),
		bot.Small("I ask this once. Only you got it; you and the owners see how far it is. " + t.lib.Command + " fixes shows it again."),
	}
	return v
}

// by says when a part should be done. Who has heard of the day reads it as it
// is where they are.
func (t *turn) by(p company.Part) string {
	if p.Due.IsZero() {
		return "No day is set."
	}
	day := prose.Day(p.Due)
	if p.Told.IsZero() {
		if company.DayOver(p.Due, t.event.Now) {
			return "It was meant to be done by " + day + "."
		}
		return "By " + day + "."
	}
	if today, _ := schedule.ParseDay("today", t.zone(p), t.event.Now); !today.After(p.Due) {
		return "It is meant to be done by today, " + day + "."
	}
	return "It was meant to be done by " + day + "."
}

// askedOn says who asked for a part, and when; empty: nobody did.
func (t *turn) askedOn(p company.Part) string {
	if p.Asker == "" || p.By == p.User {
		return ""
	}
	return p.Asker + " asked you on " + prose.Day(p.Given) + ". "
}

// anyAnswer asks how something stands, without blame.
const anyAnswer = "How does it stand? Done, another day, “I can't”: each is a good answer."

func latestOf(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
