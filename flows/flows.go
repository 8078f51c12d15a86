// Package flows lists everything that the bot does. A flow is a folder here: one
// subject, from the words that open it to the last of its buttons.
//
// # Which flow does what
//
//   - menu greets, helps, and fills the bot's own page. who answers who handles
//     something and what to do now; explain is the tour of who does what.
//   - What a company says of itself: duty, who handles what; emergency, whom to
//     phone; teach, what its own words mean; claim, who is an owner; audit, the log.
//   - assess is a check and its result. From a result follow fixes, what is to be
//     mended by whom; sides, the same questions to an owner and to IT apart; and
//     interview, four questions to the IT provider.
//   - remind asks again, and follows up. handoff passes a matter on to somebody.
//
// Flows share leaves: content, what the advisor knows; match, which topic a text is
// about; score, the arithmetic; report, what is handed over; company, the
// documents; prose, how things are written. archive, roster and table are not for
// flows: with the first two an operator takes a company's data out and in, and the
// third is how leaves write for spreadsheets.
//
// # How a flow is built
//
// A [bot.Flow] is a name, the words that open it, and a step. The file of the
// package's name has the package comment, New, and these, always in this order:
//
//	type flow   what every step needs: the content, the configured owners
//	type turn   one step: flow, documents, event, and the document it is about
//	step        makes the turn, and goes by the kind of event:
//	  typed       Command, Message   what somebody typed
//	  press       Click, Submit      a button or a form; filled, where forms are apart
//	  fire        Timer              a timer; silence, where somebody has not answered
//	  undelivered Failed             a view of ours did not arrive
//	press       who may do it, from what is stored; then the verb: a switch, or a
//	            table from verb to method where there are many
//
// The other files hold one idea each. example_test.go is a whole flow in this
// form, small enough to begin from.
//
// # What to know before writing one
//
//   - A document is read and written by its [bot.Doc]. One that was not handed over
//     yet reads as absent; the step is then made again, from the beginning, with all
//     that it asked for, and only its last passage counts. Name in Reads what nearly
//     every step wants: it saves a round. A document that two flows read is
//     declared in company, any other in its flow.
//   - [bot.Respond] and [bot.Tell] answer the one who did something, alone. bot.Show
//     posts a card under a key, and edits it when the key is shown again. bot.Open
//     opens a form, and only from a step that changes nothing. bot.Set sets a timer
//     of the flow, or cancels it. bot.Audit writes the log. Every press is answered.
//   - Anybody can press anything, at any time, twice. Decide by Event.From and by what
//     is stored, never by what a button carries. Give a card's buttons the id of what
//     they are about (company.NewID, checked by company.IsID) and a number that
//     each change raises: what is late changes nothing, and is told what is true now.
//   - Time is Event.Now, and ids come from the event: the same event makes the same
//     step.
//   - One flow leads to another by the Action of a button, and never imports it.
//
// # What a new flow needs beside its folder
//
// A line in All. Each kind of document that it stores: a line in
// cmd/secadvisor/kept, which the README's table of what is kept repeats. Its words in
// the menu's help and in the README's table of what can be typed. Tests say so where
// the document or the README is forgotten, and press all its buttons as strangers.
//
// A transcript, testdata/NAME.txt, begins as the lines that somebody types:
//
//	# What it shows, in a sentence.
//	owner> /sec notice
//	owner> 1
//
// Updating the transcripts (see the house rules of [bot]) writes what is answered
// between them.
package flows

import (
	"secadvisor/bot"
	"secadvisor/flows/assess"
	"secadvisor/flows/audit"
	"secadvisor/flows/claim"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/duty"
	"secadvisor/flows/emergency"
	"secadvisor/flows/explain"
	"secadvisor/flows/fixes"
	"secadvisor/flows/handoff"
	"secadvisor/flows/interview"
	"secadvisor/flows/match"
	"secadvisor/flows/menu"
	"secadvisor/flows/remind"
	"secadvisor/flows/sides"
	"secadvisor/flows/teach"
	"secadvisor/flows/who"
)

// All makes every flow.
func All(lib *content.Library, m *match.Matcher, owners company.Owners) []bot.Flow {
	return []bot.Flow{
		menu.New(lib, owners),
		who.New(lib, m),
		explain.New(lib, m),
		assess.New(lib),
		fixes.New(lib, owners),
		remind.New(lib, owners),
		claim.New(lib, owners),
		emergency.New(lib, owners),
		teach.New(lib, owners),
		handoff.New(lib, owners),
		duty.New(lib, owners),
		sides.New(lib, owners),
		interview.New(lib, owners),
		audit.New(),
	}
}
