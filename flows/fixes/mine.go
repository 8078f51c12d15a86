package fixes

import (
	"fmt"
	"maps"
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// mine is what somebody sees who is no owner: what was given to them, and
// nothing of the rest. One task alone is shown at once.
func (t *turn) mine() bot.View {
	now := t.event.Now
	owed := t.list.Owed(now)[t.event.From.ID]
	said := t.saidByMe()
	if len(owed) == 1 && len(said) == 0 {
		return t.card(owed[0].Question, owed[0].Side, t.list.Tasks[owed[0].Question])
	}
	if len(owed)+len(said) == 0 {
		return bot.View{Title: "Nothing is waiting for you", Blocks: []bot.Block{
			bot.Say("What an owner gives you to take care of stands here. The whole fix list is the owners'."),
			bot.Row(bot.Press("Menu", bot.Do("menu", "menu"))),
		}}
	}
	v := bot.View{Title: fmt.Sprintf("With you: %d to do", len(owed))}
	if len(owed) == 0 {
		v.Title = "Nothing is waiting for you"
	}
	var lines []string
	var options []bot.Button
	for _, o := range owed {
		f := t.list.Tasks[o.Question]
		line := prose.Sentence(t.title(o.Question)) + " · by " + prose.Day(o.Part.Due)
		if o.Part.Due.IsZero() {
			line = prose.Sentence(t.title(o.Question)) + " · no day set"
		}
		if company.DayOver(o.Part.Due, now) {
			line += ", overdue"
		}
		if word := partWord(o.Side, f); word != "" {
			line += " · " + word
		}
		lines = append(lines, line)
		options = append(options, bot.Press(prose.Label(prose.Sentence(t.title(o.Question))), bot.Do("fixes", "mine", o.Question, o.Side)))
	}
	if len(lines) > 0 {
		v.Blocks = append(v.Blocks, bot.Points(lines...), bot.Pick("Open one, to say that it is done, to choose another day, or that you can't:", options...))
	}
	if len(said) > 0 {
		v.Blocks = append(v.Blocks, bot.Head("Done, by your word"), bot.Points(said...))
	}
	v.Blocks = append(v.Blocks, bot.Small("Only you and the owners see this."))
	return v
}

// saidByMe lists what somebody said to be done and no answer has confirmed.
func (t *turn) saidByMe() []string {
	var lines []string
	for _, id := range t.list.Ordered(t.event.Now, company.FixOpen, company.FixPlanned, company.FixDone) {
		for _, p := range t.list.Tasks[id].Parts {
			if p.User == t.event.From.ID && !p.Done.IsZero() {
				lines = append(lines, prose.Sentence(t.title(id))+" · "+prose.Day(p.Done))
				break
			}
		}
	}
	return lines
}

// card is a task for the one who has a part of it: the message that they got,
// as things stand now.
func (t *turn) card(id, side string, f company.Fix) bot.View {
	p := f.Parts[side]
	title := t.title(id)
	v := bot.View{Fresh: bot.Do("fixes", "card", id, side, p.Card)}
	switch state := f.At(t.event.Now); {
	case p.Name == "":
		return t.gone(id)
	case state == company.FixClosed:
		v.Title = "Mended: " + title
		v.Blocks = []bot.Block{bot.Say("The answer of " + prose.Day(f.Closed) + " no longer shows it. Thank you.")}
	case state == company.FixAccepted:
		v.Title = "Not now: " + title
		v.Blocks = []bot.Block{bot.Say("An owner has decided to leave it as it is until " + prose.Day(f.Accepted.Until) + ". There is nothing to do for you until then.")}
	case !p.Done.IsZero():
		v.Title = "Done, by your word: " + title
		v.Blocks = []bot.Block{bot.Say(prose.Quoted("You", p.Note)), bot.Say("The next time somebody answers this question, it is confirmed or comes back.")}
	case state == company.FixDone:
		v.Title = "Settled: " + title
		v.Blocks = []bot.Block{bot.Say("It was marked as done on " + prose.Day(f.Done.At) + ". There is nothing left for you to do.")}
	default:
		return t.asked(id, side, f)
	}
	v.Gist = v.Title
	return v
}

// asked is the card as long as something is to be done.
func (t *turn) asked(id, side string, f company.Fix) bot.View {
	p, q := f.Parts[side], t.lib.Questions[id]
	v := bot.View{Title: t.asker(p) + t.title(id), Fresh: bot.Do("fixes", "card", id, side, p.Card)}
	add := func(b ...bot.Block) { v.Blocks = append(v.Blocks, b...) }
	came, due := !p.Told.IsZero(), t.by(p)
	if came {
		v.Title = "Due now: " + t.title(id)
	}
	v.Gist = v.Title + ". " + due
	if f.Back.From == company.FixDone {
		add(bot.Say("The answer of " + prose.Day(f.Back.At) + " does not show it as done yet. Often a small part is left, and nobody doubts your word."))
	}
	if word := partWord(side, f); word != "" {
		due += " Yours is " + word + "."
	}
	if came {
		add(bot.Say(t.askedOn(p)+due), bot.Say(anyAnswer))
	} else {
		add(bot.Say(due))
	}
	if q.Why != "" && !came {
		add(bot.Head("Why"), bot.Say(q.Why))
	}
	if steps := t.steps(id); len(steps) > 0 {
		add(bot.Head("How"), bot.Steps(steps...))
	}
	do := func(verb string) bot.Action { return bot.Do("fixes", verb, id, side) }
	add(bot.Row(bot.Button{Label: "Done", Action: do("did"), Main: true}, bot.Press("Another day", do("later")), bot.Press("I can't", do("cant"))))
	small := "Only you got this; you and the owners see it. Is it not yours, or is there no time? Say so early: that helps. "
	if came {
		small = "I ask this once. Only you got it; you and the owners see how far it is. "
	}
	add(bot.Small(small + t.lib.Command + " fixes shows it again."))
	return v
}

// asker begins the title of a card: who asks for it.
func (t *turn) asker(p company.Part) string {
	if p.Asker == "" || p.By == p.User {
		return "With you: "
	}
	return p.Asker + " asks you to take care of this: "
}

// gone is what a card becomes when its task is not its reader's any more.
func (t *turn) gone(id string) bot.View {
	return bot.View{Title: "Not with you any more: " + t.title(id), Blocks: []bot.Block{bot.Say("An owner has taken it back or given it to somebody else. There is nothing to do for you.")}}
}

// key names a card. Each time that a part is given to somebody, it is another
// one.
func key(id, side, card string) string { return "fix/" + id + "/" + side + "/" + card }

func (t *turn) show(id, side string, f company.Fix) bot.Effect {
	p := f.Parts[side]
	return bot.Show{Key: key(id, side, p.Card), To: bot.To(p.User), View: t.card(id, side, f)}
}

// showAll brings the cards of a task up to date.
func (t *turn) showAll(id string, f company.Fix) []bot.Effect {
	var effects []bot.Effect
	for _, side := range sides(f) {
		if f.Parts[side].Card != "" {
			effects = append(effects, t.show(id, side, f))
		}
	}
	return effects
}

// showAllAnew posts the cards of a task again, for those who thought that it
// was over.
func (t *turn) showAllAnew(id string, f company.Fix) []bot.Effect {
	var effects []bot.Effect
	for _, side := range sides(f) {
		if f.Parts[side].Card != "" {
			effects = append(effects, t.showAnew(id, side, f)...)
		}
	}
	return effects
}

func (t *turn) showAnew(id, side string, f company.Fix) []bot.Effect {
	p := f.Parts[side]
	return []bot.Effect{bot.End{Key: key(id, side, p.Card), To: bot.To(p.User)}, t.show(id, side, f)}
}

func sides(f company.Fix) []string { return sorted(f.Parts) }

func sorted[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

// with is a copy of parts in which one is another.
func with(parts map[string]company.Part, side string, p company.Part) map[string]company.Part {
	parts = maps.Clone(parts)
	if parts == nil {
		parts = map[string]company.Part{}
	}
	parts[side] = p
	return parts
}
