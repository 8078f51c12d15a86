package sides

import (
	"fmt"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// card is the lasting card of one of the two, as it should be now.
func (t *turn) card(at seat) bot.Show {
	v := t.view(at)
	if len(v.Actions()) > 0 {
		v.Fresh = t.see("fresh")
	}
	return bot.Show{Key: cardKey + t.id + "/" + t.c.Round, To: bot.To(t.side(at).User), View: v}
}

// Keys of cards begin with these; the check and its round follow.
const (
	cardKey     = "sides/"
	comparedKey = "sides-compared/"
	noteKey     = "sides-note/"
)

// anewBelow posts a card at the bottom of the conversation; what stood above says
// so.
func (t *turn) anewBelow(at seat, first ...bot.Block) []bot.Effect {
	old := t.card(at)
	old.View = bot.View{Title: t.title() + " goes on below"}
	fresh := t.card(at)
	fresh.View.Blocks = append(first, fresh.View.Blocks...)
	return []bot.Effect{old, bot.End{Key: old.Key, To: old.To}, fresh}
}

// title names the check.
func (t *turn) title() string { return t.pack.Title + " from both sides" }

func (t *turn) view(at seat) bot.View {
	s := t.side(at)
	switch {
	case !t.c.Compared.IsZero():
		return bot.View{Title: t.title() + ": you are both done", Blocks: []bot.Block{bot.Say("Where you see things differently stands in a message of its own, for both of you at the same moment.")}}
	case at == itSeat && t.c.Refused != "":
		return t.thanks()
	case !s.Done.IsZero():
		return t.waiting(at)
	case !s.Begun && at == itSeat:
		return t.invitation()
	case !s.Begun:
		return t.offer()
	case s.Paused:
		return t.paused(at)
	}
	return t.question(at)
}

// ways are the ways out of a check that stand behind its other buttons.
func (t *turn) ways(at seat) []bot.Button {
	if at == itSeat {
		return []bot.Button{bot.Behind("I'd rather talk", t.act(itSeat, "no", string(company.RatherTalk)))}
	}
	return []bot.Button{bot.Behind("Stop this check", t.see("stop"))}
}

// readers says who may see the answers.
func (t *turn) readers(at seat) bot.Block {
	asked := ""
	if at == ownerSeat {
		asked = "I have asked " + t.name(itSeat) + ". "
	}
	return bot.Small(asked + prose.Sentence(t.name(at.other())) + " sees nothing of this before both are done; then you both see where you differ. " +
		prose.Sentence(t.lib.Host()) + " could read it. Never type passwords or codes.")
}

func (t *turn) paused(at seat) bot.View {
	return bot.View{
		Title: fmt.Sprintf("%s is paused: %d of %d answered", t.title(), t.answered(t.side(at)), len(t.pack.Questions)),
		Blocks: []bot.Block{
			bot.Say("Every answer is kept. Go on whenever you like, with the button or with " + t.command() + "."),
			bot.Row(append([]bot.Button{{Label: "Continue", Action: t.act(at, "resume"), Main: true}}, t.ways(at)...)...),
		},
	}
}

// command is what somebody types to come back to this check.
func (t *turn) command() string {
	if t.pack.ID == content.QuickCheck {
		return t.lib.Command + " sides"
	}
	return t.lib.Command + " sides " + strings.ToLower(t.pack.Title)
}

// waiting is for the one who is done first.
func (t *turn) waiting(at seat) bot.View {
	other := prose.Sentence(t.name(at.other()))
	text := "When " + t.name(at.other()) + " is done too, you both see at the same moment where you see things differently. Until then neither sees anything of the other's."
	buttons := []bot.Button{bot.Press("Change an answer", t.act(at, "back"))}
	switch {
	case at == ownerSeat && t.c.Refused != "":
		text = other + " said no for now, so there is nothing to compare yet. Your answers are kept."
		buttons = append(t.askAgain(), buttons...)
	case at == ownerSeat && t.c.Unreached != "":
		text = "I could not reach " + t.name(itSeat) + ": " + t.c.Unreached + ". Your answers are kept."
		buttons = append(t.askAgain(), buttons...)
	}
	return bot.View{
		Title:  t.title() + ": your part is done",
		Blocks: []bot.Block{bot.Say(text), bot.Row(append(buttons, t.ways(at)...)...)},
	}
}

// fresh answers whoever looks at an old card by the card as it is now.
func (t *turn) fresh(me seat) []bot.Effect {
	show := t.card(me)
	if t.event.Action.Arg(2) == "compared" && !t.c.Compared.IsZero() {
		show = t.comparisonCard(me)
	}
	return bot.Respond(show.View)
}

// show posts what somebody has in a check at the bottom of their direct
// messages.
func (t *turn) show(me seat) []bot.Effect {
	if t.c.Compared.IsZero() {
		return append(t.anewBelow(me), t.elsewhere()...)
	}
	show := t.comparisonCard(me)
	return append([]bot.Effect{bot.End{Key: show.Key, To: show.To}, show}, t.elsewhere()...)
}

// elsewhere tells somebody who pressed in a channel where to look.
func (t *turn) elsewhere() []bot.Effect {
	if t.event.Place.Kind == bot.Direct {
		return nil
	}
	return bot.Tell("I've sent it to your direct messages", "Nobody else sees it here.")
}
