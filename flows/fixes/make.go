package fixes

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
	"secadvisor/flows/score"
)

// make puts the gaps of a finished run onto the list. Whoever reads the run
// may do that; since it lets the other owners read the gaps too, it is asked
// first where there are any.
func (t *turn) make(id string, agreed bool) []bot.Effect {
	run, found := t.run(id)
	p, known := t.lib.Pack(run.Pack)
	switch {
	case !found:
		return bot.Tell("This assessment is not kept any more", "A new one starts with "+t.lib.Command+" assess.")
	case !t.reader(run):
		return bot.Tell("This assessment belongs to somebody else", "Those who read its result make the fix list from it.")
	case run.Finished.IsZero():
		return bot.Tell("This assessment is not finished yet", "The fix list comes from its result. "+t.lib.Command+" assess goes on with it.")
	case !known:
		return bot.Tell("This assessment is not offered any more", "A fix list comes from a new one: "+t.lib.Command+" assess.")
	}
	gaps := score.Evaluate(t.lib.Scored(p), run.Scored(), run.Finished).Gaps
	if n := t.newReaders(run); n > 0 && !agreed && len(gaps) > 0 && !t.madeFrom(id) {
		return bot.Respond(t.askToMake(id, n, len(gaps)))
	}
	added, there := 0, 0
	for _, g := range gaps {
		switch _, was := t.list.Tasks[g.ID]; {
		case was:
			there++
			t.again(g, id, run)
		case t.add(g, id, run):
			added++
		}
	}
	t.catchUp()
	return append(t.logged(run.Pack), t.made(p, run, added, there)...)
}

func (t *turn) run(id string) (company.Run, bool) {
	if !company.IsID(id) {
		return company.Run{}, false
	}
	return company.Runs.Get(t.d, id)
}

// reader reports whether somebody reads a run: an owner who started it, or
// whoever it is shared with.
func (t *turn) reader(run company.Run) bool {
	from := t.event.From
	return from.Owner() && run.Owner == from.ID || slices.Contains(run.Readers, from.ID)
}

// newReaders is how many owners would read the gaps who do not read the run.
func (t *turn) newReaders(run company.Run) int {
	n := 0
	for _, owner := range t.owners.Of(t.d, t.event) {
		if owner != run.Owner && owner != t.event.From.ID && !slices.Contains(run.Readers, owner) {
			n++
		}
	}
	return n
}

func (t *turn) madeFrom(run string) bool {
	for _, f := range t.list.Tasks {
		if f.Run == run {
			return true
		}
	}
	return false
}

func (t *turn) askToMake(id string, readers, gaps int) bot.View {
	who := "another owner reads it too"
	if readers > 1 {
		who = fmt.Sprintf("%d other owners read it too", readers)
	}
	return bot.View{
		Title: "The fix list is the company's: " + who,
		Blocks: []bot.Block{
			bot.Say(prose.Count(gaps, "gap", "gaps") + " would go onto it, with who fixes them and by when. Your answers and your score stay with you. Others see only what an owner gives them to do."),
			bot.Row(bot.Button{Label: "Make the fix list", Action: bot.Do("fixes", "made", id), Main: true}),
		},
	}
}

// add puts a gap onto the list, unless a later answer shows it mended.
func (t *turn) add(g score.Gap, id string, run company.Run) bool {
	said := run.Answers[g.ID]
	f := company.Fix{
		State: company.FixOpen, Pack: run.Pack, Run: id, Revision: said.Revision,
		Seen: at(said, run), Since: t.event.Now, By: t.event.From.ID,
	}
	if later, mended, ok := t.latest(g.ID, f); ok && mended && later.At.After(f.Seen) {
		return false
	}
	t.put(g.ID, measured(f, g))
	return true
}

// again tells a task that is on the list what a run says of it. An older
// answer than the one it knows says nothing new.
func (t *turn) again(g score.Gap, id string, run company.Run) {
	f, said := t.list.Tasks[g.ID], run.Answers[g.ID]
	if at(said, run).Before(f.Seen) {
		return
	}
	f.Pack, f.Run, f.Revision = run.Pack, id, said.Revision
	t.shown(g.ID, f, at(said, run), &g)
}

func at(said company.Answer, run company.Run) time.Time {
	if said.At.IsZero() {
		return run.Finished
	}
	return said.At
}

// measured gives a task the figures of a gap.
func measured(f company.Fix, g score.Gap) company.Fix {
	f.Side, f.Gap, f.Priority, f.Risk, f.KnockOut = g.FixedBy, g.State, g.Priority, g.Risk, g.KnockOut
	return f
}

func (t *turn) logged(pack string) []bot.Effect {
	if !t.changed {
		return nil
	}
	return []bot.Effect{bot.Audit{Verb: "made", Object: "fix list from assessment " + pack}}
}

// made tells what came of it.
func (t *turn) made(p content.Pack, run company.Run, added, there int) []bot.Effect {
	from := strings.ToLower(p.Title) + " of " + prose.Day(run.Finished)
	text := "From the " + from + ": "
	switch {
	case added == 0 && there == 0:
		text = "The " + from + " shows nothing to fix that is still open."
	case there == 0:
		text += "all of its gaps are on the list now."
	case added == 0:
		text += "all of its gaps were on the list already. Each keeps its person, its day and what was written."
	default:
		text += prose.Count(added, "new gap", "new gaps") + "; " + prose.Count(there, "was", "were") + " there already and keep who has them, the day and what was written."
	}
	if !t.event.From.Owner() {
		return bot.Tell("The fix list is made", text+" The owners of your company give out what is on it.")
	}
	return bot.Respond(t.all(text))
}
