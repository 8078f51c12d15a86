package content

import (
	"fmt"
	"strings"
	"time"

	"secadvisor/flows/score"
)

// Offer is one way to answer a question, as a button has it.
type Offer struct {
	Code     string // in the button
	Label    string
	Evidence bool // somebody has seen it

	value string // that is stored; of a date: "" for a day so many days ago
	days  int
}

// Offers are the answers that a question offers, where it stays fresh for so
// many days.
func (q Question) Offers(staleness int) []Offer {
	var offered []Offer
	switch q.Kind {
	case Date:
		offered = dates(staleness)
	case Choice:
		for _, o := range q.Choices {
			offered = append(offered, Offer{Code: o.ID, Label: o.Label, value: o.ID})
		}
	default:
		offered = []Offer{
			{Code: "seen", Label: "Yes, I've seen it", value: score.Yes, Evidence: true},
			{Code: "yes", Label: "Yes, I believe so", value: score.Yes},
			{Code: "partly", Label: "Partly", value: score.Partly},
			{Code: "no", Label: "No", value: score.No},
		}
	}
	if q.NotApplicable != "" {
		offered = append(offered, Offer{Code: "none", Label: q.NotApplicable, value: score.NotApply})
	}
	return append(offered, Offer{Code: "dont-know", Label: "Don't know", value: score.DontKnow})
}

// Offered is the answer with a code; false: the question does not offer it.
func (q Question) Offered(code string, staleness int) (Offer, bool) {
	for _, o := range q.Offers(staleness) {
		if o.Code == code {
			return o, true
		}
	}
	return Offer{}, false
}

// dates are the answers to "when last". Each stands for a day in the middle
// of its span, on the right side of the limits where the credit changes.
func dates(staleness int) []Offer {
	months := max((staleness+15)/30, 1)
	return []Offer{
		{Code: "seen", Label: "Within " + span(months) + ", I've seen it", days: staleness / 2, Evidence: true},
		{Code: "yes", Label: "Within " + span(months) + ", I believe", days: staleness / 2},
		{Code: "partly", Label: "Up to " + span(2*months) + " ago", days: staleness * 3 / 2},
		{Code: "no", Label: "Longer ago, or never", value: score.Never},
	}
}

// On is the value that is stored where it is chosen at a time.
func (o Offer) On(now time.Time) string {
	if o.value != "" {
		return o.value
	}
	return now.AddDate(0, 0, -o.days).Format(score.DayFormat)
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

// InWords is a stored answer as it was chosen.
func (q Question) InWords(value string, evidence bool) string {
	for _, o := range q.Choices {
		if o.ID == value {
			return o.Label
		}
	}
	switch value {
	case "":
		return "no answer"
	case score.Yes:
		if evidence {
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
	day, err := time.Parse(score.DayFormat, value)
	if err != nil {
		return strings.ReplaceAll(value, "-", " ")
	}
	if evidence {
		return "About " + day.Format("Jan 2006") + ", I've seen it"
	}
	return "About " + day.Format("Jan 2006")
}
