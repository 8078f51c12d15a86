package interview

import (
	"strconv"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// told is what the provider reads of the result: what each answer had and what
// that comes to, not what the company makes of it.
func (t *turn) told() bot.View {
	return bot.View{Title: "What " + t.owner() + " found in your answers", Blocks: []bot.Block{
		bot.Say("Of each answer we looked for four things: does it name somebody, does it give a date, was it tested, is there something to look at (evidence)? Three of the four are plenty."),
		{Fields: &bot.Fields{Items: t.found()}},
		bot.Say("This is about answers, never about people. If we misread something, please say so: your comment is kept with it."),
	}}
}

// offerShow shows the owner exactly what the provider would read.
func (t *turn) offerShow() []bot.Effect {
	if !t.verdict().Complete {
		return t.judge()
	}
	view := t.told()
	if t.in.Provider == "" {
		return t.copyFound()
	}
	view.Blocks = append([]bot.Block{bot.Say("This is all that " + t.provider() + " would read:"), bot.Head(view.Title)}, view.Blocks...)
	view.Title = "Show them what you found?"
	view.Blocks = append(view.Blocks, bot.Row(
		bot.Button{Label: "Show it to " + t.provider(), Action: t.act("show-now", strconv.Itoa(t.in.Step)), Main: true},
		bot.Press("Copy as e-mail", t.act("show-copy")),
		bot.Press("Paste their comment", t.act("said"))))
	return bot.Respond(view)
}

// copyFound is the same as text, for a provider who is not here.
func (t *turn) copyFound() []bot.Effect {
	if !t.verdict().Complete {
		return t.judge()
	}
	told := t.told()
	lines := []string{told.Title, ""}
	for _, b := range told.Blocks {
		switch {
		case b.Text != nil:
			lines = append(lines, b.Text.Body, "")
		case b.Fields != nil:
			for _, f := range b.Fields.Items {
				lines = append(lines, "- "+f.Name+": "+f.Value)
			}
			lines = append(lines, "")
		}
	}
	return bot.Respond(bot.View{
		Title: "What you found, to copy into an e-mail",
		Blocks: []bot.Block{
			bot.Copy(strings.TrimSpace(strings.Join(lines, "\n"))),
			bot.Row(bot.Press("Paste their comment", t.act("said"))),
			bot.Small("I send nothing by myself."),
		},
	})
}

// show sends what the owner has just seen; if anything has changed since, they
// see it first.
func (t *turn) show() []bot.Effect {
	switch {
	case !t.in.Shown.IsZero() && !t.in.Changed.After(t.in.Shown):
		return bot.Tell(prose.Sentence(t.provider())+" has it already", "What they say comes to your card.")
	case !t.verdict().Complete || t.in.Provider == "" || t.event.Action.Arg(2) != strconv.Itoa(t.in.Step):
		return t.offerShow()
	}
	t.in.Shown = t.event.Now
	t.keep()
	card := t.foundCard()
	return []bot.Effect{
		bot.Audit{Verb: "shared", Object: object},
		bot.End{Key: card.Key, To: card.To}, card, t.card(),
		bot.Answer{View: bot.View{Title: "Shown to " + t.provider(), Blocks: []bot.Block{bot.Say("What they say to it comes to your card.")}}},
	}
}

// foundCard is what the provider's person was shown.
func (t *turn) foundCard() bot.Show {
	view := t.told()
	view.Blocks = append(view.Blocks, bot.Row(bot.Button{Label: "Comment", Action: t.act("comment"), Main: true}))
	return bot.Show{Key: t.key("found"), To: bot.To(t.in.Provider), View: view}
}

// askSaid lets the owner bring a comment that came another way.
func (t *turn) askSaid() []bot.Effect {
	value := ""
	if t.in.Comment.User == "" {
		value = t.in.Comment.Text
	}
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title: "Their comment", Submit: "Keep it", Action: t.act("say"),
		Fields: []bot.Input{{ID: "comment", Label: "What did they say to it?", Hint: "It is kept with the result", Value: value, Lines: true, Max: maxReply}},
	}}}
}

func (t *turn) said() []bot.Effect {
	text := strings.TrimSpace(t.event.Values["comment"])
	switch {
	case text == "":
		return refuse("comment", "Please paste what they said, in any words.")
	case t.in.Comment.User != "":
		return refuse("comment", t.provider()+" has commented here meanwhile. Close this and read it on your card.")
	}
	t.in.Comment = company.InterviewComment{Text: text, At: t.event.Now}
	return t.turnTo("")
}

func (t *turn) askComment() []bot.Effect {
	if t.in.Shown.IsZero() {
		return t.nothingShown()
	}
	value := ""
	if t.in.Comment.User == t.event.From.ID {
		value = t.in.Comment.Text
	}
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title: "Your comment", Intro: prose.Sentence(t.owner()) + " reads it, and it is kept with the result.", Submit: "Send", Action: t.act("commented"),
		Fields: []bot.Input{{ID: "comment", Label: "What did we misread, or what is there to add?", Hint: "No passwords or codes, please", Value: value, Lines: true, Max: maxReply}},
	}}}
}

// theyCommented takes the comment to the owner.
func (t *turn) theyCommented() []bot.Effect {
	text := strings.TrimSpace(t.event.Values["comment"])
	switch {
	case t.in.Shown.IsZero():
		return t.nothingShown()
	case text == "":
		return refuse("comment", "Please write a line, or close this.")
	case text == t.in.Comment.Text && t.in.Comment.User == t.event.From.ID:
		return t.thanks()
	}
	t.in.Comment = company.InterviewComment{Text: text, User: t.event.From.ID, Name: t.in.Name, At: t.event.Now}
	t.keep()
	return append([]bot.Effect{t.card(), t.note(bot.View{
		Title:  prose.Sentence(t.provider()) + " has commented on what you found",
		Blocks: []bot.Block{bot.Copy(text), bot.Row(bot.Press("See the result", t.act("list")), bot.Press("Change the ticks", t.act("topic", t.firstOpen())))},
	})}, t.thanks()...)
}

func (t *turn) nothingShown() []bot.Effect {
	return bot.Tell("There is nothing to comment on yet", prose.Sentence(t.owner())+" has not shown what was found.")
}

func (t *turn) thanks() []bot.Effect {
	return bot.Tell("Thank you, "+t.owner()+" has it", "You can change it on the same card.")
}
