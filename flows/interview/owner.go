package interview

import (
	"slices"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// message is what the provider reads, in chat or as an e-mail.
func (t *turn) message() string {
	in := t.lib.Interview
	var b strings.Builder
	b.WriteString(in.Opening + "\n")
	for i, topic := range in.Topics {
		b.WriteString("\n" + string(rune('1'+i)) + ". " + topic.Ask + "\n")
		for _, more := range topic.FollowUps {
			b.WriteString("   - " + more + "\n")
		}
	}
	b.WriteString("\n" + in.Rubric + "\n\n" + in.Closing)
	return b.String()
}

func (t *turn) copyText() []bot.Effect {
	return []bot.Effect{bot.Answer{View: bot.View{
		Title:  "To copy into an e-mail",
		Blocks: []bot.Block{bot.Copy(t.message()), bot.Small("When they have answered: " + t.lib.Command + " interview, then I have their replies.")},
	}}}
}

func (t *turn) askWhom() []bot.Effect {
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title: "Send the questions", Intro: "Somebody at your IT provider who is here in chat. They read the four questions and how the answers are read.",
		Submit: "Send", Action: t.act("send"),
		Fields: []bot.Input{{ID: "user", Label: "Who shall answer?", Pick: bot.PickPerson}},
	}}}
}

// send gives the questions to somebody who works here, or is a guest: a
// provider's person often is one.
func (t *turn) send() []bot.Effect {
	who := t.event.Picked["user"]
	switch {
	case who.ID == "" || who.Affiliation == bot.Foreign:
		return refuse("user", "I can write to people of this workspace only. For others, copy it as an e-mail.")
	case who.Affiliation == bot.Guest:
		return refuse("user", "Guests cannot press my buttons. For them, copy it as an e-mail.")
	case who.ID == t.in.Owner:
		return refuse("user", "That is you. Choose who answers for your IT.")
	}
	old := t.in.Provider
	t.in.Provider, t.in.Name, t.in.Sent, t.in.Failed = who.ID, named(who), t.event.Now, ""
	t.keep()
	var effects []bot.Effect
	if old != "" && old != who.ID {
		effects = append(effects, bot.Show{Key: t.key("asked"), To: bot.To(old), View: bot.View{Title: "These questions went to somebody else", Blocks: []bot.Block{bot.Say("There is nothing for you to do. Thank you.")}}})
	}
	return append(effects, t.asked(), t.card(), bot.Audit{Verb: "sent", Object: "interview of the IT provider"},
		bot.Set{Name: t.id + "/week", At: t.event.Now.Add(patience)},
		bot.Answer{View: bot.View{Title: "Sent to " + t.in.Name, Blocks: []bot.Block{bot.Say("Their replies come to the card in your direct messages.")}}})
}

func named(p bot.Picked) string {
	if p.Name != "" {
		return p.Name
	}
	return "them"
}

func refuse(field, why string) []bot.Effect {
	return []bot.Effect{bot.Refuse{Why: map[string]string{field: why}}}
}

// list goes back to all four, open to one of them.
func (t *turn) list() []bot.Effect { return t.turnTo("") }

func (t *turn) open() []bot.Effect {
	if _, ok := t.topic(t.event.Action.Arg(2)); !ok {
		return t.turnTo("")
	}
	return t.turnTo(t.event.Action.Arg(2))
}

func (t *turn) turnTo(topic string) []bot.Effect {
	t.in.Topic = topic
	t.keep()
	return []bot.Effect{t.card()}
}

func (t *turn) askReply() []bot.Effect {
	topic, ok := t.topic(t.event.Action.Arg(2))
	if !ok {
		return []bot.Effect{t.card()}
	}
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title: "Their reply", Intro: topic.Ask, Submit: "Keep it", Action: t.act("pasted", topic.ID),
		Fields: []bot.Input{{ID: "reply", Label: "What did they answer?", Hint: "No passwords or codes", Value: t.in.Replies[topic.ID].Text, Lines: true, Max: maxReply}},
	}}}
}

const maxReply = 2000

func (t *turn) pasted() []bot.Effect {
	topic, ok := t.topic(t.event.Action.Arg(2))
	text := strings.TrimSpace(t.event.Values["reply"])
	switch {
	case !ok:
		return []bot.Effect{t.card()}
	case text == "":
		return refuse("reply", "Please paste what they answered, in any words.")
	}
	t.reply(topic.ID, func(r *company.InterviewReply) { r.Text, r.ByThem, r.At = text, false, t.event.Now })
	return t.turnTo(topic.ID)
}

// reply changes what is kept of a topic.
func (t *turn) reply(topic string, change func(r *company.InterviewReply)) {
	replies := map[string]company.InterviewReply{}
	for id, r := range t.in.Replies {
		replies[id] = r
	}
	r := replies[topic]
	r.Ticks = slices.Clone(r.Ticks)
	change(&r)
	replies[topic] = r
	t.in.Replies = replies
}

// tick sets or takes away one of the four.
func (t *turn) tick() []bot.Effect {
	topic, ok := t.topic(t.event.Action.Arg(2))
	mark := t.event.Action.Arg(3)
	if !ok || !slices.Contains(content.Ticks(), content.Tick(mark)) {
		return []bot.Effect{t.card()}
	}
	t.reply(topic.ID, func(r *company.InterviewReply) {
		if i := slices.Index(r.Ticks, mark); i >= 0 {
			r.Ticks = slices.Delete(r.Ticks, i, i+1)
			return
		}
		r.Ticks = append(r.Ticks, mark)
	})
	return t.turnTo(topic.ID)
}

// next goes on to the following topic; after the last it says what it means.
func (t *turn) next() []bot.Effect {
	topic, ok := t.topic(t.event.Action.Arg(2))
	if !ok {
		return t.turnTo("")
	}
	t.reply(topic.ID, func(r *company.InterviewReply) { r.Looked = true })
	all := content.InterviewTopics()
	if i := slices.Index(all, topic.ID); i+1 < len(all) {
		return t.turnTo(all[i+1])
	}
	return t.judge()
}

// judge says what the ticks come to, once all four were looked at.
func (t *turn) judge() []bot.Effect {
	v := t.verdict()
	if !v.Complete {
		return append(t.turnTo(""), say("Look at all four first", "Those without a tick count, too: press Next on each.")...)
	}
	t.in.Topic, t.in.Judged = "", t.event.Now
	t.keep()
	view := t.meaning(v)
	buttons := []bot.Button{bot.Press("Let them comment", t.act("show"))}
	if t.in.Provider == "" {
		buttons = nil
	}
	if t.lib.Partner.Contact != "" {
		view.Blocks = append(view.Blocks, bot.Say("For security expertise you can talk to "+strings.TrimSpace(t.lib.Partner.Name+" "+t.lib.Partner.Contact)+"."))
	}
	view.Blocks = append(view.Blocks, bot.Row(append(buttons, bot.Press("Check the provider in full (12 questions)", bot.Do("assess", "start", content.ProviderCheck)))...))
	return []bot.Effect{t.card(), bot.Audit{Verb: "judged", Object: "interview of the IT provider"}, bot.Answer{View: view}, bot.Set{Name: t.id + "/week"}}
}

func day(at time.Time) string { return at.Format("2 January 2006") }
