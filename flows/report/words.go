package report

import (
	"fmt"
	"strings"

	"secadvisor/flows/content"
	"secadvisor/flows/score"
)

// Sentences that more than one printer says.

// Headline is the result in one line.
func (r Report) Headline() string {
	switch n := r.Result; {
	case !n.Complete && n.Answered == n.Of:
		return "No score: none of the questions applies"
	case !n.Complete:
		return fmt.Sprintf("No score yet: %d of %d questions are answered", n.Answered, n.Of)
	}
	return fmt.Sprintf("%d of 100, %s%s", r.Result.Shown, r.Result.Band, r.upTo())
}

// upTo tells the range, where something is not known.
func (r Report) upTo() string {
	switch n := len(r.Unknown); {
	case n == 0 || r.Result.Possible == r.Result.Shown:
		return ""
	case n == 1:
		return fmt.Sprintf(" (could be up to %d: one answer is not known)", r.Result.Possible)
	default:
		return fmt.Sprintf(" (could be up to %d: %d answers are not known)", r.Result.Possible, n)
	}
}

// Capped says what holds the score down; empty: nothing does.
func (r Report) Capped() string {
	if !r.Result.Complete || len(r.Result.CappedBy) == 0 {
		return ""
	}
	var open []string
	for _, id := range r.Result.CappedBy {
		for _, a := range r.Actions {
			if a.ID == id {
				open = append(open, a.Title)
			}
		}
	}
	return fmt.Sprintf("The answers alone would come to %d. It cannot be more than %d while this is open: %s.", r.Result.Raw, r.Result.Cap, strings.Join(open, "; "))
}

// Confidence is how sure the score is.
func (r Report) Confidence() string {
	return fmt.Sprintf("%s, %d of 100", score.ConfidenceOf(r.Result.Sure), r.Result.Sure)
}

// Share says how the open risk is split among the trades.
func (r Report) Share() string {
	risk := r.Result.Risk
	return fmt.Sprintf("Open risk: IT support %d, both together %d, security expertise %d", risk[string(content.IT)], risk[string(content.Both)], risk[string(content.Security)]) + OfSecurity(r.Result)
}

// OfSecurity ends a sentence about the open risk: how much of it needs
// security expertise.
func OfSecurity(r score.Result) string {
	all := 0
	for _, n := range r.Risk {
		all += n
	}
	switch security := r.Risk[string(content.Security)]; {
	case security == 0:
		return "."
	case 2*security == all:
		return ": half of it needs security expertise."
	case 2*security > all:
		return ": most of it needs security expertise."
	}
	return ": part of it needs security expertise."
}

// What stands on the first page of whatever is handed over.
const (
	sensitive = "This report lists weaknesses of the company. Share it deliberately, with people who need it."
	noAudit   = "It is a self-assessment: it rests on the company's own answers. It is no audit, no certificate and no insurance application."
)
