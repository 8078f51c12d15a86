package duty

import (
	"fmt"
	"strconv"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// overview is the map: the whole, or a page of one side.
func (t *turn) overview(side, page string) bot.View {
	if _, ok := dutiesOf(content.Side(side)); ok {
		n, _ := strconv.Atoi(page)
		return t.page(content.Side(side), n)
	}
	all := t.coverage()
	v := bot.View{Title: "Who handles what: " + gap(t.tally(all), "duties")}
	var lines []string
	for _, s := range sides {
		if part := of(all, s.side); len(part) > 0 {
			lines = append(lines, t.line(s.side, t.tally(part)))
		}
	}
	v.Blocks = append(v.Blocks, bot.Points(lines...))
	var open []string
	for _, c := range all {
		if !c.duty.Owned() {
			open = append(open, c.title)
		}
	}
	if len(open) > 0 {
		v.Blocks = append(v.Blocks, bot.Say("Without an owner: "+apart(open, 5)+"."))
	}
	if t.m.Introduced.IsZero() && len(t.m.Duties) > 0 {
		v.Blocks = append(v.Blocks, bot.Small("Nobody has been asked yet. Names show as assumed until you introduce this and people say yes."))
	}
	v.Gist = v.Title
	v.Blocks = append(v.Blocks,
		bot.Row(bot.Button{Label: "Assign", Action: bot.Do("duty", "assign"), Main: true},
			bot.Press("Introduce it to IT", bot.Do("duty", "introduce")), bot.Press("About me", bot.Do("duty", "mine"))),
		bot.Row(t.sideButtons(all)...))
	return v
}

// sideButtons lead to the pages of the sides that have duties.
func (t *turn) sideButtons(all []covered) []bot.Button {
	var buttons []bot.Button
	for _, s := range sides {
		if len(of(all, s.side)) > 0 {
			buttons = append(buttons, bot.Press(prose.Sentence(s.duties), bot.Do("duty", "map", string(s.side))))
		}
	}
	return buttons
}

// line is one side in the overview.
func (t *turn) line(side content.Side, n tally) string {
	duties, _ := dutiesOf(side)
	text := gap(n, duties)
	if side != own {
		text = side.Mark() + " " + side.Word() + ": " + text
	}
	var rest []string
	if n.confirmed > 0 {
		rest = append(rest, fmt.Sprintf("%d confirmed", n.confirmed))
	}
	if n.assumed() > 0 {
		rest = append(rest, fmt.Sprintf("%d assumed", n.assumed()))
	}
	if len(rest) > 0 {
		text += "; " + strings.Join(rest, ", ")
	}
	return text
}

// gap says how many of some duties nobody has.
func gap(n tally, duties string) string {
	if n.unowned == 0 {
		return fmt.Sprintf("all %d %s have an owner", n.all, duties)
	}
	has := "have"
	if n.unowned == 1 {
		has = "has"
	}
	return fmt.Sprintf("%d of %d %s %s no owner", n.unowned, n.all, duties, has)
}

// onPage is how many lines of duties a page shows.
const onPage = 12

// page lists duties of a side, those without an owner first. What comes with
// a group is one line.
func (t *turn) page(side content.Side, n int) bot.View {
	all := of(t.coverage(), side)
	rows := t.rows(all)
	last := max((len(rows)-1)/onPage, 0)
	n = min(max(n, 0), last)
	duties, _ := dutiesOf(side)
	v := bot.View{Title: prose.Sentence(gap(t.tally(all), duties))}
	if len(all) == 0 {
		v.Title = "There are no " + duties + " yet"
	}
	if len(rows) > 0 {
		v.Blocks = append(v.Blocks, bot.Points(rows[n*onPage:min((n+1)*onPage, len(rows))]...))
	}
	if last > 0 {
		v.Blocks = append(v.Blocks, bot.Small(fmt.Sprintf("Page %d of %d.", n+1, last+1)))
	}
	buttons := []bot.Button{{Label: "Assign one of these", Action: bot.Do("duty", "topics", string(side)), Main: true}}
	if n < last {
		buttons = append(buttons, bot.Press("Next", bot.Do("duty", "map", string(side), strconv.Itoa(n+1))))
	}
	if n > 0 {
		buttons = append(buttons, bot.Press("Back", bot.Do("duty", "map", string(side), strconv.Itoa(n-1))))
	}
	v.Blocks = append(v.Blocks, bot.Row(append(buttons, bot.Press("The whole map", bot.Do("duty", "map")))...))
	return v
}

// rows are the duties of a side, a line each, and then the groups that have
// the rest.
func (t *turn) rows(all []covered) []string {
	now := t.event.Now
	var rows []string
	rest := map[string]int{}
	for _, c := range all {
		switch {
		case !c.duty.Owned():
			rows = append(rows, c.title+": "+needsOwner)
		case c.by == c.id:
			rows = append(rows, c.title+": "+t.who(c.duty)+" · "+state(c.duty, now))
		default:
			rest[c.by]++
		}
	}
	for _, g := range groups {
		if n, d := rest[g.id], t.m.Duties[g.id]; n > 0 {
			rows = append(rows, fmt.Sprintf("%s (%s here): %s · %s", g.title, prose.Count(n, "topic", "topics"), t.who(d), state(d, now)))
		}
	}
	return rows
}

// inside is a title in the middle of a sentence.
func inside(title string) string {
	for _, g := range groups {
		if g.title == title {
			return strings.ToLower(title[:1]) + title[1:]
		}
	}
	return title
}

// whoNow says who has something now.
func (t *turn) whoNow(s subject) string {
	d, by := t.m.Find(s.ids...)
	switch {
	case !d.Owned() && by == "":
		return "Nobody has it yet."
	case !d.Owned():
		return "It " + needsOwner + "."
	case by != s.id:
		return "Now: " + t.who(d) + ", with " + inside(t.title(by)) + "; " + state(d, t.event.Now) + ". Choose somebody to give this one topic to."
	}
	return "Now: " + t.who(d) + "; " + state(d, t.event.Now) + "."
}

// outside reports whether a party cannot answer for itself here.
func outside(p company.Party) bool { return p.User == "" }
