package sides

import (
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// form asks who looks after IT. Round names the check in which somebody is
// replaced; empty: it is a new one.
func (t *turn) form(round string) []bot.Effect {
	in := bot.Input{ID: "user", Label: "Who looks after your IT?", Hint: "Somebody with an account here", Pick: bot.PickPerson}
	intro := "They get one message from me and can say no."
	if user, name := company.LooksAfter(t.d, bot.IT, t.event.From.ID); user != "" && user != t.c.IT.User {
		in.Value = user
		intro = "As far as I know it is " + name + ". " + intro
	}
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title:  "Who looks after IT?",
		Intro:  intro,
		Fields: []bot.Input{in},
		Submit: "Ask them",
		Action: bot.Do("sides", "chosen", t.pack.ID, round),
	}}}
}

// chosen begins a check with the person of a form, or asks that person in
// somebody's place.
func (t *turn) chosen(under bool, replaces string) []bot.Effect {
	waits := under && t.c.Compared.IsZero()
	switch {
	case replaces == "" && waits:
		return t.underWay()
	case replaces != "" && (!waits || t.c.Round != replaces):
		return bot.Tell("That has gone on meanwhile", "Nobody new was asked. "+t.command()+" shows how it stands.")
	}
	who := t.event.Picked["user"]
	if why := t.unfit(who); why != "" {
		return []bot.Effect{bot.Refuse{Why: map[string]string{"user": why}}}
	}
	if waits {
		return t.replace(who)
	}
	return t.begins(who)
}

// unfit says why somebody cannot be asked; empty: they can.
func (t *turn) unfit(p bot.Picked) string {
	switch {
	case p.ID == "":
		return "Please choose a person."
	case p.ID == t.event.From.ID:
		return "That is you. Please choose somebody else: two people see more than one."
	case p.Affiliation != bot.Home:
		return "That person is a guest, or from another company. Please choose somebody who works here."
	}
	return ""
}

// begins makes the check, asks the other person, and begins with the owner.
func (t *turn) begins(who bot.Picked) []bot.Effect {
	e := t.event
	t.c = company.BothSides{
		Pack: t.pack.ID, Round: company.NewID(e), Asked: e.Now,
		Owner: company.Side{User: e.From.ID, Name: strings.TrimSpace(e.From.Name), Changed: e.Now},
		IT:    company.Side{User: who.ID, Name: strings.TrimSpace(who.Name), Changed: e.Now},
	}
	if t.c.Owner.Offered = t.latest(); t.c.Owner.Offered.Run == "" {
		t.c.Owner.Begun = true
		t.c.Owner.Current = t.firstOpen(&t.c.Owner, "")
	}
	t.keep()
	effects := []bot.Effect{
		bot.Audit{Verb: "asked", Object: "both sides of assessment " + t.pack.ID},
		t.card(ownerSeat),
		t.card(itSeat),
		bot.Set{Name: t.timer(), At: e.Now.Add(patience)},
	}
	return append(effects, t.elsewhere()...)
}

// latest is the owner's latest finished run of the pack, if anything of it
// is still fresh.
func (t *turn) latest() company.Offered {
	index, _ := company.Indexes.Get(t.d, company.IndexID)
	var latest company.Offered
	for _, id := range index.Earlier(t.pack.ID, "", company.LookBack) {
		// All are read, needed or not, so that they come in one round.
		run, ok := company.Runs.Get(t.d, id)
		if ok && latest.Run == "" && run.Owner == t.event.From.ID && len(t.freshOf(run)) > 0 {
			latest = company.Offered{Run: id, At: run.Finished}
		}
	}
	return latest
}

// freshOf are the answers of a run that still count.
func (t *turn) freshOf(run company.Run) map[string]company.Answer {
	all := map[string]company.Answer{}
	for _, pq := range t.pack.Questions {
		if a := run.Answers[pq.ID]; t.settledBy(a, pq) {
			all[pq.ID] = a
		}
	}
	return all
}

// offer lets the owner take over what they have answered already.
func (t *turn) offer() bot.View {
	day := prose.Day(t.c.Owner.Offered.At)
	return bot.View{
		Title: t.title() + ": your part",
		Blocks: []bot.Block{
			bot.Say("You answered these questions on " + day + ". Use those answers, and only " + t.name(itSeat) + " has work to do. What is too old by now I ask you again."),
			bot.Row(append([]bot.Button{
				{Label: "Use my answers of " + day, Action: t.act(ownerSeat, "use"), Main: true},
				bot.Press("Answer anew", t.act(ownerSeat, "anew")),
			}, t.ways(ownerSeat)...)...),
			t.readers(ownerSeat),
		},
	}
}

// use takes over what is fresh of the offered run.
func (t *turn) use(me seat) []bot.Effect {
	s := t.side(me)
	run, found := company.Runs.Get(t.d, s.Offered.Run)
	if s.Begun || !company.IsID(s.Offered.Run) {
		return t.tooLate(me)
	}
	s.Begun = true
	if found && run.Owner == s.User {
		s.Answers = t.freshOf(run)
	}
	s.Current = t.firstOpen(s, "")
	return t.next(me)
}

// anew begins without what was answered before.
func (t *turn) anew(me seat) []bot.Effect {
	s := t.side(me)
	if s.Begun {
		return t.tooLate(me)
	}
	s.Begun = true
	s.Current = t.firstOpen(s, "")
	return t.next(me)
}
