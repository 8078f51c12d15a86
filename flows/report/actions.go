package report

import (
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
	"secadvisor/flows/score"
)

// Action is a gap as something to do.
type Action struct {
	ID       string
	Title    string // begins small: it stands in the middle of sentences
	State    score.State
	Priority int
	Risk     int
	Effort   int
	FixedBy  content.Side
	Handed   score.Handed // why it is security's now
	KnockOut bool
	Decide   bool // the owner decides first
	Why      string
	Steps    []Step
}

// Step is one thing to do.
type Step struct {
	By   string // who does it, in words; empty: whoever fixes the gap
	Text string
}

func actions(lib *content.Library, gaps []score.Gap) []Action {
	var all []Action
	for _, g := range gaps {
		q := lib.Questions[g.ID]
		all = append(all, Action{
			ID: g.ID, Title: q.Fix.Title, State: g.State, Priority: g.Priority, Risk: g.Risk, Effort: g.Effort,
			FixedBy: content.Side(g.FixedBy), Handed: g.Handed, KnockOut: g.KnockOut, Decide: q.ManagementDecides,
			Why: q.Why, Steps: steps(q, g.State),
		})
	}
	return all
}

// steps close a gap. What is not known is looked into first.
func steps(q content.Question, state score.State) []Step {
	if state == score.Unknown {
		return []Step{{Text: q.FindOut}, {Text: "Ask " + q.AskWhom + "."}}
	}
	var all []Step
	for _, s := range q.Fix.Steps {
		all = append(all, Step{By: s.By.Word(), Text: s.Do})
	}
	return all
}

// Says is the action as a line that begins with a capital.
func (a Action) Says() string {
	if a.State == score.Unknown {
		return "Find out: " + a.Title
	}
	return prose.Sentence(a.Title)
}

// Takes is how much work it is.
func (a Action) Takes() string {
	switch {
	case a.State == score.Unknown:
		return "a question"
	case a.Effort == 1:
		return "a setting or a talk"
	case a.Effort == 2:
		return "some days"
	}
	return "a project or a purchase"
}

// Because says why a shared gap is security's now; empty: it is not.
func (a Action) Because() string {
	switch a.Handed {
	case score.NoExpertise:
		return "This would be for IT support and security together. It is for security expertise because your IT provider has neither security certificates nor a person for security."
	case score.OpenTwice:
		return "This would be for IT support and security together. It is for security expertise because it was open last time too."
	}
	return ""
}
