package content

import (
	"fmt"
	"regexp"
	"slices"
	"unicode"
	"unicode/utf8"
)

// Fix is how a gap is closed.
type Fix struct {
	Title string    `yaml:"title"`
	Steps []FixStep `yaml:"steps"`
}

// FixStep is one thing to do and who does it. In a file it is one line:
// "it: Close the account."
type FixStep struct {
	By Doer
	Do string
}

// Doer is who does one step: the trades, and the owner who decides.
type Doer string

const (
	ByIT       Doer = "it"
	BySecurity Doer = "security"
	ByOwner    Doer = "owner"
)

// Word is the doer as a person reads it, in a list that may be handed on.
func (d Doer) Word() string {
	switch d {
	case ByIT:
		return IT.Word()
	case BySecurity:
		return Security.Word()
	}
	return "Owner"
}

// String is a step as a person reads it: "IT support: close the account."
func (s FixStep) String() string { return s.By.Word() + ": " + s.Do }

// UnmarshalYAML reads the short form, a doer and what they do.
func (s *FixStep) UnmarshalYAML(read func(any) error) error {
	short := map[Doer]string{}
	if err := read(&short); err != nil {
		return err
	}
	*s = FixStep{}
	for by, do := range short {
		if len(short) == 1 {
			*s = FixStep{By: by, Do: do}
		}
	}
	return nil
}

// handsOver is how IT's part begins where the work is security's.
var handsOver = regexp.MustCompile(`^(Give|Hand|Send|Show|Tell) `)

// checkFix holds the steps against who fixes the gap: each trade is asked
// for its own work only.
func checkFix(w *wording, q Question) {
	w.text("fix.title", q.Fix.Title, 45)
	if first, _ := utf8.DecodeRuneInString(q.Fix.Title); unicode.IsUpper(first) {
		w.add("fix.title", "begin it small: it stands in the middle of sentences")
	}
	if n := len(q.Fix.Steps); n < 1 || n > 5 {
		w.add("fix.steps", "say how a gap is closed, in one to five steps; there are %d", n)
	}
	does := map[Doer]bool{}
	for i, s := range q.Fix.Steps {
		at := fmt.Sprintf("fix.steps[%d]", i)
		does[s.By] = true
		switch {
		case !slices.Contains([]Doer{ByIT, BySecurity, ByOwner}, s.By):
			w.add(at, "begin the step with who does it, and one of these only: it, security or owner")
			continue
		case s.By == BySecurity && q.FixedBy == IT:
			w.add(at, "IT support fixes this: leave security out, or choose both in fixed_by")
		case s.By == ByIT && q.FixedBy == Security && !handsOver.MatchString(s.Do):
			w.add(at, "security fixes this, so IT only hands over what they need: begin with Give, Hand, Send, Show or Tell")
		}
		w.text(at, s.Do, 200)
	}
	if q.FixedBy != Security && !does[ByIT] {
		w.add("fix.steps", "IT support has a part in this: say what, in a step that begins with it")
	}
	if q.FixedBy != IT && !does[BySecurity] {
		w.add("fix.steps", "security has a part in this: say what, in a step that begins with security")
	}
}
