package web

import "secadvisor/bot"

// formLines are an open form as the page draws it.
type formLines struct {
	ID, Title, Intro, Submit string
	Rev                      int
	Refused                  bool
	Fields                   []fieldLine
}

type fieldLine struct {
	bot.Input
	Name    string
	Why     string
	Choices []choiceLine
	Radio   bool // few enough to see them all
	Long    bool
	Most    int
}

type choiceLine struct {
	Value, Label string
	Chosen       bool
}

// fewChoices is how many choices stand side by side.
const fewChoices = 5

func (f *form) lines() *formLines {
	l := &formLines{ID: f.id, Title: f.Title, Intro: f.Intro, Submit: f.Submit, Rev: f.rev, Refused: len(f.why) > 0}
	if l.Submit == "" {
		l.Submit = "Send"
	}
	for _, in := range f.Fields {
		l.Fields = append(l.Fields, f.line(in))
	}
	return l
}

func (f *form) line(in bot.Input) fieldLine {
	if f.values != nil {
		in.Value = f.values[in.ID]
	}
	l := fieldLine{Input: in, Name: "f." + in.ID, Why: f.why[in.ID], Most: in.Max, Long: in.Lines}
	if l.Most == 0 {
		l.Most = usualMax
	}
	all := choices(in)
	for _, o := range all {
		l.Choices = append(l.Choices, choiceLine{o.Value, o.Label, o.Value == in.Value})
	}
	l.Radio = in.Pick == "" && len(all) > 0 && len(all) <= fewChoices
	return l
}
