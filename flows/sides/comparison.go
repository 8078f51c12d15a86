package sides

import (
	"fmt"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// comparisonCard is what one of the two reads when both are done.
func (t *turn) comparisonCard(at seat) bot.Show {
	v := t.comparison(at)
	v.Fresh = t.see("fresh", "compared")
	return bot.Show{Key: comparedKey + t.id + "/" + t.c.Round, To: bot.To(t.side(at).User), View: v}
}

// mostApart is how many differences stand apart, with buttons: a card holds
// only so much. The owner's others move up as these are settled.
const mostApart = 6

// comparison shows the differences, what neither knows, and what to do next.
func (t *turn) comparison(at seat) bot.View {
	h := t.hold()
	v := bot.View{Title: t.heading(at, h)}
	add := func(b ...bot.Block) { v.Blocks = append(v.Blocks, b...) }
	add(bot.Say(t.meaning(h)))
	add(t.differences(at, h)...)
	if len(h.unknown) > 0 {
		add(bot.Head("Neither of you knows yet"), bot.Points(t.toFindOut(h.unknown)...))
	}
	if h.left > 0 {
		add(bot.Small(fmt.Sprintf("Not compared, because the question changed in between: %d.", h.left)))
	}
	if next := t.nextSteps(at, h); len(next) > 0 {
		add(bot.Head("What to do now"), bot.Steps(next...))
	}
	if at == ownerSeat && len(h.differ)+len(h.same) > 0 {
		add(bot.Row(bot.Behind("A check with these answers", bot.Do("assess", "start", t.pack.ID))))
	}
	add(bot.Small("Only you and " + t.name(at.other()) + " see this. It compares what two people say; it is no audit and no certificate."))
	return v
}

func (t *turn) heading(at seat, h held) string {
	other, of := t.name(at.other()), len(h.differ)+len(h.same)+len(h.unknown)
	switch {
	case of == 0:
		return t.title() + ": there is nothing to compare any more"
	case len(h.differ) == 1:
		return fmt.Sprintf("%s: you and %s see 1 of %d differently", t.title(), other, of)
	case len(h.differ) > 1:
		return fmt.Sprintf("%s: you and %s see %d of %d differently", t.title(), other, len(h.differ), of)
	case len(h.unknown) > 0:
		return fmt.Sprintf("%s: you and %s differ nowhere", t.title(), other)
	}
	return fmt.Sprintf("%s: you and %s see all %d the same way", t.title(), other, of)
}

// meaning says what it means, in two or three sentences.
func (t *turn) meaning(h held) string {
	switch {
	case len(h.differ)+len(h.same)+len(h.unknown) == 0:
		return "All of these questions have changed since the two of you answered. An owner can start again with " + t.command() + "."
	case len(h.differ) > 0:
		return "You look at the company from two places, so this is normal, and worth more than any score. Nobody is wrong by it." + t.sameWay(h)
	case len(h.same) == 0:
		return "Neither of you has an answer yet. To know that is the first step."
	}
	text := "Two people who look from different places say the same, so you can rely on it more than on one view alone."
	switch {
	case h.open == 1:
		text += " It does not mean that all is well: one of them is still open, as you both see it."
	case h.open > 1:
		text += fmt.Sprintf(" It does not mean that all is well: %d of them are still open, as you both see it.", h.open)
	}
	return text
}

func (t *turn) sameWay(h held) string {
	if len(h.same) == 0 {
		return ""
	}
	return fmt.Sprintf(" What you see the same way: %d; that counts as answered for your next check.", len(h.same))
}

// differences are the questions on which the two differ. The owner notes, one
// by one, whose answer counts; what is noted comes last.
func (t *turn) differences(at seat, h held) []bot.Block {
	var blocks []bot.Block
	var more, noted []string
	var again []bot.Button
	shown := 0
	for _, id := range h.differ {
		q := t.lib.Questions[id]
		choice, settled := t.c.Settled[id]
		switch {
		case settled && at == ownerSeat:
			noted = append(noted, q.Ask+" Noted: "+t.noted(choice)+".")
			again = append(again, t.instead(q, choice))
		case shown == mostApart:
			more = append(more, q.Ask+" "+t.said(at, q))
		default:
			shown++
			blocks = append(blocks, bot.Head(q.Ask), bot.Say(t.said(at, q)))
			if at == ownerSeat {
				blocks = append(blocks, bot.Row(bot.Press("Take their answer", t.act(at, "take", id)), bot.Press("Keep mine", t.act(at, "keep", id))))
			}
		}
	}
	if len(more) > 0 {
		blocks = append(blocks, bot.Head("And these"), bot.Points(more...))
	}
	if len(noted) > 0 {
		blocks = append(blocks, bot.Head("Settled"), bot.Points(noted...), bot.Pick("Change one of them:", again...))
	}
	return blocks
}

// instead notes the other answer of a difference that is settled.
func (t *turn) instead(q content.Question, was company.Choice) bot.Button {
	if was == company.Mine {
		return bot.Press(prose.Label("Take theirs instead: "+q.Fix.Title), t.act(ownerSeat, "take", q.ID))
	}
	return bot.Press(prose.Label("Keep mine instead: "+q.Fix.Title), t.act(ownerSeat, "keep", q.ID))
}

func (t *turn) noted(c company.Choice) string {
	if c == company.Mine {
		return "your answer"
	}
	return "what " + t.name(itSeat) + " says"
}

// toFindOut are questions with the way to an answer.
func (t *turn) toFindOut(ids []string) []string {
	var lines []string
	for _, id := range ids {
		q := t.lib.Questions[id]
		lines = append(lines, q.Ask+" "+q.FindOut)
	}
	return lines
}

// nextSteps is what the reader does now.
func (t *turn) nextSteps(at seat, h held) []string {
	var steps []string
	other := t.name(at.other())
	open := len(h.differ)
	if at == ownerSeat {
		open -= len(t.c.Settled)
	}
	switch {
	case open == 1:
		steps = append(steps, "Talk about this one with "+other+", a quarter of an hour. Let each show what they have seen, and ask before you explain.")
	case open > 1:
		steps = append(steps, fmt.Sprintf("Talk about these %d with %s, half an hour. Let each show what they have seen, and ask before you explain.", open, other))
	}
	switch {
	case open > 0 && at == ownerSeat:
		steps = append(steps, "After each one press whose answer counts from now on. It is kept with name and day, and your next check offers it.")
	case open > 0:
		steps = append(steps, prose.Sentence(other)+" then notes which answer counts from now on.")
	case len(h.differ) > 0:
		steps = append(steps, "You have settled every difference. Thank "+other+": it is not easy to be compared.")
	}
	if len(h.differ) == 0 && h.open > 0 {
		steps = append(steps, "Agree with "+other+" who mends what is open, and by when.")
	}
	if len(h.differ) == 0 && h.unseen > 0 {
		steps = append(steps, fmt.Sprintf("Look together at one thing that you both believe and neither has seen (so far: %d).", h.unseen))
	}
	if len(h.unknown) > 0 {
		steps = append(steps, "Share out what neither of you knows: who finds out what, and by when.")
	}
	return steps
}
