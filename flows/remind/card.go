package remind

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// card is the message of one who was asked, as things stand now.
func (t *turn) card(i int) bot.View {
	a := t.s.Waits.Asked[i]
	v := bot.View{Fresh: t.act("fresh", strconv.Itoa(i))}
	switch took := t.taker(); {
	case t.s.Waits.Outcome.How != "":
		v.Title, v.Blocks = t.ended(a)
	case t.s.About == company.OfFixes && !a.Done.IsZero():
		v.Title, v.Blocks = "Thank you: nothing is left with you", []bot.Block{bot.Say("All that you had taken over is said to be done.")}
	case slices.Contains(t.s.Out, a.To.User):
		v.Title = "I won't remind you of this any more"
		v.Blocks = []bot.Block{bot.Say(t.title(t.s) + "."), bot.Row(bot.Press("Remind me again", t.act("in")))}
	case a.Left:
		v.Title = "Thank you, that is settled"
		v.Blocks = []bot.Block{bot.Say("Somebody else is asked about: " + t.title(t.s) + "."), bot.Row(bot.Press("I can after all", t.act("take")))}
	case !t.s.Snoozed.IsZero() && t.putOffBy() != i:
		v.Title = t.title(t.s)
		v.Blocks = []bot.Block{bot.Say("Put off until " + t.day(t.s.Snoozed, t.zone(a.To)) + ". There is nothing for you to do now.")}
	case !t.s.Snoozed.IsZero():
		v.Title = "I'll ask again on " + spelled(t.s.Snoozed, t.zone(a.To))
		v.Blocks = []bot.Block{bot.Row(append(t.startNow("Start now"), t.stopButton(a)...)...)}
	case took >= 0 && took != i:
		v.Title = t.title(t.s)
		v.Blocks = []bot.Block{bot.Say("Somebody has taken it this time. There is nothing for you to do.")}
	default:
		return t.question(i, v)
	}
	if len(v.Actions()) == 0 {
		v.Fresh = bot.Action{}
	}
	return v
}

// taker is who said that they do it; -1: nobody.
func (t *turn) taker() int {
	return slices.IndexFunc(t.s.Waits.Asked, func(a company.Asking) bool { return !a.Took.IsZero() && !a.Left })
}

// ended is what stands on a card when its date is over.
func (t *turn) ended(a company.Asking) (title string, blocks []bot.Block) {
	o, name := t.s.Waits.Outcome, t.title(t.s)
	next := ""
	if at := t.comes(); !at.IsZero() {
		next = " Next on " + spelled(at, t.s.Rule.Zone) + "."
	}
	on := t.day(o.At, t.zone(a.To))
	switch o.How {
	case company.WasDone:
		text := "Done on " + on + "." + next
		if o.Note != "" && (t.isOwner(a.To) || a.To.User == o.By) { // nobody else was told that they would read it
			text = prose.Quoted(o.Name+", "+on, strings.TrimRight(o.Note, ". ")) + "." + next
		}
		blocks = []bot.Block{bot.Say(text)}
		if t.s.About == company.OfAssessment && t.isOwner(a.To) {
			blocks = append(blocks, bot.Row(bot.Press("The three months on one page", bot.Do("remind", "sheet"))))
		}
		return "Done: " + name, blocks
	case company.WasSkipped:
		return "Skipped this time", []bot.Block{bot.Say(name + "." + next)}
	case company.WasNothing:
		blocks = []bot.Block{bot.Say(strings.TrimSpace(t.nothingLine() + next))}
		return name, append(blocks, t.openLines(a)...)
	case company.WasReplaced:
		if t.s.Due.IsZero() {
			return "This reminder is stopped", []bot.Block{bot.Say(name + ".")}
		}
		return "This reminder was changed", []bot.Block{bot.Say(name + "." + next)}
	}
	return name, []bot.Block{bot.Say("The next date has come, so this one is closed.")}
}

// question is the card while it is waited for.
func (t *turn) question(i int, v bot.View) bot.View {
	a := t.s.Waits.Asked[i]
	v.Title = t.title(t.s)
	add := func(b ...bot.Block) { v.Blocks = append(v.Blocks, b...) }
	if text := t.opening(i); text != "" {
		add(bot.Say(text))
	}
	switch {
	case t.s.About == company.OfFixes:
		v.Title = "Still with you: " + prose.Count(len(t.owing(a.To.User)), "open fix", "open fixes")
		add(bot.Points(t.owedLines(a.To.User)...))
	case t.s.About != company.OfAssessment:
		known, _ := subjectOf(t.s.About)
		switch {
		case known.does != "":
			add(bot.Say(known.does))
		case a.To.User == t.s.Owner:
			add(bot.Say("You wanted to be reminded of this."))
		}
		add(t.openLines(a)...)
	case a.To.Channel != "":
		p := t.pack(t.s.Pack)
		add(bot.Say(fmt.Sprintf("It is time again: %d questions, %d minutes at most. An owner starts it here, alone or together with you.", len(p.Questions), p.Minutes)))
	default:
		t.assessment(a, &v)
	}
	if t.passedOn(i) {
		v.Title += " · unanswered since " + t.day(t.s.Waits.Asked[0].At, t.zone(a.To)) + ": can you take it?"
	}
	if h := t.history(a.To.User, i); h != "" && t.isOwner(a.To) {
		add(bot.Small("Asked so far: " + h + ". Only owners read this line."))
	}
	add(t.buttons(i, len(v.Actions()) > 0)...)
	if a.To.User != t.s.Owner {
		add(bot.Small(prose.Sentence(t.setBy()) + " set this reminder."))
	}
	return v
}

