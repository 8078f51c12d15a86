package report

import (
	"fmt"
	"strings"

	"secadvisor/flows/prose"
	"secadvisor/flows/score"
)

// Text prints a report for a terminal.
func (r Report) Text() []byte {
	t := &text{}
	t.line(r.Title + named(r.Company) + " · " + prose.Day(r.Day))
	t.line(r.Headline())
	if r.Result.Complete {
		t.line("How sure this is: " + r.Confidence())
	}
	if capped := r.Capped(); capped != "" {
		t.line(capped)
	}
	if r.Trend != nil {
		t.line(r.Trend.Line())
	}
	t.gap()
	t.line(sensitive)
	t.line(noAudit)
	r.textBars(t)
	r.textVerdict(t)
	r.textActions(t)
	if len(r.Unknown) > 0 {
		t.head("Nobody knew")
		for _, u := range r.Unknown {
			t.point(u.Ask + " Ask " + u.Whom + ". " + u.FindOut)
		}
	}
	if stale := r.stale(); len(stale) > 0 {
		t.head("Answered too long ago: ask again")
		t.points(stale)
	}
	if len(r.Open) > 0 {
		t.head("Not answered yet")
		t.points(r.Open)
	}
	r.textTrend(t)
	t.head("Not looked at")
	t.points(r.NotAsked)
	t.head("What the questions rest on")
	for _, f := range r.References {
		var ids []string
		for _, p := range f.Points {
			ids = append(ids, p.ID)
		}
		t.point(f.Name + " " + f.Version + ": " + strings.Join(ids, ", ") + ". " + f.Rights)
	}
	return []byte(t.String())
}

// stale are the questions that a next run must ask again.
func (r Report) stale() []string {
	var asks []string
	for _, l := range r.Answers {
		if l.Stale {
			asks = append(asks, l.Ask)
		}
	}
	return asks
}

func (r Report) textBars(t *text) {
	if len(r.Domains) == 0 {
		return
	}
	t.head("By domain")
	for _, d := range r.Domains {
		const cells = 20
		full := (d.Shown*cells + 50) / 100
		t.raw(fmt.Sprintf("  %-22s %s%s %3d  %s", d.Title, strings.Repeat("#", full), strings.Repeat(".", cells-full), d.Shown, score.BandOf(d.Shown)))
	}
}

func (r Report) textVerdict(t *text) {
	if r.Verdict == nil {
		return
	}
	t.head("What the answers of your IT provider tell")
	for _, topic := range r.Verdict.Topics {
		t.point(fmt.Sprintf("%s: %d of 100", topic.Title, topic.Score))
	}
	t.line(r.Verdict.Says)
}

func (r Report) textActions(t *text) {
	if len(r.Actions) == 0 {
		if r.Result.Complete {
			t.gap()
			t.line("Nothing is open in these questions. Ask them again in three months: things change.")
		}
		return
	}
	t.head("What to do, the first first")
	for i, a := range r.Actions {
		line := fmt.Sprintf("%d. %s · %s · %s", i+1, a.Says(), a.FixedBy.Word(), a.Takes())
		if a.Decide {
			line += " · the owner decides"
		}
		t.wrap(line, "  ", "     ")
		for _, s := range a.Steps {
			t.wrap(oneLine([]Step{s}), "     - ", "       ")
		}
		if because := a.Because(); because != "" {
			t.wrap(because, "     ", "     ")
		}
	}
	t.gap()
	t.line(r.Share())
	if r.Approach != nil {
		t.head(r.Approach.Title)
		t.page(*r.Approach)
	}
}

func (r Report) textTrend(t *text) {
	if r.Trend == nil {
		return
	}
	t.head("Since earlier runs")
	for _, p := range r.Trend.Points {
		if !p.Comparable {
			t.raw(fmt.Sprintf("  %-18s not comparable", prose.Day(p.Day)))
			continue
		}
		t.raw(fmt.Sprintf("  %-18s %3d, now %3d on the same questions", prose.Day(p.Day), p.Before, p.Now))
	}
	if r.Trend.Left > 0 {
		t.line(fmt.Sprintf("Older ones that are left out: %d.", r.Trend.Left))
	}
	for _, part := range r.changes() {
		t.point(part.title + ": " + strings.Join(part.asks, " "))
	}
}

// changes are the gaps that came and went since the run before, with the
// questions in full.
func (r Report) changes() []changed {
	p := r.Trend.Last()
	if !p.Comparable {
		return nil
	}
	var all []changed
	for _, part := range []struct {
		title string
		ids   []string
	}{{"Closed", p.Closed}, {"Newly open", p.Opened}, {"Newly unknown", p.Unknown}, {"Changed among what counts most", p.KnockOuts}} {
		if len(part.ids) == 0 {
			continue
		}
		c := changed{title: part.title}
		for _, l := range r.Answers {
			for _, id := range part.ids {
				if id == l.ID {
					c.asks = append(c.asks, l.Ask)
				}
			}
		}
		all = append(all, c)
	}
	return all
}

type changed struct {
	title string
	asks  []string
}

func named(company string) string {
	if company == "" {
		return ""
	}
	return " · " + company
}
