package interview

import (
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// asked is the card of whoever shall answer.
func (t *turn) asked() bot.Effect {
	in := t.lib.Interview
	v := bot.View{Title: "Four questions about security", Blocks: []bot.Block{bot.Say(in.Opening)}}
	for _, topic := range in.Topics {
		v.Blocks = append(v.Blocks, bot.Say(topic.Ask), bot.Points(topic.FollowUps...))
	}
	answer := bot.Button{Label: "Answer", Action: t.theirs("answer"), Main: true}
	if t.answered() {
		answer.Label, answer.Main = "Change an answer", false
		v.Title = "Thank you: your answers have arrived"
	}
	v.Blocks = append(v.Blocks, bot.Small(in.Rubric), bot.Row(answer), bot.Small("The owner who asked reads what you write here, and nobody else does. "+in.Closing))
	return bot.Show{Key: t.key("asked"), To: bot.To(t.in.Provider), View: v}
}

func (t *turn) answered() bool {
	for _, r := range t.in.Replies {
		if r.ByThem {
			return true
		}
	}
	return false
}

func (t *turn) askThem() []bot.Effect {
	f := bot.Form{Title: "Your answers", Intro: "A few lines each are plenty. \"Not yet\" is an answer. No passwords or codes, please.", Submit: "Send", Action: t.theirs("answered")}
	for _, topic := range t.lib.Interview.Topics {
		value := ""
		if r := t.in.Replies[topic.ID]; r.ByThem {
			value = r.Text
		}
		f.Fields = append(f.Fields, bot.Input{ID: topic.ID, Label: topic.Title, Hint: topic.Ask, Value: value, Lines: true, Optional: true, Max: maxReply})
	}
	return []bot.Effect{bot.Open{Form: f}}
}

// theyAnswered takes the replies to the owner. Ticks that were set before stay:
// they are the owner's.
func (t *turn) theyAnswered() []bot.Effect {
	n := 0
	for _, topic := range t.lib.Interview.Topics {
		text := strings.TrimSpace(t.event.Values[topic.ID])
		if text == "" {
			continue
		}
		n++
		t.reply(topic.ID, func(r *company.InterviewReply) { r.Text, r.ByThem, r.At = text, true, t.event.Now })
	}
	if n == 0 {
		return refuse(t.lib.Interview.Topics[0].ID, "Please answer at least one of them; \"not yet\" is fine.")
	}
	t.keep()
	return []bot.Effect{
		t.asked(), t.card(),
		bot.Show{Key: t.key("news"), To: bot.To(t.in.Owner), View: bot.View{
			Title:  t.in.Name + " has answered your questions",
			Blocks: []bot.Block{bot.Row(bot.Button{Label: "Read the replies", Action: t.act("topic", t.lib.Interview.Topics[0].ID), Main: true})},
		}},
		bot.Answer{View: bot.View{Title: "Thank you, it has been passed on", Blocks: []bot.Block{bot.Say("You can change an answer on the card with the questions.")}}},
		bot.Set{Name: t.id + "/week"},
	}
}

// offerShow shows the owner exactly what the provider would read.
func (t *turn) offerShow() []bot.Effect {
	v := t.verdict()
	if !v.Complete || t.in.Provider == "" {
		return []bot.Effect{t.card()}
	}
	view := t.told()
	view.Blocks = append([]bot.Block{bot.Small("This is what " + t.in.Name + " would read:"), bot.Head(view.Title)}, view.Blocks...)
	view.Title = "Show them what you found?"
	view.Blocks = append(view.Blocks, bot.Row(bot.Button{Label: "Show it to them", Action: t.act("show-confirm"), Main: true}))
	return []bot.Effect{bot.Answer{View: view}}
}

// told is what the provider reads of the result: what each answer had, not
// what the company makes of it.
func (t *turn) told() bot.View {
	return bot.View{Title: "What we found in your answers", Blocks: []bot.Block{
		bot.Say("Of each answer we looked for four things: who, when, whether it was tried out, and something to look at."),
		{Fields: &bot.Fields{Items: t.found()}},
		bot.Say("If we misread something, please say so."),
	}}
}

// show lets the provider comment.
func (t *turn) show() []bot.Effect {
	if !t.verdict().Complete || t.in.Provider == "" {
		return []bot.Effect{t.card()}
	}
	t.in.Shown = t.event.Now
	t.keep()
	view := t.told()
	view.Blocks = append(view.Blocks, bot.Row(bot.Button{Label: "Comment", Action: t.theirs("comment"), Main: true}))
	return []bot.Effect{
		bot.Audit{Verb: "shared", Object: "interview of the IT provider"},
		bot.Show{Key: t.key("found"), To: bot.To(t.in.Provider), View: view}, t.card(),
		bot.Answer{View: bot.View{Title: "Sent. What they say comes to your card."}},
	}
}

func (t *turn) askComment() []bot.Effect {
	if t.in.Shown.IsZero() {
		return say("There is nothing to comment on yet", "The owner has not shown what was found.")
	}
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title: "Your comment", Submit: "Send", Action: t.theirs("commented"),
		Fields: []bot.Input{{ID: "comment", Label: "What did we misread?", Value: t.in.Comment, Lines: true, Max: maxReply}},
	}}}
}

func (t *turn) theyCommented() []bot.Effect {
	text := strings.TrimSpace(t.event.Values["comment"])
	switch {
	case t.in.Shown.IsZero():
		return say("There is nothing to comment on yet", "The owner has not shown what was found.")
	case text == "":
		return refuse("comment", "Please write a line, or close this.")
	}
	t.in.Comment = text
	t.keep()
	return []bot.Effect{
		t.card(),
		bot.Show{Key: t.key("news"), To: bot.To(t.in.Owner), View: bot.View{
			Title:  t.in.Name + " has commented on what you found",
			Blocks: []bot.Block{bot.Copy(text), bot.Row(bot.Press("Look at the ticks again", t.act("topic", t.lib.Interview.Topics[0].ID)))},
		}},
		bot.Answer{View: bot.View{Title: "Thank you, it has been passed on"}},
	}
}

// silence asks the owner after a week what became of it, once.
func (t *turn) silence(found bool) []bot.Effect {
	if !found || len(t.in.Replies) > 0 {
		return nil
	}
	return []bot.Effect{bot.Show{Key: t.key("news"), To: bot.To(t.in.Owner), View: bot.View{
		Title: "No answer from your IT provider so far",
		Blocks: []bot.Block{
			bot.Say("A week has gone by; such questions take time, and a call often helps. If they have answered in another way, paste it."),
			bot.Row(bot.Button{Label: "I have their replies", Action: t.act("topic", t.lib.Interview.Topics[0].ID), Main: true}, bot.Press("Copy as e-mail", t.act("copy")), bot.Press("Send in chat", t.act("whom"))),
		},
	}}}
}

// undelivered tells the owner that the provider's person was not reached.
func (t *turn) undelivered(found bool) []bot.Effect {
	u := t.event.Undelivered
	if !found || u == nil || u.To.User != t.in.Provider || u.To.User == t.in.Owner {
		return nil
	}
	t.in.Failed = u.Reason
	t.keep()
	return []bot.Effect{t.card()}
}
