package report

import (
	"bytes"
	"encoding/json"

	"secadvisor/flows/score"
)

// JSON prints a report for programs.
func (r Report) JSON() []byte {
	n := r.Result
	out := asJSON{
		Pack: r.Pack, Title: r.Title, Company: r.Company, Date: r.Day.Format(score.DayFormat), Strict: r.Strict, Complete: n.Complete,
		Coverage: coverageJSON{n.Answered, n.Of}, CappedBy: []string{}, Domains: []domainJSON{}, Priorities: []priorityJSON{},
		R: map[string]int{"it": n.Risk["it"], "both": n.Risk["both"], "security": n.Risk["security"]}, Unknown: []unknownJSON{},
		Open: r.open(), NotAsked: r.NotAsked, Answers: []answerJSON{}, References: []refJSON{}, Notice: sensitive + " " + noAudit,
	}
	if n.Complete {
		band, sure := string(n.Band), string(score.ConfidenceOf(n.Sure))
		out.Raw, out.Shown, out.Upper, out.UpperShown = &n.Raw, &n.Shown, &n.Upper, &n.Possible
		out.Band, out.Confidence, out.ConfidenceBand = &band, &n.Sure, &sure
		if len(n.CappedBy) > 0 {
			out.Cap, out.CappedBy = &n.Cap, n.CappedBy
		}
	}
	for _, d := range r.Domains {
		out.Domains = append(out.Domains, domainJSON{d.ID, d.Title, d.Shown, d.Possible, string(score.BandOf(d.Shown))})
	}
	for _, a := range r.Actions {
		p := priorityJSON{a.ID, a.Priority, a.Risk, string(a.FixedBy), string(a.Handed), string(a.State), a.Effort, a.KnockOut, a.Decide, a.Says(), []stepJSON{}}
		for _, s := range a.Steps {
			p.Steps = append(p.Steps, stepJSON(s))
		}
		out.Priorities = append(out.Priorities, p)
	}
	for _, u := range r.Unknown {
		out.Unknown = append(out.Unknown, unknownJSON(u))
	}
	for _, l := range r.Answers {
		out.Answers = append(out.Answers, answerJSON{l.ID, l.Answer.Value, l.day(), l.Evidence, l.Answer.Note, l.Answer.Revision, l.By, string(l.State), l.Credit, l.Stale, l.Ask})
	}
	for _, f := range r.References {
		ref := refJSON{Framework: f.Name, Version: f.Version, Rights: f.Rights}
		for _, p := range f.Points {
			ref.IDs = append(ref.IDs, p.ID)
		}
		out.References = append(out.References, ref)
	}
	out.Trend, out.Verdict = r.trendJSON(), r.verdictJSON()
	return encode(out)
}

// open are the ids of what is not answered.
func (r Report) open() []string {
	ids := []string{}
	for _, l := range r.Answers {
		if l.State == score.Missing {
			ids = append(ids, l.ID)
		}
	}
	return ids
}

// day is when a line was answered; empty: it was not, or nobody knows.
func (l Line) day() string {
	if l.Answer.Value == "" || l.Answer.At.IsZero() {
		return ""
	}
	return l.Answer.At.Format(score.DayFormat)
}

func (r Report) trendJSON() *trendJSON {
	if r.Trend == nil {
		return nil
	}
	var out trendJSON
	for _, p := range r.Trend.Points {
		c := changeJSON{Since: p.Day.Format(score.DayFormat), Comparable: p.Comparable, Closed: list(p.Closed), Opened: list(p.Opened), Unknown: list(p.Unknown), KnockOuts: list(p.KnockOuts)}
		if p.Comparable {
			c.Before, c.Now = &p.Before, &p.Now
		}
		out.Earlier = append(out.Earlier, c)
	}
	out.changeJSON = out.Earlier[len(out.Earlier)-1]
	return &out
}

func (r Report) verdictJSON() *verdictJSON {
	if r.Verdict == nil {
		return nil
	}
	out := &verdictJSON{Topics: map[string]int{}, Good: r.Verdict.Good, Approach: string(r.Verdict.Approach), Says: r.Verdict.Says}
	for _, t := range r.Verdict.Topics {
		out.Topics[t.ID] = t.Score
	}
	return out
}

// list is never null.
func list(ids []string) []string { return append([]string{}, ids...) }

func encode(v any) []byte {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	if err := out.Encode(v); err != nil {
		panic("report: " + err.Error()) // plain values only: it cannot be
	}
	return b.Bytes()
}
