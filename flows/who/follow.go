package who

import (
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/schedule"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

const (
	// laterBy is how long somebody has to reach a person before they are asked
	// whether they did.
	laterBy = 10 * time.Minute
	// overnight is how long it is quiet before somebody who has not answered
	// that is asked once more, when they are at work again.
	overnight = 12 * time.Hour
)

// askLater sets both questions, or moves them: urgent steps that are shown
// again do not ask twice. A button of a card that is open already moves
// nothing.
func (t *turn) askLater() []bot.Effect {
	from, now := t.event.From, t.event.Now
	if from.Affiliation != bot.Home || t.event.Kind == bot.Click && len(t.event.Action.Args) > 2 {
		return nil
	}
	return []bot.Effect{
		bot.Set{Name: company.TimerReached + from.ID, At: now.Add(laterBy)},
		bot.Set{Name: company.TimerDealt + from.ID, At: schedule.AtWork(now.Add(overnight), from.Zone)},
	}
}

// forgetLater cancels them.
func (t *turn) forgetLater() []bot.Effect { return company.Helped(t.event.From.ID) }

// askNow asks one of them, of nobody but the asker. Whoever says no is still
// asked the second: they may not have got through.
func (t *turn) askNow(timer string) []bot.Effect {
	kind, person, _ := strings.Cut(timer, "/")
	if person == "" {
		return nil
	}
	v := bot.View{Title: "Did you reach somebody?", Blocks: []bot.Block{
		bot.Row(bot.Button{Label: "Yes", Action: bot.Do("who", "reached"), Main: true}, bot.Press("No: who next?", bot.Do("who", "next"))),
		bot.Small("Only you got this, and I did not keep what you wrote. Without a yes I ask once more, when you are next at work."),
	}}
	if kind+"/" == company.TimerDealt {
		v = bot.View{Title: "Is it dealt with?", Blocks: []bot.Block{
			bot.Say("You asked me about something urgent, and I don't know whether somebody has looked at it. It is not too late to tell them."),
			bot.Row(bot.Button{Label: "Yes, it is", Action: bot.Do("who", "reached"), Main: true}, bot.Press("No: who helps?", bot.Do("who", "next"))),
			bot.Small("Only you got this, and I did not keep what you wrote. I don't ask again."),
		}}
	}
	return []bot.Effect{bot.Show{Key: kind + "/" + company.NewID(t.event), To: bot.To(person), View: v}}
}

func (t *turn) reached() []bot.Effect {
	return append(bot.Tell("Good. You did the right thing", "Keep the message, the note or the number that it began with: it helps those who look into it."), t.forgetLater()...)
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
	return append(bot.Respond(bot.View{
		Title: "Good. Shall the others know, too?",
		Blocks: []bot.Block{
			bot.Say("I show you the exact words, and who will read them, before anything is sent."),
			bot.Row(bot.Button{Label: "Show me", Action: bot.Do("handoff", "called", topic.ID, inCase), Main: true},
				bot.Press("Back to the steps", bot.Do("who", "case", topic.ID, inCase, ""))),
		},
	}), t.forgetLater()...)
}

// notThisOne offers something else; where it was urgent, nobody is asked
// about it later.
func (t *turn) notThisOne(topic content.Topic, others []string) []bot.Effect {
	effects := bot.Respond(t.notThis(topic, others))
	if topic.Urgency == content.Emergency && t.event.From.Affiliation == bot.Home {
		effects = append(effects, t.forgetLater()...)
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
