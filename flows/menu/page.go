package menu

import (
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// page is the bot's own page: what somebody can do here, what they are asked
// first for, and what is due. Owners see what is open on the fix list; nobody
// else sees another's gaps.
func (t *turn) page() bot.View {
	title := "What can I help with?"
	if t.event.From.Name != "" {
		title = "Hello " + t.event.From.Name + ". What can I help with?"
	}
	buttons := []bot.Button{
		{Label: "Something happened", Action: bot.Do("menu", "urgent"), Main: true},
		bot.Press("Ask", bot.Do("menu", "ask")),
	}
	if t.event.From.Owner() {
		buttons = append(buttons,
			bot.Press("Check our security", bot.Do("assess", "start", content.QuickCheck)),
			bot.Press("Who handles what", bot.Do("duty", "map")))
	}
	v := bot.View{Title: title, Blocks: []bot.Block{bot.Row(buttons...)}}
	if t.event.From.Affiliation != bot.Home {
		return v
	}
	v.Blocks = append(v.Blocks, bot.Say(t.whomToPhone()))
	if duties := t.duties(); len(duties) > 0 {
		v.Blocks = append(v.Blocks, bot.Head("You are asked first for"), bot.Points(duties...), bot.Row(bot.Press("What is recorded about me", bot.Do("duty", "mine"))))
	}
	if due := t.due(); len(due) > 0 {
		v.Blocks = append(v.Blocks, bot.Head("What is due"), bot.Points(due...))
		if len(t.owed()) > 0 && !t.event.From.Owner() {
			v.Blocks = append(v.Blocks, bot.Row(bot.Press("What is mine to fix", bot.Do("fixes", "list"))))
		}
	}
	v.Blocks = append(v.Blocks, t.fixList()...)
	v.Blocks = append(v.Blocks, bot.Small("Only you see this page. What you ask is shown to you alone, and not kept."))
	return v
}

func (t *turn) whomToPhone() string {
	c, _ := company.ContactsOf.Get(t.d, company.ContactsID)
	switch i := c.Incident; {
	case i.Name != "" && i.Phone != "":
		return "In an emergency phone " + i.Name + ", " + i.Phone + "."
	case i.Phone != "":
		return "In an emergency phone " + i.Phone + "."
	}
	return "In an emergency phone or walk to whoever looks after your computers, then the owner."
}

// duties are what somebody is asked first for, as they stand on the map.
func (t *turn) duties() []string {
	all, _ := company.Maps.Get(t.d, company.MapID)
	var lines []string
	for _, id := range all.Of(all.PartyOf(t.event.From.ID)) {
		duty := all.Duties[id]
		if !duty.Owned() {
			continue
		}
		line := t.named(all, id)
		switch {
		case duty.Fresh(t.event.Now):
			line += " (confirmed " + prose.Day(duty.Since) + ")"
		case duty.State == company.Asked:
			line += " (please say yes or no)"
		}
		lines = append(lines, line)
	}
	const most = 12
	if len(lines) > most {
		lines = append(lines[:most], "and more: see what is recorded about you")
	}
	return lines
}

// named is a topic or group of the map as a person reads it.
func (t *turn) named(all company.Map, id string) string {
	if topic, ok := t.lib.Topic(id); ok {
		return topic.Title
	}
	if own, ok := all.Own[id]; ok {
		return own.Title
	}
	switch id {
	case company.GroupIT:
		return "everything for IT support"
	case company.GroupBoth:
		return "everything that IT and security share"
	case company.GroupSecurity:
		return "everything for security"
	case company.GroupEmergency:
		return "emergencies"
	}
	return "a topic that is no longer there"
}

// date is something that is due, and when.
type date struct {
	at   time.Time
	line string
}

// mostSchedules is how many reminders are looked through.
const mostSchedules = 200

// due lists what somebody is waited for, and what they will be reminded of;
// the next first.
func (t *turn) due() []string {
	dates := t.owed()
	for _, id := range company.Schedules.List(t.d, "", mostSchedules) {
		s, _ := company.Schedules.Get(t.d, id)
		if at := s.Comes(t.event.From.ID); s.To.User == t.event.From.ID && !at.IsZero() {
			dates = append(dates, date{at, t.reminder(s) + ": " + prose.Day(at)})
		}
	}
	slices.SortFunc(dates, func(a, b date) int { return a.at.Compare(b.at) })
	var lines []string
	for _, x := range dates {
		lines = append(lines, x.line)
	}
	return lines
}

// reminder is what a schedule is about.
func (t *turn) reminder(s company.Schedule) string {
	if p, ok := t.lib.Pack(s.Pack); ok && s.About == company.OfAssessment {
		return p.Title
	}
	if s.About == company.OfCustom {
		return s.Text
	}
	return s.About.Word()
}

// owed are the tasks of the fix list that somebody has taken over.
func (t *turn) owed() []date {
	var dates []date
	for _, o := range t.fixes().Owed(t.event.Now)[t.event.From.ID] {
		q, known := t.lib.Questions[o.Question]
		if !known {
			continue
		}
		line := "Yours to fix, " + q.Fix.Title + ": no day is set"
		if !o.Part.Due.IsZero() {
			line = "Yours to fix, " + q.Fix.Title + ": by " + prose.Day(o.Part.Due)
		}
		if company.DayOver(o.Part.Due, t.event.Now) {
			line += ", overdue"
		}
		dates = append(dates, date{o.Part.Due, line})
	}
	return dates
}

// ask opens a form for a question, where there is no line to type it in.
func (t *turn) ask() []bot.Effect {
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title:  "Ask",
		Intro:  "Who handles something, or what just happened. Never write passwords, codes or card numbers.",
		Fields: []bot.Input{{ID: "text", Label: "Your question", Hint: "In your own words", Lines: true, Max: 1000}},
		Submit: "Ask",
		Action: bot.Do("who", "ask"),
	}}}
}
