// Package remind is the flow that reminds an owner of an assessment: on a
// rhythm, in their own time zone, once each time, until they stop it.
package remind

import (
	"strconv"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/schedule"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// New makes the flow.
func New(lib *content.Library) bot.Flow {
	r := remind{lib}
	return bot.Flow{Name: "remind", Words: []string{"remind"}, Step: r.step}
}

type remind struct{ lib *content.Library }

// usual is the assessment that is meant when none is named.
const usual = "quick-check"

func (r remind) step(d *bot.Docs, e bot.Event) ([]bot.Effect, error) {
	switch e.Kind {
	case bot.Timer:
		return r.fire(d, e), nil
	case bot.Failed:
		return r.failed(d, e), nil
	case bot.Command, bot.Message, bot.Click, bot.Submit:
		if !e.From.Owner() {
			return say("Only an owner can do that", "A reminder asks for an assessment, and those are the owner's. Ask the owner of your company to set it."), nil
		}
	default:
		return nil, nil
	}
	if e.Kind == bot.Command || e.Kind == bot.Message {
		return r.asked(d, e), nil
	}
	switch e.Action.Verb {
	case "offer":
		return r.propose(e, r.pack(e.Action.Arg(0)), "quarterly"), nil
	case "propose":
		return r.propose(e, r.pack(e.Action.Arg(0)), e.Action.Arg(1)), nil
	case "form":
		return r.form(e, r.pack(e.Action.Arg(0))), nil
	case "fill":
		return r.filled(d, e), nil
	case "set":
		return r.set(d, e), nil
	case "not-now":
		return say("Nothing is set", "Type "+r.lib.Command+" remind whenever you want one."), nil
	}
	return r.pressed(d, e), nil
}

func say(title, text string) []bot.Effect {
	return []bot.Effect{bot.Answer{View: bot.View{Title: title, Blocks: []bot.Block{bot.Say(text)}}}}
}

// pack is the assessment of an id, or the usual one.
func (r remind) pack(id string) content.Pack {
	p, ok := r.lib.Pack(id)
	if !ok {
		p, _ = r.lib.Pack(usual)
	}
	return p
}

// asked answers the command: a rhythm, or what is set.
func (r remind) asked(d *bot.Docs, e bot.Event) []bot.Effect {
	text := strings.ToLower(strings.TrimSpace(e.Text))
	if text == "" || text == "stop" || text == "me" {
		return r.list(d, e)
	}
	return r.propose(e, r.pack(usual), strings.TrimPrefix(text, "me "))
}

// list shows a person's reminders, with what can be done about each.
func (r remind) list(d *bot.Docs, e bot.Event) []bot.Effect {
	v := bot.View{Title: "Your reminders"}
	for _, p := range r.lib.Packs {
		id := company.ScheduleID(p.ID, e.From.ID)
		s, ok := company.Schedules.Get(d, id)
		if !ok || !s.Active() {
			continue
		}
		v.Blocks = append(v.Blocks, bot.Say(p.Title+": "+s.Rule.String()+". Next on "+spelled(next(s), s.Rule.Zone)+"."))
		if s.Failed != "" {
			v.Blocks = append(v.Blocks, bot.Say("I couldn't deliver the one of "+spelled(s.Fired, s.Rule.Zone)+": "+s.Failed+"."))
		}
		v.Blocks = append(v.Blocks, bot.Row(bot.Press("Change", bot.Do("remind", "form", p.ID)), bot.Press("Stop reminding", press("stop", id, s))))
	}
	if len(v.Blocks) > 0 {
		return []bot.Effect{bot.Answer{View: v}}
	}
	return []bot.Effect{bot.Answer{View: bot.View{
		Title:  "No reminder is set",
		Blocks: []bot.Block{bot.Say("I can ask you again, so that it doesn't rest on your memory."), r.rhythms(usual)},
	}}}
}

func (r remind) rhythms(pack string) bot.Block {
	return bot.Row(
		bot.Button{Label: "Every quarter", Action: bot.Do("remind", "propose", pack, "quarterly"), Main: true},
		bot.Press("Every month", bot.Do("remind", "propose", pack, "monthly")),
		bot.Press("Another time", bot.Do("remind", "form", pack)),
	)
}

// propose repeats what was understood, with the next dates, and asks.
func (r remind) propose(e bot.Event, p content.Pack, text string) []bot.Effect {
	rule, err := schedule.Parse(text, zoneOf(e.From), e.Now)
	if err != nil {
		return []bot.Effect{bot.Answer{View: bot.View{
			Title:  "When shall I remind you?",
			Blocks: []bot.Block{bot.Say(sentence(err)), r.rhythms(p.ID)},
		}}}
	}
	return []bot.Effect{bot.Answer{View: r.proposal(p, rule, text, e.Now)}}
}

func (r remind) proposal(p content.Pack, rule schedule.Rule, text string, now time.Time) bot.View {
	var dates []string
	at, ok := now, true
	for range 3 {
		if at, ok = rule.Next(at); ok {
			dates = append(dates, spelled(at, rule.Zone))
		}
	}
	return bot.View{
		Title: p.Title + ", " + rule.String(),
		Blocks: []bot.Block{
			bot.Say("In your direct messages, on these days first:"),
			bot.Points(dates...),
			bot.Small("A date on a weekend moves to the Monday."),
			bot.Row(
				bot.Button{Label: "Set it", Action: bot.Do("remind", "set", p.ID, text, rule.Start, rule.Zone), Main: true},
				bot.Press("Another time", bot.Do("remind", "form", p.ID)),
				bot.Press("Not now", bot.Do("remind", "not-now")),
			),
		},
	}
}

// set starts a reminder, or changes the one that is there.
func (r remind) set(d *bot.Docs, e bot.Event) []bot.Effect {
	p := r.pack(e.Action.Arg(0))
	start, err := time.Parse(time.DateOnly, e.Action.Arg(2))
	if err != nil {
		start = e.Now
	}
	// At noon the day is the same in the zone of nearly everybody; the rule
	// takes its start from the button below.
	rule, err := schedule.Parse(e.Action.Arg(1), e.Action.Arg(3), start.Add(12*time.Hour))
	if err != nil {
		return say("That cannot be set any more", sentence(err))
	}
	rule.Start = start.Format(time.DateOnly)
	return r.start(d, e, p, rule)
}

func (r remind) start(d *bot.Docs, e bot.Event, p content.Pack, rule schedule.Rule) []bot.Effect {
	id := company.ScheduleID(p.ID, e.From.ID)
	s, _ := company.Schedules.Get(d, id)
	due, ok := rule.Next(e.Now)
	if !ok {
		return say("That time never comes", "Choose another one with "+r.lib.Command+" remind.")
	}
	if s.Active() && s.Rule == rule && s.Due.Equal(due) {
		return say("That is set already", "Next on "+spelled(next(s), rule.Zone)+".")
	}
	verb := "set"
	if s.Active() {
		verb = "changed"
	}
	s = company.Schedule{Rule: rule, Pack: p.ID, Owner: e.From.ID, Due: due, Cycle: s.Cycle + 1, Fired: s.Fired}
	company.Schedules.Put(d, id, s)
	return []bot.Effect{
		bot.Set{Name: id + "/due", At: due},
		bot.Set{Name: id + "/snooze"},
		bot.Audit{Verb: verb, Object: "reminder of " + p.ID},
		bot.Answer{View: bot.View{
			Title:  "Set: " + p.Title + ", " + rule.String(),
			Blocks: []bot.Block{bot.Say("I'll ask you on " + spelled(due, rule.Zone) + ", in your direct messages. " + r.lib.Command + " remind changes or stops it.")},
		}},
	}
}

// press is the action of a button that belongs to one cycle of a reminder.
func press(verb, id string, s company.Schedule, more ...string) bot.Action {
	return bot.Do("remind", verb, append([]string{id, strconv.Itoa(s.Cycle)}, more...)...)
}

// zoneOf is the time zone of a person's profile, where it is a known one.
func zoneOf(p bot.Person) string {
	if _, err := time.LoadLocation(p.Zone); err != nil || p.Zone == "" || p.Zone == "Local" {
		return "UTC"
	}
	return p.Zone
}

// spelled is a time as a person reads it, with its zone.
func spelled(at time.Time, zone string) string {
	at = local(at, zone)
	return at.Format("Monday 2 January 2006, 15:04") + " (" + at.Location().String() + ")"
}

// local is a time in a zone, or in UTC where the zone is not known.
func local(at time.Time, zone string) time.Time {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		loc = time.UTC
	}
	return at.In(loc)
}

// sentence is an error of package schedule, which is written for people.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}
