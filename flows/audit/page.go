package audit

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/prose"
)

const (
	perPage   = 15
	months    = 3 // that are read at once
	perDecade = 500
	monthForm = "2006-01"
	maxName   = 60 // characters

	// kept is how far back there may be anything, in months.
	kept = 37
)

// page shows some lines of the months that end with the one of until, the latest
// first, after the first so many.
func (t *turn) page(until time.Time, skip int) bot.View {
	first := month(until).AddDate(0, 1-months, 0)
	lines := between(t.d, first)
	people := names(t.d, lines)
	slices.Reverse(lines)
	people[t.event.From.ID] = "You"
	rest := lines[min(skip, len(lines)):]
	shown := rest[:min(perPage, len(rest))]
	v := bot.View{Title: "Who did what: the log"}
	if skip > 0 || month(until).Before(month(t.event.Now)) {
		v.Title += ", earlier"
	}
	var points []string
	for _, line := range shown {
		points = append(points, sentence(line, people))
	}
	if len(points) == 0 {
		v.Blocks = append(v.Blocks, bot.Say("Nothing from "+first.Format("January 2006")+" to "+month(until).Format("January 2006")+"."))
	} else {
		v.Blocks = append(v.Blocks, bot.Points(points...))
	}
	var buttons []bot.Button
	switch before := first.AddDate(0, -1, 0); {
	case len(rest) > perPage:
		buttons = append(buttons, bot.Press("Earlier", bot.Do("audit", "from", month(until).Format(monthForm), strconv.Itoa(skip+perPage))))
	case before.After(month(t.event.Now).AddDate(0, -kept, 0)):
		buttons = append(buttons, bot.Press("Earlier", bot.Do("audit", "from", before.Format(monthForm), "0")))
	}
	buttons = append(buttons, bot.Press("All of it as a file", bot.Do("audit", "file")))
	v.Blocks = append(v.Blocks, bot.Row(buttons...),
		bot.Small("Times are in UTC. Lines are only added, hold no contents and no questions, and vanish after three years."))
	return v
}

func month(at time.Time) time.Time {
	at = at.UTC()
	return time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// between are the lines of some months, the oldest first. They are read by ten
// days, so that the latest of a busy month are among them.
func between(d *bot.Docs, first time.Time) (lines []bot.AuditLine) {
	var ids []string
	for m := range months {
		for _, decade := range []string{"0", "1", "2", "3"} {
			ids = append(ids, bot.AuditDoc.List(d, first.AddDate(0, m, 0).Format("200601")+decade, perDecade)...)
		}
	}
	for _, id := range ids {
		if line, ok := bot.AuditDoc.Get(d, id); ok {
			lines = append(lines, line)
		}
	}
	return lines
}

// sentence is one line as a person reads it.
func sentence(line bot.AuditLine, people map[string]string) string {
	who := line.By
	switch {
	case people[who] != "":
		who = prose.Sentence(prose.Plain(people[who], maxName))
	case who == "" && line.Where == bot.OnServer:
		who = "Whoever runs the server"
	case who == "":
		who = "By itself"
	default:
		who = "Somebody (id " + who + ")"
	}
	parts := []string{prose.ShortDay(line.At) + line.At.UTC().Format(", 15:04"), who + ": " + line.Verb + " " + line.Object}
	if line.Where != "" && line.Where != bot.OnServer {
		parts = append(parts, line.Where)
	}
	return strings.Join(parts, " · ")
}
