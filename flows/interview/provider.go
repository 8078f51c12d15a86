package interview

import (
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// letter is the card of whoever shall answer.
func (t *turn) letter() bot.Show {
	v := bot.View{Title: prose.Sentence(t.owner()) + " asks you four questions about security", Fresh: t.act("see")}
	if t.answered() {
		v.Title = "Thank you: " + t.owner() + " has your answers"
		v.Blocks = append(t.theirWords(), bot.Row(bot.Press("Change or add an answer", t.act("answer"))))
	} else {
		v.Blocks = append(t.questions(), bot.Row(bot.Button{Label: "Answer", Action: t.act("answer"), Main: true}))
	}
	v.Blocks = append(v.Blocks, bot.Small(prose.Sentence(t.owner())+" reads what you write here, and nobody else at the company. "+prose.Sentence(t.lib.Host())+" could read it. Never type passwords or codes."))
	return bot.Show{Key: t.key("asked"), To: bot.To(t.in.Provider), View: v}
}

func (t *turn) seeAgain() []bot.Effect { return bot.Respond(t.letter().View) }

// questions are the message in chat, the rubric openly in it.
func (t *turn) questions() []bot.Block {
	in := t.lib.Interview
	blocks := []bot.Block{bot.Say(in.Opening)}
	for _, topic := range in.Topics {
		blocks = append(blocks, bot.Head(topic.Title), bot.Say(topic.Ask), bot.Points(topic.FollowUps...))
	}
	return append(blocks, bot.Say(in.Rubric), bot.Say(in.Closing))
}

// theirWords are the answers that they gave, shortened.
func (t *turn) theirWords() (blocks []bot.Block) {
	const most = 300
	for _, topic := range t.lib.Interview.Topics {
		blocks = append(blocks, bot.Head(topic.Title))
		if text := t.theirs(topic.ID); text != "" {
			blocks = append(blocks, bot.Copy(prose.Clip(text, most)))
		} else {
			blocks = append(blocks, bot.Say("Not answered yet: "+topic.Ask))
		}
	}
	return blocks
}

// theirs is what the one who is asked now has typed to a topic. What somebody
// before them wrote is not theirs to read.
func (t *turn) theirs(topic string) string {
	if r := t.in.Replies[topic]; r.User == t.in.Provider {
		return r.Text
	}
	return ""
}

func (t *turn) answered() bool {
	for _, topic := range t.lib.Interview.Topics {
		if t.theirs(topic.ID) != "" {
			return true
		}
	}
	return false
}

func (t *turn) askThem() []bot.Effect {
	f := bot.Form{Title: "Your answers", Intro: "A few lines each are plenty, and \"not yet\" is an answer. No passwords or codes, please.", Submit: "Send", Action: t.act("answered")}
	for _, topic := range t.lib.Interview.Topics {
		f.Fields = append(f.Fields, bot.Input{ID: topic.ID, Label: topic.Title, Hint: topic.Ask, Value: t.theirs(topic.ID), Lines: true, Optional: true, Max: maxReply})
	}
	return []bot.Effect{bot.Open{Form: f}}
}

// theyAnswered takes the replies to the owner. What is emptied is taken back.
// Ticks stay: they are the owner's, who sees that the words have changed.
func (t *turn) theyAnswered() []bot.Effect {
	changed, left := false, false
	for _, topic := range t.lib.Interview.Topics {
		text := strings.TrimSpace(t.event.Values[topic.ID])
		left = left || text != ""
		if text == t.theirs(topic.ID) {
			continue
		}
		changed = true
		t.reply(topic.ID, func(r *company.InterviewReply) {
			r.Text, r.User, r.Name, r.At, r.Version = text, t.event.From.ID, t.provider(), t.event.Now, r.Version+1
		})
	}
	switch {
	case !left:
		return refuse(t.lib.Interview.Topics[0].ID, "Please answer at least one of them; \"not yet\" is fine.")
	case !changed:
		return t.thanks()
	}
	t.in.Failed = ""
	t.keep()
	effects := []bot.Effect{t.letter(), t.card(), t.wait(never), t.note(bot.View{
		Title: prose.Sentence(t.provider()) + " has answered your questions",
		Blocks: []bot.Block{
			bot.Say("The replies stand on your card, each beside what to look for."),
			bot.Row(bot.Button{Label: "Read and tick the replies", Action: t.act("topic", t.firstOpen()), Main: true}),
		},
	})}
	return append(effects, t.thanks()...)
}
