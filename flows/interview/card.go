package interview

import (
	"fmt"
	"slices"
	"strconv"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// card is the owner's, in their direct messages: one topic, what it all
// means, or how the four stand.
func (t *turn) card() bot.Show {
	var v bot.View
	topic, at, open := t.topic(t.in.Topic)
	verdict := t.verdict()
	switch {
	case open:
		v = t.one(topic, at)
	case verdict.Complete && !t.in.Judged.IsZero():
		v = t.result(verdict)
	default:
		v = t.overview(verdict.Complete)
	}
	v.Fresh = t.act("fresh")
	return bot.Show{Key: t.key("card"), To: bot.To(t.in.Owner), View: v}
}

func (t *turn) fresh() []bot.Effect { return bot.Respond(t.card().View) }

// below posts a card at the bottom of the conversation; what stood above says
// so.
func below(card bot.Show) []bot.Effect {
	old := card
	old.View = bot.View{Title: "The newer message is below"}
	return []bot.Effect{old, bot.End{Key: card.Key, To: card.To}, card}
}

// overview says how each of the four stands, and what comes next.
func (t *turn) overview(complete bool) bot.View {
	v := bot.View{Title: "Four questions to your IT provider"}
	add := func(b ...bot.Block) { v.Blocks = append(v.Blocks, b...) }
	if len(t.in.Replies) == 0 {
		add(bot.Say("They show who there knows security, and what happens on a bad day. How the answers are read stands in the message itself, so that nobody is surprised."))
	}
	add(bot.Say(t.out()))
	var rows []bot.Field
	for _, topic := range t.lib.Interview.Topics {
		rows = append(rows, bot.Field{Name: topic.Title, Value: t.standing(topic.ID)})
	}
	add(bot.Block{Fields: &bot.Fields{Items: rows}}, bot.Row(t.steps(complete)...))
	add(bot.Small("You alone read the replies here, and the ticks are yours: words are never scored. " + prose.Sentence(t.lib.Host()) + " could read them."))
	return v
}

// out says where the questions went.
func (t *turn) out() string {
	switch {
	case t.in.Failed != "":
		return "They did not reach " + t.provider() + ": " + t.in.Failed + ". Copy them as an e-mail, or send them to somebody else."
	case t.in.Provider != "":
		return "Sent to " + t.provider() + " on " + prose.Day(t.in.Sent) + "."
	case !t.in.Copied.IsZero():
		return "Copied as an e-mail on " + prose.Day(t.in.Copied) + ". When a reply comes, paste it here."
	}
	return "Not sent so far. An answer by e-mail or on the phone is as good: paste it here."
}

func (t *turn) standing(topic string) string {
	switch r := t.in.Replies[topic]; {
	case looked(r) && r.Seen < r.Version:
		return fmt.Sprintf("%s, but there is a newer reply", ticked(r))
	case looked(r):
		return ticked(r)
	case r.Text != "":
		return "answered on " + prose.Day(r.At) + ", not looked at yet"
	case r.Pasted != "":
		return "pasted, not looked at yet"
	}
	return "no reply yet"
}

// looked reports whether the ticks of a topic count.
func looked(r company.InterviewReply) bool { return r.Looked || len(r.Ticks) > 0 }

func ticked(r company.InterviewReply) string { return fmt.Sprintf("%d of 4 ticks", len(r.Ticks)) }

// steps are what an owner may do next, the likely one first.
func (t *turn) steps(complete bool) []bot.Button {
	copied := bot.Press("Copy as e-mail", t.act("copy"))
	send := bot.Press("Send to somebody", t.act("whom"))
	read := bot.Press("Paste a reply", t.act("topic", t.firstOpen()))
	ends := []bot.Button{bot.Behind("Start again", t.act("again")), bot.Behind("Stop", t.act("stop"))}
	var buttons []bot.Button
	switch {
	case complete:
		buttons = []bot.Button{bot.Press("What it means", t.act("verdict")), bot.Press("Read the replies", t.act("topic", t.firstOpen())), copied, send}
	case len(t.in.Replies) > 0:
		read.Label = "Read and tick the replies"
		buttons = []bot.Button{read, copied, send}
	case t.in.Failed == "" && (t.in.Provider != "" || !t.in.Copied.IsZero()):
		buttons = []bot.Button{read, copied, send}
	default:
		buttons = []bot.Button{copied, send, read}
	}
	buttons[0].Main = true
	return append(buttons, ends...)
}

// firstOpen is the topic that was not looked at yet, or has a newer reply;
// else the first.
func (t *turn) firstOpen() string {
	for _, topic := range t.lib.Interview.Topics {
		if r := t.in.Replies[topic.ID]; !looked(r) || r.Seen < r.Version {
			return topic.ID
		}
	}
	return t.lib.Interview.Topics[0].ID
}

// one shows a topic: what was asked, the reply, and the four ticks.
func (t *turn) one(topic content.InterviewTopic, at int) bot.View {
	r := t.in.Replies[topic.ID]
	v := bot.View{Title: topic.Title, Blocks: []bot.Block{
		{Progress: &bot.Progress{Done: at + 1, Of: len(t.lib.Interview.Topics)}}, bot.Say(topic.Ask),
	}}
	add := func(b ...bot.Block) { v.Blocks = append(v.Blocks, b...) }
	if r.Text != "" {
		add(bot.Head(r.Name+" answered on "+prose.Day(r.At)), bot.Copy(r.Text))
	}
	if r.Pasted != "" {
		add(bot.Head("You pasted"), bot.Copy(r.Pasted))
	}
	if r.Text == "" && r.Pasted == "" {
		add(bot.Small("No reply is here. Paste it, or tick what you heard."))
	}
	add(bot.Head("What does the answer have?"))
	var ticks []bot.Button
	var rows []bot.Field
	for _, tick := range content.Ticks() {
		mark, to := "☐ ", "on"
		if slices.Contains(r.Ticks, string(tick)) {
			mark, to = "☑ ", "off"
		}
		rows = append(rows, bot.Field{Name: mark + tick.Word(), Value: topic.Ticks[tick]})
		ticks = append(ticks, bot.Press(mark+tick.Word(), t.act("tick", topic.ID, string(tick), to, strconv.Itoa(r.Version))))
	}
	add(bot.Block{Fields: &bot.Fields{Items: rows}}, bot.Row(ticks...))
	add(bot.Say("Sounds good: "+topic.Good), bot.Small("Often heard: "+topic.Weak))
	next := "Next"
	if at == len(t.lib.Interview.Topics)-1 {
		next = "What it means"
	}
	add(bot.Row(
		bot.Button{Label: next, Action: t.act("next", topic.ID, strconv.Itoa(r.Version)), Main: true},
		bot.Press("Paste their reply", t.act("paste", topic.ID)),
		bot.Press("All four", t.act("list"))))
	return v
}
