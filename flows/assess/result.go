package assess

import (
	"fmt"
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/score"
)

// outcome is what a finished run came to, on the day it was finished. What IT
// support cannot close with the expertise it has is counted for security.
func (t *turn) outcome() score.Result {
	pack, answers := t.lib.Scored(t.pack), t.run.Scored()
	r := score.Evaluate(pack, answers, t.run.Finished)
	var stillOpen []string
	if old, found := t.runBefore(); found {
		stillOpen = score.StillOpen(pack, old.Scored(), old.Finished, answers, t.run.Finished)
	}
	check, known := t.lib.Pack(content.ProviderCheck)
	said := answers
	if t.pack.ID != content.ProviderCheck {
		bank, _ := company.Banks.Get(t.d, company.BankID)
		said = company.Run{Answers: bank.Answers}.Scored()
	}
	return score.HandOver(r, known && score.WithoutExpertise(t.lib.Scored(check), said, t.run.Finished), stillOpen)
}

// result is the card of a finished run.
func (t *turn) result() bot.View {
	r := t.outcome()
	if r.Weight == 0 {
		return bot.View{Title: t.pack.Title + " has other questions now", Blocks: []bot.Block{
			bot.Say("None of those you answered is asked any more, so there is nothing to score."),
			bot.Row(bot.Press("Start again", t.act("restart"))),
		}}
	}
	v, compared := t.scored(r)
	if again := t.again(); again != "" {
		v.Blocks = append(v.Blocks, bot.Small(again))
	}
	v.Blocks = append(v.Blocks, bot.Row(t.buttons(r, compared)...))
	return v
}

// scored is what a result says, without its buttons. Compared: there is an
// earlier one to hold it against.
func (t *turn) scored(r score.Result) (v bot.View, compared bool) {
	v = bot.View{Title: fmt.Sprintf("%s · %d of 100, %s%s", t.pack.Title, r.Shown, r.Band, upTo(r))}
	add := func(b ...bot.Block) { v.Blocks = append(v.Blocks, b...) }
	add(bot.Say(t.restsOn(r)))
	if r.Shown < r.Raw {
		add(bot.Say(t.capReason(r)))
	}
	then, found := t.compare()
	if found {
		add(bot.Say(then.line()))
	}
	if n := r.Of - r.Answered; n > 0 {
		add(bot.Small(fmt.Sprintf("Questions that came in since and are not counted: %d. Start again to answer them.", n)))
	}
	if waits := t.waitsFor(); waits != "" {
		add(bot.Small(waits + " The score changes by itself when the answer is in."))
	}
	if len(r.Gaps) > 0 {
		add(bot.Head("Do first"), bot.Block{List: &bot.List{Numbered: true, Items: t.actions(r.Gaps[:min(3, len(r.Gaps))])}})
		add(bot.Say(share(r)))
	} else {
		add(bot.Say("Nothing is open in these questions. Ask them again in three months: things change."))
	}
	bars, notLooked := bars(r)
	add(bot.Block{Bars: &bot.Bars{Items: bars}})
	if notLooked != "" {
		add(bot.Small(notLooked))
	}
	add(bot.Small("How sure this is: " + string(score.ConfidenceOf(r.Sure)) + fmt.Sprintf(" (%d of 100). It rests on your own answers; it is no audit and no certificate.", r.Sure)))
	for _, text := range t.advice(r) {
		add(bot.Say(text))
	}
	return v, found && then.Comparable
}

// buttons are what can be done with a result, what helps most first.
func (t *turn) buttons(r score.Result, compared bool) []bot.Button {
	buttons := append(t.helpsMost(len(r.Gaps) > 0),
		bot.Press("Who fixes what", t.see("lists")),
		bot.Press("Ask the IT provider", bot.Do("interview", "start")),
		bot.Behind("The right approach for us", t.see("approach")))
	if len(r.Unknown) > 0 {
		buttons = append(buttons, bot.Behind("What we don't know", t.see("unknown")))
	}
	if compared {
		buttons = append(buttons, bot.Behind("What changed", t.see("trend")))
	}
	buttons = append(buttons, bot.Behind("Share a summary", t.see("share-ask")), bot.Behind("Let somebody read it", t.act("reader-ask")))
	if len(t.run.Readers) > 0 {
		buttons = append(buttons, bot.Behind("Who reads this", t.act("readers")))
	}
	if slices.ContainsFunc(t.pack.Questions, func(q content.PackQuestion) bool {
		voices := t.run.Voices[q.ID]
		return len(voices) > 0 && differ(voices)
	}) {
		buttons = append(buttons, bot.Behind("Where you differed", t.see("differed")))
	}
	if t.again() != "" {
		buttons = append(buttons, bot.Behind("Change the reminder", bot.Do("remind", "offer", t.pack.ID)))
	}
	return append(buttons,
		bot.Behind("Compare with IT", bot.Do("sides", "start", t.pack.ID)),
		bot.Behind("What was not looked at", t.see("not-asked")),
		bot.Behind("Change an answer", t.see("change")),
		bot.Behind("Your company", bot.Do("assess", "company")),
		bot.Behind("Start again", t.act("restart")))
}
