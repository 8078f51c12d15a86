package assess

import (
	"fmt"
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
	"secadvisor/flows/score"
)

// What the owner answered before, in this pack or in another, and still
// counts: it is offered to be confirmed instead of being asked anew. A
// confirmed answer keeps its day, since nobody has looked again.

// earlier gathers it from the owner's own runs, and chooses what is offered.
func (t *turn) earlier(index company.Index) {
	said, finished := index.Said(t.d, t.event.From.ID, t.lib.PackIDs())
	for q, x := range said {
		if t.mustAsk(q, x) || x.Value == score.DontKnow {
			delete(said, q)
		}
	}
	t.run.Earlier = said
	t.run.Confirm = t.toConfirm(!finished[t.pack.ID].IsZero())
}

// toConfirm are the questions whose earlier answers are offered. Where the
// same pack was run before, what was bad then is asked anew instead: it may
// be mended by now.
func (t *turn) toConfirm(again bool) []string {
	var due []string
	if again {
		earlier := company.Run{Answers: t.run.Earlier}.Scored()
		for _, x := range score.Quarterly(t.lib.Scored(t.pack), earlier, t.event.Now) {
			due = append(due, x.ID)
		}
	}
	var offered []string
	for _, pq := range t.pack.Questions {
		if x, ok := t.run.Earlier[pq.ID]; ok && !slices.Contains(due, pq.ID) && !t.mustAsk(pq.ID, x) {
			offered = append(offered, pq.ID)
		}
	}
	return offered
}

// offerAgain goes back to the offer; false: nothing can be offered any more.
func (t *turn) offerAgain() bool {
	offered := t.toConfirm(true)
	for _, id := range offered {
		delete(t.run.Answers, id)
	}
	t.run.Confirm, t.run.Current, t.run.Resting = offered, "", false
	if len(offered) == 0 {
		t.run.Current = t.firstOpen("")
	}
	return len(offered) > 0
}

// offerEarlier is the card that offers it: one question, or all in one list.
func (t *turn) offerEarlier() bot.View {
	if len(t.run.Confirm) == 1 {
		return t.offerOne(t.run.Confirm[0])
	}
	var lines []string
	var options []bot.Button
	for _, id := range t.run.Confirm {
		q, said := t.lib.Questions[id], t.run.Earlier[id]
		lines = append(lines, fmt.Sprintf("%s: %s (%s%s)", prose.Sentence(q.Fix.Title), q.InWords(said.Value, said.Evidence), by(said, t.run.Owner), prose.Day(said.At)))
		options = append(options, bot.Press(prose.Label(prose.Sentence(q.Fix.Title)), t.act("changed", id)))
	}
	seen := t.privacy()
	if n := len(t.pack.Questions) - len(t.run.Confirm) - t.answered(); n > 0 {
		seen = fmt.Sprintf("The other %d I ask you. %s", n, seen)
	}
	return bot.View{
		Title: fmt.Sprintf("%s · %d of %d answers are still fresh", t.pack.Title, len(t.run.Confirm), len(t.pack.Questions)),
		Blocks: []bot.Block{
			bot.Say("You have answered these not long ago. Are they still right?"),
			bot.Points(lines...),
			bot.Row(
				bot.Button{Label: "All still right", Action: t.act("right"), Main: true},
				bot.Press("Ask me all of them", t.act("anew")),
				bot.Behind("Later", t.act("later"))),
			bot.Pick("One of them changed", options...),
			bot.Small(seen),
		},
	}
}

func (t *turn) offerOne(id string) bot.View {
	return bot.View{
		Title: t.pack.Title + " · is this still right?",
		Blocks: []bot.Block{
			bot.Head(t.lib.Questions[id].Ask),
			bot.Say(t.was(id) + " Still right?"),
			bot.Row(
				bot.Button{Label: "Still right", Action: t.act("right"), Main: true},
				bot.Press("It changed", t.act("changed", id)),
				bot.Behind("Later", t.act("later"))),
			bot.Small(t.privacy()),
		},
	}
}

// was is what was said to a question before this run.
func (t *turn) was(id string) string {
	said := t.run.Earlier[id]
	words := t.lib.Questions[id].InWords(said.Value, said.Evidence)
	if said.By != t.run.Owner && said.Name != "" {
		return fmt.Sprintf("On %s %s said: %s.", prose.Day(said.At), said.Name, words)
	}
	return fmt.Sprintf("On %s you said: %s.", prose.Day(said.At), words)
}

// by names who said something, where it was not the owner.
func by(said company.Answer, owner string) string {
	if said.By == owner || said.Name == "" {
		return ""
	}
	return said.Name + ", "
}

// stillRight takes over all that is offered.
func (t *turn) stillRight() []bot.Effect {
	if t.late() || len(t.run.Confirm) == 0 {
		return t.tooLate()
	}
	for _, id := range t.run.Confirm {
		said := t.run.Earlier[id]
		t.record(id, said)
		if said.Note != "" {
			t.note(id, said.Note)
		}
	}
	return t.afterOffer()
}

// hasChanged takes one out of the offer, to be asked.
func (t *turn) hasChanged() []bot.Effect {
	i := slices.Index(t.run.Confirm, t.event.Action.Arg(2))
	if t.late() || i < 0 {
		return t.tooLate()
	}
	t.run.Confirm = slices.Delete(slices.Clone(t.run.Confirm), i, i+1)
	if len(t.run.Confirm) == 0 {
		return t.afterOffer()
	}
	return t.next()
}

// askAnew takes nothing over.
func (t *turn) askAnew() []bot.Effect {
	if t.late() || len(t.run.Confirm) == 0 {
		return t.tooLate()
	}
	return t.afterOffer()
}

func (t *turn) afterOffer() []bot.Effect {
	t.run.Confirm, t.run.Paused = nil, false
	t.run.Current = t.firstOpen("")
	return t.next()
}
