package report

import (
	"time"

	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
	"secadvisor/flows/score"
)

// Line is one question with what was answered.
type Line struct {
	ID       string
	Ask      string
	Domain   string // its title
	Weight   int
	KnockOut bool
	Answer   company.Answer
	Says     string // the answer in words
	By       string // who answered; empty: not told
	Evidence bool   // seen, or a note tells of it
	Stale    bool   // to be asked again
	State    score.State
	Credit   int
}

func lines(in Input, pack score.Pack) []Line {
	var all []Line
	for _, pq := range pack.Questions {
		q, a := in.Lib.Questions[pq.ID], in.Answers[pq.ID]
		plain := scored(in.Answers)[pq.ID]
		state, credit := score.Credit(pq, plain, pack.Strict, in.At)
		all = append(all, Line{
			ID: pq.ID, Ask: q.Ask, Domain: q.Domain.Word(), Weight: pq.Weight, KnockOut: pq.KnockOut,
			Answer: a, Says: inWords(q, a), By: in.Who[a.By], Evidence: plain.Evidence,
			Stale: a.Value != "" && score.Stale(pq, plain, in.At), State: state, Credit: credit,
		})
	}
	return all
}

// inWords is an answer as a person would say it.
func inWords(q content.Question, a company.Answer) string {
	for _, o := range q.Choices {
		if o.ID == a.Value {
			return o.Label
		}
	}
	switch a.Value {
	case "":
		return "not answered"
	case score.Yes:
		return "yes"
	case score.Partly:
		return "partly"
	case score.No:
		return "no"
	case score.DontKnow:
		return "don't know"
	case score.NotApply:
		return "does not apply"
	case score.Never:
		return "never, or too long ago"
	}
	if day, err := time.Parse(score.DayFormat, a.Value); err == nil {
		return "on " + prose.Day(day)
	}
	return a.Value
}

// Sure is how far a line can be relied on, in words.
func (l Line) Sure() string {
	switch {
	case l.State == score.Missing || l.State == score.Irrelevant || l.State == score.Unknown:
		return ""
	case l.Stale:
		return "answered long ago"
	case l.Evidence:
		return "seen"
	case l.State == score.None:
		return ""
	}
	return "believed"
}
