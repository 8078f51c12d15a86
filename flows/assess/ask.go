package assess

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/schedule"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// Ask someone: one question goes to a person who may know, and their answer
// comes back into the run with their name.

const (
	mostSent  = 5  // questions of a run that are out at once
	mostAhead = 60 // days that somebody may be given
)

// askWhom opens the form for sending a question to somebody.
func (a assess) askWhom(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	id := e.Action.Arg(2)
	if no := a.notSent(d, s, id); no != nil {
		return no
	}
	q := a.lib.Questions[id]
	who := bot.Input{ID: "user", Label: "Whom do you ask?", Hint: "Somebody who works here. They get this one question, nothing else", Pick: bot.PickPerson}
	intro := q.Ask + " Who may know: " + q.AskWhom + "."
	if user, name, as := suggested(d, q.FixedBy, e.From.ID); user != "" {
		who.Value = user
		intro += " " + prose.Sentence(name) + " is saved as your " + as + "."
	}
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title: "Ask somebody",
		Intro: intro,
		Fields: []bot.Input{
			who,
			{ID: "due", Label: "By when?", Hint: schedule.DayCanBeTyped, Value: "in a week", Max: 40},
		},
		Submit: "Ask them",
		Action: s.act("send", id),
	}}}
}

// notSent says why a question cannot go to somebody now; nil: it can.
func (a assess) notSent(d *bot.Docs, s sheet, id string) []bot.Effect {
	switch {
	case place(s, id) < 0:
		return a.tooLate(d, s)
	case s.run.Together():
		return say("Here everybody answers together", "Ask in the channel. When you go on alone, one question can go to somebody else.")
	case len(s.waiting()) >= mostSent && !s.run.Sent[id].Open():
		return say("Five questions are out already", "That is as many as I send at once. To have somebody answer all of them, use Compare with IT: "+a.lib.Command+" sides.")
	}
	return nil
}

// send sends a question to the person of the form.
func (a assess) send(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	id, who := e.Action.Arg(2), e.Picked["user"]
	if no := a.notSent(d, s, id); no != nil {
		return no
	}
	due, why := a.wrong(e, who)
	if len(why) > 0 {
		return []bot.Effect{bot.Refuse{Why: why}}
	}
	x := company.Sent{ID: company.NewID(e), User: who.ID, Name: prose.Plain(who.Name, maxName), At: e.Now, Due: due}
	if was := s.run.Sent[id]; was.Open() && was.User == who.ID && was.Unreached == "" && was.Due.Equal(due) {
		return say(prose.Sentence(whom(was))+" has it already", "Their answer comes back here by itself.")
	}
	effects := a.withdraw(&s, id)
	if s.run.Sent == nil {
		s.run.Sent = map[string]company.Sent{}
	}
	s.run.Sent[id] = x
	if s.run.Finished.IsZero() {
		delete(s.run.Answers, id)
	}
	if s.run.Current == id {
		s.run.Current = ""
		if s.run.Finished.IsZero() {
			s.run.Current = a.firstOpen(s, id, e.Now)
		}
	}
	effects = append(effects,
		bot.Audit{Verb: "asked", Object: "somebody a question of assessment " + s.pack.ID},
		a.letter(s, id, ""),
		bot.Set{Name: s.timer(id), At: patience(d, x)})
	effects = append(effects, a.next(d, e, s)...)
	return append(effects, say("I've asked "+whom(x), "They have until "+prose.Day(due)+". They see this one question, and no other answer.")...)
}

// wrong says what of the form is not right yet, by field, and reads the day.
func (a assess) wrong(e bot.Event, who bot.Picked) (due time.Time, why map[string]string) {
	why = map[string]string{}
	switch {
	case who.ID == "":
		why["user"] = "Please choose a person."
	case who.ID == e.From.ID:
		why["user"] = "That is you. Please choose somebody else."
	case who.Affiliation != bot.Home:
		why["user"] = "That person is a guest, or from another company. Please choose somebody who works here."
	}
	due, err := schedule.ParseDay(e.Values["due"], e.From.Zone, e.Now)
	today, _ := schedule.ParseDay("today", e.From.Zone, e.Now)
	switch {
	case err != nil:
		why["due"] = err.Error() + "."
	case due.Before(today):
		why["due"] = "That day is over. Please choose one from today on."
	case due.After(today.AddDate(0, 0, mostAhead)):
		why["due"] = fmt.Sprintf("That is far away. Please choose a day within %d days.", mostAhead)
	}
	return due, why
}

// withdraw takes a question back from whoever was asked, if anybody was.
func (a assess) withdraw(s *sheet, id string) []bot.Effect {
	x := s.run.Sent[id]
	if !x.Open() {
		return nil
	}
	delete(s.run.Sent, id)
	return []bot.Effect{s.noMore(x), bot.Set{Name: s.timer(id)}}
}

// timer is the name of the timer that follows a question up.
func (s sheet) timer(id string) string { return s.id + "/" + id }

// whom is how somebody who was asked is called.
func whom(x company.Sent) string {
	if x.Name != "" {
		return x.Name
	}
	return "the person you chose"
}

// suggested is who may know about what a side fixes, as far as the company's
// map and roles tell, and what they are saved as; empty: nobody is known.
func suggested(d *bot.Docs, side content.Side, asker string) (user, name, as string) {
	m, _ := company.Maps.Get(d, company.MapID)
	roles, _ := bot.RolesDoc.Get(d, bot.RolesID)
	role, group, as := bot.IT, company.GroupIT, "IT person"
	marked := func(p company.Party) bool { return p.Provider }
	if side == content.Security {
		role, group, as = bot.Partner, company.GroupSecurity, "security partner"
		marked = func(p company.Party) bool { return p.Partner }
	}
	other := func(id string) bool { return id != "" && id != asker }
	for _, id := range slices.Sorted(maps.Keys(m.Parties)) {
		if p := m.Parties[id]; marked(p) && other(p.User) {
			return p.User, p.Name, as
		}
	}
	if p := m.Parties[m.Duties[group].Does]; other(p.User) {
		return p.User, p.Name, as
	}
	for _, id := range slices.Sorted(maps.Keys(roles.People)) {
		if member := roles.People[id]; member.Role == role && other(id) && member.Name != "" {
			return id, member.Name, as
		}
	}
	return "", "", ""
}
