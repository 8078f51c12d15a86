// Package assess is the flow of an assessment: one card that moves through the
// questions of a pack, then a result that says who fixes what. Only an owner
// starts one, and only those it is shared with read it.
//
// # A tour
//
// A run is one going-through of a pack (company.Run); a turn has it in hand.
// press decides who may do what. Nearly every step changes the run, stores it,
// and shows its card anew. Each name below is a file.
//
//   - The run and its card: run, card.
//   - Answering alone: start offers a run, first begins it with an answer given
//     to a reminder; earlier is what was said before and still counts,
//     company_taps asks about the company, question and answer go through the
//     pack; rest, pause and note are beside the way. company is what the
//     company said of itself, at any time.
//   - Answering together: the card stands in a channel, and colleagues answer.
//   - Asking somebody: ask sends one question to a person, ask_letter is what
//     they see, ask_reply what they may do, ask_waits what the owner sees of
//     it, ask_silence what happens when nothing comes.
//   - The result: result is its card, in the sentences of result_words and
//     result_advice; result_details stands behind its buttons, result_trend is
//     what has changed, result_next what to do next.
//   - Sharing it: share posts a summary in a channel, share_readers lets
//     somebody read the result, share_report makes a file of it.
//   - What did not arrive: undelivered.
//
// The flow owns the runs, the index of them and what the company said of itself
// (company.Run, Index, Profile), and puts answers into the company's bank.
package assess

import (
	"cmp"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// New makes the flow.
func New(lib *content.Library) bot.Flow {
	f := flow{lib}
	return bot.Flow{Name: "assess", Words: []string{"assess"}, Placed: true, Reads: f.reads, Step: f.step, File: f.file}
}

type flow struct{ lib *content.Library }

// reads names what nearly every step wants.
func (f flow) reads(e bot.Event) []string {
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

// turn is one step of the flow, with the run that it is about.
type turn struct {
	flow
	d     *bot.Docs
	event bot.Event
	sheet
}

func (f flow) step(d *bot.Docs, e bot.Event) []bot.Effect {
	t := &turn{flow: f, d: d, event: e}
	switch e.Kind {
	case bot.Command, bot.Message:
		return t.typed(e.Text)
	case bot.Click, bot.Submit:
		return t.press()
	case bot.Timer:
		return t.silence()
	case bot.Failed:
		return t.undelivered()
	}
	return nil
}

// typed answers a command: the name of an assessment, or the company.
func (t *turn) typed(text string) []bot.Effect {
	if strings.EqualFold(strings.TrimSpace(text), "company") {
		return t.ofOwners((*turn).aboutCompany)
	}
	return t.asked(t.meant(text))
}

// meant is the id that somebody means by a text: "Quick check" is quick-check.
func (f flow) meant(text string) string { return cmp.Or(f.lib.Meant(text), content.QuickCheck) }

// command is what an owner types to come to an assessment.
func (f flow) command(pack string) string {
	if pack == content.QuickCheck {
		return f.lib.Command + " assess"
	}
	return f.lib.Command + " assess " + pack
}
