// Package assess is the flow that runs an assessment: one card that moves
// through the questions, then a result that says who fixes what. Only an
// owner starts one, and only those it is shared with read it.
package assess

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// QuickCheck is the assessment that is meant when none is named.
const QuickCheck = "quick-check"

// New makes the flow.
func New(lib *content.Library) bot.Flow {
	a := assess{lib}
	return bot.Flow{Name: "assess", Words: []string{"assess"}, Reads: a.reads, Step: a.step, File: a.file}
}

type assess struct{ lib *content.Library }

// reads names what nearly every step wants.
func (a assess) reads(e bot.Event) []string {
	keys := []string{company.Profiles.Key(company.ProfileID), company.Indexes.Key(company.IndexID)}
	id := e.Action.Arg(0)
	if e.Kind == bot.Timer {
		id, _, _ = strings.Cut(e.Timer, "/")
	}
	if company.IsID(id) {
		keys = append(keys, company.Runs.Key(id))
	}
	return keys
}

func (a assess) step(d *bot.Docs, e bot.Event) ([]bot.Effect, error) {
	switch e.Kind {
	case bot.Command, bot.Message:
		if strings.EqualFold(strings.TrimSpace(e.Text), "company") {
			return a.ownersOnly(d, e, ofCompany["company"]), nil
		}
		return a.asked(d, e, a.pack(e.Text)), nil
	case bot.Click, bot.Submit:
		return a.pressed(d, e), nil
	case bot.Timer:
		return a.overdue(d, e), nil
	case bot.Failed:
		return a.undelivered(d, e), nil
	}
	return nil, nil
}

// pack is the id that somebody means by a text: "Quick check" is quick-check.
func (a assess) pack(text string) string {
	return cmp.Or(a.lib.Meant(text), QuickCheck)
}

// command is what an owner types to come to an assessment.
func (a assess) command(pack string) string {
	if pack == QuickCheck {
		return a.lib.Command + " assess"
	}
	return a.lib.Command + " assess " + pack
}

// sheet is a run that somebody has in hand.
type sheet struct {
	id      string
	run     company.Run
	pack    content.Pack
	profile company.Profile
}

// pressed answers a button or a form.
func (a assess) pressed(d *bot.Docs, e bot.Event) []bot.Effect {
	verb := e.Action.Verb
	if about, ok := ofCompany[verb]; ok {
		return a.ownersOnly(d, e, about)
	}
	if reply, ok := replies[verb]; ok {
		return reply(a, d, e) // from somebody who was asked one question
	}
	switch verb {
	case "start":
		return a.start(d, e, a.pack(e.Action.Arg(0)))
	case "begin":
		return a.startAs(d, e)
	case "first":
		return a.first(d, e)
	}
	s, found := a.open(d, e.Action.Arg(0))
	switch own := found && s.run.Owner == e.From.ID && e.From.Owner(); {
	case !own && found && s.colleague(e):
		return a.joined(d, e, s)
	case !own && found && slices.Contains(s.run.Readers, e.From.ID) && e.From.Affiliation == bot.Home:
		return a.read(d, e, s)
	case !e.From.Owner():
		return a.onlyOwners(e)
	case !found:
		return say("This assessment is not kept any more", "Start a new one with "+a.lib.Command+" assess.")
	case !s.readableBy(e.From.ID):
		return say("This assessment belongs to somebody else", "An assessment is read by whoever started it. Your own starts with "+a.command(s.pack.ID)+".")
	case !own && changes[verb] != nil:
		return say("Only whoever started this can change it", "You may read the result.")
	}
	return a.ofRun(d, e, s)
}

func (a assess) ownersOnly(d *bot.Docs, e bot.Event, do func(assess, *bot.Docs, bot.Event) []bot.Effect) []bot.Effect {
	if !e.From.Owner() {
		return a.onlyOwners(e)
	}
	return do(a, d, e)
}

// ofRun is a press of somebody who may read the run; changing it is its
// owner's alone.
func (a assess) ofRun(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	own := s.run.Owner == e.From.ID
	if own && s.run.Together() && e.Place.Channel == s.run.Channel && e.Place.Kind != bot.Channel {
		return a.leaveShared(d, e, s)
	}
	if over := a.mend(&s, e.Now); own && over {
		return a.next(d, e, s) // nothing else is open: the press finishes it
	}
	if change, ok := changes[e.Action.Verb]; ok {
		return change(a, d, e, s)
	}
	return a.look(d, e, s)
}

