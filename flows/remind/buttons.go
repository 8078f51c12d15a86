package remind

import (
	"slices"
	"strconv"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// act is the action of a button that belongs to the current date.
func (t *turn) act(verb string, more ...string) bot.Action {
	return bot.Do("remind", verb, append([]string{t.id, strconv.Itoa(t.s.Cycle)}, more...)...)
}

// buttons are what somebody who is asked can press, below the answers to a
// question if one is asked. Owners can also change and stop it, anybody else can
// say that they don't want to be asked.
func (t *turn) buttons(i int, asks bool) []bot.Block {
	a := t.s.Waits.Asked[i]
	var row []bot.Button
	switch {
	case t.s.About == company.OfAssessment && a.To.Channel == "":
		return t.orNotNow(a, asks)
	case t.s.About == company.OfAssessment:
		row = append(row, bot.Button{Label: "Start", Action: bot.Do("assess", "start", t.s.Pack), Main: true})
	case t.s.About == company.OfFixes:
		row = append(row, bot.Button{Label: "Say how it stands", Action: bot.Do("fixes", "list"), Main: true})
	case i > 0 && a.Took.IsZero():
		row = append(row, bot.Button{Label: "I'll take it", Action: t.act("take"), Main: true}, bot.Press("Done", t.act("done")))
	default:
		row = append(row, bot.Button{Label: t.doneWord(), Action: t.act("done"), Main: true})
	}
	known, _ := subjectOf(t.s.About)
	for _, b := range known.more {
		b.More = i > 0
		row = append(row, b)
	}
	if t.s.About != company.OfFixes {
		row = append(row, t.putOffs()...)
	}
	return []bot.Block{bot.Row(append(row, t.ways(a)...)...)}
}

// orNotNow says one thing: answer the question on the card, or start where
// none is asked. To put it off by a week, which is chosen most, is one press:
// in a menu it is three in Teams. All else that is not an answer lies there.
func (t *turn) orNotNow(a company.Asking, asks bool) []bot.Block {
	options := append(t.putOffs(), t.ways(a)...)
	for i := range options {
		options[i].More = false
	}
	week := options[0]
	week.Label = "Ask me in a week"
	row := []bot.Button{week}
	if !asks {
		start := bot.Button{Label: "Start", Action: bot.Do("assess", "start", t.s.Pack), Main: true}
		if _, begun := t.openRun(a.To.User); begun {
			start.Label = "Go on"
		}
		row = []bot.Button{start, week}
	}
	return []bot.Block{bot.Row(row...), bot.Pick("Another day, or not at all?", options[1:]...)}
}

// putOffs ask for the same later.
func (t *turn) putOffs() []bot.Button {
	return []bot.Button{bot.Press("In a week", t.act("snooze", "7")), bot.Press("Another day", t.act("day"))}
}

// doneWord is how somebody says that it is done.
func (t *turn) doneWord() string {
	if t.s.About == company.OfMap {
		return "It is all still right"
	}
	return "Done"
}

// ways are the ways out.
func (t *turn) ways(a company.Asking) []bot.Button {
	if t.isOwner(a.To) {
		row := []bot.Button{bot.Press("Skip this time", t.act("skip")), bot.Behind("In a day", t.act("snooze", "1")), bot.Behind("Change", bot.Do("remind", "form", t.id))}
		return append(row, t.stopButton(a)...)
	}
	if a.To.Channel != "" {
		return nil
	}
	row := []bot.Button{bot.Behind("I can't", t.act("pass"))}
	if t.s.About == company.OfFixes {
		row = nil
	}
	return append(row, bot.Behind("Don't remind me of this", t.act("out")))
}

// stopButton ends a reminder; only owners have it.
func (t *turn) stopButton(a company.Asking) []bot.Button {
	if !t.isOwner(a.To) {
		return nil
	}
	return []bot.Button{bot.Behind("Stop reminding", t.act("stop"))}
}

// mayPress reports whether somebody may answer the card of a date: they were
// asked, it lies in their channel, or they are an owner.
func (t *turn) mayPress() bool {
	from, place := t.event.From, t.event.Place
	if from.Owner() {
		return true
	}
	return from.Affiliation == bot.Home && slices.ContainsFunc(t.s.Waits.Asked, func(a company.Asking) bool {
		return a.To.User == from.ID || a.To.Channel != "" && a.To.Channel == place.Channel && place.Kind == bot.Channel
	})
}

// mineAt is where the one who pressed stands among those who were asked; -1:
// they were not.
func (t *turn) mineAt() int {
	return slices.IndexFunc(t.s.Waits.Asked, func(a company.Asking) bool { return a.To.User == t.event.From.ID })
}
