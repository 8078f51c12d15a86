package assess

import (
	"fmt"
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
	"secadvisor/flows/report"
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

// capReason names everything that holds the score down.
func (t *turn) capReason(r score.Result) string {
	var open []string
	for _, id := range r.CappedBy {
		open = append(open, t.lib.Questions[id].Fix.Title)
	}
	return fmt.Sprintf("It cannot be more than %d while this is open: %s.", r.Cap, strings.Join(open, "; "))
}

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

// upTo tells the upper bound, where something is not known.
func upTo(r score.Result) string {
	switch n := len(r.Unknown); {
	case n == 0 || r.Possible == r.Shown:
		return ""
	case n == 1:
		return fmt.Sprintf(" (could be up to %d: one answer you didn't know)", r.Possible)
	default:
		return fmt.Sprintf(" (could be up to %d: %d answers you didn't know)", r.Possible, n)
	}
}

// restsOn says on whom security rests, and whose gaps these are.
func (t *turn) restsOn(r score.Result) string {
	rests := rests(t.profile)
	security, both := count(r, content.Security), count(r, content.Both)
	switch {
	case len(r.Gaps) == 0:
		return rests + "."
	case security > 0:
		return fmt.Sprintf("%s; %s another trade: security expertise.", rests, need(security))
	case both > 0:
		return fmt.Sprintf("%s; %s IT and security together.", rests, need(both))
	}
	return rests + "; what is open, IT support can do."
}

func need(n int) string {
	if n == 1 {
		return "one of these gaps needs"
	}
	return fmt.Sprintf("%d of these gaps need", n)
}

func count(r score.Result, side content.Side) int {
	n := 0
	for _, g := range r.Gaps {
		if g.FixedBy == string(side) {
			n++
		}
	}
	return n
}

// actions are gaps as things to do, with who does them and how long it
// takes.
func (t *turn) actions(gaps []score.Gap) []string {
	var items []string
	for _, g := range gaps {
		q := t.lib.Questions[g.ID]
		title := prose.Sentence(q.Fix.Title)
		if g.State == score.Unknown {
			title = "Find out: " + q.Fix.Title
		}
		item := title + " · " + content.Side(g.FixedBy).Word() + " · " + effort(g.Effort)
		if q.ManagementDecides {
			item += " · you decide"
		}
		items = append(items, item)
	}
	return items
}

func effort(n int) string {
	return map[int]string{1: "a setting or a talk", 2: "some days", 3: "a project or a purchase"}[n]
}

// share says how the open risk is split among the trades.
func share(r score.Result) string {
	return fmt.Sprintf("Open risk: IT support %d · both %d · security %d", r.Risk[string(content.IT)], r.Risk[string(content.Both)], r.Risk[string(content.Security)]) + report.OfSecurity(r)
}

// domains are the six parts of security, in the order in which they are
// shown.
var domains = []content.Domain{content.Accounts, content.Devices, content.Data, content.People, content.DetectRespond, content.Govern}

// bars are the domains that a pack looks at; notLooked names the others.
func bars(r score.Result) (bars []bot.Bar, notLooked string) {
	var others []string
	for _, d := range domains {
		i := slices.IndexFunc(r.Domains, func(x score.Domain) bool { return x.ID == string(d) })
		if i < 0 {
			others = append(others, d.Word())
			continue
		}
		shown := r.Domains[i].Shown
		bars = append(bars, bot.Bar{Label: d.Word(), Value: shown, Text: fmt.Sprintf("%d, %s", shown, score.BandOf(shown))})
	}
	if len(others) > 0 {
		notLooked = "This pack does not look at: " + strings.Join(others, ", ") + "."
	}
	return bars, notLooked
}
