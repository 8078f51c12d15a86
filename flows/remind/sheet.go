package remind

import (
	"fmt"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
	"secadvisor/flows/report"
)

// The sheet of diligence: one page that says what a company did for its
// security in a quarter, for an insurer, a customer or the next IT provider.

// offerSheet says what the sheet is before it gives it.
func (t *turn) offerSheet() []bot.Effect {
	return bot.Respond(bot.View{
		Title: "The last three months on one page",
		Blocks: []bot.Block{
			bot.Say("Who owns what, what was asked, what changed, what was handed over, and what was not looked at: for an insurer, a customer or the next IT provider."),
			bot.Say("It rests on what was recorded here. It is no audit and no certificate. Share it deliberately."),
			bot.Row(
				bot.Button{Label: "PDF with people's names", Action: bot.Do("remind", "sheet-send", "names"), Main: true},
				bot.Press("PDF without names", bot.Do("remind", "sheet-send", ""))),
		},
	})
}

// sendSheet gives it to whoever asked, in their direct messages.
func (t *turn) sendSheet() []bot.Effect {
	names, on := t.event.Action.Arg(0), t.now().UTC().Format(time.DateOnly)
	if names != "names" {
		names = ""
	}
	return []bot.Effect{
		bot.Audit{Verb: "exported", Object: "sheet of the quarter"},
		bot.Send{To: bot.To(t.event.From.ID), File: bot.Do("remind", "sheet", t.event.From.ID, on, names), View: bot.View{
			Title:  "The three months before " + prose.Day(t.now()),
			Blocks: []bot.Block{bot.Small("It says what was done and what was not. Hand it on deliberately.")},
		}},
		bot.Answer{View: bot.View{Title: "The page is on its way to your direct messages"}},
	}
}

// file makes the sheet that an action names: for whom, until which day, and
// whether people are named.
func (f flow) file(d *bot.Docs, name bot.Action, _ time.Time) (bot.File, error) {
	memo, err := f.memo(d, name)
	if err != nil || len(d.Needs()) > 0 {
		return bot.File{}, err // what is needed comes, and this is asked again
	}
	body, err := memo.PDF()
	return bot.File{Name: "three-months-" + memo.Day.Format(time.DateOnly) + ".pdf", Type: "application/pdf", Body: body}, err
}

// memo is what stands on the sheet.
func (f flow) memo(d *bot.Docs, name bot.Action) (report.Memo, error) {
	on, err := time.Parse(time.DateOnly, name.Arg(1))
	if name.Verb != "sheet" || err != nil {
		return report.Memo{}, fmt.Errorf("reminders have no file %s", name)
	}
	end := on.AddDate(0, 0, 1) // the day itself counts
	q := &quarter{turn: turn{flow: f, d: d, event: bot.Event{Now: end}}, owner: name.Arg(0), names: name.Arg(2) == "names", since: on.AddDate(0, -3, 0)}
	return report.Memo{
		Title:  "Three months of looking after security",
		Under:  prose.Day(q.since) + " to " + prose.Day(on) + " · recorded by the company itself",
		Notice: "This page says what was asked and done, by the company's own records. It is no audit, no certificate and no insurance application. Share it deliberately.",
		Day:    on,
		Parts: []report.Part{
			{Title: "Who owns what", Lines: q.owns()},
			{Title: "What was asked", Lines: q.asked(), None: "Nothing in these three months."},
			{Title: "What changed", Lines: q.changed(), None: "Nothing that was recorded."},
			{Title: "What was handed over", Lines: q.handed(), None: "Nothing in these three months."},
			{Title: "What was not assessed", Lines: q.notAssessed()},
		},
		Foot: "Three months until " + prose.Day(on) + " · share deliberately",
	}, nil
}

// quarter is what is put on a sheet: of the runs, the owner's own alone.
type quarter struct {
	turn
	owner string
	names bool
	since time.Time
}

// in reports whether something happened in these three months.
func (q *quarter) in(at time.Time) bool { return !at.Before(q.since) && at.Before(q.now()) }

// person is somebody on the sheet.
func (q *quarter) person(name string) string {
	if q.names && name != "" {
		return name
	}
	return "somebody"
}

// owns says who has which group of topics, and how far all are covered.
func (q *quarter) owns() []string {
	m, _ := company.Maps.Get(q.d, company.MapID)
	var lines []string
	for _, g := range []struct{ id, title string }{
		{company.GroupIT, "IT support"}, {company.GroupSecurity, "Security"}, {company.GroupBoth, "What both share"}, {company.GroupEmergency, "Emergencies"},
	} {
		d := m.Duties[g.id]
		if !d.Owned() {
			lines = append(lines, g.title+" as a whole: nobody")
			continue
		}
		line := g.title + ": " + q.person(m.Parties[d.Does].Name)
		if p := m.Parties[d.Deputy]; p.Name != "" {
			line += ", with " + q.person(p.Name) + " as deputy"
		}
		if d.Fresh(q.now()) {
			line += ", confirmed on " + prose.Day(d.Since)
		} else {
			line += ", not confirmed"
		}
		lines = append(lines, line)
	}
	n, all := q.duties(), len(q.lib.Topics)+len(m.Own)
	return append(lines, fmt.Sprintf("%d of %d topics have somebody; %d of them confirmed it within a year", all-len(n.unowned), all, all-len(n.unowned)-n.unconfirmed))
}
