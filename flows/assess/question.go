package assess

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/score"
)

// view is the card as it should be now: a tap about the company, a
// question, or the result.
func (a assess) view(d *bot.Docs, s sheet) bot.View {
	switch {
	case s.profile.Size == "":
		return a.askSize(s)
	case s.profile.SecurityBy == "":
		return a.askSecurityBy(s)
	case s.run.Current == "":
		return a.result(d, s)
	}
	return a.question(s, s.run.Current)
}

// firstOpen is the first question without an answer, after one or from the
// beginning; empty: all are answered.
func (a assess) firstOpen(s sheet, after string) string {
	from := 0
	if i := place(s, after); i >= 0 {
		from = i + 1
	}
	order := slices.Concat(s.pack.Questions[from:], s.pack.Questions[:from])
	for _, q := range order {
		if _, answered := s.run.Answers[q.ID]; !answered {
			return q.ID
		}
	}
	return ""
}

// place is the position of a question in the pack; -1 if it is not there.
func place(s sheet, id string) int {
	return slices.IndexFunc(s.pack.Questions, func(q content.PackQuestion) bool { return q.ID == id })
}

// progressOf says how far a run is.
func progressOf(s sheet) string {
	return fmt.Sprintf("%d of %d answered", answered(s), len(s.pack.Questions))
}

func answered(s sheet) int {
	n := 0
	for _, q := range s.pack.Questions {
		if _, ok := s.run.Answers[q.ID]; ok {
			n++
		}
	}
	return n
}

func (a assess) question(s sheet, id string) bot.View {
	q := a.lib.Questions[id]
	n, of := place(s, id)+1, len(s.pack.Questions)
	v := bot.View{
		Title: fmt.Sprintf("%s · %d of %d", s.pack.Title, n, of),
		Gist:  fmt.Sprintf("%s, question %d of %d: %s", s.pack.Title, n, of, q.Ask),
		Blocks: []bot.Block{
			{Progress: &bot.Progress{Done: n, Of: of}},
			bot.Head(q.Ask),
			bot.Say(q.YesMeans),
		},
	}
	if was, ok := s.run.Answers[id]; ok {
		v.Blocks = append(v.Blocks, bot.Small("Your answer so far: "+inWords(q, was)))
	}
	if note := s.run.Notes[id]; note != "" {
		v.Blocks = append(v.Blocks, bot.Small("Your note: "+note))
	}
	v.Blocks = append(v.Blocks, bot.Row(a.choices(s, q)...), bot.Row(
		bot.Behind("Why this matters", s.see("why", id)),
		bot.Behind("Add a note", s.act("note", id)),
		bot.Behind("Back", s.act("back")),
		bot.Behind("Later", s.act("later")),
	))
	if answered(s) == 0 {
		v.Blocks = append(v.Blocks, bot.Small(a.readers()))
	}
	return v
}

func (a assess) readers() string {
	return "Shown only to you here; " + a.lib.Host() + " could read it. Never type passwords or codes."
}

// choice is one way to answer.
type choice struct {
	code     string
	label    string
	evidence bool
	months   int    // of a date: how long ago it is taken to be
	value    string // of all others
}

// choicesOf are the answers that a question offers.
func choicesOf(q content.Question, staleness int) []choice {
	if q.Kind != content.Date {
		return []choice{
			{code: "seen", label: "Yes, I've seen it", value: score.Yes, evidence: true},
			{code: "yes", label: "Yes, I believe so", value: score.Yes},
			{code: "partly", label: "Partly", value: score.Partly},
			{code: "no", label: "No", value: score.No},
			{code: "dont-know", label: "Don't know", value: score.DontKnow},
		}
	}
	months := (staleness + 15) / 30
	return []choice{
		{code: "seen", label: "Within " + span(months) + ", I've seen it", months: months / 2, evidence: true},
		{code: "yes", label: "Within " + span(months) + ", I believe", months: months / 2},
		{code: "partly", label: "Up to " + span(2*months) + " ago", months: months * 3 / 2},
		{code: "no", label: "Longer ago, or never", value: score.Never},
		{code: "dont-know", label: "Don't know", value: score.DontKnow},
	}
}

// span is a number of months as people say it.
func span(months int) string {
	switch {
	case months == 12:
		return "a year"
	case months%12 == 0:
		return fmt.Sprintf("%d years", months/12)
	}
	return fmt.Sprintf("%d months", months)
}