// open finds a run. Ids that were not made here are not looked for.
func (a assess) open(d *bot.Docs, id string) (s sheet, found bool) {
	if !company.IsID(id) {
		return s, false
	}
	run, found := company.Runs.Get(d, id)
	p, known := a.lib.Pack(run.Pack)
	profile, _ := company.Profiles.Get(d, company.ProfileID)
	return sheet{id, run, p, profile}, found && known
}

// mend puts a run right whose pack has changed since. Over says that no
// question is left to be asked.
func (a assess) mend(s *sheet, now time.Time) (over bool) {
	if s.run.Current != "" && place(*s, s.run.Current) < 0 {
		s.run.Current = ""
	}
	s.run.Confirm = slices.DeleteFunc(slices.Clone(s.run.Confirm), func(id string) bool { return a.mustAsk(*s, id, s.run.Earlier[id], now) })
	if !s.run.Finished.IsZero() || s.run.Current != "" || len(s.run.Confirm) > 0 {
		return false
	}
	s.run.Current = a.firstOpen(*s, "", now)
	return a.complete(*s)
}

func (s sheet) readableBy(person string) bool {
	return s.run.Owner == person || slices.Contains(s.run.Readers, person)
}

// changes are the verbs that change a run. Nearly all of them carry the step
// that their button was made at, so that a late press changes nothing.
var changes = map[string]func(assess, *bot.Docs, bot.Event, sheet) []bot.Effect{
	"size": assess.setTap, "it": assess.setTap, "by": assess.setTap, content.AskTrade: assess.setTap, content.AskData: assess.setTap,

	"right":         assess.stillRight,
	"changed":       assess.hasChanged,
	"anew":          assess.askAnew,
	"answer":        assess.answer,
	"back":          assess.back,
	"later":         assess.later,
	"go-on":         assess.goOn,
	"resume":        assess.resume,
	"restart":       assess.restart,
	"edit":          assess.edit,
	"share-confirm": assess.share,
	"share-where":   assess.askWhere,
	"share-to":      assess.shareTo,
	"reader-ask":    assess.askReader,
	"reader-add":    assess.addReader,
	"reader-out":    assess.takeReaderOut,
	"readers":       assess.whoReads,
	"note":          assess.askNote,
	"save-note":     assess.saveNote,
	"ask":           assess.askWhom,
	"send":          assess.send,
	"take":          assess.takeBack,
	"on":            assess.on,
	"alone":         assess.alone,
}

// look answers a button that shows something and changes nothing.
func (a assess) look(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	switch e.Action.Verb {
	case "show":
		return a.showAgain(d, e, s)
	case "why":
		return a.why(e.Action.Arg(1))
	case "fresh":
		return a.asItIs(d, e, s)
	}
	if s.run.Finished.IsZero() {
		return a.current(s) // all below tell of a result
	}
	switch e.Action.Verb {
	case "lists":
		return a.lists(d, s)
	case "report":
		return a.offerReport(s)
	case "report-send":
		return a.sendReport(e, s)
	case "trend":
		return a.changed(d, s)
	case "unknown":
		return a.unknown(d, e, s)
	case "approach":
		return a.approach(s)
	case "not-asked":
		return a.notAsked(s)
	case "differed":
		return a.differed(s)
	case "change":
		return a.offerChanges(s)
	case "share-ask":
		return a.previewShare(d, s)
	}
	return a.current(s)
}

// late reports whether a button was made before the run's latest change.
func late(e bot.Event, s sheet) bool {
	return e.Action.Arg(1) != strconv.Itoa(s.run.Step)
}

// tooLate answers such a button with what is true now, and brings the card
// up to date in case that the button stood on it.
func (a assess) tooLate(d *bot.Docs, s sheet) []bot.Effect {
	sorry := say("That one is answered already", "The card shows the question that is next. Back on the card changes an answer.")
	if s.run.Current == "" && !s.run.Finished.IsZero() {
		sorry = say("That is settled already", "This assessment is finished; its result stands on the card.")
	}
	return append(sorry, a.card(d, s))
}

func say(title, text string) []bot.Effect {
	return []bot.Effect{bot.Answer{View: bot.View{Title: title, Blocks: []bot.Block{bot.Say(text)}}}}
}

func (a assess) onlyOwners(e bot.Event) []bot.Effect {
	text := "An assessment lists what is open, so only an owner starts and reads one. Ask the owner of your company; it takes five minutes."
	if e.From.Role == bot.Staff {
		text += " Whoever has the code from the server becomes an owner with " + a.lib.Command + " claim CODE."
	}
	return say("Only an owner can do that", text)
}
