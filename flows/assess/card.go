package assess

import (
	"secadvisor/bot"
)

// view is the card as it should be now.
func (t *turn) view() bot.View {
	tap, about := t.nextTap()
	unfinished := !t.finished()
	switch {
	case unfinished && t.run.Paused:
		return t.paused()
	case unfinished && about:
		return t.askTap(tap)
	case unfinished && len(t.run.Confirm) > 0:
		return t.offerEarlier()
	case unfinished && t.run.Resting:
		return t.rest()
	case t.run.Current != "":
		return t.question(t.run.Current)
	case unfinished:
		return t.coverage()
	}
	return t.result()
}

// card shows the run's card, in the place where it is.
func (t *turn) card() bot.Show { return t.show(t.view()) }

func (s sheet) show(v bot.View) bot.Show {
	if len(v.Actions()) > 0 {
		v.Fresh = s.see("fresh")
	}
	return bot.Show{Key: "run/" + s.id, To: s.run.At, View: v}
}

// anew posts the card at the bottom of the conversation.
func (t *turn) anew() []bot.Effect {
	return []bot.Effect{bot.End{Key: "run/" + t.id, To: t.run.At}, t.card()}
}
