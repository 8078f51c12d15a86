package duty

import (
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// mine is everything that is recorded about whoever asks, to correct it.
func (t *turn) mine() bot.View {
	facts := append(t.myDuties(), t.myDetails()...)
	facts = append(facts, t.myRole()...)
	facts = append(facts, t.myContacts()...)
	v := bot.View{Title: "What is recorded about you"}
	if len(facts) == 0 {
		v.Title = "Nothing is recorded about you"
		v.Blocks = append(v.Blocks, bot.Say("No duty, number or role here has your name."))
	} else {
		const most = 20
		v.Blocks = append(v.Blocks, bot.Points(facts[:min(len(facts), most)]...))
		if more := len(facts) - most; more > 0 {
			v.Blocks = append(v.Blocks, bot.Small("And "+prose.Count(more, "duty", "duties")+" more."))
		}
	}
	v.Blocks = append(v.Blocks, t.corrections()...)
	v.Blocks = append(v.Blocks, bot.Small("Questions that you ask are not kept, and nothing was taught about you. What I keep at all: ask me \"what do you keep?\""))
	return v
}

// myDuties says what somebody does, stands in for, or answers for.
func (t *turn) myDuties() []string {
	var facts []string
	for _, id := range t.named() {
		d, me := t.m.Duties[id], t.event.From.ID
		if t.isMe(d.Does, me) {
			facts = append(facts, "You handle: "+t.title(id)+" · "+state(d, t.event.Now))
		}
		if t.isMe(d.Deputy, me) {
			facts = append(facts, "You stand in for somebody: "+t.title(id))
		}
		if t.isMe(d.Answers, me) {
			facts = append(facts, "You answer for: "+t.title(id))
		}
	}
	return facts
}

// named lists the duties that name whoever asks.
func (t *turn) named() []string { return t.m.Of(t.m.PartyOf(t.event.From.ID)) }

func (t *turn) myDetails() []string {
	p, ok := t.m.Parties[t.m.PartyOf(t.event.From.ID)]
	if !ok {
		return nil
	}
	reach := "Your name: " + p.Name
	for _, part := range []struct{ word, text string }{{"phone", p.Phone}, {"e-mail", p.Email}, {"hours", p.Hours}} {
		if part.text != "" {
			reach += ", " + part.word + " " + part.text
		}
	}
	reach += "; " + strings.Replace(seenBy(p.Shown), "them", "you", 1)
	facts := []string{reach}
	if p.Provider {
		facts = append(facts, "You look after IT here")
	}
	if p.Partner {
		facts = append(facts, "You are the security partner here")
	}
	return facts
}

func (t *turn) myRole() []string {
	role, ok := map[bot.Role]string{bot.Owner: "an owner", bot.IT: "somebody who looks after IT", bot.Partner: "a security partner"}[t.event.From.Role]
	if !ok {
		return nil
	}
	fact := "Your role: " + role
	roles, _ := bot.RolesDoc.Get(t.d, bot.RolesID)
	if member, ok := roles.People[t.event.From.ID]; ok && !member.Since.IsZero() {
		fact += ", since " + prose.Day(member.Since)
	}
	return []string{fact}
}

// myContacts names the emergency numbers that are somebody's. Only an owner
// changes those.
func (t *turn) myContacts() []string {
	c, _ := company.ContactsOf.Get(t.d, company.ContactsID)
	var facts []string
	for _, k := range []struct {
		word string
		company.Contact
	}{
		{"whom staff phone first", c.Incident}, {"who is in charge", c.Leader}, {"the bank", c.Bank}, {"the insurer", c.Insurer},
		{"who comes to help", c.Helper}, {"the adviser", c.Adviser}, {"the police", c.Police}, {"the one voice", c.Voice},
		{"for worries that are not mine", c.Concerns},
	} {
		if k.User == "" || k.User != t.event.From.ID {
			continue
		}
		fact := "On the emergency card, " + k.word + ": " + k.Name
		if k.Phone != "" {
			fact += ", " + k.Phone
		}
		facts = append(facts, fact+" (an owner changes it)")
	}
	return facts
}

// corrections are the ways to change what is recorded.
func (t *turn) corrections() []bot.Block {
	var blocks []bot.Block
	if _, ok := t.m.Parties[t.m.PartyOf(t.event.From.ID)]; ok {
		blocks = append(blocks, bot.Row(bot.Press("Correct my details", bot.Do("duty", "details"))))
	}
	var yes, not []bot.Button
	for _, id := range t.named() {
		d := t.m.Duties[id]
		if t.isMe(d.Does, t.event.From.ID) && !d.Fresh(t.event.Now) && !t.m.Introduced.IsZero() {
			yes = append(yes, bot.Press(prose.Label(t.title(id)), bot.Do("duty", "yes", "", id)))
		}
		not = append(not, bot.Press(prose.Label(t.title(id)), bot.Do("duty", "no", "", id)))
	}
	blocks = append(blocks, pick("Yes, ask me first:", yes)...)
	return append(blocks, pick("Not me any more:", not)...)
}

// askDetails opens the form for how somebody is reached.
func (t *turn) askDetails() []bot.Effect {
	p, ok := t.m.Parties[t.m.PartyOf(t.event.From.ID)]
	if !ok {
		return bot.Respond(t.mine())
	}
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title:  "My details",
		Intro:  "How people here reach you, and who may see it.",
		Fields: []bot.Input{phone(p, "As people would dial it"), hours(p), email(p), shown("Who may see how to reach you?", p)},
		Submit: "Save",
		Action: bot.Do("duty", "details"),
	}}}
}

// saveDetails changes how somebody is reached, by themselves alone.
func (t *turn) saveDetails() []bot.Effect {
	id := t.m.PartyOf(t.event.From.ID)
	p, ok := t.m.Parties[id]
	if !ok {
		return bot.Respond(t.mine())
	}
	t.writeReach(&p, true)
	if why := unreadable(p); len(why) > 0 {
		return []bot.Effect{bot.Refuse{Why: why}}
	}
	t.m.Parties[id] = p
	t.m.Prune(id)
	kept := t.keep()
	return []bot.Effect{kept, bot.Audit{Verb: "corrected", Object: "own details"}, bot.Answer{View: t.mine()}}
}
