// Package audit is the flow that shows owners the log of who did what to what,
// when and from where, and sends it to them as a file. It shows no contents, for
// the log has none; nothing here or elsewhere changes a line. It owns no document:
// the engine writes the lines (bot.AuditLine) with what they tell of.
package audit

import (
	"strconv"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// New makes the flow.
func New() bot.Flow {
	return bot.Flow{
		Name:  "audit",
		Typed: []string{"audit", "audit log", "who did what"},
		Step:  step,
		File:  file,
	}
}

// turn is one step of the flow.
type turn struct {
	d     *bot.Docs
	event bot.Event
}

func step(d *bot.Docs, e bot.Event) []bot.Effect {
	t := &turn{d, e}
	switch e.Kind {
	case bot.Command, bot.Message, bot.Click, bot.Submit:
		if !e.From.Owner() {
			return bot.Respond(onlyOwners())
		}
		return t.press(e.Action)
	}
	return nil
}

// press answers a button; whoever types a word of the flow sees the latest page.
func (t *turn) press(a bot.Action) []bot.Effect {
	switch a.Verb {
	case "file":
		return t.send()
	case "from":
		until, err := time.Parse(monthForm, a.Arg(0))
		skip, _ := strconv.Atoi(a.Arg(1))
		if err != nil || skip < 0 {
			until, skip = t.event.Now, 0
		}
		return bot.Respond(t.page(until, skip))
	}
	return append(bot.Respond(t.page(t.event.Now, 0)), bot.Audit{Verb: "read", Object: "the log"})
}

func onlyOwners() bot.View {
	return bot.View{Title: "Only owners read the log", Blocks: []bot.Block{
		bot.Say("It says who started, changed or shared what, and when. What is recorded about you: type \"mine\"."),
	}}
}

// send hands the whole log to the owner who asked, alone.
func (t *turn) send() []bot.Effect {
	return []bot.Effect{
		bot.Audit{Verb: "exported", Object: "the log"},
		bot.Send{To: bot.To(t.event.From.ID), File: bot.Do("audit", "csv"), View: bot.View{
			Title:  "The log of your company",
			Blocks: []bot.Block{bot.Say("A table: when, who, what, from where. It names people, so keep it to yourself.")},
		}},
		bot.Answer{View: bot.View{Title: "It comes to you as a file", Blocks: []bot.Block{bot.Say("In your direct messages with me.")}}},
	}
}

// mostInFile is more lines than a company of 500 leaves in three years.
const mostInFile = 50_000

// file is the whole log, the oldest line first.
func file(d *bot.Docs, _ bot.Action, now time.Time) (bot.File, error) {
	var lines []bot.AuditLine
	for _, id := range bot.AuditDoc.List(d, "", mostInFile) {
		if line, ok := bot.AuditDoc.Get(d, id); ok {
			lines = append(lines, line)
		}
	}
	return bot.File{Name: "log-" + now.UTC().Format(time.DateOnly) + ".csv", Type: "text/csv; charset=utf-8", Body: company.AuditCSV(lines, names(d, lines))}, nil
}

// names are what the people of these lines are called, the oldest line first,
// by their ids.
func names(d *bot.Docs, lines []bot.AuditLine) map[string]string {
	roles, _ := bot.RolesDoc.Get(d, bot.RolesID)
	all, _ := company.Maps.Get(d, company.MapID)
	return company.NamesInLog(lines, roles, all)
}
