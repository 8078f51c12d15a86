package fixes

import (
	"fmt"
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// all is the whole list, for owners: what is open by who fixes it, the first
// first, then what waits for its confirmation and what is accepted. Note
// stands on top where something is to be said.
func (t *turn) all(note string) bot.View {
	if len(t.list.Tasks) == 0 {
		return t.none(note)
	}
	now := t.event.Now
	open, late := t.list.Open(now), t.list.Overdue(now)
	v := bot.View{Title: "Fix list: nothing is open"}
	if len(open) > 0 {
		v.Title = fmt.Sprintf("Fix list: %d open", len(open))
	}
	if len(late) > 0 {
		v.Title += fmt.Sprintf(", %d overdue", len(late))
	}
	v.Gist = v.Title + "."
	add := func(b ...bot.Block) { v.Blocks = append(v.Blocks, b...) }
	if note != "" {
		add(bot.Say(note))
	}
	for _, side := range []content.Side{content.IT, content.Both, content.Security} {
		if lines := t.lines(open, side); len(lines) > 0 {
			add(bot.Head(side.Mark()+" "+side.Word()), bot.Block{List: &bot.List{Items: lines}})
		}
	}
	said, accepted := t.list.Ordered(now, company.FixDone), t.list.Ordered(now, company.FixAccepted)
	if len(said) > 0 {
		add(bot.Head("Said to be done; the next answers confirm it"), bot.Points(t.saidDone(said)...))
	}
	if len(accepted) > 0 {
		add(bot.Head("Accepted risks"), bot.Points(t.acceptedOnes(accepted)...))
	}
	add(t.openOne(slices.Concat(open, said, accepted))...)
	add(t.below(said)...)
	add(bot.Small("Owners read this list. Everybody else sees what was given to them, and nothing more."))
	return v
}

// none is the list before there is one.
func (t *turn) none(note string) bot.View {
	v := bot.View{Title: "There is no fix list yet"}
	if note != "" {
		v = bot.View{Title: "The fix list is empty", Blocks: []bot.Block{bot.Say(note)}}
	}
	if id, p, on := t.last(); id != "" {
		v.Blocks = append(v.Blocks,
			bot.Say("It is made from the result of an assessment. Yours: "+p.Title+", "+prose.Day(on)+"."),
			bot.Row(bot.Button{Label: "Make the fix list", Action: bot.Do("fixes", "make", id), Main: true}, bot.Press("Show that result", bot.Do("assess", "show", id))))
		return v
	}
	v.Blocks = append(v.Blocks,
		bot.Say("It is made from the result of an assessment: “Make the fix list” stands below the result."),
		bot.Row(bot.Button{Label: "Check our security", Action: bot.Do("assess", "start", content.QuickCheck), Main: true}))
	return v
}

// last is the latest finished run that this owner reads, its pack and when it
// was finished; of each pack the latest counts. Without one, the id is empty.
func (t *turn) last() (id string, of content.Pack, on time.Time) {
	index, _ := company.Indexes.Get(t.d, company.IndexID)
	for _, p := range t.lib.Packs {
		for _, run := range index.Earlier(p.ID, "", 1) {
			r, found := company.Runs.Get(t.d, run)
			if found && t.reader(r) && r.Finished.After(on) {
				id, of, on = run, p, r.Finished
			}
		}
	}
	return id, of, on
}

// lines are the open tasks of a side. Management's own come with the others:
// who decides is said on the task.
func (t *turn) lines(ids []string, side content.Side) []string {
	var lines []string
	for _, id := range ids {
		f := t.list.Tasks[id]
		if f.Side != string(side) {
			continue
		}
		line := prose.Sentence(t.title(id)) + " · " + t.who(f)
		switch {
		case f.State == company.FixPlanned:
			line += " · planned"
		case back(f, t.event.Now) != "":
			line += " · open again"
		}
		lines = append(lines, line)
	}
	return lines
}

func (t *turn) saidDone(ids []string) []string {
	var lines []string
	for _, id := range ids {
		f := t.list.Tasks[id]
		lines = append(lines, prose.Sentence(t.title(id))+" · "+f.Done.Name+" on "+prose.Day(f.Done.At))
	}
	return lines
}

func (t *turn) acceptedOnes(ids []string) []string {
	var lines []string
	for _, id := range ids {
		f := t.list.Tasks[id]
		lines = append(lines, prose.Sentence(t.title(id))+" · until "+prose.Day(f.Accepted.Until)+", by "+f.Accepted.Name)
	}
	return lines
}

// openOne lets choose a task.
func (t *turn) openOne(ids []string) []bot.Block {
	var options []bot.Button
	for _, id := range ids {
		options = append(options, bot.Press(prose.Label(prose.Sentence(t.title(id))), bot.Do("fixes", "open", id)))
	}
	if len(options) == 0 {
		return nil
	}
	return []bot.Block{bot.Pick("Open one, to give it to somebody or to say what became of it:", options...)}
}

// below are the buttons under the list.
func (t *turn) below(said []string) []bot.Block {
	var buttons []bot.Button
	if len(said) > 0 {
		buttons = append(buttons, bot.Press("Check again now", bot.Do("assess", "start", t.list.Tasks[said[0]].Pack)))
	}
	if n := len(t.list.Ordered(t.event.Now, company.FixClosed)); n > 0 {
		buttons = append(buttons, bot.Press(fmt.Sprintf("What is mended (%d)", n), bot.Do("fixes", "closed")))
	}
	if len(buttons) == 0 {
		return nil
	}
	return []bot.Block{bot.Row(buttons...)}
}

// closed lists what an answer has confirmed, the latest day first; of one day,
// what mattered most.
func (t *turn) closed() bot.View {
	ids := t.list.Ordered(t.event.Now, company.FixClosed)
	day := func(id string) time.Time { return t.list.Tasks[id].Closed.UTC().Truncate(24 * time.Hour) }
	slices.SortStableFunc(ids, func(a, b string) int { return day(b).Compare(day(a)) })
	v := bot.View{Title: "Nothing is confirmed as mended yet", Blocks: []bot.Block{bot.Say("What is said to be done counts as mended when the next answer to its question shows it.")}}
	if len(ids) > 0 {
		var lines []string
		for _, id := range ids {
			lines = append(lines, prose.Sentence(t.title(id))+" · "+prose.Day(t.list.Tasks[id].Closed))
		}
		v = bot.View{Title: "Mended: " + prose.Count(len(ids), "gap", "gaps"), Blocks: append([]bot.Block{bot.Points(lines...)}, t.openOne(ids)...)}
	}
	v.Blocks = append(v.Blocks, bot.Row(bot.Press("The list", bot.Do("fixes", "list"))))
	return v
}
