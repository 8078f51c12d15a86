// Package fixes is the flow of the fix list: the gaps of an assessment become
// tasks, each with somebody who does it and a day. What is said to be done
// counts as mended only when the next answer to its question shows it. It owns
// the list (company.Fixes); those who took something over see their part of it.
//
// # A tour
//
// A task has parts, by who fixes them, and each part somebody who has it. Each
// name below is a file.
//
//   - What is on the list: make puts the gaps of a result on it, check holds it
//     against later answers.
//   - What people see: list is for owners, task one of it; mine is for those
//     who have a part; words are how a task is written.
//   - Who does it: give gives a part to somebody; outside is somebody without
//     an account here. reply is what they say of it, later another day that
//     they choose.
//   - What an owner says of it: settle.
//   - Whom it is told: day that a day has come, tell what somebody did, unheard
//     what did not arrive; restored is a backup that was put back.
package fixes

import (
	"reflect"
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// New makes the flow.
func New(lib *content.Library, owners company.Owners) bot.Flow {
	f := flow{lib, owners}
	return bot.Flow{
		Name:  "fixes",
		Words: []string{"fixes"},
		Typed: []string{"fix list", "the fix list", "my tasks", "my fixes"},
		Reads: f.reads,
		Step:  f.step,
	}
}

type flow struct {
	lib    *content.Library
	owners company.Owners
}

// reads names what every step wants.
func (f flow) reads(e bot.Event) []string {
	keys := []string{company.FixesOf.Key(company.FixesID), company.Banks.Key(company.BankID)}
	if id := e.Action.Arg(0); company.IsID(id) {
		keys = append(keys, company.Runs.Key(id))
	}
	return keys
}

// turn is one step of the flow. list holds the changes of this step.
type turn struct {
	flow
	d       *bot.Docs
	event   bot.Event
	list    company.Fixes
	changed bool
	stale   bool // a card is to be shown anew
}

func (f flow) step(d *bot.Docs, e bot.Event) []bot.Effect {
	list, _ := company.FixesOf.Get(d, company.FixesID)
	t := &turn{flow: f, d: d, event: e, list: list}
	switch e.Kind {
	case bot.Command, bot.Message:
		return t.kept(t.typed())
	case bot.Click, bot.Submit:
		return t.kept(t.press(e.Action, e.Kind == bot.Submit))
	case bot.Timer:
		return t.kept(t.fire(e.Timer))
	case bot.Failed:
		return t.kept(t.undelivered())
	}
	return nil
}

// kept stores what the step changed. A form is opened, or kept open, only by
// a step that changes nothing: what it noticed is noticed again.
func (t *turn) kept(effects []bot.Effect) []bot.Effect {
	aboutForm := func(x bot.Effect) bool {
		switch x.(type) {
		case bot.Open, bot.Refuse:
			return true
		}
		return false
	}
	if !t.changed || slices.ContainsFunc(effects, aboutForm) {
		return effects
	}
	company.FixesOf.Put(t.d, company.FixesID, t.list)
	effects = append(effects, bot.Set{Name: daysCome, At: t.nextDay(), Spread: window})
	if t.stale {
		effects = append(effects, bot.Set{Name: staleCards, At: t.event.Now})
	}
	return effects
}

func (t *turn) typed() []bot.Effect {
	if t.event.From.Affiliation != bot.Home {
		return strangers()
	}
	t.catchUp()
	return t.look()
}

func strangers() []bot.Effect {
	return bot.Tell("Only people of this company can do that", "The fix list stays among them.")
}

// press answers a button or a form.
func (t *turn) press(a bot.Action, sent bool) []bot.Effect {
	if t.event.From.Affiliation != bot.Home {
		return strangers()
	}
	if a.Verb == "make" || a.Verb == "made" {
		return t.make(a.Arg(0), a.Verb == "made")
	}
	t.catchUp()
	switch a.Verb {
	case "mine", "card", "did", "later", "cant":
		return t.mineOnly(a, sent)
	}
	if !t.event.From.Owner() {
		return t.look()
	}
	f, known := t.list.Tasks[a.Arg(0)]
	switch {
	case a.Verb == "closed":
		return bot.Respond(t.closed())
	case !known || a.Verb == "list":
		return t.look()
	}
	return t.owner(a.Verb, a.Arg(0), f, sent)
}

// owner answers what only owners may press, about one task.
func (t *turn) owner(verb, id string, f company.Fix, sent bool) []bot.Effect {
	switch {
	case verb == "give" && sent:
		return t.give(id, f)
	case verb == "give":
		return t.askWhom(id, f)
	case verb == "take":
		return t.takeBack(id, f)
	case verb == "plan":
		return t.plan(id, f)
	case verb == "done" && sent:
		return t.done(id, f)
	case verb == "done":
		return t.askDone(id, f)
	case verb == "accept" && sent:
		return t.accept(id, f)
	case verb == "accept":
		return t.askAccept(id, f)
	case verb == "reopen":
		return t.reopen(id, f)
	}
	return bot.Respond(t.task(id, f, ""))
}

// look is what somebody sees who asks for the list: owners all of it, the
// others what they have taken over.
func (t *turn) look() []bot.Effect {
	if t.event.From.Owner() {
		return bot.Respond(t.all(""))
	}
	return bot.Respond(t.mine())
}

// put notes a task, if it has changed.
func (t *turn) put(id string, f company.Fix) {
	if reflect.DeepEqual(t.list.Tasks[id], f) {
		return
	}
	if t.list.Tasks == nil {
		t.list.Tasks = map[string]company.Fix{}
	}
	t.list.Tasks[id] = f
	t.changed = true
}
