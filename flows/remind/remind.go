// Package remind is the flow of reminders: of assessments, of the restore test,
// of whatever an owner wants not to rest on anybody's memory. Each comes on its
// rhythm, asks the one who is to do it, and follows up until somebody has. It
// owns the schedules (company.Schedule) and who wants to be left in peace
// (company.Attention). Other flows wake it by company.Done.
//
// # A tour
//
// A turn has one schedule in hand. When its date comes, somebody is asked, and
// it waits (Schedule.Waits) until that is settled. Each name below is a file.
//
//   - Setting one: typed reads what somebody wants, about which subject;
//     propose repeats it and asks; set starts it. form changes it, list and
//     status show what is set and how it went, standing comes from the
//     configuration.
//   - A date comes: fire. chain is who is asked, one after another; ask asks,
//     and goes on after silence; hours is when they are at work. Nothing may be
//     left to ask: fresh counts what an assessment would ask, open what is open
//     beside it, done what was done elsewhere.
//   - What they see: card with its buttons; shown keeps it true with everybody
//     who was asked, words are how times and names are written.
//   - What they press: press; date does it, or skips it, put_off asks later,
//     away and often are for peace.
//   - Open fixes are asked of many at once: owed.
//   - What goes wrong: failed is a card that did not arrive, lost one for which
//     the platform gave no answer, tell a notice for the owner, restored a backup
//     that was put back.
//   - The sheet of diligence, one page about a quarter: sheet, sheet_parts.
package remind

import (
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// New makes the flow.
func New(lib *content.Library, owners company.Owners) bot.Flow {
	f := flow{lib, owners}
	return bot.Flow{
		Name:   "remind",
		Words:  []string{"remind"},
		Typed:  []string{"status", "reminders", "my reminders", "stop", "unsubscribe", "stop reminders", "stop reminding me", "no more reminders", "leave me alone"},
		Placed: true,
		Reads:  f.reads,
		Step:   f.step,
		File:   f.file,
	}
}

type flow struct {
	lib    *content.Library
	owners company.Owners
}

// reads names what a step of one schedule wants.
func (f flow) reads(e bot.Event) []string {
	id := e.Action.Arg(0)
	switch e.Kind {
	case bot.Timer:
		id, _, _ = cutLast(e.Timer)
	case bot.Click, bot.Submit:
	default:
		return nil
	}
	keys := []string{company.Attentions.Key(company.AttentionID), company.Indexes.Key(company.IndexID), company.Maps.Key(company.MapID), company.FixesOf.Key(company.FixesID), company.Banks.Key(company.BankID)}
	if isID(id) {
		keys = append(keys, company.Schedules.Key(id))
	}
	return keys
}

// turn is one step of the flow. s is the schedule of that id, with the
// changes of this step.
type turn struct {
	flow
	d     *bot.Docs
	event bot.Event
	id    string
	s     company.Schedule
	known []string // the owners, once they are read
}

func (f flow) step(d *bot.Docs, e bot.Event) []bot.Effect {
	t := &turn{flow: f, d: d, event: e}
	switch e.Kind {
	case bot.Command, bot.Message:
		return t.typed(e.Text)
	case bot.Click, bot.Submit:
		return t.press()
	case bot.Timer:
		return t.fire()
	case bot.Failed:
		return t.undelivered()
	}
	return nil
}

// load takes a schedule in hand; false: there is none of that id.
func (t *turn) load(id string) bool {
	if !isID(id) {
		return false
	}
	s, ok := company.Schedules.Get(t.d, id)
	t.id, t.s = id, s
	return ok
}

// keptFor is how long a schedule is kept that does not remind any more: its
// cards must stay late for as long as they can be edited.
const keptFor = 400 * 24 * time.Hour

// keep stores the schedule as it is now.
func (t *turn) keep() {
	t.note()
	if t.s.Active() {
		company.Schedules.Put(t.d, t.id, t.s)
		return
	}
	company.Schedules.PutFor(t.d, t.id, t.s, keptFor)
}

// isID reports whether a text can be the id of a schedule. What a button
// carries may be anything.
func isID(text string) bool {
	if text == "" || len(text) > 250 {
		return false
	}
	for _, r := range text {
		if r < ' ' || r == 0x7f || r == '\ufffd' {
			return false
		}
	}
	return true
}

// ownersHere are the owners of the company.
func (t *turn) ownersHere() []string {
	if t.known == nil {
		t.known = t.owners.Of(t.d, t.event)
	}
	return t.known
}

// now is the time of the event.
func (t *turn) now() time.Time { return t.event.Now }
