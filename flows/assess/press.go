package assess

import (
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/content"
)

// press answers a button or a form: of the company, of a run that begins, of
// somebody who was asked one question, or of a run.
func (t *turn) press() []bot.Effect {
	a := t.event.Action
	if do, ok := ofCompany[a.Verb]; ok {
		return t.ofOwners(do)
	}
	if do, ok := ofAsked[a.Verb]; ok {
		return t.pressAsked(do)
	}
	switch a.Verb {
	case "start":
		return t.start(t.meant(a.Arg(0)))
	case "begin":
		return t.startAs()
	case "first":
		return t.first()
	}
	found := t.open(a.Arg(0))
	switch from := t.event.From; {
	case found && t.run.Owner == from.ID && from.Owner():
		return t.pressOwn()
	case found && t.colleague():
		return t.joined()
	case found && slices.Contains(t.run.Readers, from.ID) && from.Affiliation == bot.Home:
		return t.read()
	case !from.Owner():
		return t.onlyOwners()
	case !found:
		return bot.Tell("This assessment is not kept any more", "Start a new one with "+t.lib.Command+" assess.")
	}
	return bot.Tell("This assessment belongs to somebody else", "An assessment is read by whoever started it. Your own starts with "+t.command(t.pack.ID)+".")
}

// pressOwn is a press of the run's owner.
func (t *turn) pressOwn() []bot.Effect {
	if t.run.Together() && t.event.Place.Channel == t.run.Channel && t.event.Place.Kind != bot.Channel {
		return t.leaveShared()
	}
	if over := t.mend(); over {
		return t.next() // nothing else is open: the press finishes it
	}
	if do, ok := ofRun[t.event.Action.Verb]; ok {
		return do(t)
	}
	if do, ok := ofResult[t.event.Action.Verb]; ok && t.finished() {
		return do(t)
	}
	return t.current()
}

// ofRun are the owner's buttons of a run, whether it is finished or not. Nearly
// all that change it carry the step that they were made at, so that a late
// press changes nothing.
var ofRun = map[string]func(*turn) []bot.Effect{
	"size": (*turn).setTap, "it": (*turn).setTap, "by": (*turn).setTap, content.AskTrade: (*turn).setTap, content.AskData: (*turn).setTap,

	"right":   (*turn).stillRight,
	"changed": (*turn).hasChanged,
	"anew":    (*turn).askAnew,

	"answer":    (*turn).answer,
	"back":      (*turn).back,
	"edit":      (*turn).edit,
	"why":       (*turn).why,
	"note":      (*turn).askNote,
	"save-note": (*turn).saveNote,
	"show":      (*turn).showAgain,
	"fresh":     (*turn).asItIs,

	"later":   (*turn).later,
	"go-on":   (*turn).goOn,
	"resume":  (*turn).resume,
	"restart": (*turn).restart,

	"on":    (*turn).on,
	"alone": (*turn).alone,

	"ask":  (*turn).askWhom,
	"send": (*turn).send,
	"take": (*turn).takeBack,

	"share-to":      (*turn).shareTo,
	"share-confirm": (*turn).share,
	"readers":       (*turn).whoReads,
	"reader-add":    (*turn).addReader,
	"reader-out":    (*turn).takeReaderOut,
}

// ofResult are the owner's buttons that tell of a result, or hand it on.
var ofResult = map[string]func(*turn) []bot.Effect{
	"lists":       (*turn).lists,
	"unknown":     (*turn).unknown,
	"approach":    (*turn).approach,
	"not-asked":   (*turn).notAsked,
	"trend":       (*turn).changed,
	"differed":    (*turn).differed,
	"change":      (*turn).offerChanges,
	"report":      (*turn).offerReport,
	"report-send": (*turn).sendReport,
	"share-ask":   (*turn).previewShare,
	"share-where": (*turn).askWhere,
	"reader-ask":  (*turn).askReader,
}

// ofOwners does what any owner may.
func (t *turn) ofOwners(do func(*turn) []bot.Effect) []bot.Effect {
	if !t.event.From.Owner() {
		return t.onlyOwners()
	}
	return do(t)
}

func (t *turn) onlyOwners() []bot.Effect {
	text := "An assessment lists what is open, so only an owner starts and reads one. Ask the owner of your company; it takes five minutes."
	if t.event.From.Role == bot.Staff {
		text += " Whoever has the code from the server becomes an owner with " + t.lib.Command + " claim CODE."
	}
	return bot.Tell("Only an owner can do that", text)
}

// current answers a button that nobody knows by where the run is.
func (t *turn) current() []bot.Effect {
	return bot.Tell("That button is from an earlier version", "Nothing was changed. So far "+t.progress()+".")
}

// tooLate answers a late button with what is true now, and brings the card up
// to date in case that the button stood on it.
func (t *turn) tooLate() []bot.Effect {
	sorry := bot.Tell("That one is answered already", "The card shows the question that is next. Back on the card changes an answer.")
	if t.run.Current == "" && t.finished() {
		sorry = bot.Tell("That is settled already", "This assessment is finished; its result stands on the card.")
	}
	return append(sorry, t.card())
}
