// Package sides is the flow in which an owner and whoever looks after IT answer
// the same questions apart. Both see at the same moment where they see the
// company differently, and nobody says who is right. It owns these checks
// (company.BothSides), and puts what both agree on into the company's bank.
//
// # A tour
//
// Each of the two has a seat, and a card on which they answer. Each name below
// is a file.
//
//   - Beginning: start is what an owner asks for, begin the form that names the
//     other, invite what the other gets first.
//   - Answering: card, with a question and its answer.
//   - When both are done: compare holds one against the other, comparison shows
//     it, settle notes what they agree on; words are how an answer reads.
//   - Nothing comes, or nothing more is wanted: silence, stop.
package sides

import (
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// New makes the flow.
func New(lib *content.Library, owners company.Owners) bot.Flow {
	f := flow{lib, owners}
	return bot.Flow{
		Name:   "sides",
		Words:  []string{"sides", "both"},
		Typed:  []string{"both sides", "both sides check", "both-sides check", "compare with it"},
		Placed: true,
		Reads:  f.reads,
		Step:   f.step,
	}
}

type flow struct {
	lib    *content.Library
	owners company.Owners
}

// turn is one step of the flow, with the check that it is about.
type turn struct {
	flow
	d     *bot.Docs
	event bot.Event
	id    string
	c     company.BothSides
	pack  content.Pack
}

func (f flow) step(d *bot.Docs, e bot.Event) []bot.Effect {
	t := &turn{flow: f, d: d, event: e}
	switch e.Kind {
	case bot.Command, bot.Message:
		return t.asked(t.lib.Meant(packOf(e.Text)))
	case bot.Click, bot.Submit:
		return t.press()
	case bot.Timer:
		return t.silence()
	case bot.Failed:
		return t.undelivered()
	}
	return nil
}

// reads names what nearly every step wants.
func (f flow) reads(e bot.Event) []string {
	id := e.Action.Arg(0)
	switch {
	case e.Kind == bot.Command, e.Kind == bot.Message:
		id = company.SidesID(e.From.ID, f.lib.Meant(packOf(e.Text)))
	case e.Kind == bot.Timer:
		id, _, _ = strings.Cut(e.Timer, "/")
	case aboutPack[e.Action.Verb]:
		id = company.SidesID(e.From.ID, e.Action.Arg(0))
	}
	if !company.IsID(id) {
		return nil
	}
	return []string{company.SidesOf.Key(id)}
}

// aboutPack are the verbs that name an assessment. All others name a check
// and its round.
var aboutPack = map[string]bool{"start": true, "choose": true, "chosen": true}

// packOf is the id that somebody means by a text: "sides quick check" is
// quick-check.
func packOf(text string) string {
	words := strings.Fields(strings.ToLower(text))
	for len(words) > 0 && slices.Contains([]string{"both", "sides", "both-sides"}, words[0]) {
		words = words[1:]
	}
	switch id := strings.Join(words, "-"); id {
	case "", "check", "compare-with-it":
		return content.QuickCheck
	default:
		return id
	}
}

// load finds a check. Ids that were not made here are not looked for.
func (t *turn) load(id string) (found bool) {
	if !company.IsID(id) {
		return false
	}
	t.id = id
	if t.c, found = company.SidesOf.Get(t.d, id); !found {
		return false
	}
	t.pack, found = t.lib.Pack(t.c.Pack)
	return found
}

// verb is what a button of a check does. Of is whose it is.
type verb struct {
	of   seat
	late bool // it names the step that it was made at, and changes nothing after another
	do   func(*turn, seat) []bot.Effect
}

// verbs are the buttons of a check that is under way, or was compared.
var verbs = map[string]verb{
	"use":      {ownerSeat, true, (*turn).use},
	"anew":     {ownerSeat, true, (*turn).anew},
	"begin":    {itSeat, true, (*turn).begin},
	"no":       {itSeat, true, (*turn).refuse},
	"answer":   {anySeat, true, (*turn).answer},
	"back":     {anySeat, true, (*turn).back},
	"later":    {anySeat, true, (*turn).later},
	"resume":   {anySeat, true, (*turn).resume},
	"take":     {ownerSeat, true, (*turn).take},
	"keep":     {ownerSeat, true, (*turn).keepMine},
	"again":    {ownerSeat, false, (*turn).again},
	"other":    {ownerSeat, false, (*turn).other},
	"stop":     {ownerSeat, false, (*turn).askStop},
	"stop-now": {ownerSeat, false, (*turn).stop},
	"why":      {anySeat, false, (*turn).why},
	"show":     {anySeat, false, (*turn).show},
	"fresh":    {anySeat, false, (*turn).fresh},
}

// press answers a button or a form.
func (t *turn) press() []bot.Effect {
	a := t.event.Action
	if aboutPack[a.Verb] {
		return t.starting(a.Verb, a.Arg(0))
	}
	if !t.load(a.Arg(0)) || t.c.Round != a.Arg(1) {
		return bot.Tell("That check is over", "It was stopped, or a newer one has taken its place. Nothing was changed. "+t.lib.Command+" sides shows how it stands.")
	}
	me := t.seatOf(t.event.From)
	v, known := verbs[a.Verb]
	switch {
	case me == nobody:
		return bot.Tell("This check belongs to two other people", "Only they answer it, and only they see what comes of it.")
	case !known:
		return bot.Tell("That button is from an earlier version", "Nothing was changed. "+t.lib.Command+" sides shows how it stands.")
	case v.of != anySeat && v.of != me:
		return bot.Tell("That button belongs to the other side", "Nothing was changed.")
	}
	if effects, over := t.mend(me); over {
		return effects
	}
	if v.late && t.isLate(me) {
		return t.tooLate(me)
	}
	return v.do(t, me)
}
