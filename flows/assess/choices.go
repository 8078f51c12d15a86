package assess

import (
	"fmt"
	"strings"
	"time"

	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/score"
)

// choice is one way to answer.
type choice struct {
	code     string // in the button
	label    string
	value    string // that is stored; of a date: "" for a day so many days ago
	days     int
	evidence bool
}

// choicesOf are the answers that a question offers.
func choicesOf(q content.Question, staleness int) []choice {
	var offered []choice
	switch q.Kind {
	case content.Date:
		offered = dates(staleness)
	case content.Choice:
		for _, o := range q.Choices {
			offered = append(offered, choice{code: o.ID, label: o.Label, value: o.ID})
		}
	default:
		offered = []choice{
			{code: "seen", label: "Yes, I've seen it", value: score.Yes, evidence: true},
			{code: "yes", label: "Yes, I believe so", value: score.Yes},
			{code: "partly", label: "Partly", value: score.Partly},
			{code: "no", label: "No", value: score.No},
		}
	}
	if q.NotApplicable != "" {
		offered = append(offered, choice{code: "none", label: q.NotApplicable, value: score.NotApply})
	}
	return append(offered, choice{code: "dont-know", label: "Don't know", value: score.DontKnow})
}

// dates are the answers to "when last". Each stands for a day in the middle
// of its span, on the right side of the limits where the credit changes.
func dates(staleness int) []choice {
	months := max((staleness+15)/30, 1)
	return []choice{
		{code: "seen", label: "Within " + span(months) + ", I've seen it", days: staleness / 2, evidence: true},
		{code: "yes", label: "Within " + span(months) + ", I believe", days: staleness / 2},
		{code: "partly", label: "Up to " + span(2*months) + " ago", days: staleness * 3 / 2},
		{code: "no", label: "Longer ago, or never", value: score.Never},
	}
}

// on is the value of a choice that is made at a time.
func (c choice) on(now time.Time) string {
	if c.value != "" {
		return c.value
	}
	return now.AddDate(0, 0, -c.days).Format(score.DayFormat)
}

// span is a number of months as people say it.
func span(months int) string {
	switch {
	case months == 1:
		return "a month"
	case months == 12:
		return "a year"
	case months%12 == 0:
		return fmt.Sprintf("%d years", months/12)
	}
	return fmt.Sprintf("%d months", months)
}

// inWords is an answer as it was chosen.
func inWords(q content.Question, a company.Answer) string {
	for _, o := range q.Choices {
		if o.ID == a.Value {
			return o.Label
		}
	}
	switch a.Value {
	case "":
		return "no answer"
	case score.Yes:
		if a.Evidence {
			return "Yes, I've seen it"
		}
		return "Yes, I believe so"
	case score.Partly:
		return "Partly"
	case score.No:
		return "No"
	case score.DontKnow:
		return "Don't know"
	case score.NotApply:
		return "Does not apply"
	case score.Never:
		return "Longer ago, or never"
	}
	day, err := time.Parse(score.DayFormat, a.Value)
	if err != nil {
		return strings.ReplaceAll(a.Value, "-", " ")
	}
	if a.Evidence {
		return "About " + day.Format("Jan 2006") + ", I've seen it"
	}
	return "About " + day.Format("Jan 2006")
}
