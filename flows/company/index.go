package company

import (
	"slices"

	"secadvisor/bot"
)

// Index finds the runs of a company without reading them all.
type Index struct {
	Open     map[string]string   `json:"open,omitempty"`     // unfinished run, by owner and pack: see OpenKey
	Finished map[string][]string `json:"finished,omitempty"` // runs by pack, the latest last
}

// OpenKey is where Index.Open keeps the unfinished run of a person.
func OpenKey(person, pack string) string { return person + "/" + pack }

// Finish moves a run from the open ones to the finished ones.
func (x *Index) Finish(person, pack, run string) {
	if x.Open[OpenKey(person, pack)] == run {
		delete(x.Open, OpenKey(person, pack))
	}
	if x.Finished == nil {
		x.Finished = map[string][]string{}
	}
	if runs := x.Finished[pack]; len(runs) == 0 || runs[len(runs)-1] != run {
		x.Finished[pack] = append(runs, run)
	}
}

// Earlier lists at most limit runs that were finished before another, the
// latest first; run "" means all.
func (x Index) Earlier(pack, run string, limit int) []string {
	runs := x.Finished[pack]
	if i := slices.Index(runs, run); i >= 0 {
		runs = runs[:i]
	}
	runs = slices.Clone(runs[max(len(runs)-limit, 0):])
	slices.Reverse(runs)
	return runs
}

// LookBack is the usual limit: so many of the latest runs of a pack are looked
// through.
const LookBack = 5

// Indexes holds the one Index under IndexID.
var Indexes = bot.Doc[Index]{Prefix: "company", Version: 1}

// IndexID is the id of that document.
const IndexID = "runs"
