package assess

import (
	"fmt"

	"secadvisor/bot"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
	"secadvisor/flows/score"
)

// What stands behind the buttons of a result.

// lists are the three lists, each ready to be handed on.
func (t *turn) lists() []bot.Effect {
	r := t.outcome()
	all := 0
	for _, n := range r.Risk {
		all += n
	}
	v := bot.View{Title: "Who fixes what"}
	for _, side := range []content.Side{content.IT, content.Both, content.Security} {
		var gaps []score.Gap
		for _, g := range r.Gaps {
			if g.FixedBy == string(side) {
				gaps = append(gaps, g)
			}
		}
		if len(gaps) == 0 {
			v.Blocks = append(v.Blocks, bot.Head(side.Word()+": nothing open"))
			continue
		}
		risk := r.Risk[string(side)]
		v.Blocks = append(v.Blocks, bot.Head(fmt.Sprintf("%s: %s %d %% of the open risk (%d of %d)", side.Word(), gapsOpen(len(gaps)), (200*risk+all)/(2*all), risk, all)), bot.Copy(t.handOver(gaps)))
		if why := handed(gaps); why != "" {
			v.Blocks = append(v.Blocks, bot.Small(why))
		}
	}
	v.Blocks = append(v.Blocks, bot.Small("Each list can be copied and sent. It says what to do, and blames nobody."))
	return bot.Respond(v)
}

// handed says why something is security's now that was shared before; empty:
// nothing is.
func handed(gaps []score.Gap) string {
	why := map[score.Handed]bool{}
	for _, g := range gaps {
		why[g.Handed] = true
	}
	switch {
	case why[score.NoExpertise]:
		return "IT support shared some of these. They are here because your IT provider has nobody for security."
	case why[score.OpenTwice]:
		return "IT support shared some of these. They are here because they have been open two times in a row."
	}
	return ""
}

func gapsOpen(n int) string {
	if n == 1 {
		return "one gap,"
	}
	return fmt.Sprintf("%d gaps,", n)
}

// handOver is a list of gaps as a text to send, with the steps of each.
func (t *turn) handOver(gaps []score.Gap) string {
	text := ""
	for i, g := range gaps {
		q := t.lib.Questions[g.ID]
		if i > 0 {
			text += "\n"
		}
		title := prose.Sentence(q.Fix.Title)
		if g.State == score.Unknown {
			title = "Find out first: " + q.Fix.Title
		}
		text += fmt.Sprintf("%d. %s", i+1, title)
		if q.ManagementDecides {
			text += " (the owner decides first)"
		}
		if g.State == score.Unknown {
			text += "\n   - " + q.FindOut
			continue
		}
		for _, step := range q.Fix.Steps {
			text += "\n   - " + step.String()
		}
	}
	return text
}

// unknown lists what nobody could answer, and whom to ask.
func (t *turn) unknown() []bot.Effect {
	r := t.outcome()
	v := bot.View{Title: "What you don't know yet, and whom to ask"}
	if len(r.Unknown) == 0 {
		v.Blocks = append(v.Blocks, bot.Say("You knew every answer."))
	}
	var options []bot.Button
	for _, id := range r.Unknown {
		q := t.lib.Questions[id]
		v.Blocks = append(v.Blocks, bot.Head(q.Ask), bot.Say("Ask "+q.AskWhom+". "+q.FindOut))
		if t.run.Sent[id].Open() {
			v.Blocks = append(v.Blocks, bot.Small(prose.Sentence(t.waits(id))+"."))
			continue
		}
		if who := t.whoMayKnow(q.FixedBy); who != "" {
			v.Blocks = append(v.Blocks, bot.Small(who))
		}
		options = append(options, bot.Press(prose.Label(prose.Sentence(q.Fix.Title)), t.act("ask", id)))
	}
	if len(options) > 0 {
		v.Blocks = append(v.Blocks, bot.Pick("Send one to somebody who may know", options...))
	}
	return bot.Respond(v)
}

// whoMayKnow names who is saved for what a side fixes; empty: nothing is to be
// said.
func (t *turn) whoMayKnow(side content.Side) string {
	user, name, as := t.suggested(side)
	switch {
	case user != "":
		return prose.Sentence(name) + " is saved as your " + as + " and may know."
	case side == content.Security:
		return "This is a question for security expertise, and nobody is saved for that here. Whoever sold you security, or your insurer, may know."
	}
	return ""
}

// fromTour shows what a page of the tour says to an owner.
func (t *turn) fromTour(id string) bot.View {
	page, _ := t.lib.Page(id)
	v := bot.View{Title: page.Title}
	for _, b := range page.Blocks {
		switch {
		case !b.Has(true):
		case b.Heading != "":
			v.Blocks = append(v.Blocks, bot.Head(b.Heading))
		case b.Copy != "":
			v.Blocks = append(v.Blocks, bot.Copy(b.Copy))
		case len(b.Points) > 0:
			v.Blocks = append(v.Blocks, bot.Points(b.Points...))
		default:
			v.Blocks = append(v.Blocks, bot.Say(b.Text))
		}
	}
	return v
}

func (t *turn) notAsked() []bot.Effect {
	return bot.Respond(bot.View{
		Title: "What this check did not look at",
		Blocks: []bot.Block{
			bot.Points(t.pack.NotAsked...),
			bot.Say("It rests on what you know and believe. Somebody with security expertise who looks for themselves sees more."),
		},
	})
}

// offerChanges lists the answers, each to be changed.
func (t *turn) offerChanges() []bot.Effect {
	var options []bot.Button
	for _, pq := range t.pack.Questions {
		q, said := t.lib.Questions[pq.ID], t.run.Answers[pq.ID]
		text := prose.Sentence(q.Fix.Title) + ": " + q.InWords(said.Value, said.Evidence)
		if said.By != t.run.Owner && said.Name != "" {
			text += " (" + said.Name + ")"
		}
		options = append(options, bot.Press(prose.Label(text), t.act("edit", q.ID)))
	}
	return bot.Respond(bot.View{
		Title:  "Which answer do you want to change?",
		Blocks: []bot.Block{bot.Pick("The card then shows that question again.", options...)},
	})
}
