// Package handoff is the flow by which somebody passes a matter on to whoever
// handles it: they see the exact words and who will read them, can take them
// back, and learn who has it. Silence goes on to the next. It owns the notes
// (Note), for as long as they are of use.
//
// # A tour
//
// note is what is passed on, target to whom. Each name below is a file.
//
//   - Before it is sent: draft writes the words and shows them; other chooses
//     another receiver; inert makes links in them harmless.
//   - Sent: send; reply is what a receiver says, silence goes on to the next.
//   - Somebody was phoned already: report tells those who must know. Nobody can
//     be phoned, for no number is saved: number tells the owners.
package handoff

import (
	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// New makes the flow.
func New(lib *content.Library, owners company.Owners) bot.Flow {
	f := flow{lib, owners}
	return bot.Flow{Name: "handoff", Step: f.step}
}

type flow struct {
	lib    *content.Library
	owners company.Owners
}

// turn is one step of the flow.
type turn struct {
	flow
	d     *bot.Docs
	event bot.Event
}

func (f flow) step(d *bot.Docs, e bot.Event) []bot.Effect {
	t := &turn{f, d, e}
	switch e.Kind {
	case bot.Click, bot.Submit:
		return t.press(e.Action, e.Kind == bot.Submit)
	case bot.Timer:
		return t.silence()
	case bot.Failed:
		return t.undelivered()
	}
	return nil
}

// press answers a button, or a form that was sent.
func (t *turn) press(a bot.Action, sent bool) []bot.Effect {
	if t.event.From.Affiliation != bot.Home {
		return bot.Respond(bot.View{Title: "Only people of this company can pass things on here"})
	}
	switch {
	case a.Verb == "no-number":
		return t.noNumber()
	case a.Verb == "tell" && !sent:
		return t.write("", Note{Topic: a.Arg(0), Case: a.Arg(1)})
	case a.Verb == "called" && !sent:
		return t.called(a.Arg(0), a.Arg(1))
	case a.Verb == "written" && sent:
		return t.written(a.Arg(0), a.Arg(1))
	}
	id := a.Arg(0)
	n, ok := t.note(id)
	switch {
	case !ok:
		return bot.Respond(over())
	case a.Verb == "take" && !sent:
		return t.take(id, n)
	case a.Verb == "not-mine" && !sent:
		return t.notMine(id, n)
	case n.From != t.event.From.ID:
		return bot.Respond(over())
	case a.Verb == "withdraw" && !sent:
		return t.withdraw(id, n)
	case n.State != Draft:
		return bot.Respond(t.standing(id, n))
	case sent:
		return t.filled(a.Verb, id, n)
	}
	return t.ofDraft(a.Verb, id, a.Arg(1), n)
}

// ofDraft is a button of a note that was not sent yet. What is sent is what
// stood above the button: an older preview may still be there.
func (t *turn) ofDraft(verb, id, shown string, n Note) []bot.Effect {
	switch {
	case verb == "change":
		return t.write(id, n)
	case verb == "other" && !n.Report:
		return t.chooseOther(id, n)
	case verb == "instead":
		return t.instead(id, n)
	case verb == "send" && shown != n.version():
		v := t.preview(id, n)
		v.Blocks = append([]bot.Block{bot.Say("You have changed it since. This is how it stands now; nothing was sent yet.")}, v.Blocks...)
		return bot.Respond(v)
	case verb == "send":
		return t.send(id, n)
	case verb == "drop":
		Notes.Delete(t.d, id)
		return bot.Respond(withRow(bot.View{Title: "Not sent, and not kept"}, stepsAgain(n)))
	}
	return bot.Respond(t.preview(id, n))
}

// filled takes a form about a note that was not sent yet.
func (t *turn) filled(verb, id string, n Note) []bot.Effect {
	switch {
	case verb == "changed":
		return t.changed(id, n)
	case verb == "chosen" && !n.Report:
		return t.chosen(id, n)
	}
	return bot.Respond(t.preview(id, n))
}

func (t *turn) note(id string) (Note, bool) {
	if !company.IsID(id) {
		return Note{}, false
	}
	return Notes.Get(t.d, id)
}

// over answers a button whose note is gone, or is somebody else's.
func over() bot.View {
	return bot.View{Title: "That is over, and nothing was sent just now", Blocks: []bot.Block{bot.Say("Does somebody still need help? Type what is the matter, and I say who handles it.")}}
}

// noAnswer stands where a topic stands: somebody needs help, and nobody whom
// they phoned has answered. It goes to the owners.
const noAnswer = "no-answer"

// title is what a note is about. A case has a title for whoever it happened
// to, so a reader gets that of the topic.
func (t *turn) title(n Note) string {
	if topic, ok := t.lib.Topic(n.Topic); ok {
		return topic.Title
	}
	if n.Topic == noAnswer {
		return "Nobody answers the phone"
	}
	m, _ := company.Maps.Get(t.d, company.MapID)
	if own, ok := m.Own[n.Topic]; ok {
		return own.Title
	}
	return "Something for you"
}
