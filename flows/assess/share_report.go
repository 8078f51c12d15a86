package assess

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
	"secadvisor/flows/report"
)

// formats are what a report can be had as, the likely one first.
var formats = []struct{ id, label, kind string }{
	{"pdf", "PDF to read and print", "application/pdf"},
	{"csv", "Table (CSV)", "text/csv; charset=utf-8"},
	{"json", "For programs (JSON)", "application/json"},
}

// offerReport says what a report is before it gives one.
func (t *turn) offerReport() []bot.Effect {
	var buttons []bot.Button
	for _, f := range formats {
		buttons = append(buttons, bot.Press(f.label, t.see("report-send", f.id, "")))
	}
	buttons[0].Main = true
	return bot.Respond(bot.View{
		Title: "The full report of " + strings.ToLower(t.pack.Title),
		Blocks: []bot.Block{
			bot.Say("It lists what is open at your company, so share it deliberately: with your IT support, a security partner, an insurer who asks. It is your own assessment, not an audit, a certificate or an application."),
			bot.Say("It names roles, not people."),
			bot.Row(append(buttons, bot.Behind("PDF with people's names", t.see("report-send", "pdf", "names")))...),
		},
	})
}

// sendReport gives a report to whoever asked for it, in their direct messages.
func (t *turn) sendReport() []bot.Effect {
	format := t.event.Action.Arg(1)
	if !known(format) {
		return t.offerReport()
	}
	return []bot.Effect{
		bot.Audit{Verb: "exported", Object: "report of " + t.pack.ID},
		bot.Send{
			To: bot.To(t.event.From.ID), File: t.see("report", format, t.event.Action.Arg(2)),
			View: bot.View{
				Title:  t.pack.Title + ": the report of " + prose.Day(t.run.Finished),
				Blocks: []bot.Block{bot.Small("It lists weaknesses. Keep it where only those can read it who need to.")},
			},
		},
		bot.Answer{View: bot.View{Title: "The report is on its way to your direct messages"}},
	}
}

func known(format string) bool {
	for _, f := range formats {
		if f.id == format {
			return true
		}
	}
	return false
}

// file makes the report that an action names: run, format, names.
func (f flow) file(d *bot.Docs, name bot.Action, _ time.Time) (bot.File, error) {
	t := &turn{flow: f, d: d}
	found := t.open(name.Arg(0))
	in := t.reported(name.Arg(2) == "names")
	if len(t.d.Needs()) > 0 {
		return bot.File{}, nil // they come, and this is asked again
	}
	if !found || !t.finished() {
		return bot.File{}, fmt.Errorf("there is no finished assessment %q", name.Arg(0))
	}
	r := report.Build(in)
	for _, f := range formats {
		if f.id != name.Arg(1) {
			continue
		}
		body, err := printed(r, f.id)
		return bot.File{Name: t.pack.ID + "-" + t.run.Finished.Format(time.DateOnly) + "." + f.id, Type: f.kind, Body: body}, err
	}
	return bot.File{}, fmt.Errorf("a report has no format %q", name.Arg(1))
}

func printed(r report.Report, format string) ([]byte, error) {
	switch format {
	case "csv":
		return r.CSV(), nil
	case "json":
		return r.JSON(), nil
	}
	return r.PDF()
}

// reported is what a report of a run is built from. In place of people stand
// their roles, unless the owner wants names.
func (t *turn) reported(names bool) report.Input {
	in := report.Input{Lib: t.lib, Pack: t.pack, Answers: t.run.Answers, At: t.run.Finished, Profile: t.profile, Who: map[string]string{}}
	index, _ := company.Indexes.Get(t.d, company.IndexID)
	for _, id := range index.Earlier(t.pack.ID, t.id, report.MostEarlier) {
		if run, ok := company.Runs.Get(t.d, id); ok && mayRead(run, t.run.Owner) {
			in.Earlier = append(in.Earlier, report.Run{At: run.Finished, Answers: run.Answers})
		}
	}
	bank, _ := company.Banks.Get(t.d, company.BankID)
	if check, ok := t.lib.Pack(content.ProviderCheck); ok {
		in.Provider = map[string]company.Answer{}
		for _, q := range check.Questions {
			if said, ok := bank.Answers[q.ID]; ok {
				in.Provider[q.ID] = said
			}
		}
	}
	roles, _ := bot.RolesDoc.Get(t.d, bot.RolesID)
	for _, said := range t.run.Answers {
		if said.By == t.run.Owner && !names {
			in.Who[said.By] = "owner"
			continue
		}
		in.Who[said.By] = roleWord(roles.People[said.By].Role)
		if name := cmp.Or(roles.People[said.By].Name, said.Name); names && name != "" {
			in.Who[said.By] = name
		}
	}
	return in
}

func roleWord(r bot.Role) string {
	switch r {
	case bot.Owner:
		return "owner"
	case bot.IT:
		return "IT"
	case bot.Partner:
		return "security partner"
	}
	return "staff"
}
