package who

import (
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// laterBy is how long somebody has to reach a person before they are asked,
// once, whether they did.
const laterBy = 10 * time.Minute

// askLater sets that question, or moves it: urgent steps that are shown again
// do not ask twice. A button of a card that is open already moves nothing.
func (t *turn) askLater() []bot.Effect {
	from := t.event.From
	if from.Affiliation != bot.Home || t.event.Kind == bot.Click && len(t.event.Action.Args) > 2 {
		return nil
	}
	return []bot.Effect{bot.Set{Name: later(from.ID), At: t.event.Now.Add(laterBy)}}
}

func later(person string) string { return "reached/" + person }

// forgetLater cancels the question.
func (t *turn) forgetLater() bot.Effect { return bot.Set{Name: later(t.event.From.ID)} }

// didYouReach asks it, of nobody but the asker.
func (t *turn) didYouReach(timer string) []bot.Effect {
	person, ok := strings.CutPrefix(timer, later(""))
	if !ok || person == "" {
		return nil
	}
	key := "reached/" + company.NewID(t.event)
	return []bot.Effect{bot.Show{Key: key, To: bot.To(person), View: bot.View{
		Title: "Did you reach somebody?",
		Blocks: []bot.Block{
			bot.Row(bot.Button{Label: "Yes", Action: bot.Do("who", "reached"), Main: true}, bot.Press("No: who next?", bot.Do("who", "next"))),
			bot.Small("I ask once, and only you. I did not keep what you wrote."),
		},
	}}}
}

func (t *turn) reached() []bot.Effect {
	return append(answer(bot.View{
		Title:  "Good. You did the right thing",
		Blocks: []bot.Block{bot.Say("Keep the message, the note or the number that it began with: it helps those who look into it.")},
	}), t.forgetLater())
}

// next says whom to phone when nobody answers, and the safe step.
func (t *turn) next() bot.View {
	v := bot.View{Tone: bot.Urgent, Title: "Keep phoning, in this order"}
	var lines []string
	for _, c := range t.line(content.Topic{Urgency: content.Emergency, Side: content.Security}) {
		switch {
		case c.Name != "" && c.Phone != "":
			lines = append(lines, c.Name+": "+c.Phone)
		case c.Phone != "":
			lines = append(lines, c.Phone)
		default:
			lines = append(lines, c.Name+": walk over, or ask anybody for the number")
		}
	}
	if len(lines) == 0 {
		lines = append(lines, "Whoever looks after your computers: phone, or walk over")
	}
	lines = append(lines, "The owner: phone, or walk over")
	v.Blocks = append(v.Blocks, bot.Steps(lines...),
		bot.Say("Nobody answers and it goes on? Take the computer off the network: cable out, Wi-Fi off, leave it on. If money has left, the bank comes first."))
	if from := t.event.From; from.Affiliation == bot.Home && !from.Owner() {
		tell := bot.Button{Label: "Tell the owner", Action: bot.Do("handoff", "tell", "no-answer"), Main: true}
		v.Blocks = append(v.Blocks, bot.Row(append([]bot.Button{tell}, t.noNumber()...)...))
	}
	v.Gist = v.Title + ": " + strings.Join(lines, "; ")
	return v
}

// calledButton is for who has phoned already.
func (t *turn) calledButton(topic content.Topic, inCase string) []bot.Button {
	if t.event.From.Affiliation != bot.Home {
		return nil
	}
	return []bot.Button{{Label: "I've called, tell the others", Action: bot.Do("who", "called", topic.ID, inCase, ""), Main: true}}
}

// cannotPhone is for who cannot speak on a phone, or has none at hand.
func (t *turn) cannotPhone(topic content.Topic, inCase string) []bot.Button {
	if t.event.From.Affiliation != bot.Home {
		return nil
	}
	return []bot.Button{bot.Press("I can't phone: tell them here", bot.Do("handoff", "tell", topic.ID, inCase))}
}

// called ends the question and offers to tell those who must know.
func (t *turn) called(topic content.Topic, inCase string) []bot.Effect {
	return append(answer(bot.View{
		Title: "Good. Shall the others know, too?",
		Blocks: []bot.Block{
			bot.Say("I show you the exact words, and who will read them, before anything is sent."),
			bot.Row(bot.Button{Label: "Show me", Action: bot.Do("handoff", "called", topic.ID, inCase), Main: true},
				bot.Press("Back to the steps", bot.Do("who", "case", topic.ID, inCase, ""))),
		},
	}), t.forgetLater())
}

// notThisOne offers something else; where it was urgent, nobody is asked
// about it later.
func (t *turn) notThisOne(topic content.Topic, others []string) []bot.Effect {
	effects := answer(t.notThis(topic, others))
	if topic.Urgency == content.Emergency && t.event.From.Affiliation == bot.Home {
		effects = append(effects, t.forgetLater())
	}
	return effects
}

// noNumber is the button where nobody can be phoned.
func (t *turn) noNumber() []bot.Button {
	if t.event.From.Affiliation != bot.Home || t.event.From.Owner() || t.callee().Phone != "" {
		return nil
	}
	return []bot.Button{bot.Press("Tell the owner no number is saved", bot.Do("handoff", "no-number"))}
}
