package assess

import (
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// answer records what somebody says to the question on the card.
func (a assess) answer(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	id, code := e.Action.Arg(2), e.Action.Arg(3)
	q, known := a.lib.Questions[id]
	offered := q.Offers(staleness(s, id))
	i := slices.IndexFunc(offered, func(o content.Offer) bool { return o.Code == code })
	if late(e, s) || !known || i < 0 || s.run.Current != id {
		return a.tooLate(d, s)
	}
	said := company.Answer{
		Value: offered[i].On(e.Now), Evidence: offered[i].Evidence, Note: s.run.Notes[id],
		By: e.From.ID, At: e.Now.UTC().Truncate(time.Second), Revision: q.Revision,
	}
	if s.run.Answers == nil {
		s.run.Answers = map[string]company.Answer{}
	}
	s.run.Answers[id] = said
	s.run.Current = ""
	if s.run.Finished.IsZero() {
		s.run.Current = a.firstOpen(s, id, e.Now)
	}
	return a.next(d, e, s)
}

// next shows what comes after a change: a question, or the result. The last
// answer finishes the run.
func (a assess) next(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	var effects []bot.Effect
	if s.run.Current == "" && s.run.Finished.IsZero() && s.profile.Size != "" && s.profile.SecurityBy != "" {
		s.run.Finished, s.run.Paused = e.Now, false
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
	if late(e, s) || s.run.Current == "" {
		return a.tooLate(d, s)
	}
	if i := place(s, s.run.Current); i > 0 {
		s.run.Current = s.pack.Questions[i-1].ID
	} else { // before the first question stand the two about the company
		s.profile.Size, s.profile.SecurityBy = "", ""
		company.Profiles.Put(d, company.ProfileID, s.profile)
	}
	s.keep(d, e)
	return []bot.Effect{card(s, a.view(d, s))}
}

// edit takes a finished run up again at one question.
func (a assess) edit(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	id := e.Action.Arg(2)
	if late(e, s) || place(s, id) < 0 || s.run.Finished.IsZero() {
		return a.tooLate(d, s)
	}
	s.run.Current = id
	s.keep(d, e)
	return append([]bot.Effect{card(s, a.view(d, s))}, a.elsewhere(e)...)
}
