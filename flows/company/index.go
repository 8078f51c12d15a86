package company

import "secadvisor/bot"

// Index finds the runs of a company without reading them all.
type Index struct {
	Open     map[string]string   `json:"open,omitempty"`     // unfinished run, by owner and pack: see OpenKey
	Finished map[string][]string `json:"finished,omitempty"` // runs by pack, the latest last
}

// OpenKey is where Index.Open keeps the unfinished run of a person.
func OpenKey(person, pack string) string { return person + "/" + pack }

// Finish moves a run from the open ones to the finished ones.
func (x *Index) Finish(person, pack, run string) {
	delete(x.Open, OpenKey(person, pack))
	if x.Finished == nil {
		x.Finished = map[string][]string{}
	}
	if runs := x.Finished[pack]; len(runs) == 0 || runs[len(runs)-1] != run {
		x.Finished[pack] = append(runs, run)
	}
}

// Before is the run that was finished last before another; empty: none.
func (x Index) Before(pack, run string) string {
	before := ""
	for _, id := range x.Finished[pack] {
		if id == run {
			break
		}
		before = id
	}
	return before
}

// Indexes holds the one Index under IndexID.
var Indexes = bot.Doc[Index]{Prefix: "company", Version: 1}

// IndexID is the id of that document.
const IndexID = "runs"
