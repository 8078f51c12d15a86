package interview

import (
	"strconv"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/prose"
)

var never time.Time

// message is what the provider reads as an e-mail. How the answers are read
// stands in it.
func (t *turn) message() string {
	in := t.lib.Interview
	lines := []string{in.Opening, ""}
	for i, topic := range in.Topics {
		lines = append(lines, strconv.Itoa(i+1)+". "+topic.Ask)
		for _, more := range topic.FollowUps {
			lines = append(lines, "   - "+more)
		}
		lines = append(lines, "")
	}
	return strings.Join(append(lines, in.Rubric, "", in.Closing), "\n")
}

// copyText shows the message. From the first time on, a reply is waited for.
func (t *turn) copyText() []bot.Effect {
	effects := bot.Respond(bot.View{
		Title: "To copy into an e-mail",
		Blocks: []bot.Block{
			bot.Copy(t.message()),
			bot.Small("When they have answered, press \"Paste a reply\" on the card; " + t.lib.Command + " interview finds it."),
		},
	})
	if !t.in.Copied.IsZero() || len(t.in.Replies) > 0 {
		return effects
	}
	t.in.Copied, t.in.Reminded = t.event.Now, never
	t.keep()
	return append(effects, t.card(), t.wait(t.event.Now.Add(patience)))
}

func (t *turn) askWhom() []bot.Effect {
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title:  "Send the questions",
		Intro:  "They get the four questions with your name, and read how the answers are looked at.",
		Submit: "Send",
		Action: t.act("send"),
		Fields: []bot.Input{{ID: "user", Label: "Who shall answer?", Hint: "Somebody of your IT with an account here. To everybody else, copy it as an e-mail", Pick: bot.PickPerson}},
	}}}
}

// send gives the questions to somebody who works here.
func (t *turn) send() []bot.Effect {
	who := t.event.Picked["user"]
	switch {
	case who.ID == "":
		return refuse("user", "Please choose a person.")
	case who.Affiliation == bot.Foreign:
		return refuse("user", "They are from another company, where I cannot write. For them, copy it as an e-mail.")
	case who.Affiliation == bot.Guest:
		return refuse("user", "Guests cannot use my buttons. For them, copy it as an e-mail.")
	case who.ID == t.in.Owner:
		return refuse("user", "That is you. Please choose who looks after your IT.")
	case who.ID == t.in.Provider && t.justSent():
		return t.sentAlready()
	}
	var effects []bot.Effect
	if t.in.Provider != "" && t.in.Provider != who.ID {
		effects = t.withdraw("These questions go to somebody else now", "There is nothing for you to do. What you wrote so far stays with "+t.owner()+". Thank you.")
		t.in.Sent, t.in.Shown = never, never
	}
	t.in.Provider, t.in.Name = who.ID, prose.Plain(who.Name, maxName)
	return append(effects, t.deliver("sent")...)
}

// askAgain sends the questions to the same person once more.
func (t *turn) askAgain() []bot.Effect {
	switch {
	case t.in.Provider == "":
		return t.askWhom()
	case t.justSent():
		return t.sentAlready()
	}
	return t.deliver("asked again")
}

// deliver posts the questions, and waits a week for the reply.
func (t *turn) deliver(verb string) []bot.Effect {
	stands := !t.in.Sent.IsZero() && t.in.Failed == ""
	t.in.Sent, t.in.Failed, t.in.Reminded = t.event.Now, "", never
	t.keep()
	letter := t.letter()
	effects := []bot.Effect{bot.End{Key: letter.Key, To: letter.To}, letter}
	if stands {
		effects = below(letter)
	}
	effects = append(effects, t.card(), bot.Audit{Verb: verb, Object: object}, t.wait(t.event.Now.Add(patience)))
	return append(effects, bot.Tell("I've asked "+t.provider(), "The replies come to your card. If nothing has come in a week, I tell you.")...)
}

// justSent reports whether the same person was asked within a day: a second
// press is no second message.
func (t *turn) justSent() bool {
	return t.in.Failed == "" && t.event.Now.Sub(t.in.Sent) < 24*time.Hour
}

func (t *turn) sentAlready() []bot.Effect {
	return bot.Tell(prose.Sentence(t.provider())+" has the questions already", "They were sent within the last day. Their replies come to your card by themselves.")
}

func refuse(field, why string) []bot.Effect {
	return []bot.Effect{bot.Refuse{Why: map[string]string{field: why}}}
}
