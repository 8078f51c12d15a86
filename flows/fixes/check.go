package fixes

import (
	"maps"
	"slices"
	"time"

	"secadvisor/flows/company"
	"secadvisor/flows/score"
)

// catchUp holds the list against the bank of answers: what was answered since
// confirms a task or opens it again. Assessments know nothing of the list, so
// this happens whenever somebody looks at it.
func (t *turn) catchUp() {
	for _, id := range slices.Sorted(maps.Keys(t.list.Tasks)) {
		f := t.list.Tasks[id]
		said, mended, ok := t.latest(id, f)
		if !ok || !said.At.After(f.Seen) {
			continue
		}
		if mended {
			t.shown(id, f, said.At, nil)
			continue
		}
		q, strict, _ := t.question(f.Pack, id)
		g := judge(q, strict, said)
		t.shown(id, f, said.At, &g.Gaps[0])
	}
}

// latest is the company's latest answer to a task's question, and whether it
// shows no gap. An answer from before the question changed its meaning does
// not count.
func (t *turn) latest(id string, f company.Fix) (said company.Answer, mended, ok bool) {
	bank, _ := company.Banks.Get(t.d, company.BankID)
	said, given := bank.Answers[id]
	q, strict, known := t.question(f.Pack, id)
	if !given || !known || said.Revision < f.Revision {
		return said, false, false
	}
	r := judge(q, strict, said)
	return said, len(r.Gaps) == 0, r.Answered > 0
}

// judge scores one answer, as it was on the day it was given.
func judge(q score.Question, strict bool, said company.Answer) score.Result {
	one := company.Run{Answers: map[string]company.Answer{q.ID: said}}
	return score.Evaluate(score.Pack{Questions: []score.Question{q}, Strict: strict}, one.Scored(), said.At)
}

// question finds a question as a pack weighs it, or where that pack asks it
// no longer, as the first does that still asks it.
func (t *turn) question(pack, id string) (q score.Question, strict, known bool) {
	packs := slices.Clone(t.lib.Packs)
	if p, ok := t.lib.Pack(pack); ok {
		packs = slices.Insert(packs, 0, p)
	}
	for _, p := range packs {
		for _, pq := range p.Questions {
			if pq.ID != id {
				continue
			}
			p.Questions = p.Questions[:0:0]
			p.Questions = append(p.Questions, pq)
			return t.lib.Scored(p).Questions[0], p.Strict, true
		}
	}
	return q, false, false
}

// shown applies what an answer of some time showed: a gap, or none. Nobody is
// late at once with what they said was done: days that are over are forgotten.
// What was mended and is broken anew, or was to be found out and is a gap, is
// new work, and who does it is decided anew.
func (t *turn) shown(id string, f company.Fix, at time.Time, g *score.Gap) {
	unknown := f.Gap == score.Unknown
	if g != nil {
		f = measured(f, *g)
	}
	news := at.After(f.Seen)
	f.Seen = at
	switch {
	case !news:
	case g == nil && f.State != company.FixClosed:
		f.State, f.Closed, f.Back = company.FixClosed, at, company.Back{}
		f.Parts = t.toldAnew(f.Parts)
	case g != nil && f.State == company.FixClosed:
		f.State, f.Back, f.Parts = company.FixOpen, company.Back{From: company.FixClosed, At: at}, nil
	case g != nil && f.State == company.FixDone && at.After(f.Done.At):
		f.State, f.Back = company.FixOpen, company.Back{From: company.FixDone, At: at, Found: unknown && f.Gap != score.Unknown}
		if f.Back.Found {
			f.Parts = nil
		} else {
			f.Parts = t.toldAnew(undone(f.Parts, t.event.Now))
		}
	}
	t.put(id, f)
}

// undone are parts that are to be done again.
func undone(parts map[string]company.Part, now time.Time) map[string]company.Part {
	parts = maps.Clone(parts)
	for side, p := range parts {
		p.Done = time.Time{}
		if company.DayOver(p.Due, now) {
			p.Due, p.Told = time.Time{}, time.Time{}
		}
		parts[side] = p
	}
	return parts
}

// toldAnew marks the cards of parts, to be shown as things stand now.
func (t *turn) toldAnew(parts map[string]company.Part) map[string]company.Part {
	parts = maps.Clone(parts)
	for side, p := range parts {
		p.Stale = p.Card != ""
		t.stale = t.stale || p.Stale
		parts[side] = p
	}
	return parts
}
