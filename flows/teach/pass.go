package teach

import (
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// Passed is a question that its asker chose to pass on to the owners. Who
// asked is kept only where they signed.
type Passed struct {
	Says string    `json:"says"`
	User string    `json:"user,omitempty"`
	Name string    `json:"name,omitempty"`
	At   time.Time `json:"at"`
	To   []string  `json:"to"` // the owners who have the card
}

// Passeds holds each under its id.
var Passeds = bot.Doc[Passed]{Prefix: "passed", Version: 1}

// passedFor is how long a question waits for an owner.
const passedFor = 90 * 24 * time.Hour

// mostPassed may wait at once, so that nobody floods the owners.
const mostPassed = 20

// askToPass opens the form in which somebody writes what the owners will
// read, and nothing else.
func (t *turn) askToPass() []bot.Effect {
	if t.event.From.Affiliation != bot.Home {
		return bot.Tell("Only people of this company can pass questions on", "Ask your contact here instead.")
	}
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title: "Ask the owner",
		Intro: "The owners of this company read exactly what stands here. Without your name, unless you sign. What you asked before was not kept, so please write it again.",
		Fields: []bot.Input{
			{ID: "says", Label: "What shall they read?", Hint: "One question, in your words. No passwords or codes", Max: 150},
			{ID: "sign", Label: "Your name", Options: []bot.Option{{Value: "no", Label: "Leave my name out"}, {Value: "yes", Label: "Sign with my name, so that they can answer me"}}, Value: "no"},
		},
		Submit: "Send",
		Action: bot.Do("teach", "passed"),
	}}}
}

// pass gives a question to every owner.
func (t *turn) pass() []bot.Effect {
	says := strings.TrimSpace(t.event.Values["says"])
	if t.event.From.Affiliation != bot.Home {
		return t.askToPass()
	}
	if says == "" {
		return []bot.Effect{bot.Refuse{Why: map[string]string{"says": "Please write what the owners shall read."}}}
	}
	to := t.owners.Of(t.d, t.event)
	if len(to) == 0 {
		return bot.Tell("This company has no owner yet, so nothing was sent", "Whoever installed me can become one. Until then, ask in the office.")
	}
	if len(Passeds.List(t.d, "", mostPassed)) >= mostPassed {
		return bot.Tell("The owners have many questions waiting, so nothing was sent", "Please try again in a few days, or ask them directly.")
	}
	p := Passed{Says: says, At: t.event.Now, To: to}
	if t.event.Values["sign"] == "yes" {
		p.User, p.Name = t.event.From.ID, t.event.From.Name
	}
	id := company.NewID(t.event)
	Passeds.PutFor(t.d, id, p, passedFor)
	effects := bot.Tell("Sent to the owners, "+p.signed(), "They read: \""+says+"\". Ask me again in a few days.")
	for _, owner := range to {
		effects = append(effects, bot.Show{Key: "passed/" + id, To: bot.To(owner), View: p.card(id)})
	}
	return effects
}

func (p Passed) signed() string {
	if p.Name == "" {
		return "without your name"
	}
	return "signed " + p.Name
}

// card is what an owner gets.
func (p Passed) card(id string) bot.View {
	from := "Somebody here asked, and I had no answer"
	if p.Name != "" {
		from = p.Name + " asked, and I had no answer"
	}
	return bot.View{
		Title: from,
		Blocks: []bot.Block{
			bot.Say("\"" + p.Says + "\""),
			bot.Row(
				bot.Button{Label: "Answer it", Action: bot.Do("teach", "answer", id), Main: true},
				bot.Press("Not something to answer", bot.Do("teach", "drop", id))),
			bot.Small("Once you say what it means, everybody who asks gets the answer."),
		},
	}
}

// answerPassed opens the form with the words of a question.
func (t *turn) answerPassed(id string) []bot.Effect {
	p, ok := t.passed(id)
	if !ok {
		return bot.Respond(bot.View{Title: "That question has been dealt with", Blocks: []bot.Block{bot.Row(bot.Press("What was taught", bot.Do("teach", "list")))}})
	}
	return t.ask(p.Says, "", id)
}

func (t *turn) passed(id string) (Passed, bool) {
	if !company.IsID(id) {
		return Passed{}, false
	}
	return Passeds.Get(t.d, id)
}

// drop ends a question without an answer.
func (t *turn) drop(id string) []bot.Effect {
	effects := t.answered(id, "Left without an answer.")
	if len(effects) == 0 {
		return t.answerPassed(id)
	}
	return effects
}

// answered ends a question that waits: its cards say what became of it, and
// whoever signed it is told.
func (t *turn) answered(id, how string) []bot.Effect {
	p, ok := t.passed(id)
	if !ok {
		return nil
	}
	Passeds.Delete(t.d, id)
	var effects []bot.Effect
	for _, owner := range p.To {
		effects = append(effects, bot.Show{Key: "passed/" + id, To: bot.To(owner), View: bot.View{
			Title:  "\"" + p.Says + "\"",
			Blocks: []bot.Block{bot.Say(how + " By " + t.event.From.Name + ".")},
		}})
	}
	if p.User != "" {
		effects = append(effects, bot.Show{Key: "passed-by/" + id, To: bot.To(p.User), View: bot.View{
			Title:  "About your question: \"" + p.Says + "\"",
			Blocks: []bot.Block{bot.Say(how + " By " + t.event.From.Name + ". Ask me again, or ask them.")},
		}})
	}
	return effects
}
