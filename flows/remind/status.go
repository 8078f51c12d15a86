package remind

import (
	"fmt"
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// status says of every reminder when it came last, whether it arrived, how
// it ended, and when it comes next.
func (t *turn) status() []bot.Effect {
	ids, all, mended := t.active()
	if len(ids) == 0 {
		return bot.Tell("No reminder is set", "So there is nothing that could have gone wrong. "+t.lib.Command+" remind sets one.")
	}
	v := bot.View{Title: "Reminders: all arrived, as far as I know"}
	var lines []string
	failed, come := 0, 0
	for _, id := range ids {
		t.id, t.s = id, all[id]
		if t.s.Failed != "" || t.onItsWay() {
			failed++
		}
		if !t.s.Fired.IsZero() {
			come++
		}
		lines = append(lines, t.report())
	}
	switch {
	case failed == 1:
		v.Title = "Reminders: one did not arrive"
	case failed > 0:
		v.Title = fmt.Sprintf("Reminders: %d did not arrive", failed)
	case come == 0:
		v.Title = "Reminders: none has come yet"
	}
	v.Gist = v.Title + "."
	v.Blocks = append(v.Blocks, bot.Points(lines...), bot.Row(bot.Press("Change or stop one", bot.Do("remind", "list"))),
		bot.Small("Only owners read this."))
	return append(mended, bot.Answer{View: v})
}

// report is one reminder: last, how it went, next.
func (t *turn) report() string {
	zone := t.s.Rule.Zone
	text := t.title(t.s) + ", " + t.toWhom() + ": "
	switch {
	case t.s.Fired.IsZero():
		text += "has not come yet"
	default:
		text += "last on " + spelled(t.s.Fired, zone) + ", " + t.went()
	}
	switch at := t.comes(); {
	case !t.s.Paused.IsZero():
		text += ". Paused since " + t.day(t.s.Paused, zone) + " until you choose where else"
	case at.IsZero():
		text += ". It does not come again"
	default:
		text += ". Next on " + spelled(at, zone)
	}
	return text + "."
}

// went says how the last date went.
func (t *turn) went() string {
	w, zone := t.s.Waits, t.s.Rule.Zone
	arrived := "delivered"
	switch {
	case t.s.Failed != "":
		arrived = "not delivered (" + t.s.Failed + ")"
	case t.onItsWay():
		arrived = "not delivered yet (there was no answer, so I try again)"
	case w.Outcome.How == company.WasMissed:
		return "missed: I was not running"
	case len(w.Asked) == 0 && w.Open():
		arrived = "waits for working hours"
	case len(w.Asked) == 0:
		arrived = "nobody to ask"
	}
	switch w.Outcome.How {
	case company.WasDone:
		if w.Outcome.Name != "" {
			return arrived + ", done by " + w.Outcome.Name + " on " + t.day(w.Outcome.At, zone)
		}
		return arrived + ", done on " + t.day(w.Outcome.At, zone)
	case company.WasSkipped:
		return arrived + ", skipped"
	case company.WasNothing:
		if len(w.Asked) == 0 {
			return "there was nothing to do"
		}
		return arrived + ", there was nothing to do"
	case "":
		if h := t.history(t.event.From.ID, -1); h != "" && w.Open() {
			return arrived + ", " + t.soFar() + ". Asked: " + h
		}
	}
	return arrived
}

// soFar is how far a date is that is waited for: somebody may have begun since
// they were asked.
func (t *turn) soFar() string {
	for _, a := range slices.Backward(t.s.Waits.Asked) {
		if run, begun := t.openRun(a.To.User); begun && len(run.Answers) > 0 && run.Changed.After(a.At) {
			return fmt.Sprintf("%d of %d answered", len(run.Answers), len(t.pack(run.Pack).Questions))
		}
	}
	return "unanswered"
}
