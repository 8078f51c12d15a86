package fixes

import (
	"fmt"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/schedule"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// What an owner says about a task: planned, done, accepted, open again.

func (t *turn) plan(id string, f company.Fix) []bot.Effect {
	if f.At(t.event.Now) != company.FixOpen {
		return bot.Respond(t.task(id, f, ""))
	}
	f.State = company.FixPlanned
	t.put(id, f)
	note := "Noted as planned."
	if t.nobody(f) {
		note += " Somebody with a day makes a plan real: give it to them."
	}
	return []bot.Effect{bot.Audit{Verb: "planned", Object: "fix " + id}, bot.Answer{View: t.task(id, f, note)}}
}

// askDone opens the form for what was done.
func (t *turn) askDone(id string, f company.Fix) []bot.Effect {
	if !t.canSettle(f) {
		return bot.Respond(t.task(id, f, ""))
	}
	return []bot.Effect{bot.Open{Form: doneForm(t.title(id), bot.Do("fixes", "done", id))}}
}

func doneForm(title string, a bot.Action) bot.Form {
	return bot.Form{
		Title:  "What was done",
		Intro:  prose.Sentence(title) + ". Leave out passwords, codes and private details of people.",
		Fields: []bot.Input{{ID: "note", Label: "What was done, and how was it seen?", Hint: "For example: brought the accounts folder back, opened three files", Lines: true, Max: maxNote}},
		Submit: "It is done",
		Action: a,
	}
}

// canSettle reports whether it can be said to be done, or accepted.
func (t *turn) canSettle(f company.Fix) bool {
	return f.ToDo(t.event.Now) || f.State == company.FixAccepted
}

const noNote = "Please write a few words: whoever looks later wants to know."

// done takes an owner's word that it is done.
func (t *turn) done(id string, f company.Fix) []bot.Effect {
	if !t.canSettle(f) {
		return bot.Respond(t.task(id, f, "That was settled in the meantime, so nothing was changed."))
	}
	note := prose.Plain(t.event.Values["note"], maxNote)
	if note == "" {
		return []bot.Effect{bot.Refuse{Why: map[string]string{"note": noNote}}}
	}
	effects := t.endAcceptance(id, f)
	f.State, f.Back = company.FixDone, company.Back{}
	f.Done = company.Word{By: t.event.From.ID, Name: name(t.event.From), Note: note, At: t.event.Now}
	t.put(id, f)
	effects = append(append(effects, t.showAll(id, f)...), t.closes(id)...)
	return append(effects, bot.Audit{Verb: "marked as done", Object: "fix " + id}, bot.Answer{View: t.task(id, f, "Thank you. The next answer to this question confirms it.")})
}

// closes lets the reminders look that a fix closes: of open fixes, and of a test
// of the backup.
func (t *turn) closes(id string) []bot.Effect {
	ids := []string{string(company.OfFixes)}
	if id == company.RestoreQuestion {
		ids = append(ids, company.RestoreTest)
	}
	return company.Done(t.d, t.event.Now, ids...)
}

// askAccept opens the form for living with a risk.
func (t *turn) askAccept(id string, f company.Fix) []bot.Effect {
	if !t.canSettle(f) {
		return bot.Respond(t.task(id, f, ""))
	}
	form := bot.Form{
		Title: "Accept the risk",
		Intro: prose.Sentence(t.title(id)) + ". It stays as it is, and nobody is asked to do it. When the day is over, it comes back.",
		Fields: []bot.Input{
			{ID: "reason", Label: "Why is that all right for now?", Hint: "For example: we move to another system in the summer", Lines: true, Max: maxNote},
			{ID: "until", Label: "Until when?", Hint: schedule.DayCanBeTyped + "; a year at most", Value: "in six months", Max: 40},
		},
		Submit: "Accept it",
		Action: bot.Do("fixes", "accept", id),
	}
	if f.At(t.event.Now) == company.FixAccepted {
		form.Fields[0].Value = f.Accepted.Reason
	}
	return []bot.Effect{bot.Open{Form: form}}
}

// accept takes an owner's decision to live with a risk until a day.
func (t *turn) accept(id string, f company.Fix) []bot.Effect {
	if !t.canSettle(f) {
		return bot.Respond(t.task(id, f, "That was settled in the meantime, so nothing was changed."))
	}
	why := map[string]string{}
	reason := prose.Plain(t.event.Values["reason"], maxNote)
	if reason == "" {
		why["reason"] = "Please write a few words: whoever looks later wants to know why."
	}
	until, wrong := t.day(t.event.Values["until"], mostAccepted)
	if wrong != "" {
		why["until"] = wrong
	}
	if len(why) > 0 {
		return []bot.Effect{bot.Refuse{Why: why}}
	}
	effects := t.endAcceptance(id, f)
	f.State, f.Back = company.FixAccepted, company.Back{}
	f.Accepted = company.Acceptance{By: t.event.From.ID, Name: name(t.event.From), Reason: reason, Until: until, At: t.event.Now}
	t.put(id, f)
	effects = append(append(effects, t.showAll(id, f)...), bot.Set{Name: acceptedUntil + until.Format(time.DateOnly), At: company.DayEnd(until)})
	return append(effects, bot.Audit{Verb: "accepted", Object: "risk of fix " + id}, bot.Answer{View: t.task(id, f, "It comes back when that day is over.")})
}

// reopen makes a task open again.
func (t *turn) reopen(id string, f company.Fix) []bot.Effect {
	was := f.At(t.event.Now)
	if was == company.FixOpen {
		return bot.Respond(t.task(id, f, ""))
	}
	effects := t.endAcceptance(id, f)
	f.State, f.Back = company.FixOpen, company.Back{}
	if was != company.FixPlanned {
		f.Parts = undone(f.Parts, t.event.Now)
		effects = append(effects, t.showAllAnew(id, f)...)
	}
	t.put(id, f)
	return append(effects, bot.Audit{Verb: "opened again", Object: "fix " + id}, bot.Answer{View: t.task(id, f, "It is open again.")})
}

// endAcceptance cancels the timer of a risk that was accepted, unless another's
// comes up on the same day.
func (t *turn) endAcceptance(id string, f company.Fix) []bot.Effect {
	if f.State != company.FixAccepted {
		return nil
	}
	day := f.Accepted.Until.Format(time.DateOnly)
	for other, g := range t.list.Tasks {
		if other != id && g.State == company.FixAccepted && g.Accepted.Until.Format(time.DateOnly) == day {
			return nil
		}
	}
	return []bot.Effect{bot.Set{Name: acceptedUntil + day}}
}

// How far ahead a day may lie, in months.
const (
	mostAhead    = 24
	mostAccepted = 12 // then it is worth another look
)

// day reads a day of a form, from today on; or says what is wrong.
func (t *turn) day(text string, months int) (at time.Time, wrong string) {
	zone := t.event.From.Zone
	at, err := schedule.ParseDay(text, zone, t.event.Now)
	today, _ := schedule.ParseDay("today", zone, t.event.Now)
	switch {
	case err != nil:
		return at, err.Error() + "."
	case at.Before(today):
		return at, "That day is over. Please choose one from today on."
	case at.After(today.AddDate(0, months, 0)):
		return at, fmt.Sprintf("That is far away. Please choose a day within %d months.", months)
	}
	return at, ""
}
