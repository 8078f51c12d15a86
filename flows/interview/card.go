package interview

import (
	"fmt"
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/score"
)

// card is the owner's, in their direct messages: all topics, or the one that
// they look at.
func (t *turn) card() bot.Effect {
	v := t.overview()
	if topic, ok := t.topic(t.in.Topic); ok {
		v = t.one(topic)
	}
	return bot.Show{Key: t.key("card"), To: bot.To(t.in.Owner), View: v}
}

// overview says how each of the four stands, and what comes next.
func (t *turn) overview() bot.View {
	v := bot.View{Title: "Four questions to your IT provider"}
	add := func(b ...bot.Block) { v.Blocks = append(v.Blocks, b...) }
	if len(t.in.Replies) == 0 {
		add(bot.Say("They show who there knows security, and what happens on a bad day. How the answers are read stands in the message itself, so that nobody is surprised."))
	}
	add(bot.Say(t.sent()))
	var rows []bot.Field
	for _, topic := range t.lib.Interview.Topics {
		rows = append(rows, bot.Field{Name: topic.Title, Value: t.standing(topic.ID)})
	}
	add(bot.Block{Fields: &bot.Fields{Items: rows}})
	if t.in.Comment != "" {
		add(bot.Head("What they say to it"), bot.Say(t.in.Comment))
	}
	add(bot.Row(t.nextSteps()...))
	add(bot.Small("Replies are read by you alone, and the ticks are yours: words are never scored."))
	return v
}

// sent says whom the questions went to.
func (t *turn) sent() string {
	switch {
	case t.in.Failed != "":
		return "It did not reach " + t.in.Name + ": " + t.in.Failed + ". Copy it as an e-mail, or send it to somebody else."
	case t.in.Provider != "":
		return "Sent to " + t.in.Name + " on " + day(t.in.Sent) + "."
	}
	return "Not sent in chat so far. An answer by e-mail or on paper is as good: paste it here."
}

func (t *turn) standing(topic string) string {
	r, there := t.in.Replies[topic]
	switch {
	case r.Looked || len(r.Ticks) > 0:
		return fmt.Sprintf("%d of 4 ticks", len(r.Ticks))
	case there:
		return "answered on " + day(r.At) + ", not looked at yet"
	}
	return "no reply yet"
}

func (t *turn) nextSteps() []bot.Button {
	read := bot.Press("Read the replies", t.act("topic", t.lib.Interview.Topics[0].ID))
	if len(t.in.Replies) == 0 {
		read.Label = "I have their replies"
	}
	buttons := []bot.Button{bot.Press("Copy as e-mail", t.act("copy")), bot.Press("Send in chat", t.act("whom")), read}
	if t.verdict().Complete {
		buttons = append([]bot.Button{{Label: "What it means", Action: t.act("verdict"), Main: true}}, buttons...)
	}
	if t.in.Judged.IsZero() {
		buttons[0].Main = true
	}
	return append(buttons, bot.Behind("Start again", t.act("again")))
}

// one shows a topic: what was asked, the reply, and the four ticks.
func (t *turn) one(topic content.InterviewTopic) bot.View {
	i := slices.Index(content.InterviewTopics(), topic.ID)
	v := bot.View{Title: topic.Title, Blocks: []bot.Block{
		{Progress: &bot.Progress{Done: i + 1, Of: len(t.lib.Interview.Topics)}}, bot.Say(topic.Ask),
	}}
	add := func(b ...bot.Block) { v.Blocks = append(v.Blocks, b...) }
	r := t.in.Replies[topic.ID]
	if r.Text != "" {
		add(bot.Head("They answered"), bot.Copy(r.Text))
	} else {
		add(bot.Small("No reply is here. Paste it, or tick what you heard."))
	}
	add(bot.Head("What does the answer have?"))
	var ticks []bot.Button
	for _, tick := range content.Ticks() {
		mark := "☐ "
		if slices.Contains(r.Ticks, string(tick)) {
			mark = "☑ "
		}
		add(bot.Say(mark + tick.Word() + ": " + topic.Ticks[tick]))
		ticks = append(ticks, bot.Press(mark+tick.Word(), t.act("tick", topic.ID, string(tick))))
	}
	add(bot.Row(ticks...), bot.Say("Good: "+topic.Good), bot.Small("Not enough: "+topic.Weak))
	next := "Next"
	if i == len(t.lib.Interview.Topics)-1 {
		next = "What it means"
	}
	add(bot.Row(bot.Button{Label: next, Action: t.act("next", topic.ID), Main: true}, bot.Press("Paste their reply", t.act("paste", topic.ID)), bot.Press("All four", t.act("list"))))
	return v
}

// verdict is what the ticks come to.
func (t *turn) verdict() score.Verdict {
	ticks := map[string]int{}
	for id, r := range t.in.Replies {
		if r.Looked || len(r.Ticks) > 0 {
			ticks[id] = len(r.Ticks)
		}
	}
	profile, _ := company.Profiles.Get(t.d, company.ProfileID)
	return score.JudgeReplies(ticks, profile.Growing())
}

// meaning is the verdict as an owner reads it.
func (t *turn) meaning(v score.Verdict) bot.View {
	view := bot.View{Title: fmt.Sprintf("Your IT provider's answers: %d of 4 topics answered well", v.Good)}
	view.Blocks = append(view.Blocks, bot.Say(approaches[v.Approach]), bot.Block{Fields: &bot.Fields{Items: t.found()}},
		bot.Small("This judges answers, not people. Looking after computers and security are two trades, like a family doctor and a surgeon."))
	return view
}

// found are the topics with what was ticked.
func (t *turn) found() (rows []bot.Field) {
	for _, topic := range t.lib.Interview.Topics {
		var has []string
		for _, tick := range content.Ticks() {
			if slices.Contains(t.in.Replies[topic.ID].Ticks, string(tick)) {
				has = append(has, string(tick))
			}
		}
		value := "none of the four"
		if len(has) > 0 {
			value = strings.Join(has, ", ")
		}
		rows = append(rows, bot.Field{Name: topic.Title, Value: value})
	}
	return rows
}

var approaches = map[score.Approach]string{
	score.KeepAssessing:   "All four are there. Keep working with them, and let somebody else look at your security once a year: everybody overlooks something of their own.",
	score.BringIn:         "Much is there. Keep them for the daily work, and bring security expertise in for what is missing, such as a yearly assessment or the plan for a bad day.",
	score.VirtualCISO:     "Keep them for the daily work they do well. For security you need somebody of that trade: a virtual CISO, who steers it some days a month, suits a company of your size.",
	score.SecurityPartner: "Keep them for the daily work they do well. For security a company of your size needs a partner of that trade, who is there before something happens.",
}
