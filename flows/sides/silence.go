package sides

import (
	"fmt"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/prose"
)

// patience is how long silence lasts before it is spoken of.
const patience = 7 * 24 * time.Hour

// timer is the name of a check's one timer.
func (t *turn) timer() string { return t.id + "/silence" }

// note tells the owner something beside their card. The same tag edits the
// same message.
func (t *turn) note(tag string, v bot.View) bot.Show {
	return bot.Show{Key: noteKey + t.id + "/" + t.c.Round + "/" + tag, To: bot.To(t.c.Owner.User), View: v}
}

// silence speaks of a week without a word, to each of the two once at most.
func (t *turn) silence() []bot.Effect {
	id, _, _ := strings.Cut(t.event.Timer, "/")
	if !t.load(id) || !t.c.Compared.IsZero() || t.c.Refused != "" || t.c.Unreached != "" {
		return nil
	}
	at := itSeat
	if !t.c.IT.Done.IsZero() {
		at = ownerSeat
	}
	s := t.side(at)
	since := s.Changed
	if at == ownerSeat && t.c.IT.Done.After(since) {
		since = t.c.IT.Done
	}
	switch due := since.Add(patience); {
	case due.After(t.event.Now):
		return []bot.Effect{bot.Set{Name: t.timer(), At: due}}
	case at == ownerSeat:
		return t.remindOwner()
	case !t.c.Reminded.IsZero():
		return nil
	}
	return t.remindIT()
}

// remindIT is the one reminder of the one who was asked, and a line to the
// owner.
func (t *turn) remindIT() []bot.Effect {
	t.c.Reminded = t.event.Now
	t.c.IT.Paused = false
	t.changed(itSeat)
	effects := t.anewBelow(itSeat, bot.Say("This is the one reminder: "+t.name(ownerSeat)+" would still like to compare notes. No hurry, and a no is fine."))
	own := ""
	if t.c.Owner.Done.IsZero() {
		own = " " + t.ownPart()
	}
	return append(effects, t.note("silence", bot.View{
		Title: "Nothing from " + t.name(itSeat) + " for a week · " + t.title(),
		Blocks: []bot.Block{
			bot.Say("I have reminded them, once and not again. They may simply be busy: a word from you helps more than another message from me." + own),
			bot.Row(bot.Press("Ask somebody else", t.see("other")), bot.Press("Stop this check", t.see("stop"))),
		},
	}))
}

// remindOwner tells the owner that the other one waits.
func (t *turn) remindOwner() []bot.Effect {
	return []bot.Effect{t.note("waiting", bot.View{
		Title: prose.Sentence(t.name(itSeat)) + " is done and waits for you · " + t.title(),
		Blocks: []bot.Block{
			bot.Say(t.ownPart()),
			bot.Row(bot.Button{Label: "Show my card", Action: t.see("show"), Main: true}, bot.Press("Stop this check", t.see("stop"))),
		},
	})}
}

func (t *turn) ownPart() string {
	return fmt.Sprintf("You have answered %d of %d yourself.", t.answered(&t.c.Owner), len(t.pack.Questions))
}

// undelivered tells the owner at once that the other one could not be
// reached.
func (t *turn) undelivered() []bot.Effect {
	u := t.event.Undelivered
	if u == nil {
		return nil
	}
	id, round, compared := cut(u.Key)
	if !t.load(id) || t.c.Round != round || u.To != bot.To(t.c.IT.User) {
		return nil
	}
	switch {
	case compared:
		return []bot.Effect{t.note("unreached", bot.View{
			Title:  "I could not show " + t.name(itSeat) + " the comparison",
			Blocks: []bot.Block{bot.Say(prose.Sentence(u.Reason) + ". Please show them yours: it is for both of you.")},
		})}
	case !t.c.Compared.IsZero() || !t.c.IT.Done.IsZero() || t.c.Refused != "":
		return nil
	}
	t.c.Unreached = u.Reason
	t.keep()
	return append(t.whereOwnerWaits(), bot.Set{Name: t.timer()}, t.note("unreached", bot.View{
		Title: "I could not reach " + t.name(itSeat) + " · " + t.title(),
		Blocks: []bot.Block{
			bot.Say(prose.Sentence(u.Reason) + ". Your own answers are kept."),
			bot.Row(append(t.askAgain(), bot.Press("Stop this check", t.see("stop")))...),
		},
	}))
}

// cut finds the check of a card's key.
func cut(key string) (id, round string, compared bool) {
	rest, compared := strings.CutPrefix(key, comparedKey)
	if !compared {
		rest, _ = strings.CutPrefix(key, cardKey)
	}
	id, round, _ = strings.Cut(rest, "/")
	return id, round, compared
}
