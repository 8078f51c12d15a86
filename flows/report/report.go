// Package report makes of a finished assessment what can be handed over: one
// value that says everything in words and figures, and printers of it as text,
// JSON, CSV and PDF. It also reads the sheets of those who answer without a
// chat.
//
// # A tour
//
// Each name below is a file.
//
//   - The value: report builds it of answers, actions (what to do first), trend
//     (what changed), verdict (on an IT provider) and references; words are its
//     sentences.
//   - Printers: text, of text_lines; csv; json, in the shape of json_shape;
//     pdf, which is pdf_first (its first page), pdf_parts and pdf_tables, of
//     pdf_words and pdf_draw. A chart is made as SVG, and svg draws that into
//     the page. plain and legible keep to what paper and fonts can show.
//   - Sheets: template is an empty one; sheet reads one that was filled in,
//     from sheet_csv or sheet_json, and sheet_answer each of its answers.
//   - A page of lists for other flows: memo.
package report

import (
	"slices"
	"time"

	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/score"
)

// Input is what a report is built from. Nothing of it is changed.
type Input struct {
	Lib      *content.Library
	Pack     content.Pack
	Answers  map[string]company.Answer // by question id
	At       time.Time                 // when the answers count: a result's own day, or today
	Profile  company.Profile
	Earlier  []Run                     // of the same pack, in any order; later ones than At are left out
	Provider map[string]company.Answer // answers to the provider check; nil: none
	Company  string                    // its name; empty: not said
	Who      map[string]string         // what stands for each person who answered: a role, a name where the owner wants it
}

// Run is an earlier passage through the pack.
type Run struct {
	At      time.Time
	Answers map[string]company.Answer
}

// Report is an assessment in words and figures. The same input gives the
// same report, and the same report the same bytes.
type Report struct {
	Pack       string // its id
	Title      string
	Strict     bool
	Company    string
	Day        time.Time
	Result     score.Result // shared gaps that went to security are counted there
	Domains    []Domain     // none without a final score
	Actions    []Action     // the first first
	Unknown    []ToAsk
	Open       []string // questions that are not answered yet
	Answers    []Line   // in the order of the pack
	Trend      *Trend   // nil: there is no earlier run, or no final score
	Verdict    *Verdict // nil: this is another check, or not all is answered
	Approach   *content.Page
	NotAsked   []string
	References []Framework
}

// Domain is a part of the result, by its title.
type Domain struct {
	ID       string
	Title    string
	Shown    int
	Possible int
}

// ToAsk is a question that nobody could answer.
type ToAsk struct {
	ID      string
	Ask     string
	Whom    string
	FindOut string
}

// Build works everything out.
func Build(in Input) Report {
	pack, answers := in.Lib.Scored(in.Pack), scored(in.Answers)
	earlier := inOrder(in.Earlier, in.At)
	r := Report{
		Pack: in.Pack.ID, Title: in.Pack.Title, Strict: in.Pack.Strict, Company: in.Company, Day: in.At,
		Result: result(in, pack, answers, earlier), NotAsked: in.Pack.NotAsked,
		References: references(in.Lib, in.Pack), Answers: lines(in, pack),
	}
	for _, id := range r.Result.Unknown {
		q := in.Lib.Questions[id]
		r.Unknown = append(r.Unknown, ToAsk{id, q.Ask, q.AskWhom, q.FindOut})
	}
	for _, q := range in.Pack.Questions {
		if in.Answers[q.ID].Value == "" {
			r.Open = append(r.Open, in.Lib.Questions[q.ID].Ask)
		}
	}
	r.Actions = actions(in.Lib, r.Result.Gaps)
	if r.Result.Complete {
		for _, d := range r.Result.Domains {
			r.Domains = append(r.Domains, Domain{d.ID, content.Domain(d.ID).Word(), d.Shown, d.Possible})
		}
		r.Trend = trend(in, pack, answers, earlier)
		r.Verdict = verdict(in, pack, answers)
	}
	r.Approach = approach(in)
	return r
}

// result scores the answers, and gives to security what IT support cannot
// close with the expertise it has.
func result(in Input, pack score.Pack, answers map[string]score.Answer, earlier []Run) score.Result {
	r := score.Evaluate(pack, answers, in.At)
	var stillOpen []string
	if n := len(earlier); n > 0 {
		before := earlier[n-1]
		stillOpen = score.StillOpen(pack, scored(before.Answers), before.At, answers, in.At)
	}
	check, known := in.Lib.Pack(content.ProviderCheck)
	said := scored(in.Provider)
	if in.Pack.ID == content.ProviderCheck {
		said = answers
	}
	return score.HandOver(r, known && score.WithoutExpertise(in.Lib.Scored(check), said, in.At), stillOpen)
}

// approach is the advice for a company of this size; nil where the size is
// not known.
func approach(in Input) *content.Page {
	id := "approach-small"
	if in.Profile.Growing(in.Lib.Growing) {
		id = "approach-growing"
	}
	page, found := in.Lib.Page(id)
	if !found || in.Profile.Size == company.SizeUnkn {
		return nil
	}
	page.Blocks = slices.DeleteFunc(slices.Clone(page.Blocks), func(b content.PageBlock) bool { return !b.Has(true) })
	return &page
}

func scored(answers map[string]company.Answer) map[string]score.Answer {
	return company.Run{Answers: answers}.Scored()
}

// inOrder are the runs before a time, the latest last.
func inOrder(runs []Run, at time.Time) []Run {
	runs = slices.DeleteFunc(slices.Clone(runs), func(r Run) bool { return r.At.After(at) })
	slices.SortStableFunc(runs, func(a, b Run) int { return a.At.Compare(b.At) })
	return runs
}
