package content

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// checkAssessments holds the bank and the packs against their rules. from is
// where they were read, to name the lines.
func (lib *Library) checkAssessments(from fs.FS) error {
	var all []error
	for _, id := range sortedIDs(lib.Questions) {
		w, name := &wording{}, "assessments/questions/"+id+".yaml"
		checkQuestion(w, lib.Questions[id])
		lib.checkRevision(w, from, name, lib.Questions[id])
		all = append(all, blame(from, name, w.faults))
	}
	for _, p := range lib.Packs {
		w := &wording{}
		lib.checkPack(w, p)
		all = append(all, blame(from, "assessments/"+p.ID+".yaml", w.faults))
	}
	return errors.Join(all...)
}

func sortedIDs[T any](all map[string]T) []string {
	var ids []string
	for id := range all {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func (lib *Library) checkPack(w *wording, p Pack) {
	w.id("id", p.ID)
	w.text("title", p.Title, 40)
	w.text("about", p.About, 200)
	w.list("not_asked", p.NotAsked, 8, 100)
	w.between("minutes", p.Minutes, 1, 60)
	w.between("place", p.Place, 0, 100)
	if len(p.NotAsked) == 0 {
		w.add("not_asked", "say what it does not look at")
	}
	if len(p.Questions) == 0 {
		w.add("questions", "name the questions, in order")
	}
	for i, about := range p.AskFirst {
		if about != AskTrade && about != AskData {
			w.add(fmt.Sprintf("ask_first[%d]", i), "write trade or data; it is %q", about)
		}
	}
	seen := map[string]bool{}
	for i, q := range p.Questions {
		at := fmt.Sprintf("questions[%d]", i)
		if _, ok := lib.Questions[q.ID]; !ok {
			w.add(at+".id", "%q is not in the bank of questions", q.ID)
		}
		if seen[q.ID] {
			w.add(at+".id", "%q is there twice", q.ID)
		}
		seen[q.ID] = true
		w.between(at+".weight", q.Weight, 1, 5)
		w.between(at+".staleness_days", q.StalenessDays, 30, 730)
	}
}

func checkQuestion(w *wording, q Question) {
	w.id("id", q.ID)
	w.between("revision", q.Revision, 1, 1000)
	w.between("effort", q.Effort, 1, 3)
	w.question("ask", q.Ask)
	w.text("yes_means", q.YesMeans, 200)
	w.text("why", q.Why, 300)
	w.text("find_out", q.FindOut, 200)
	w.text("ask_whom", q.AskWhom, 80)
	if sentences(q.Why) > 2 {
		w.add("why", "two sentences at most")
	}
	if q.FixedBy != IT && q.FixedBy != Both && q.FixedBy != Security {
		w.add("fixed_by", "choose it, both or security")
	}
	if q.Domain.Word() == "" {
		w.add("domain", "choose accounts, devices, data, people, detect-respond or govern")
	}
	if len(q.SourceLines) == 0 {
		w.add("source_lines", "say which lines of the source text fixed_by follows")
	}
	if len(q.References) == 0 {
		w.add("references", "say what it rests on")
	}
	for i, r := range q.References {
		if !reference.MatchString(r) {
			w.add(fmt.Sprintf("references[%d]", i), "write framework with version, colon, id, such as CSF2:PR.AA-03; it is %q", r)
		}
	}
	checkAnswers(w, q)
	checkFix(w, q)
}

// checkAnswers looks at what may be answered to a question.
func checkAnswers(w *wording, q Question) {
	if q.NotApplicable != "" {
		w.text("not_applicable", q.NotApplicable, 60)
	}
	switch q.Kind {
	case YesPartlyNo, Date:
		if len(q.Choices) > 0 {
			w.add("choices", "only a question of kind choice has these")
		}
	case Choice:
		if len(q.Choices) < 2 || len(q.Choices) > 5 {
			w.add("choices", "two to five of these; there are %d", len(q.Choices))
		}
	default:
		w.add("kind", "choose yes-partly-no, date or choice")
	}
	seen := map[string]bool{}
	for i, c := range q.Choices {
		at := fmt.Sprintf("choices[%d]", i)
		w.id(at+".id", c.ID)
		w.text(at+".label", c.Label, 60)
		if c.Credit != 0 && c.Credit != 50 && c.Credit != 100 {
			w.add(at+".credit", "choose 0, 50 or 100")
		}
		if slices.Contains([]string{"dont-know", "not-applicable"}, c.ID) || seen[c.ID] {
			w.add(at+".id", "%q is another answer's id", c.ID)
		}
		seen[c.ID] = true
	}
}

// question checks what somebody is asked.
func (w *wording) question(path, ask string) {
	w.text(path, ask, 150)
	if !strings.HasSuffix(ask, "?") {
		w.add(path, "write one question, with a question mark at its end")
	}
}

// between checks a whole number.
func (w *wording) between(path string, n, least, most int) {
	if n < least || n > most {
		w.add(path, "a number from %d to %d; it is %d", least, most, n)
	}
}
