package remind

import (
	"fmt"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// late is how much after its time a reminder says so.
const late = time.Hour

// fire reminds, if that is still what somebody wants: a timer that was moved
// or stopped meanwhile does nothing.
func (r remind) fire(d *bot.Docs, e bot.Event) []bot.Effect {
	id, kind, _ := cutLast(e.Timer)
	s, ok := company.Schedules.Get(d, id)
	switch {
	case !ok || !s.Active():
		return nil
	case kind == "snooze" && !s.Snoozed.IsZero() && !e.Now.Before(s.Snoozed):
		return r.again(d, e, id, s)
	case kind == "due" && !e.Now.Before(s.Due):
		return r.due(d, e, id, s)
	}
	return nil
}

// due is the regular date. One that was missed for longer than until the
// next would come is not made up for.
func (r remind) due(d *bot.Docs, e bot.Event, id string, s company.Schedule) []bot.Effect {
	was := s.Due
	after, more := s.Rule.Next(was)
	missed := more && !e.Now.Before(after)
	s.Cycle++
	s.Fired, s.Snoozed, s.Failed = e.Now, time.Time{}, ""
	s.Due, _ = s.Rule.Next(e.Now)
	company.Schedules.Put(d, id, s)
	effects := []bot.Effect{bot.Set{Name: id + "/due", At: s.Due}, bot.Set{Name: id + "/snooze"}}
	if missed {
		return append(effects, show(id, s, bot.View{
			Title: "I missed the reminder of " + spelled(was, s.Rule.Zone),
			Blocks: []bot.Block{
				bot.Say("I was not running then, and the next one has come and gone too. The next is on " + spelled(s.Due, s.Rule.Zone) + "."),
				bot.Row(bot.Press("Start now", bot.Do("assess", "start", s.Pack))),
			},
		}))
	}
	note := ""
	if e.Now.Sub(was) > late {
		note = "This was due on " + spelled(was, s.Rule.Zone) + "; I was not running then."
	}
	return append(effects, show(id, s, r.card(d, id, s, note)))
}

// again is a reminder that somebody has put off.
func (r remind) again(d *bot.Docs, e bot.Event, id string, s company.Schedule) []bot.Effect {
	note := "You asked me to come back today."
	if e.Now.Sub(s.Snoozed) > late {
		note = "You asked me to come back on " + spelled(s.Snoozed, s.Rule.Zone) + "; I was not running then."
	}
	s.Cycle++
	s.Snoozed = time.Time{}
	company.Schedules.Put(d, id, s)
	return []bot.Effect{show(id, s, r.card(d, id, s, note))}
}

// card is the reminder itself.
func (r remind) card(d *bot.Docs, id string, s company.Schedule, note string) bot.View {
	p := r.pack(s.Pack)
	v := bot.View{Title: fmt.Sprintf("%s · %d questions, %d minutes", p.Title, len(p.Questions), p.Minutes)}
	if note != "" {
		v.Blocks = append(v.Blocks, bot.Say(note))
	}
	v.Blocks = append(v.Blocks, bot.Say(r.last(d, s)), bot.Row(
		bot.Button{Label: "Start", Action: bot.Do("assess", "start", s.Pack), Main: true},
		bot.Press("In a day", press("snooze", id, s, "1")),
		bot.Press("In a week", press("snooze", id, s, "7")),
		bot.Press("Skip this time", press("skip", id, s)),
		bot.Behind("Change", bot.Do("remind", "form", s.Pack)),
		bot.Behind("Stop reminding", press("stop", id, s)),
	))
	return v
}

// last says when the assessment was done before.
func (r remind) last(d *bot.Docs, s company.Schedule) string {
	index, _ := company.Indexes.Get(d, company.IndexID)
	before := index.Before(s.Pack, "")
	run, ok := company.Runs.Get(d, before)
	if before == "" || !ok {
		return "It has not been done here yet."
	}
	return "The last one was on " + run.Finished.Format("2 January 2006") + ". Things change; the same questions again show what did."
}

// show posts a card of the current cycle to the one who set the reminder.
func show(id string, s company.Schedule, v bot.View) bot.Effect {
	return bot.Show{Key: fmt.Sprintf("remind/%s/%d", id, s.Cycle), To: bot.To(s.Owner), View: v}
}

// failed keeps why a reminder did not arrive, to be told at the next
// contact: there is no other place to tell it.
func (r remind) failed(d *bot.Docs, e bot.Event) []bot.Effect {
	id, _, _ := cutLast(strings.TrimPrefix(e.Undelivered.Key, "remind/"))
	s, ok := company.Schedules.Get(d, id)
	if !ok {
		return nil
	}
	s.Failed = e.Undelivered.Reason
	company.Schedules.Put(d, id, s)
	return nil
}

// cutLast cuts at the last slash.
func cutLast(name string) (before, after string, found bool) {
	i := strings.LastIndexByte(name, '/')
	if i < 0 {
		return name, "", false
	}
	return name[:i], name[i+1:], true
}

// next is when a reminder comes: put off, or on its regular date.
func next(s company.Schedule) time.Time {
	if !s.Snoozed.IsZero() {
		return s.Snoozed
	}
	return s.Due
}
