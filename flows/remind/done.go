package remind

import (
	"time"

	"secadvisor/flows/company"
)

// isDone looks whether what was asked has been done elsewhere: the assessment
// was finished, the fix is said to be done, the duties are confirmed. Without
// How, it was not.
func (t *turn) isDone() company.Outcome {
	since := t.s.Fired
	switch t.s.About {
	case company.OfAssessment:
		if run, ok := t.finishedSince(since); ok {
			return company.Outcome{How: company.WasDone, At: run.Finished, By: run.Owner, Name: named(run.Name)}
		}
	case company.OfRestore:
		f := t.fixes().Tasks[company.RestoreQuestion]
		switch {
		case f.Done.At.After(since):
			return company.Outcome{How: company.WasDone, At: f.Done.At, By: f.Done.By, Name: named(f.Done.Name), Note: f.Done.Note}
		case f.Closed.After(since):
			return company.Outcome{How: company.WasDone, At: f.Closed}
		}
	case company.OfMap:
		m, _ := company.Maps.Get(t.d, company.MapID)
		if n := t.duties(); len(m.Duties) > 0 && len(n.unowned) == 0 && n.unconfirmed == 0 {
			return company.Outcome{How: company.WasDone, At: m.Changed}
		}
	case company.OfFixes:
		return t.allDone()
	}
	return company.Outcome{}
}

// caughtUp is the schedule with what was done elsewhere closed, as somebody is
// to see it. Nothing is stored by that.
func (t *turn) caughtUp() company.Schedule {
	if t.s.Waits.Open() {
		if o := t.isDone(); o.How != "" {
			s := t.s
			s.End(o)
			return s
		}
	}
	return t.s
}

// allDone reports whether nobody who was asked owes anything any more.
func (t *turn) allDone() company.Outcome {
	var last time.Time
	for _, a := range t.s.Waits.Asked {
		if len(t.owing(a.To.User)) > 0 {
			return company.Outcome{}
		}
		if a.Done.After(last) {
			last = a.Done
		}
	}
	if len(t.s.Waits.Asked) == 0 || len(t.whoOwes()) > 0 {
		return company.Outcome{}
	}
	if last.IsZero() {
		last = t.now()
	}
	return company.Outcome{How: company.WasDone, At: last}
}
