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
func (a assess) outcome(d *bot.Docs, s sheet) score.Result {
	pack, answers := a.lib.Scored(s.pack), s.run.Scored()
	r := score.Evaluate(pack, answers, s.run.Finished)
	var stillOpen []string
	if old, found := a.runBefore(d, s); found {
		stillOpen = score.StillOpen(pack, old.Scored(), old.Finished, answers, s.run.Finished)
	}
	check, known := a.lib.Pack(content.ProviderCheck)
	said := answers
	if s.pack.ID != content.ProviderCheck {
		bank, _ := company.Banks.Get(d, company.BankID)
		said = company.Run{Answers: bank.Answers}.Scored()
	}
	return score.HandOver(r, known && score.WithoutExpertise(a.lib.Scored(check), said, s.run.Finished), stillOpen)
}

// result is the card of a finished run.
func (a assess) result(d *bot.Docs, s sheet) bot.View {
	r := a.outcome(d, s)
	if r.Weight == 0 {
		return bot.View{Title: s.pack.Title + " has other questions now", Blocks: []bot.Block{
			bot.Say("None of those you answered is asked any more, so there is nothing to score."),
			bot.Row(bot.Press("Start again", s.act("restart"))),
		}}
	}
	v, compared := a.scored(d, s, r)
	if again := a.again(d, s); again != "" {
		v.Blocks = append(v.Blocks, bot.Small(again))
	}
	v.Blocks = append(v.Blocks, bot.Row(a.buttons(d, s, r, compared)...))
	return v
}

// scored is what a result says, without its buttons. Compared: there is an
// earlier one to hold it against.
func (a assess) scored(d *bot.Docs, s sheet, r score.Result) (v bot.View, compared bool) {
	v = bot.View{Title: fmt.Sprintf("%s · %d of 100, %s%s", s.pack.Title, r.Shown, r.Band, upTo(r))}
	add := func(b ...bot.Block) { v.Blocks = append(v.Blocks, b...) }
	add(bot.Say(a.restsOn(s, r)))
	if r.Shown < r.Raw {
		add(bot.Say(a.capReason(r)))
	}
	then, found := a.compare(d, s)
	if found {
		add(bot.Say(then.line()))
	}
	if n := r.Of - r.Answered; n > 0 {
		add(bot.Small(fmt.Sprintf("Questions that came in since and are not counted: %d. Start again to answer them.", n)))
	}
	if waits := a.waitsFor(s); waits != "" {
		add(bot.Small(waits + " The score changes by itself when the answer is in."))
	}
	if len(r.Gaps) > 0 {
		add(bot.Head("Do first"), bot.Block{List: &bot.List{Numbered: true, Items: a.actions(r.Gaps[:min(3, len(r.Gaps))])}})
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
	for _, text := range a.advice(s, r) {
		add(bot.Say(text))
	}
	return v, found && then.Comparable
}

// capReason names everything that holds the score down.
func (a assess) capReason(r score.Result) string {
	var open []string
	for _, id := range r.CappedBy {
		open = append(open, a.lib.Questions[id].Fix.Title)
	}
	return fmt.Sprintf("It cannot be more than %d while this is open: %s.", r.Cap, strings.Join(open, "; "))
}

func (a assess) buttons(d *bot.Docs, s sheet, r score.Result, compared bool) []bot.Button {
	buttons := append(a.helpsMost(d, s, len(r.Gaps) > 0),
		bot.Press("Who fixes what", s.see("lists")),
		bot.Press("Ask the IT provider", bot.Do("interview", "start")),
		bot.Behind("The right approach for us", s.see("approach")))
	if len(r.Unknown) > 0 {
		buttons = append(buttons, bot.Behind("What we don't know", s.see("unknown")))
	}
	if compared {
		buttons = append(buttons, bot.Behind("What changed", s.see("trend")))
	}
	buttons = append(buttons, bot.Behind("Share a summary", s.see("share-ask")), bot.Behind("Let somebody read it", s.act("reader-ask")))
	if len(s.run.Readers) > 0 {
		buttons = append(buttons, bot.Behind("Who reads this", s.act("readers")))
	}
	if slices.ContainsFunc(s.pack.Questions, func(q content.PackQuestion) bool {
		voices := s.run.Voices[q.ID]
		return len(voices) > 0 && differ(voices)
	}) {
		buttons = append(buttons, bot.Behind("Where you differed", s.see("differed")))
	}
	if a.again(d, s) != "" {
		buttons = append(buttons, bot.Behind("Change the reminder", bot.Do("remind", "offer", s.pack.ID)))
	}
	return append(buttons,
		bot.Behind("Compare with IT", bot.Do("sides", "start", s.pack.ID)),
		bot.Behind("What was not looked at", s.see("not-asked")),
		bot.Behind("Change an answer", s.see("change")),
		bot.Behind("Your company", bot.Do("assess", "company")),
		bot.Behind("Start again", s.act("restart")))
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
func (a assess) restsOn(s sheet, r score.Result) string {
	rests := rests(s.profile)
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
func (a assess) actions(gaps []score.Gap) []string {
	var items []string
	for _, g := range gaps {
		q := a.lib.Questions[g.ID]
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
