package assess

import (
	"fmt"

	"secadvisor/bot"
	"secadvisor/flows/content"
	"secadvisor/flows/score"
)

// What stands behind the buttons of a result.

// lists are the three lists, each ready to be handed on.
func (a assess) lists(s sheet) []bot.Effect {
	r := a.outcome(s)
	v := bot.View{Title: "Who fixes what"}
	for _, side := range []content.Side{content.IT, content.Both, content.Security} {
		var gaps []score.Gap
		for _, g := range r.Gaps {
			if g.FixedBy == string(side) {
				gaps = append(gaps, g)
			}
		}
		v.Blocks = append(v.Blocks, bot.Head(fmt.Sprintf("%s: %s open risk %d", side.Word(), gapsOpen(len(gaps)), r.Risk[string(side)])))
		if len(gaps) == 0 {
			v.Blocks = append(v.Blocks, bot.Say("Nothing open."))
			continue
		}
		v.Blocks = append(v.Blocks, bot.Copy(a.handOver(gaps)))
	}
	v.Blocks = append(v.Blocks, bot.Small("Each list can be copied and sent. It says what to do, and blames nobody."))
	return []bot.Effect{bot.Answer{View: v}}
}

func gapsOpen(n int) string {
	if n == 1 {
		return "one gap,"
	}
	return fmt.Sprintf("%d gaps,", n)
}

// handOver is a list of gaps as a text to send, with the steps of each.
func (a assess) handOver(gaps []score.Gap) string {
	text := ""
	for i, g := range gaps {
		q := a.lib.Questions[g.ID]
		if i > 0 {
			text += "\n"
		}
		title := sentence(q.Fix.Title)
		if g.State == score.Unknown {
			title = "Find out first: " + q.Fix.Title
		}
		text += fmt.Sprintf("%d. %s", i+1, title)
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
func (a assess) unknown(s sheet) []bot.Effect {
	r := a.outcome(s)
	v := bot.View{Title: "What you don't know yet, and whom to ask"}
	if len(r.Unknown) == 0 {
		v.Blocks = append(v.Blocks, bot.Say("You knew every answer."))
	}
	for _, id := range r.Unknown {
		q := a.lib.Questions[id]
		v.Blocks = append(v.Blocks, bot.Say(q.Ask), bot.Say("Ask "+q.AskWhom+". "+q.FindOut))
	}
	return []bot.Effect{bot.Answer{View: v}}
}

// approach is the tour's page on the right approach for a company of this
// size, with who stands for security here.
func (a assess) approach(s sheet) []bot.Effect {
	id := "approach-small"
	if s.profile.Growing() {
		id = "approach-growing"
	}
	v := a.fromTour(id)
	v.Blocks = append(v.Blocks, bot.Row(bot.Press("More on this", bot.Do("explain", "page", id))))
	return []bot.Effect{bot.Answer{View: v}}
}

// provider are the questions for the IT provider, to copy.
func (a assess) provider() []bot.Effect {
	v := a.fromTour("ask-provider")
	v.Blocks = append(v.Blocks, bot.Row(bot.Press("More on this", bot.Do("explain", "page", "ask-provider"))))
	return []bot.Effect{bot.Answer{View: v}}
}

// fromTour shows what a page of the tour says to an owner.
func (a assess) fromTour(id string) bot.View {
	page, _ := a.lib.Page(id)
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

func (a assess) notAsked(s sheet) []bot.Effect {
	return []bot.Effect{bot.Answer{View: bot.View{
		Title: "What this check did not look at",
		Blocks: []bot.Block{
			bot.Points(s.pack.NotAsked...),
			bot.Say("It rests on what you know and believe. Somebody with security expertise who looks for themselves sees more."),
		},
	}}}
}

// offerChanges lists the answers, each to be changed.
func (a assess) offerChanges(s sheet) []bot.Effect {
	var options []bot.Button
	for _, pq := range s.pack.Questions {
		q := a.lib.Questions[pq.ID]
		options = append(options, bot.Press(sentence(q.Fix.Title)+": "+q.InWords(s.run.Answers[q.ID].Value, s.run.Answers[q.ID].Evidence), s.act("edit", q.ID)))
	}
	return []bot.Effect{bot.Answer{View: bot.View{
		Title:  "Which answer do you want to change?",
		Blocks: []bot.Block{bot.Pick("The card then shows that question again.", options...)},
	}}}
}
