package fixes

import (
	"maps"
	"slices"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
	"secadvisor/flows/score"
)

// title is what is to be done, as it stands in the middle of a sentence. The
// question may have gone since.
func (t *turn) title(id string) string {
	q, known := t.lib.Questions[id]
	switch {
	case !known:
		return "something that is not asked any more"
	case t.list.Tasks[id].Gap == score.Unknown:
		return "find out: " + q.Fix.Title
	}
	return q.Fix.Title
}

// steps are what is to be done, each with who does it. What nobody knows is
// to be found out first.
func (t *turn) steps(id string) []string {
	q := t.lib.Questions[id]
	if t.list.Tasks[id].Gap == score.Unknown && q.FindOut != "" {
		return []string{q.FindOut}
	}
	var items []string
	for _, s := range q.Fix.Steps {
		items = append(items, s.String())
	}
	return items
}

// partsOf are the parts of a task, in order: all of it, or of a shared one
// what each trade does.
func partsOf(f company.Fix) []string {
	sides := []string{f.Side}
	if _, whole := f.Parts[shared]; f.Side == shared && !whole {
		sides = []string{string(content.IT), string(content.Security)}
	}
	for _, side := range slices.Sorted(maps.Keys(f.Parts)) {
		if !slices.Contains(sides, side) {
			sides = append(sides, side) // who fixes it has changed since it was given
		}
	}
	return sides
}

// shared is the side of tasks that both trades have a part in, and the part
// of somebody who does all of one.
const shared = string(content.Both)

// who says who has a task.
func (t *turn) who(f company.Fix) string {
	sides := partsOf(f)
	if len(f.Parts) == 0 || len(sides) == 1 {
		return t.has(f, sides[0])
	}
	word := map[string]string{string(content.IT): "IT support: ", string(content.Security): "security: ", shared: "all of it: "}
	var all []string
	for _, side := range sides {
		all = append(all, word[side]+t.has(f, side))
	}
	return strings.Join(all, "; ")
}

// has says who has one part of a task, and by when.
func (t *turn) has(f company.Fix, side string) string {
	p := f.Parts[side]
	text := t.called(p)
	switch {
	case p.Name == "" && p.Declined != "":
		return text + " (" + p.Declined + " can't)"
	case p.Name == "":
		return text
	case !p.Done.IsZero():
		return text + ", done by their word"
	case !f.ToDo(t.event.Now):
		return text
	}
	if !p.Due.IsZero() {
		text += ", by " + prose.Day(p.Due)
	}
	if company.DayOver(p.Due, t.event.Now) {
		text += ", overdue"
	}
	if p.Unreached != "" {
		text += ", not reached"
	}
	return text
}

// called names who has a part.
func (t *turn) called(p company.Part) string {
	switch {
	case p.Name == "":
		return "nobody yet"
	case p.User != "" && p.User == t.event.From.ID:
		return "you"
	}
	return p.Name
}

// partWord is a part of a shared task in a sentence; empty: it is all of it.
func partWord(side string, f company.Fix) string {
	switch {
	case side == f.Side:
		return ""
	case side == string(content.IT):
		return "IT support's part"
	case side == string(content.Security):
		return "security's part"
	}
	return ""
}

// back says kindly why a task is open again.
func back(f company.Fix, now time.Time) string {
	switch {
	case f.State == company.FixAccepted && f.At(now) == company.FixOpen:
		return "It was accepted until " + prose.Day(f.Accepted.Until) + ". That day is over, so it is open again."
	case f.Back.From == company.FixAccepted:
		return "It was accepted for a time. That is over since " + prose.Day(f.Back.At) + ", so it is open again."
	case f.Back.Found:
		return "It was found out: the answer of " + prose.Day(f.Back.At) + " says that there is a gap. Now it can be mended."
	case f.Back.From == company.FixDone:
		return "It was said to be done, and the answer of " + prose.Day(f.Back.At) + " does not show it yet. Often a small part is left: ask what is still missing."
	case f.Back.From == company.FixClosed:
		return "It was mended once, and the answer of " + prose.Day(f.Back.At) + " shows it open again. Things change; that is why it is asked again."
	}
	return ""
}

// name is how others read who somebody is.
func name(p bot.Person) string { return named(p.Name) }

func named(text string) string {
	if text = prose.Plain(text, maxName); text != "" {
		return text
	}
	return "Somebody"
}

const (
	maxName = 80
	maxNote = 500
)
