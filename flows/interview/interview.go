// Package interview is the flow in which an owner asks the IT provider the four
// questions in writing, and holds each reply against the same four ticks that
// the provider was told of. It judges answers, never the people who gave them. It
// owns the interviews, one an owner (company.Interview).
package interview

import (
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// New makes the flow.
func New(lib *content.Library, owners company.Owners) bot.Flow {
	f := flow{lib, owners}
	return bot.Flow{
		Name:   "interview",
		Words:  []string{"interview"},
		Typed:  []string{"ask our it provider", "ask the it provider"},
		Placed: true,
		Reads:  f.reads,
		Step:   f.step,
	}
}

type flow struct {
	lib    *content.Library
	owners company.Owners
}

// turn is one step on one interview.
type turn struct {
	flow
	d     *bot.Docs
	event bot.Event
	id    string
	in    company.Interview
}

func (f flow) step(d *bot.Docs, e bot.Event) []bot.Effect {
	t := &turn{flow: f, d: d, event: e, id: idOf(e)}
	in, found := company.Interviews.Get(d, t.id)
	t.in = in
	switch e.Kind {
	case bot.Command, bot.Message:
		return t.starting()
	case bot.Click, bot.Submit:
		return t.press(found)
	case bot.Timer:
		return t.silence(found)
	case bot.Failed:
		return t.undelivered(found)
	}
	return nil
}

// reads names what nearly every step wants.
func (f flow) reads(e bot.Event) []string {
	return []string{company.Interviews.Key(idOf(e)), company.Profiles.Key(company.ProfileID)}
}

// idOf is the interview that an event is about: the one that its button, timer
// or message belongs to, or the owner's own.
func idOf(e bot.Event) string {
	id := e.Action.Arg(0)
	switch {
	case e.Kind == bot.Timer:
		id, _, _ = strings.Cut(e.Timer, "/")
	case e.Kind == bot.Failed && e.Undelivered != nil:
		id, _, _ = cut(e.Undelivered.Key)
	}
	if company.IsID(id) {
		return id
	}
	return company.InterviewID(e.From.ID)
}

// verb is what a button does, and whether it is the provider's.
type verb struct {
	theirs bool
	do     func(*turn) []bot.Effect
}

// verbs are the buttons of an interview that there is.
var verbs = map[string]verb{
	"copy":      {false, (*turn).copyText},
	"whom":      {false, (*turn).askWhom},
	"send":      {false, (*turn).send},
	"ask-again": {false, (*turn).askAgain},
	"list":      {false, (*turn).list},
	"topic":     {false, (*turn).open},
	"paste":     {false, (*turn).askReply},
	"pasted":    {false, (*turn).pasted},
	"tick":      {false, (*turn).tick},
	"next":      {false, (*turn).next},
	"verdict":   {false, (*turn).judge},
	"show":      {false, (*turn).offerShow},
	"show-copy": {false, (*turn).copyFound},
	"show-now":  {false, (*turn).show},
	"said":      {false, (*turn).askSaid},
	"say":       {false, (*turn).said},
	"again":     {false, (*turn).offerAgain},
	"again-now": {false, (*turn).again},
	"stop":      {false, (*turn).offerStop},
	"stop-now":  {false, (*turn).stop},
	"fresh":     {false, (*turn).fresh},

	"answer":    {true, (*turn).askThem},
	"answered":  {true, (*turn).theyAnswered},
	"comment":   {true, (*turn).askComment},
	"commented": {true, (*turn).theyCommented},
	"see":       {true, (*turn).seeAgain},
}

// press answers a button or a form: of the owner, or of the provider's
// person.
func (t *turn) press(found bool) []bot.Effect {
	a := t.event.Action
	if a.Verb == "start" {
		return t.starting()
	}
	if !found || a.Arg(1) != t.in.Round {
		return bot.Tell("These questions are over", "They were stopped, or asked anew. Nothing was changed. An owner sees how it stands with "+t.lib.Command+" interview.")
	}
	v, known := verbs[a.Verb]
	switch {
	case !known:
		return bot.Tell("That button is from an earlier version", "Nothing was changed. "+t.lib.Command+" interview shows how it stands.")
	case v.theirs && t.event.From.ID != t.in.Provider:
		return bot.Tell("These questions went to somebody else", "Only the one who was asked can answer them.")
	case v.theirs && t.orphaned():
		return t.abandonBy(a.Verb)
	case !v.theirs && (!t.event.From.Owner() || t.event.From.ID != t.in.Owner):
		return bot.Tell("Only whoever asked can do that", "The replies are read by the owner who asked, and by nobody else.")
	}
	return v.do(t)
}
