package bottest

import (
	"fmt"
	"strings"

	"secadvisor/bot"
)

// Lines is everything that a person reads of a view: each text on a line of
// its own, then each button and choice in brackets.
func Lines(v bot.View) string {
	lines := []string{v.Title}
	for _, b := range v.Blocks {
		lines = append(lines, linesOf(b)...)
	}
	for _, b := range v.Actions() {
		lines = append(lines, "["+b.Label+"]")
	}
	return strings.Join(lines, "\n")
}

func linesOf(b bot.Block) (lines []string) {
	switch {
	case b.Text != nil:
		return []string{b.Text.Body}
	case b.Heading != nil:
		return []string{b.Heading.Body}
	case b.List != nil:
		return b.List.Items
	case b.Note != nil:
		return []string{b.Note.Body}
	case b.Code != nil:
		return []string{b.Code.Body}
	case b.Menu != nil:
		return []string{b.Menu.Prompt}
	case b.Progress != nil:
		return []string{fmt.Sprintf("%d of %d", b.Progress.Done, b.Progress.Of)}
	case b.Fields != nil:
		for _, f := range b.Fields.Items {
			lines = append(lines, f.Name+": "+f.Value)
		}
	case b.Bars != nil:
		for _, x := range b.Bars.Items {
			lines = append(lines, x.Label+" "+x.Text)
		}
	case b.Table != nil:
		for _, row := range append([][]string{b.Table.Head}, b.Table.Rows...) {
			lines = append(lines, strings.Join(row, " | "))
		}
	}
	return lines
}

// Refused is why a form was not taken, by field; nil: it was.
func Refused(effects []bot.Effect) map[string]string {
	for _, x := range effects {
		if no, ok := x.(bot.Refuse); ok {
			return no.Why
		}
	}
	return nil
}

// Answered is what the one sees who caused the effects; zero: nothing.
func Answered(effects []bot.Effect) bot.View {
	for _, x := range effects {
		if a, ok := x.(bot.Answer); ok {
			return a.View
		}
	}
	return bot.View{}
}

// Told is what people are shown in their direct messages, by who they are.
func Told(effects []bot.Effect) map[string]bot.View {
	to := map[string]bot.View{}
	for _, x := range effects {
		if show, ok := x.(bot.Show); ok {
			to[show.To.User] = show.View
		}
	}
	return to
}

// Audits are the audit lines of effects, in order: "gave data-backup; ...".
func Audits(effects []bot.Effect) string {
	var lines []string
	for _, x := range effects {
		if a, ok := x.(bot.Audit); ok {
			lines = append(lines, a.Verb+" "+a.Object)
		}
	}
	return strings.Join(lines, "; ")
}
