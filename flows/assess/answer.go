package assess

import (
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/score"
)

// answer records what somebody says to the question on the card.
func (a assess) answer(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	if s.run.Together() {
		return a.speak(d, e, s)
	}
	id := e.Action.Arg(2)
	said, known := a.said(e, s, id, e.Action.Arg(3))
	if late(e, s) || !known || !s.asks(id) {
		return a.tooLate(d, s)
	}
	said.Note = s.run.Notes[id]
	effects := a.withdraw(&s, id)
	s.record(id, said)
	return append(effects, a.onward(d, e, s)...)
}

// said is the answer that a button stands for; false: the question does not
// offer it.
func (a assess) said(e bot.Event, s sheet, id, code string) (company.Answer, bool) {
	q, known := a.lib.Questions[id]
	offer, offered := q.Offered(code, s.pack.StaysFresh(id))
	if !known || !offered {
		return company.Answer{}, false
	}
	return company.Answer{
		Value: offer.On(e.Now), Evidence: offer.Evidence,
		By: e.From.ID, At: e.Now.UTC().Truncate(time.Second), Revision: q.Revision,
	}, true
}

// asks reports whether the card shows this question.
func (s sheet) asks(id string) bool {
	_, about := s.nextTap()
	if !s.run.Finished.IsZero() {
		about = false
	}
	return s.run.Current == id && !about && !s.run.Resting && len(s.run.Confirm) == 0
}

// record keeps an answer.
func (s *sheet) record(id string, said company.Answer) {
	if s.run.Answers == nil {
		s.run.Answers = map[string]company.Answer{}
	}
	s.run.Answers[id] = said
}

// onward goes on after the question that is shown: to the next one, to a
// rest, or back to the result that was being changed.
func (a assess) onward(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	id := s.run.Current
	s.run.Current, s.run.Paused = "", false
	if s.run.Finished.IsZero() {
		s.run.Current = a.firstOpen(s, id, e.Now)
		s.countBlock(a.left(s, e.Now))
	}
	return a.next(d, e, s)
}

// next shows what comes after a change: a question, or the result. The last
// answer finishes the run.
func (a assess) next(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	var effects []bot.Effect
	if a.complete(s) {
		effects = a.finish(d, e, &s)
	}
	s.keep(d, e)
	return append(effects, a.card(d, s))
}

// complete reports whether everything is answered that a result needs.
func (a assess) complete(s sheet) bool {
	_, about := s.nextTap()
	return s.run.Finished.IsZero() && s.run.Current == "" && !about && len(s.run.Confirm) == 0 && len(s.waiting()) == 0
}

// finish ends the questions. What was answered together goes on with the
// owner alone.
func (a assess) finish(d *bot.Docs, e bot.Event, s *sheet) []bot.Effect {
	s.run.Finished, s.run.Paused, s.run.Resting = e.Now, false, false
	index, _ := company.Indexes.Get(d, company.IndexID)
	index.Finish(s.run.Owner, s.pack.ID, s.id)
	company.Indexes.Put(d, company.IndexID, index)
	effects := []bot.Effect{bot.Audit{Verb: "finished", Object: "assessment " + s.pack.ID}}
	effects = append(effects, company.Done(d, e.Now, company.ScheduleID(s.pack.ID, s.run.Owner), company.ScheduleID(s.pack.ID, ""))...)
	if s.run.Channel != "" {
		effects = append(effects, s.moveOut(a.thanks(*s))...)
	}
	return effects
}

// back shows the question before, to be answered anew.
func (a assess) back(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	_, about := s.nextTap()
	unfinished := s.run.Finished.IsZero()
	switch {
	case late(e, s) || s.run.Current == "" && len(s.run.Confirm) == 0 && !about:
		return a.tooLate(d, s)
	case unfinished && about:
		return a.untap(d, e, s)
	}
	id, found := s.before(s.run.Current)
	switch {
	case found:
		s.run.Current, s.run.Resting, s.run.Confirm = id, false, nil
	case len(s.run.Earlier) > 0 && unfinished && a.offerAgain(&s, e.Now):
	default:
		return a.about(d, e, "There is no question before this one. This is what you said of your company:")
	}
	s.keep(d, e)
	return []bot.Effect{a.card(d, s)}
}

// before is the question before another that was asked in this run: what was
// taken over is left out.
func (s sheet) before(id string) (string, bool) {
	for i := place(s, id) - 1; i >= 0; i-- {
		q := s.pack.Questions[i].ID
		if said, ok := s.run.Answers[q]; !ok || !said.At.Before(s.run.Started.Truncate(time.Second)) {
			return q, true
		}
	}
	return "", false
}

// edit takes a finished run up again at one question.
func (a assess) edit(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	id := e.Action.Arg(2)
	if late(e, s) || place(s, id) < 0 || s.run.Finished.IsZero() {
		return a.tooLate(d, s)
	}
	s.run.Current = id
	s.keep(d, e)
	return append([]bot.Effect{a.card(d, s)}, a.elsewhere(e, s)...)
}

// mustAsk reports whether a question has to be asked, whatever was said to it
// before: there is no answer, it is too old, or the question means something
// else by now.
func (a assess) mustAsk(s sheet, id string, said company.Answer, now time.Time) bool {
	if place(s, id) < 0 {
		return true
	}
	q := score.Question{Revision: a.lib.Questions[id].Revision, Staleness: s.pack.StaysFresh(id)}
	return score.MustAsk(q, score.Answer{Value: said.Value, At: said.At, Revision: said.Revision}, now)
}

// firstOpen is the first question to be asked, after one or from the
// beginning; empty: there is none. What somebody else was asked is left out.
func (a assess) firstOpen(s sheet, after string, now time.Time) string {
	from := place(s, after) + 1
	for _, q := range slices.Concat(s.pack.Questions[from:], s.pack.Questions[:from]) {
		if a.mustAsk(s, q.ID, s.run.Answers[q.ID], now) && !s.run.Sent[q.ID].Open() {
			return q.ID
		}
	}
	return ""
}

// left is how many questions are still to be asked.
func (a assess) left(s sheet, now time.Time) int {
	n := 0
	for _, q := range s.pack.Questions {
		if a.mustAsk(s, q.ID, s.run.Answers[q.ID], now) && !s.run.Sent[q.ID].Open() {
			n++
		}
	}
	return n
}
