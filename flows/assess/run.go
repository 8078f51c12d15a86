package assess

import (
	"fmt"
	"slices"
	"strconv"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// sheet is a run that somebody has in hand.
type sheet struct {
	id      string
	run     company.Run
	pack    content.Pack
	profile company.Profile
}

// open takes a run in hand; false: there is none of that id. Ids that were not
// made here are not looked for.
func (t *turn) open(id string) (found bool) {
	if !company.IsID(id) {
		return false
	}
	t.id = id
	t.run, found = company.Runs.Get(t.d, id)
	t.profile, _ = company.Profiles.Get(t.d, company.ProfileID)
	var known bool
	t.pack, known = t.lib.Pack(t.run.Pack)
	return found && known
}

// mend puts a run right whose pack has changed since. Over says that no
// question is left to be asked.
func (t *turn) mend() (over bool) {
	if t.run.Current != "" && t.place(t.run.Current) < 0 {
		t.run.Current = ""
	}
	t.run.Confirm = slices.DeleteFunc(slices.Clone(t.run.Confirm), func(id string) bool { return t.mustAsk(id, t.run.Earlier[id]) })
	if t.finished() || t.run.Current != "" || len(t.run.Confirm) > 0 {
		return false
	}
	t.run.Current = t.firstOpen("")
	return t.complete()
}

// keep stores a run that was changed, which makes all older buttons late.
func (t *turn) keep() {
	t.run.Step++
	t.store()
}

// store keeps a change that leaves the buttons of the card as good as they
// were. Answers go into the company's bank when the run rests: in between,
// several people at work would only wait for each other.
func (t *turn) store() {
	t.run.Changed = t.event.Now
	company.Runs.Put(t.d, t.id, t.run)
	if t.run.Paused || t.finished() {
		company.Deposit(t.d, t.run.Answers)
	}
}

// act is the action of a button that changes this run as it is now.
func (s sheet) act(verb string, args ...string) bot.Action {
	return bot.Do("assess", verb, append([]string{s.id, strconv.Itoa(s.run.Step)}, args...)...)
}

// see is the action of a button that is never late.
func (s sheet) see(verb string, args ...string) bot.Action {
	return bot.Do("assess", verb, append([]string{s.id}, args...)...)
}

// late reports whether a button was made before the run's latest change.
func (t *turn) late() bool { return t.event.Action.Arg(1) != strconv.Itoa(t.run.Step) }

func (s sheet) finished() bool { return !s.run.Finished.IsZero() }

// place is the position of a question in the pack; -1 if it is not there.
func (s sheet) place(id string) int { return s.pack.Position(id) }

// progress says how far a run is.
func (s sheet) progress() string {
	return fmt.Sprintf("%d of %d answered", s.answered(), len(s.pack.Questions))
}

func (s sheet) answered() int {
	n := 0
	for _, q := range s.pack.Questions {
		if _, ok := s.run.Answers[q.ID]; ok {
			n++
		}
	}
	return n
}

// owner is how others are told who started the run.
func (s sheet) owner() string {
	if s.run.Name != "" {
		return s.run.Name
	}
	return "the owner"
}

// nameOf is what somebody is called; without a name, other stands for them.
func nameOf(p bot.Person, other string) string {
	if name := prose.Plain(p.Name, maxName); name != "" {
		return name
	}
	return other
}

// maxName is how many characters of a name are kept.
const maxName = 60
