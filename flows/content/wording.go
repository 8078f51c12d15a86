package content

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// kebab is the form of every id: it may stand in a button and in a file name.
var kebab = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// unkind are words that the advisor never says of a person or a company:
// they blame, or claim what a self-assessment cannot.
var unkind = regexp.MustCompile(`(?i)\b(invalid|compliant|certified|covered|guilty|negligent|liable|your fault|audit passed|stupid)\b`)

// wording collects the faults of shown texts.
type wording struct{ faults []fault }

func (w *wording) add(path, why string, args ...any) {
	w.faults = append(w.faults, fault{path, fmt.Sprintf(why, args...)})
}

// text checks one text that people see: there, not too long, kind.
func (w *wording) text(path, text string, most int) {
	switch n := utf8.RuneCountInString(text); {
	case strings.TrimSpace(text) == "":
		w.add(path, "write a text here")
	case n > most:
		w.add(path, "shorten this to %d characters; it has %d", most, n)
	}
	if word := unkind.FindString(text); word != "" {
		w.add(path, "say it without %q", word)
	}
	if open := strings.Index(text, "{"); open >= 0 && !strings.Contains(text, "{incident_contact}") {
		w.add(path, "the placeholder at %q is not known", text[open:min(len(text), open+20)])
	}
}

// list checks texts of a list that may be empty.
func (w *wording) list(path string, texts []string, most, long int) {
	if len(texts) > most {
		w.add(path, "at most %d of these; there are %d", most, len(texts))
	}
	for i, text := range texts {
		w.text(fmt.Sprintf("%s[%d]", path, i), text, long)
	}
}

func (w *wording) id(path, id string) {
	if !kebab.MatchString(id) {
		w.add(path, "write the id in small letters, digits and dashes; it is %q", id)
	}
}

// origin checks where an advice comes from and when that was read.
func (w *wording) origin(path, source, checked string) {
	if strings.TrimSpace(source) == "" {
		w.add(path+".source", "say where this comes from")
	}
	if _, err := time.Parse(time.DateOnly, checked); err != nil {
		w.add(path+".checked", "write the day it was checked as 2026-01-31; it is %q", checked)
	}
}
