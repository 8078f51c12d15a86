package sides

import (
	"fmt"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// invitation is what the one who looks after IT gets first.
func (t *turn) invitation() bot.View {
	owner := t.name(ownerSeat)
	return bot.View{
		Title: prose.Sentence(owner) + " would like to compare notes with you · " + t.pack.Title,
		Blocks: []bot.Block{
			bot.Say(fmt.Sprintf("You both answer the same %d questions about the company, apart. When both are done, both see at the same moment where you see things differently.", len(t.pack.Questions))),
			bot.Points(
				"Nobody is graded, and I never say who is right: "+owner+" sees the company from one place, you from another.",
				"\"Don't know\" is a good answer. Much of this is security, which is a trade of its own.",
				prose.Sentence(owner)+" sees nothing of yours before both are done, then only where you differ and what neither of you knows."),
			bot.Row(
				bot.Button{Label: fmt.Sprintf("Start (%d minutes)", t.pack.Minutes), Action: t.act(itSeat, "begin"), Main: true},
				bot.Press("Not now", t.act(itSeat, "no", string(company.NotNow))),
				bot.Press("I'd rather talk", t.act(itSeat, "no", string(company.RatherTalk)))),
			bot.Small("You can stop in between and go on later. " + prose.Sentence(t.lib.Host()) + " could read your answers. Never type passwords or codes."),
		},
	}
}

// begin is the yes of the one who was asked, at first or after a no.
func (t *turn) begin(me seat) []bot.Effect {
	s := t.side(me)
	if !t.c.Compared.IsZero() || s.Begun {
		return t.tooLate(me)
	}
	was := t.c.Refused
	s.Begun, t.c.Refused, t.c.Unreached = true, "", ""
	s.Current = t.firstOpen(s, "")
	effects := t.next(me)
	if was == "" {
		return effects
	}
	effects = append(effects, bot.Set{Name: t.timer(), At: t.event.Now.Add(patience)}, t.note("begun", bot.View{
		Title:  prose.Sentence(t.name(itSeat)) + " has begun after all · " + t.title(),
		Blocks: []bot.Block{bot.Say("There is nothing for you to do but your own part.")},
	}))
	return append(effects, t.whereOwnerWaits()...)
}

// whereOwnerWaits is the owner's card, if it says how the other one stands.
func (t *turn) whereOwnerWaits() []bot.Effect {
	if t.c.Owner.Done.IsZero() {
		return nil
	}
	return []bot.Effect{t.card(ownerSeat)}
}

// refuse takes a no. What was answered so far is forgotten, and the log does
// not name who said it.
func (t *turn) refuse(me seat) []bot.Effect {
	why := company.Refusal(t.event.Action.Arg(3))
	if !t.c.Compared.IsZero() || t.c.Refused != "" || why != company.NotNow && why != company.RatherTalk {
		return t.tooLate(me)
	}
	t.c.Refused = why
	t.c.IT = company.Side{User: t.c.IT.User, Name: t.c.IT.Name, Step: t.c.IT.Step}
	t.changed(me)
	effects := []bot.Effect{t.card(itSeat), bot.Set{Name: t.timer()}, t.note("no/"+company.NewID(t.event), t.refusal())}
	return append(effects, t.whereOwnerWaits()...)
}

// thanks stands on the card of somebody who said no.
func (t *turn) thanks() bot.View {
	return bot.View{
		Title: "Thank you, that is settled",
		Blocks: []bot.Block{
			bot.Say(prose.Sentence(t.name(ownerSeat)) + " knows. None of your answers is kept."),
			bot.Row(bot.Press("Start after all", t.act(itSeat, "begin"))),
		},
	}
}

// refusal tells the owner of a no, kindly.
func (t *turn) refusal() bot.View {
	it := t.name(itSeat)
	v := bot.View{
		Title:  prose.Sentence(it) + " would rather not do this now · " + t.title(),
		Blocks: []bot.Block{bot.Say("There are many good reasons for that, a full week among them. Nothing of theirs was kept; your own answers stay. Talk to them before you ask again.")},
	}
	if t.c.Refused == company.RatherTalk {
		v.Title = prose.Sentence(it) + " would rather talk about it · " + t.title()
		v.Blocks = []bot.Block{
			bot.Say("That works just as well. Take an hour together, and these questions; your own answers stay until you stop the check."),
			bot.Copy(t.questions()),
		}
	}
	v.Blocks = append(v.Blocks, bot.Row(append(t.askAgain(), bot.Press("Stop this check", t.see("stop")))...))
	return v
}

// questions are the questions of the pack, to talk about.
func (t *turn) questions() string {
	var lines []string
	for i, pq := range t.pack.Questions {
		lines = append(lines, fmt.Sprintf("%d. %s", i+1, t.lib.Questions[pq.ID].Ask))
	}
	return strings.Join(lines, "\n")
}

// askAgain are the owner's ways on, where there is no answer to wait for.
func (t *turn) askAgain() []bot.Button {
	return []bot.Button{
		bot.Press(prose.Label("Ask "+t.name(itSeat)+" again"), t.see("again")),
		bot.Press("Ask somebody else", t.see("other")),
	}
}

// again asks the same person once more.
func (t *turn) again(me seat) []bot.Effect {
	if !t.c.Compared.IsZero() || t.c.Refused == "" && t.c.Unreached == "" {
		return t.tooLate(me)
	}
	return t.ask(t.c.IT.User, t.c.IT.Name)
}

// other opens the form for asking somebody else.
func (t *turn) other(me seat) []bot.Effect {
	if !t.c.Compared.IsZero() {
		return t.tooLate(me)
	}
	return t.form(t.c.Round)
}

// replace asks somebody in the place of the one who was asked before.
func (t *turn) replace(who bot.Picked) []bot.Effect {
	if who.ID == t.c.IT.User && t.c.Refused == "" && t.c.Unreached == "" {
		return bot.Tell(prose.Sentence(t.name(itSeat))+" has been asked already", "Their card is in their direct messages.")
	}
	var effects []bot.Effect
	if who.ID != t.c.IT.User {
		old := t.card(itSeat)
		old.View = bot.View{Title: "Nothing is needed from you any more", Blocks: []bot.Block{bot.Say(prose.Sentence(t.name(ownerSeat)) + " has settled it in another way. Thank you all the same. If you answered anything here, it is deleted, and nobody read it.")}}
		effects = append(effects, old, bot.End{Key: old.Key, To: old.To})
	}
	return append(effects, t.ask(who.ID, strings.TrimSpace(who.Name))...)
}

// ask sends somebody the invitation, with nothing of theirs or of anybody
// before them kept.
func (t *turn) ask(user, name string) []bot.Effect {
	t.c.IT = company.Side{User: user, Name: name, Step: t.c.IT.Step}
	t.c.Asked, t.c.Refused, t.c.Unreached = t.event.Now, "", ""
	t.c.Reminded = time.Time{}
	t.changed(itSeat)
	card := t.card(itSeat)
	return []bot.Effect{
		bot.Audit{Verb: "asked", Object: "both sides of assessment " + t.pack.ID},
		bot.End{Key: card.Key, To: card.To},
		card,
		bot.Set{Name: t.timer(), At: t.event.Now.Add(patience)},
		t.card(ownerSeat),
		bot.Answer{View: bot.View{Title: "I have asked " + t.name(itSeat), Blocks: []bot.Block{bot.Say("Your own answers are kept.")}}},
	}
}
