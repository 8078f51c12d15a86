package assess

import (
	"fmt"
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
	"secadvisor/flows/report"
	"secadvisor/flows/score"
)

// What a result comes to, in words and figures.

// capReason names everything that holds the score down.
func (t *turn) capReason(r score.Result) string {
	var open []string
	for _, id := range r.CappedBy {
		open = append(open, t.lib.Questions[id].Fix.Title)
	}
	return fmt.Sprintf("It cannot be more than %d while this is open: %s.", r.Cap, strings.Join(open, "; "))
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