func (t *turn) setBy() string {
	if t.s.By != "" {
		return t.s.By
	}
	return "an owner"
}

// opening is what has to be said first: that it comes late, or again.
func (t *turn) opening(i int) string {
	a, zone := t.s.Waits.Asked[i], t.s.Rule.Zone
	switch {
	case !a.Took.IsZero() && a.Again > 0:
		return "You took this on " + t.day(a.Took, t.zone(a.To)) + ". How does it stand?"
	case !a.Took.IsZero():
		return "You have it this time. Thank you."
	case a.Back:
		return "You asked me to come back."
	case a.Again > 0:
		return "First asked on " + t.day(a.At, t.zone(a.To)) + ". You may simply be busy: one press says how it stands."
	case t.s.Fired.Sub(t.s.Waits.Since) > late:
		return "This was due on " + spelled(t.s.Waits.Since, zone) + "; I was not running then."
	}
	return ""
}

// passedOn reports whether somebody is asked because another was silent. Who
// is away or said no is passed over without a word.
func (t *turn) passedOn(i int) bool {
	if !t.s.Waits.Asked[i].Took.IsZero() || t.s.About == company.OfFixes {
		return false
	}
	return slices.ContainsFunc(t.s.Waits.Asked[:i], func(a company.Asking) bool { return !a.Left && a.Unreached == "" })
}

// isOwner reports whether an address is an owner's direct messages.
func (t *turn) isOwner(to bot.Address) bool {
	return to.Channel == "" && slices.Contains(t.ownersHere(), to.User)
}

// openLines name what is open, for owners alone, and once.
func (t *turn) openLines(a company.Asking) []bot.Block {
	if a.Again > 0 || !t.isOwner(a.To) || t.s.About != company.OfAssessment && t.s.About != company.OfMap {
		return nil
	}
	var blocks []bot.Block
	if text := t.stillOpen(); text != "" && t.s.About == company.OfAssessment {
		blocks = append(blocks, bot.Say(text))
	}
	if text := t.noOwner(); text != "" {
		blocks = append(blocks, bot.Say(text))
	}
	if n := t.duties().unconfirmed; n > 0 && t.s.About == company.OfMap {
		blocks = append(blocks, bot.Say(prose.Count(n, "duty was", "duties were")+" never confirmed, or more than a year ago."))
	}
	return blocks
}

// assessment tells how much is asked, what is open, and asks the first
// question at once.
func (t *turn) assessment(a company.Asking, v *bot.View) {
	p := t.pack(t.s.Pack)
	ask := t.wouldAsk(p, a.To.User)
	n := len(ask.questions)
	add := func(b ...bot.Block) { v.Blocks = append(v.Blocks, b...) }
	v.Title = fmt.Sprintf("%s · %s, %s", p.Title, prose.Count(n, "question", "questions"), prose.Count(minutes(p, n), "minute", "minutes"))
	if ask.fresh > 0 {
		v.Title += fmt.Sprintf(" (%s still fresh)", prose.Count(ask.fresh, "answer", "answers"))
	}
	add(t.openLines(a)...)
	if run, begun := t.openRun(a.To.User); begun {
		v.Title = p.Title + " · begun, and not finished"
		add(bot.Say(fmt.Sprintf("%d of %d are answered.", len(run.Answers), len(p.Questions))))
		return
	}
	if ask.last.IsZero() {
		add(bot.Say("It has not been done here yet."))
	}
	if n > 0 {
		add(t.firstQuestion(p, ask.questions[0], n)...)
	}
	if n > 0 && ask.last.IsZero() { // the check begins here, where nobody has read it yet
		add(bot.Small("Shown only to you here; " + t.lib.Host() + " could read it."))
	}
}

// firstQuestion is answered on the card itself.
func (t *turn) firstQuestion(p content.Pack, id string, of int) []bot.Block {
	q := t.lib.Questions[id]
	blocks := []bot.Block{bot.Head(fmt.Sprintf("1 of %d: %s", of, q.Ask)), bot.Say(q.YesMeans)}
	var buttons []bot.Button
	for _, o := range q.Offers(p.StaysFresh(id)) {
		buttons = append(buttons, bot.Press(o.Label, bot.Do("assess", "first", p.ID, id, o.Code)))
	}
	return append(blocks, bot.Rows(buttons...)...)
}
