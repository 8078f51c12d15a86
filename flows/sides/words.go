package sides

import (
	"time"

	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/score"
)

// said tells what the two say to a question, the reader's own view first.
func (t *turn) said(at seat, q content.Question) string {
	you, _ := inWords(q, t.side(at).Answers[q.ID])
	_, they := inWords(q, t.side(at.other()).Answers[q.ID])
	return "You " + you + "; " + t.name(at.other()) + " " + they + "."
}

// inWords is an answer in the middle of a sentence: what you say, and what
// another says.
func inWords(q content.Question, a company.Answer) (you, they string) {
	switch a.Value {
	case score.Yes:
		if a.Evidence {
			return "say yes, and have seen it", "says yes, and has seen it"
		}
		return "think so", "thinks so"
	case score.Partly:
		return "say partly", "says partly"
	case score.No:
		return "say not yet", "says not yet"
	case score.DontKnow:
		return "don't know", "doesn't know"
	case score.Never:
		return "say longer ago, or never", "says longer ago, or never"
	case score.NotApply:
		return quoted(q.NotApplicable)
	}
	day, err := time.Parse(score.DayFormat, a.Value)
	if err != nil {
		return quoted(q.InWords(a.Value, a.Evidence))
	}
	when := "about " + day.Format("January 2006")
	if a.Evidence {
		return "say " + when + ", and have seen it", "says " + when + ", and has seen it"
	}
	return "say " + when, "says " + when
}

func quoted(text string) (you, they string) {
	return "say \"" + text + "\"", "says \"" + text + "\""
}
