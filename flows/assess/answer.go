package assess

import (
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/score"
)

// answer records what somebody says to the question on the card.
func (t *turn) answer() []bot.Effect {
	if t.run.Together() {
		return t.speak()
	}
	id := t.event.Action.Arg(2)
	said, known := t.said(id, t.event.Action.Arg(3))
	if t.late() || !known || !t.asks(id) {
		return t.tooLate()
	}
	said.Note = t.run.Notes[id]
	effects := t.withdraw(id)
	t.record(id, said)
	return append(effects, t.onward()...)
}

// said is the answer that a button stands for; false: the question does not
// offer it.
func (t *turn) said(id, code string) (company.Answer, bool) {
	q, known := t.lib.Questions[id]
	offer, offered := q.Offered(code, t.pack.StaysFresh(id))
	if !known || !offered {
		return company.Answer{}, false
	}
	return company.Answer{
		Value: offer.On(t.event.Now), Evidence: offer.Evidence,
		By: t.event.From.ID, At: t.event.Now.UTC().Truncate(time.Second), Revision: q.Revision,
	}, true
}

// asks reports whether the card shows this question.
func (s sheet) asks(id string) bool {
	_, about := s.nextTap()
	if s.finished() {
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
func (t *turn) onward() []bot.Effect {
	id := t.run.Current
	t.run.Current, t.run.Paused = "", false
	if !t.finished() {
		t.run.Current = t.firstOpen(id)
		t.countBlock(t.left())
	}
	return t.next()
}

// next shows what comes after a change: a question, or the result. The last
// answer finishes the run.
func (t *turn) next() []bot.Effect {
	var effects []bot.Effect
	if t.complete() {
		effects = t.finish()
	}
	t.keep()
	return append(effects, t.card())
}

// complete reports whether everything is answered that a result needs.
func (t *turn) complete() bool {
	_, about := t.nextTap()
	return !t.finished() && t.run.Current == "" && !about && len(t.run.Confirm) == 0 && len(t.waiting()) == 0
}

// finish ends the questions. What was answered together goes on with the
// owner alone.
func (t *turn) finish() []bot.Effect {
	t.run.Finished, t.run.Paused, t.run.Resting = t.event.Now, false, false
	index, _ := company.Indexes.Get(t.d, company.IndexID)
	index.Finish(t.run.Owner, t.pack.ID, t.id)
	company.Indexes.Put(t.d, company.IndexID, index)
	effects := []bot.Effect{bot.Audit{Verb: "finished", Object: "assessment " + t.pack.ID}}
	effects = append(effects, company.Done(t.d, t.event.Now, company.ScheduleID(t.pack.ID, t.run.Owner), company.ScheduleID(t.pack.ID, ""))...)
	if t.run.Channel != "" {
		effects = append(effects, t.moveOut(t.thanks())...)
	}
	return effects
}

// back shows the question before, to be answered anew.
func (t *turn) back() []bot.Effect {
	_, about := t.nextTap()
	unfinished := !t.finished()
	switch {
	case t.late() || t.run.Current == "" && len(t.run.Confirm) == 0 && !about:
		return t.tooLate()
	case unfinished && about:
		return t.untap()
	}
	id, found := t.before(t.run.Current)
	switch {
	case found:
		t.run.Current, t.run.Resting, t.run.Confirm = id, false, nil
	case len(t.run.Earlier) > 0 && unfinished && t.offerAgain():
	default:
		return t.about("There is no question before this one. This is what you said of your company:")
	}
	t.keep()
	return []bot.Effect{t.card()}
}

// before is the question before another that was asked in this run: what was
// taken over is left out.
func (s sheet) before(id string) (string, bool) {
	for i := s.place(id) - 1; i >= 0; i-- {
		q := s.pack.Questions[i].ID
		if said, ok := s.run.Answers[q]; !ok || !said.At.Before(s.run.Started.Truncate(time.Second)) {
			return q, true
		}
	}
	return "", false
}

// edit takes a finished run up again at one question.
func (t *turn) edit() []bot.Effect {
	id := t.event.Action.Arg(2)
	if t.late() || t.place(id) < 0 || !t.finished() {
		return t.tooLate()
	}
	t.run.Current = id
	t.keep()
	return append([]bot.Effect{t.card()}, t.elsewhere()...)
}

// mustAsk reports whether a question has to be asked, whatever was said to it
// before: there is no answer, it is too old, or the question means something
// else by now.
func (t *turn) mustAsk(id string, said company.Answer) bool {
	if t.place(id) < 0 {
		return true
	}
	q := score.Question{Revision: t.lib.Questions[id].Revision, Staleness: t.pack.StaysFresh(id)}
	return score.MustAsk(q, score.Answer{Value: said.Value, At: said.At, Revision: said.Revision}, t.event.Now)
}

// firstOpen is the first question to be asked, after one or from the
// beginning; empty: there is none. What somebody else was asked is left out.
func (t *turn) firstOpen(after string) string {
	from := t.place(after) + 1
	for _, q := range slices.Concat(t.pack.Questions[from:], t.pack.Questions[:from]) {
		if t.mustAsk(q.ID, t.run.Answers[q.ID]) && !t.run.Sent[q.ID].Open() {
			return q.ID
		}
	}
	return ""
}

// left is how many questions are still to be asked.
func (t *turn) left() int {
	n := 0
	for _, q := range t.pack.Questions {
		if t.mustAsk(q.ID, t.run.Answers[q.ID]) && !t.run.Sent[q.ID].Open() {
			n++
		}
	}
	return n
}