func (a assess) choices(s sheet, q content.Question) []bot.Button {
	var buttons []bot.Button
	for _, c := range choicesOf(q, staleness(s, q.ID)) {
		buttons = append(buttons, bot.Press(c.label, s.act("answer", q.ID, c.code)))
	}
	return buttons
}

func staleness(s sheet, id string) int {
	if i := place(s, id); i >= 0 {
		return s.pack.Questions[i].StalenessDays
	}
	return 365
}

// answer records what somebody says to the question on the card.
func (a assess) answer(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	id, code := e.Action.Arg(2), e.Action.Arg(3)
	q, known := a.lib.Questions[id]
	offered := choicesOf(q, staleness(s, id))
	i := slices.IndexFunc(offered, func(c choice) bool { return c.code == code })
	if late(e, s) || !known || i < 0 || s.run.Current != id {
		return a.tooLate(s)
	}
	c := offered[i]
	value := c.value
	if c.months > 0 {
		value = e.Now.AddDate(0, -c.months, 0).Format(score.DayFormat)
	}
	said := company.Answer{Value: value, Evidence: c.evidence, Note: s.run.Notes[id], By: e.From.ID, At: e.Now.UTC().Truncate(time.Second), Revision: q.Revision}
	if s.run.Answers == nil {
		s.run.Answers = map[string]company.Answer{}
	}
	s.run.Answers[id] = said
	company.Banks.Put(d, company.BankID, a.banked(d, id, said))
	s.run.Current = a.firstOpen(s, id)
	return a.next(d, e, s)
}

// banked is the bank of answers with one more.
func (a assess) banked(d *bot.Docs, id string, said company.Answer) company.Bank {
	bank, _ := company.Banks.Get(d, company.BankID)
	if bank.Answers == nil {
		bank.Answers = map[string]company.Answer{}
	}
	bank.Answers[id] = said
	return bank
}

// next shows what comes after a change: a question, or the result.
func (a assess) next(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	var effects []bot.Effect
	if s.run.Current == "" && s.run.Finished.IsZero() && s.profile.SecurityBy != "" {
		s.run.Finished = e.Now
		index, _ := company.Indexes.Get(d, company.IndexID)
		index.Finish(s.run.Owner, s.pack.ID, s.id)
		company.Indexes.Put(d, company.IndexID, index)
		effects = append(effects, bot.Audit{Verb: "finished", Object: "assessment " + s.pack.ID})
	}
	s.keep(d, e)
	return append(effects, card(s, a.view(d, s)))
}

// back shows the question before, to be answered anew.
func (a assess) back(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	i := place(s, s.run.Current)
	if late(e, s) {
		return a.tooLate(s)
	}
	if i <= 0 {
		// Before the first question stand the two about the company.
		s.profile = company.Profile{}
		company.Profiles.Put(d, company.ProfileID, s.profile)
	} else {
		s.run.Current = s.pack.Questions[i-1].ID
	}
	s.keep(d, e)
	return []bot.Effect{card(s, a.view(d, s))}
}

// edit takes a finished run up again at one question.
func (a assess) edit(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	id := e.Action.Arg(2)
	if late(e, s) || place(s, id) < 0 {
		return a.tooLate(s)
	}
	s.run.Current = id
	s.keep(d, e)
	return []bot.Effect{card(s, a.view(d, s))}
}

// why tells why a question matters, and how to find out.
func (a assess) why(id string) []bot.Effect {
	q, ok := a.lib.Questions[id]
	if !ok {
		return say("That question is not asked any more", "The card shows the one that is next.")
	}
	return []bot.Effect{bot.Answer{View: bot.View{
		Title: "Why this matters",
		Blocks: []bot.Block{
			bot.Say(q.Why),
			{Fields: &bot.Fields{Items: []bot.Field{
				{Name: "How to find out", Value: q.FindOut},
				{Name: "Whom to ask", Value: q.AskWhom},
				{Name: "Who would fix a gap", Value: q.FixedBy.Word()},
			}}},
		},
	}}}
}

// inWords is an answer as it was chosen.
func inWords(q content.Question, a company.Answer) string {
	switch a.Value {
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
	case score.Never:
		return "Longer ago, or never"
	}
	day, err := time.Parse(score.DayFormat, a.Value)
	if err != nil {
		return strings.ReplaceAll(a.Value, "-", " ")
	}
	if a.Evidence {
		return "About " + day.Format("January 2006") + ", I've seen it"
	}
	return "About " + day.Format("January 2006")
}
