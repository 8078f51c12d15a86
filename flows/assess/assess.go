// Package assess is the flow that runs an assessment: one card that moves
// through the questions, then a result that says who fixes what. Only an
// owner starts one, and only those it is shared with read it.
package assess

import (
	"slices"
	"strconv"
	"strings"

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
	if id := e.Action.Arg(0); company.IsID(id) {
		keys = append(keys, company.Runs.Key(id))
	}
	return keys
}

func (a assess) step(d *bot.Docs, e bot.Event) ([]bot.Effect, error) {
	switch e.Kind {
	case bot.Command, bot.Message:
		return a.asked(d, e, pack(e.Text)), nil
	case bot.Click, bot.Submit:
		if e.Action.Verb == "start" {
			return a.start(d, e, pack(e.Action.Arg(0))), nil
		}
		return a.pressed(d, e), nil
	case bot.Failed:
		return a.undelivered(d, e), nil
	}
	return nil, nil
}

// pack is the id that somebody means by a text: "Quick check" is quick-check.
func pack(text string) string {
	if words := strings.Fields(strings.ToLower(text)); len(words) > 0 {
		return strings.Join(words, "-")
	}
	return QuickCheck
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

// pressed answers a button of a run.
func (a assess) pressed(d *bot.Docs, e bot.Event) []bot.Effect {
	if !e.From.Owner() {
		return a.onlyOwners(e)
	}
	s, found := a.open(d, e.Action.Arg(0))
	switch {
	case !found:
		return say("This assessment is not kept any more", "Start a new one with "+a.lib.Command+" assess.")
	case !s.readableBy(e.From.ID):
		return say("This assessment belongs to somebody else", "An assessment is read by whoever started it. Your own starts with "+a.command(s.pack.ID)+".")
	}
	if gone := s.run.Current != "" && place(s, s.run.Current) < 0; gone {
		s.run.Current = ""
		if s.run.Finished.IsZero() {
			s.run.Current = a.firstOpen(s, "", e.Now)
		}
		if s.run.Current == "" {
			return a.next(d, e, s) // nothing else is open: the press finishes it
		}
	}
	verb, changing := changes[e.Action.Verb]
	switch {
	case !changing:
		return a.look(d, e, s)
	case s.run.Owner != e.From.ID:
		return say("Only whoever started this can change it", "You may read the result.")
	}
	return verb(a, d, e, s)
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

func (s sheet) readableBy(person string) bool {
	return s.run.Owner == person || slices.Contains(s.run.Readers, person)
}

// changes are the verbs that change a run. All of them carry the step that
// their button was made at, so that a late press changes nothing.
var changes = map[string]func(assess, *bot.Docs, bot.Event, sheet) []bot.Effect{
	"size":          assess.setSize,
	"by":            assess.setSecurityBy,
	"answer":        assess.answer,
	"back":          assess.back,
	"later":         assess.later,
	"resume":        assess.resume,
	"restart":       assess.restart,
	"edit":          assess.edit,
	"share-confirm": assess.share,
	"note":          assess.askNote,
	"save-note":     assess.saveNote,
}

// look answers a button that shows something and changes nothing.
func (a assess) look(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	switch e.Action.Verb {
	case "show":
		return a.showAgain(d, e, s)
	case "why":
		return a.why(e.Action.Arg(1))
	case "fresh":
		return a.asItIs(d, s)
	}
	if s.run.Finished.IsZero() {
		return a.current(s) // all below tell of a result
	}
	switch e.Action.Verb {
	case "lists":
		return a.lists(s)
	case "report":
		return a.offerReport(s)
	case "report-send":
		return a.sendReport(e, s)
	case "trend":
		return a.changed(d, s)
	case "unknown":
		return a.unknown(s)
	case "approach":
		return a.approach(s)
	case "not-asked":
		return a.notAsked(s)
	case "provider":
		return a.provider()
	case "change":
		return a.offerChanges(s)
	case "share-ask":
		return a.previewShare(s)
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
	return append(sorry, card(s, a.view(d, s)))
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

// card shows the run's card, in the place where it is.
func card(s sheet, v bot.View) bot.Effect {
	if len(v.Actions()) > 0 {
		v.Fresh = s.see("fresh")
	}
	return bot.Show{Key: "run/" + s.id, To: s.run.At, View: v}
}

// keep stores a run that was changed, which makes all older buttons late.
func (s *sheet) keep(d *bot.Docs, e bot.Event) {
	s.run.Step++
	s.run.Changed = e.Now
	company.Runs.Put(d, s.id, s.run)
	if s.run.Paused || !s.run.Finished.IsZero() {
		s.deposit(d)
	}
}

// deposit puts a run's answers into the company's bank, when the run rests:
// in between, several people at work would only wait for each other.
func (s *sheet) deposit(d *bot.Docs) {
	bank, _ := company.Banks.Get(d, company.BankID)
	if bank.Answers == nil {
		bank.Answers = map[string]company.Answer{}
	}
	for id, said := range s.run.Answers {
		if !said.At.Before(bank.Answers[id].At) {
			bank.Answers[id] = said
		}
	}
	company.Banks.Put(d, company.BankID, bank)
}

// act is the action of a button that changes this run as it is now.
func (s sheet) act(verb string, args ...string) bot.Action {
	return bot.Do("assess", verb, append([]string{s.id, strconv.Itoa(s.run.Step)}, args...)...)
}

// see is the action of a button that changes nothing.
func (s sheet) see(verb string, args ...string) bot.Action {
	return bot.Do("assess", verb, append([]string{s.id}, args...)...)
}
