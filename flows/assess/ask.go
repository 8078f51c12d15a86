package assess

import (
	"fmt"
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
func (t *turn) askWhom() []bot.Effect {
	id := t.event.Action.Arg(2)
	if no := t.notSent(id); no != nil {
		return no
	}
	q := t.lib.Questions[id]
	who := bot.Input{ID: "user", Label: "Whom do you ask?", Hint: "Somebody who works here. They get this one question, nothing else", Pick: bot.PickPerson}
	intro := q.Ask + " Who may know: " + q.AskWhom + "."
	if user, name, as := t.suggested(q.FixedBy); user != "" {
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
		Action: t.act("send", id),
	}}}
}

// notSent says why a question cannot go to somebody now; nil: it can.
func (t *turn) notSent(id string) []bot.Effect {
	switch {
	case t.place(id) < 0:
		return t.tooLate()
	case t.run.Together():
		return bot.Tell("Here everybody answers together", "Ask in the channel. When you go on alone, one question can go to somebody else.")
	case len(t.waiting()) >= mostSent && !t.run.Sent[id].Open():
		return bot.Tell("Five questions are out already", "That is as many as I send at once. To have somebody answer all of them, use Compare with IT: "+t.lib.Command+" sides.")
	}
	return nil
}

// send sends a question to the person of the form.
func (t *turn) send() []bot.Effect {
	id, who := t.event.Action.Arg(2), t.event.Picked["user"]
	if no := t.notSent(id); no != nil {
		return no
	}
	due, why := t.wrong(who)
	if len(why) > 0 {
		return []bot.Effect{bot.Refuse{Why: why}}
	}
	x := company.Sent{ID: company.NewID(t.event), User: who.ID, Name: prose.Plain(who.Name, maxName), At: t.event.Now, Due: due}
	if was := t.run.Sent[id]; was.Open() && was.User == who.ID && was.Unreached == "" && was.Due.Equal(due) {
		return bot.Tell(prose.Sentence(whom(was))+" has it already", "Their answer comes back here by itself.")
	}
	effects := t.withdraw(id)
	if t.run.Sent == nil {
		t.run.Sent = map[string]company.Sent{}
	}
	t.run.Sent[id] = x
	if !t.finished() {
		delete(t.run.Answers, id)
	}
	if t.run.Current == id {
		t.run.Current = ""
		if !t.finished() {
			t.run.Current = t.firstOpen(id)
		}
	}
	effects = append(effects,
		bot.Audit{Verb: "asked", Object: "somebody a question of assessment " + t.pack.ID},
		t.letter(id, ""),
		bot.Set{Name: t.timer(id), At: t.patience(x)})
	effects = append(effects, t.next()...)
	return append(effects, bot.Tell("I've asked "+whom(x), "They have until "+prose.Day(due)+". They see this one question, and no other answer.")...)
}

// wrong says what of the form is not right yet, by field, and reads the day.
func (t *turn) wrong(who bot.Picked) (due time.Time, why map[string]string) {
	why = map[string]string{}
	switch {
	case who.ID == "":
		why["user"] = "Please choose a person."
	case who.ID == t.event.From.ID:
		why["user"] = "That is you. Please choose somebody else."
	case who.Affiliation != bot.Home:
		why["user"] = "That person is a guest, or from another company. Please choose somebody who works here."
	}
	due, err := schedule.ParseDay(t.event.Values["due"], t.event.From.Zone, t.event.Now)
	today, _ := schedule.ParseDay("today", t.event.From.Zone, t.event.Now)
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
func (t *turn) withdraw(id string) []bot.Effect {
	x := t.run.Sent[id]
	if !x.Open() {
		return nil
	}
	delete(t.run.Sent, id)
	return []bot.Effect{t.noMore(x), bot.Set{Name: t.timer(id)}}
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

// suggested is who may know about what a side fixes, and what they are saved
// as; empty: nobody is known.
func (t *turn) suggested(side content.Side) (user, name, as string) {
	role, as := bot.IT, "IT person"
	if side == content.Security {
		role, as = bot.Partner, "security partner"
	}
	user, name = company.LooksAfter(t.d, role, t.event.From.ID)
	return user, name, as
}
