package content

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// Catalog reads a folder of topics and phrases alone, without the built-in
// ones: to measure how well the matcher understands it. Only what the
// matcher needs is asked of a topic: id, side, urgency and phrases.
func Catalog(s Settings) (*Library, error) {
	if s.Command == "" {
		s.Command = "/sec"
	}
	if i, err := os.Stat(s.Folder); err != nil || !i.IsDir() {
		return nil, fmt.Errorf("%s: there is no such folder; name one that holds topics and phrases", s.Folder)
	}
	from := os.DirFS(s.Folder)
	lib := &Library{Settings: s, phrases: []fs.FS{from}}
	if err := lib.readTopics(from); err != nil {
		return nil, err
	}
	if len(lib.Topics) == 0 {
		return nil, fmt.Errorf("%s: there is no topic in it: a topic is a file topics/ID.yaml", s.Folder)
	}
	var all []error
	for _, t := range lib.Topics {
		w := &wording{}
		lib.checkKind(w, t)
		all = append(all, blame(from, "topics/"+t.ID+".yaml", w.faults))
	}
	return lib, errors.Join(append(all, lib.checkPhrases(from))...)
}

// oldAfter is how long advice counts as checked.
const oldAfter = 180 * 24 * time.Hour

// Old names the advice whose source was not looked at for long.
func (lib *Library) Old(now time.Time) []string {
	var old []string
	look := func(t Topic, c Case, what, source, checked string) {
		at, err := time.Parse(time.DateOnly, checked)
		if err == nil && now.Sub(at) > oldAfter {
			old = append(old, fmt.Sprintf("topics/%s.yaml: case %s, %s: read %s again; it was checked on %s, which is more than 180 days ago", t.ID, c.ID, what, source, checked))
		}
	}
	for _, t := range lib.Topics {
		for _, c := range t.Cases {
			for i, s := range c.Steps {
				look(t, c, fmt.Sprintf("step %d", i+1), s.Source, s.Checked)
			}
			for _, r := range c.Reporting {
				look(t, c, "whom to tell in "+r.Country, r.Source, r.Checked)
			}
		}
	}
	return old
}
