package remind

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
	"secadvisor/flows/score"
)

// dated is a line of the sheet, with its day.
type dated struct {
	at   time.Time
	line string
}

// inOrder are lines by their days.
func inOrder(all []dated) []string {
	slices.SortStableFunc(all, func(a, b dated) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.line, b.line)) })
	var lines []string
	for _, x := range all {
		lines = append(lines, x.line)
	}
	return lines
}

// runs are the owner's finished runs of an assessment, the latest first.
func (q *quarter) runs(pack string) []company.Run {
	index, _ := company.Indexes.Get(q.d, company.IndexID)
	var all []company.Run
	for _, id := range index.Earlier(pack, "", company.LookBack) {
		if run, found := company.Runs.Get(q.d, id); found && run.Owner == q.owner && !run.Finished.IsZero() {
			all = append(all, run)
		}
	}
	return all
}

// asked are the assessments that were answered, and how each reminder went.
func (q *quarter) asked() []string {
	var all []dated
	for _, p := range q.lib.Packs {
		for _, run := range q.runs(p.ID) {
			if !q.in(run.Finished) {
				continue
			}
			anew := 0
			for _, a := range run.Answers {
				if !a.At.Before(run.Started.Truncate(time.Second)) {
					anew++
				}
			}
			all = append(all, dated{run.Finished, fmt.Sprintf("%s, answered on %s: %s, %d of them anew", p.Title, prose.Day(run.Finished), prose.Count(len(run.Answers), "question", "questions"), anew)})
		}
	}
	for _, id := range company.Schedules.List(q.d, "", mostListed) {
		if !q.load(id) {
			continue
		}
		q.s = q.caughtUp()
		for _, o := range q.s.Past {
			if q.in(o.Due) && o.How != company.WasReplaced {
				all = append(all, dated{o.Due, "Reminder, " + q.title(q.s) + ", due on " + prose.Day(o.Due) + ": " + ending(o, prose.Day(o.At))})
			}
		}
		if w := q.s.Waits; w.Open() && q.in(w.Since) {
			all = append(all, dated{w.Since, "Reminder, " + q.title(q.s) + ", due on " + prose.Day(w.Since) + ": not answered yet"})
		}
	}
	return inOrder(all)
}

// changed is what differs since the answers before, and what was said of the
// fixes.
func (q *quarter) changed() []string {
	var all []dated
	for _, p := range q.lib.Packs {
		runs := q.runs(p.ID)
		for i, run := range runs {
			if !q.in(run.Finished) || i+1 == len(runs) {
				continue
			}
			c := score.Compare(q.lib.Scored(p), runs[i+1].Scored(), runs[i+1].Finished, run.Scored(), run.Finished)
			on := " (" + p.Title + ", " + prose.Day(run.Finished) + ")"
			if titles := q.titles(c.Closed); titles != "" {
				all = append(all, dated{run.Finished, "No longer open: " + titles + on})
			}
			if titles := q.titles(c.Opened); titles != "" {
				all = append(all, dated{run.Finished, "Newly open: " + titles + on})
			}
		}
	}
	list := q.fixes()
	for _, id := range sortedKeys(list.Tasks) {
		f, title := list.Tasks[id], q.titles([]string{id})
		switch {
		case title == "":
		case f.State == company.FixDone && q.in(f.Done.At):
			all = append(all, dated{f.Done.At, "Said to be done on " + prose.Day(f.Done.At) + ": " + title})
		case f.At(q.now()) == company.FixAccepted && q.in(f.Accepted.At):
			all = append(all, dated{f.Accepted.At, "Accepted as a risk until " + prose.Day(f.Accepted.Until) + ": " + title})
		}
	}
	return inOrder(all)
}

// titles are what closes some gaps.
func (q *quarter) titles(ids []string) string {
	var all []string
	for _, id := range ids {
		if question, known := q.lib.Questions[id]; known {
			all = append(all, question.Fix.Title)
		}
	}
	return strings.Join(all, ", ")
}

// handed is what somebody was given to take care of, and what nobody has.
func (q *quarter) handed() []string {
	list := q.fixes()
	var all []dated
	taken := 0
	open := list.Open(q.now())
	for _, id := range sortedKeys(list.Tasks) {
		f := list.Tasks[id]
		for _, side := range []content.Side{content.IT, content.Both, content.Security} {
			p, given := f.Parts[string(side)]
			if !given || p.Name == "" || !q.in(p.Given) {
				continue
			}
			line := prose.Sentence(q.titles([]string{id})) + ": to " + q.person(p.Name) + " on " + prose.Day(p.Given)
			switch {
			case !p.Done.IsZero():
				line += ", done by their word on " + prose.Day(p.Done)
			case !p.Due.IsZero():
				line += ", due " + prose.Day(p.Due)
			}
			all = append(all, dated{p.Given, line})
		}
	}
	for _, id := range open {
		if slices.ContainsFunc(sortedParts(list.Tasks[id]), func(p company.Part) bool { return p.Name != "" }) {
			taken++
		}
	}
	lines := inOrder(all)
	if len(open) > 0 {
		lines = append(lines, fmt.Sprintf("Still open: %s, of which %d have somebody", prose.Count(len(open), "fix", "fixes"), taken))
	}
	return lines
}

// notAssessed is what nobody looked at: the assessments that were not done
// within a year, what those that were do not ask, and what nobody knew.
func (q *quarter) notAssessed() []string {
	var never, lines []string
	unknown := 0
	for _, p := range q.lib.Packs {
		runs := q.runs(p.ID)
		if len(runs) == 0 || runs[0].Finished.Before(q.now().AddDate(-1, 0, 0)) {
			never = append(never, p.Title)
			continue
		}
		for _, a := range runs[0].Answers {
			if a.Value == score.DontKnow {
				unknown++
			}
		}
		lines = append(lines, p.Title+" does not ask: "+strings.Join(p.NotAsked, "; "))
	}
	if len(never) > 0 {
		lines = append(lines, "Not done within a year: "+strings.Join(never, ", "))
	}
	if unknown > 0 {
		lines = append(lines, prose.Count(unknown, "question that nobody could answer", "questions that nobody could answer"))
	}
	return lines
}
