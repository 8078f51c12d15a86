package content

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"
)

// checkTopics holds every topic against the rules of the catalog. from is
// where they were read, to name the lines.
func (lib *Library) checkTopics(from fs.FS) error {
	var all []error
	for _, t := range lib.Topics {
		w := &wording{}
		lib.checkTopic(w, t)
		lib.checkCases(w, t)
		all = append(all, blame(from, "topics/"+t.ID+".yaml", w.faults))
	}
	return errors.Join(append(all, lib.checkPhrases(from))...)
}

func (lib *Library) checkTopic(w *wording, t Topic) {
	lib.checkKind(w, t)
	w.text("title", t.Title, 40)
	if n := utf8.RuneCountInString(t.label()); t.Button != "" && n > mostButton {
		w.add("button", "%q has %d characters, and a button room for %d", t.label(), n, mostButton)
	}
	w.text("what", t.What, 300)
	w.text("why", t.Why, 300)
	w.text("it_is_enough", t.ITIsEnough, 300)
	w.text("bring_in_security", t.BringInSecurity, 300)
	w.list("steps", t.Steps, 4, 200)
	w.list("avoid", t.Avoid, 4, 200)
	w.list("ask_provider", t.AskProvider, 5, 200)
	if t.Scope == "" {
		w.add("scope", "say what belongs here")
	}
	if len(t.Steps) == 0 {
		w.add("steps", "say what to do first")
	}
	if sentences(t.Why) > 2 {
		w.add("why", "two sentences at most")
	}
	for i, id := range t.Related {
		if _, ok := lib.topics[id]; !ok || id == t.ID {
			w.add(fmt.Sprintf("related[%d]", i), "%q is not another topic", id)
		}
	}
}

// checkKind checks what the matcher needs of a topic.
func (lib *Library) checkKind(w *wording, t Topic) {
	w.id("id", t.ID)
	if t.Side != IT && t.Side != Both && t.Side != Security {
		w.add("side", "choose it, both or security")
	}
	if t.Urgency != Normal && t.Urgency != Soon && t.Urgency != Emergency {
		w.add("urgency", "choose normal, soon or emergency")
	}
	if len(lib.Phrases(t.ID)) == 0 {
		w.add("phrases", "write how people say it, here or in phrases/%s.txt: the matcher learns from that", t.ID)
	}
}

func (lib *Library) checkCases(w *wording, t Topic) {
	if t.Urgency != Emergency {
		if len(t.Cases) > 0 {
			w.add("cases", "only emergencies have cases")
		}
		return
	}
	if len(t.Cases) < 2 {
		w.add("cases", "an emergency has two cases or more")
	}
	seen := map[string]bool{}
	for i, c := range t.Cases {
		path := fmt.Sprintf("cases[%d]", i)
		if seen[c.ID] {
			w.add(path+".id", "%q is there twice", c.ID)
		}
		seen[c.ID] = true
		checkCase(w, path, c)
	}
}

func checkCase(w *wording, path string, c Case) {
	w.id(path+".id", c.ID)
	w.text(path+".button", c.Button, 30)
	w.text(path+".title", c.Title, 50)
	w.text(path+".reassure", c.Reassure, 200)
	if len(c.Steps) == 0 || len(c.Steps) > 4 {
		w.add(path+".steps", "one to four steps; there are %d", len(c.Steps))
	}
	for i, s := range c.Steps {
		at := fmt.Sprintf("%s.steps[%d]", path, i)
		w.text(at+".do", s.Do, 200)
		w.origin(at, s.Source, s.Checked)
	}
	for i, a := range c.Already {
		at := fmt.Sprintf("%s.already[%d]", path, i)
		w.text(at+".said", a.Said, 60)
		w.text(at+".do", a.Do, 200)
	}
	for i, r := range c.Reporting {
		at := fmt.Sprintf("%s.reporting[%d]", path, i)
		w.text(at+".text", r.Text, 250)
		w.origin(at, r.Source, r.Checked)
		if len(r.Country) != 2 || r.Country != strings.ToUpper(r.Country) {
			w.add(at+".country", "name the country by its two capitals, such as US")
		}
	}
	if len(c.Signals) == 0 {
		w.add(path+".signals", "write what people say in this case")
	}
	checkNever(w, path, c)
}

// checkNever looks for what a case must never say in everything it says.
func checkNever(w *wording, path string, c Case) {
	look := func(at, text string) {
		for _, never := range c.Never {
			if strings.Contains(plain(text), plain(never)) {
				w.add(path+at, "this case must never say %q", never)
			}
		}
	}
	look(".button", c.Button)
	look(".title", c.Title)
	for i, s := range c.Steps {
		look(fmt.Sprintf(".steps[%d].do", i), s.Do)
	}
	look(".reassure", c.Reassure)
	for i, a := range c.Already {
		look(fmt.Sprintf(".already[%d].do", i), a.Do)
	}
}

// plain is a text as it sounds: small letters, single spaces, no stop at the
// end.
func plain(text string) string {
	return strings.TrimRight(strings.Join(strings.Fields(strings.ToLower(text)), " "), ".!?")
}

// sentences counts the stops, question and exclamation marks that end one.
func sentences(text string) int {
	n := 0
	for _, end := range []string{". ", "! ", "? "} {
		n += strings.Count(text+" ", end)
	}
	return n
}
