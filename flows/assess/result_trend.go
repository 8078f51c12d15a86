package assess

import (
	"fmt"
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
	"secadvisor/flows/score"
)

// readable is the latest finished run before another that somebody may read.
func (t *turn) readable(index company.Index, pack, before, person string) (id string, run company.Run, found bool) {
	for _, earlier := range index.Earlier(pack, before, company.LookBack) {
		// All are read, found or not, so that they come in one round.
		other, ok := company.Runs.Get(t.d, earlier)
		if !found && ok && mayRead(other, person) {
			id, run, found = earlier, other, true
		}
	}
	return id, run, found
}

// mayRead reports whether a run is somebody's own, or shared with them.
func mayRead(run company.Run, person string) bool {
	return run.Owner == person || slices.Contains(run.Readers, person)
}

// since is a run held against the one before.
type since struct {
	score.Change
	day time.Time
}

// runBefore is the owner's latest finished run of the pack before this one.
func (t *turn) runBefore() (company.Run, bool) {
	index, _ := company.Indexes.Get(t.d, company.IndexID)
	_, old, found := t.readable(index, t.pack.ID, t.id, t.run.Owner)
	return old, found
}

// compare holds a run against the one before; false if there is none.
func (t *turn) compare() (since, bool) {
	old, found := t.runBefore()
	if !found {
		return since{}, false
	}
	return since{score.Compare(t.lib.Scored(t.pack), old.Scored(), old.Finished, t.run.Scored(), t.run.Finished), old.Finished}, true
}

// line says it in one line.
func (c since) line() string {
	line := "Since " + prose.Day(c.day) + ": "
	if !c.Comparable {
		return line + "not comparable, too few of the questions are the same."
	}
	if c.Now == c.Before {
		line += "the same on the questions both share"
	} else {
		line += fmt.Sprintf("%+d on the questions both share", c.Now-c.Before)
	}
	for _, part := range []struct {
		name string
		ids  []string
	}{{"closed", c.Closed}, {"newly open", c.Opened}, {"newly unknown", c.Unknown}} {
		if len(part.ids) > 0 {
			line += fmt.Sprintf("; %s: %d", part.name, len(part.ids))
		}
	}
	return line + "."
}

// changed tells what became of each gap since the run before.
func (t *turn) changed() []bot.Effect {
	c, found := t.compare()
	if !found {
		return bot.Tell("There is nothing to compare with", "This is the first one that is kept.")
	}
	v := bot.View{Title: "What changed", Blocks: []bot.Block{bot.Say(c.line())}}
	for _, part := range []struct {
		name string
		ids  []string
	}{{"Closed", c.Closed}, {"Newly open", c.Opened}, {"Newly unknown", c.Unknown}, {"Changed among what counts most", c.KnockOuts}} {
		if len(part.ids) == 0 {
			continue
		}
		var titles []string
		for _, id := range part.ids {
			titles = append(titles, prose.Sentence(t.lib.Questions[id].Fix.Title))
		}
		v.Blocks = append(v.Blocks, bot.Head(part.name), bot.Points(titles...))
	}
	return bot.Respond(v)
}
