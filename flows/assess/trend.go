package assess

import (
	"fmt"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
	"secadvisor/flows/score"
)

// lookBack is how many earlier runs are looked through for one that the
// person may read.
const lookBack = 5

// readable is the latest finished run before another that somebody may read.
func readable(d *bot.Docs, index company.Index, pack, before, person string) (id string, run company.Run, found bool) {
	for _, earlier := range index.Earlier(pack, before, lookBack) {
		// All are read, found or not, so that they come in one round.
		other, ok := company.Runs.Get(d, earlier)
		if !found && ok && (sheet{run: other}).readableBy(person) {
			id, run, found = earlier, other, true
		}
	}
	return id, run, found
}

// since is a run held against the one before.
type since struct {
	score.Change
	day time.Time
}

// runBefore is the owner's latest finished run of the pack before this one.
func (a assess) runBefore(d *bot.Docs, s sheet) (company.Run, bool) {
	index, _ := company.Indexes.Get(d, company.IndexID)
	_, old, found := readable(d, index, s.pack.ID, s.id, s.run.Owner)
	return old, found
}

// compare holds a run against the one before; false if there is none.
func (a assess) compare(d *bot.Docs, s sheet) (since, bool) {
	old, found := a.runBefore(d, s)
	if !found {
		return since{}, false
	}
	return since{score.Compare(a.lib.Scored(s.pack), old.Scored(), old.Finished, s.run.Scored(), s.run.Finished), old.Finished}, true
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
func (a assess) changed(d *bot.Docs, s sheet) []bot.Effect {
	c, found := a.compare(d, s)
	if !found {
		return say("There is nothing to compare with", "This is the first one that is kept.")
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
			titles = append(titles, prose.Sentence(a.lib.Questions[id].Fix.Title))
		}
		v.Blocks = append(v.Blocks, bot.Head(part.name), bot.Points(titles...))
	}
	return []bot.Effect{bot.Answer{View: v}}
}
