package report

import (
	"bytes"
	"encoding/json"

	"secadvisor/flows/score"
)

// What the JSON says, for programs. Names of fields stay as they are; fields
// may be added. What is not known without a final score is null.
type asJSON struct {
	Pack           string         `json:"pack"`
	Title          string         `json:"title"`
	Company        string         `json:"company,omitempty"`
	Date           string         `json:"date"`
	Strict         bool           `json:"strict"`
	Complete       bool           `json:"complete"`
	Coverage       coverageJSON   `json:"coverage"`
	Raw            *int           `json:"raw"`   // before knock-outs
	Shown          *int           `json:"shown"` // after them
	Upper          *int           `json:"upper"` // raw, if every "don't know" were a yes
	UpperShown     *int           `json:"upper_shown"`
	Cap            *int           `json:"cap"` // null: no knock-out binds
	CappedBy       []string       `json:"capped_by"`
	Band           *string        `json:"band"`
	Confidence     *int           `json:"confidence"`
	ConfidenceBand *string        `json:"confidence_band"`
	Domains        []domainJSON   `json:"domains"`
	Priorities     []priorityJSON `json:"priorities"`
	R              map[string]int `json:"R"` // open risk by who fixes it
	Unknown        []unknownJSON  `json:"unknown"`
	Open           []string       `json:"not_answered"`
	Trend          *trendJSON     `json:"trend"`
	Verdict        *verdictJSON   `json:"provider,omitempty"`
	Answers        []answerJSON   `json:"answers"`
	NotAsked       []string       `json:"not_looked_at"`
	References     []refJSON      `json:"references"`
	Notice         string         `json:"notice"`
}

type coverageJSON struct {
	Answered int `json:"answered"`
	Of       int `json:"of"`
}

type domainJSON struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	Shown      int    `json:"shown"`
	UpperShown int    `json:"upper_shown"`
	Band       string `json:"band"`
}

type priorityJSON struct {
	ID       string     `json:"question_id"`
	P        int        `json:"P"`
	R        int        `json:"R"`
	FixedBy  string     `json:"fixed_by"`
	Handed   string     `json:"handed_over,omitempty"` // why a shared gap is security's
	State    string     `json:"state"`
	Effort   int        `json:"effort"`
	KnockOut bool       `json:"knock_out"`
	Decide   bool       `json:"management_decides"`
	Title    string     `json:"title"`
	Steps    []stepJSON `json:"steps"`
}

type stepJSON struct {
	By   string `json:"by,omitempty"`
	Text string `json:"text"`
}

type unknownJSON struct {
	ID      string `json:"question_id"`
	Ask     string `json:"question"`
	Whom    string `json:"ask_whom"`
	FindOut string `json:"find_out"`
}

type trendJSON struct {
	changeJSON
	Earlier []changeJSON `json:"earlier"` // every run, the oldest first
}

type changeJSON struct {
	Since      string   `json:"since"`
	Comparable bool     `json:"comparable"`
	Before     *int     `json:"before"` // on what both share, uncapped; null: not comparable
	Now        *int     `json:"now"`
	Closed     []string `json:"closed"`
	Opened     []string `json:"new"`
	Unknown    []string `json:"newly_unknown"`
	KnockOuts  []string `json:"knock_outs_changed"`
}

type verdictJSON struct {
	Topics   map[string]int `json:"topics"`
	Good     int            `json:"good"`
	Approach string         `json:"approach"`
	Says     string         `json:"says"`
}

type answerJSON struct {
	ID       string `json:"question_id"`
	Answer   string `json:"answer"`
	Date     string `json:"date"`
	Evidence bool   `json:"evidence"`
	Note     string `json:"note"`
	Revision int    `json:"revision"`
	By       string `json:"by,omitempty"`
	State    string `json:"state"`
	Credit   int    `json:"credit"`
	Stale    bool   `json:"stale"`
	Question string `json:"question"`
}

type refJSON struct {
	Framework string   `json:"framework"`
	Version   string   `json:"version"`
	IDs       []string `json:"ids"`
}

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
		ref := refJSON{Framework: f.Name, Version: f.Version}
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
