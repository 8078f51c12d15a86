package fixes

import (
	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// mineOnly answers what only the one may press who has a part of a task.
func (t *turn) mineOnly(a bot.Action, sent bool) []bot.Effect {
	id, side := a.Arg(0), a.Arg(1)
	f := t.list.Tasks[id]
	p := f.Parts[side]
	switch {
	case p.User == "" || p.User != t.event.From.ID:
		return t.notTheirs(a)
	case a.Verb == "card" && a.Arg(2) != p.Card:
		return bot.Respond(t.gone(id))
	case a.Verb == "mine" || a.Verb == "card", !f.ToDo(t.event.Now), !p.Done.IsZero():
		return bot.Respond(t.card(id, side, f))
	case a.Verb == "did" && sent:
		return t.did(id, side, f)
	case a.Verb == "did":
		return []bot.Effect{bot.Open{Form: doneForm(t.title(id), a)}}
	case a.Verb == "later" && sent:
		return t.later(id, side, f)
	case a.Verb == "later":
		return []bot.Effect{bot.Open{Form: t.laterForm(id, a)}}
	case sent:
		return t.cant(id, side, f)
	}
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title:  "I can't",
		Intro:  prose.Sentence(t.title(id)) + ". The owner hears it at once, and finds somebody else or another day.",
		Fields: []bot.Input{{ID: "note", Label: "What is in the way?", Hint: "For example: no time before July, or another system than ours", Lines: true, Max: maxNote, Optional: true}},
		Submit: "Tell the owner",
		Action: a,
	}}}
}

// notTheirs answers a button of a task that somebody does not have, or has no
// more. What it is stays with those who have it.
func (t *turn) notTheirs(a bot.Action) []bot.Effect {
	if f, ok := t.list.Tasks[a.Arg(0)]; ok && t.event.From.Owner() {
		return bot.Respond(t.task(a.Arg(0), f, ""))
	}
	return bot.Respond(bot.View{Title: "That is not with you any more", Blocks: []bot.Block{
		bot.Say("Somebody else has it, or it was taken back. Nothing was changed."),
		bot.Row(bot.Press("What is with me", bot.Do("fixes", "list"))),
	}})
}

// did takes the word of who has a part of a task. When no part is left, the
// task is said to be done.
func (t *turn) did(id, side string, f company.Fix) []bot.Effect {
	note := prose.Plain(t.event.Values["note"], maxNote)
	if note == "" {
		return []bot.Effect{bot.Refuse{Why: map[string]string{"note": noNote}}}
	}
	p := f.Parts[side]
	p.Name, p.Note, p.Done, p.Unreached = name(t.event.From), note, t.event.Now, ""
	f.Parts = with(f.Parts, side, p)
	if f.Complete() {
		f.State, f.Back = company.FixDone, company.Back{}
		f.Done = company.Word{By: p.User, Name: p.Name, Note: note, At: t.event.Now}
	}
	t.put(id, f)
	effects := append(t.tellOwners(id, side, p.By, t.heard(id, side, f)), t.closes(id)...)
	if p.Card != "" {
		effects = append(effects, t.show(id, side, f))
	}
	effects = append(effects, bot.Audit{Verb: "said to be done", Object: "fix " + id})
	if t.event.From.Owner() {
		return append(effects, bot.Answer{View: t.task(id, f, "Thank you.")})
	}
	return append(effects, bot.Tell("Thank you", "The owner hears that it is done, with your words.")...)
}

// heard tells an owner that a part is done.
func (t *turn) heard(id, side string, f company.Fix) bot.View {
	p := f.Parts[side]
	v := bot.View{Title: p.Name + " says it is done: " + t.title(id)}
	next := "The next answer to this question confirms it, or opens it again."
	if f.State != company.FixDone {
		v.Title = p.Name + " says " + partWord(side, f) + " is done: " + t.title(id)
		next = "What is left: " + t.who(f) + "."
	}
	v.Gist = v.Title
	v.Blocks = []bot.Block{bot.Say(prose.Quoted(p.Name, p.Note)), bot.Say(next), t.lookAtIt(id)}
	return v
}

// cant gives a part back, and tells the owner.
func (t *turn) cant(id, side string, f company.Fix) []bot.Effect {
	p := f.Parts[side]
	note, who := prose.Plain(t.event.Values["note"], maxNote), name(t.event.From)
	f.Parts = with(f.Parts, side, company.Part{Due: p.Due, Declined: who, Note: note})
	t.put(id, f)
	v := bot.View{Title: who + " can't: " + t.title(id)}
	if note != "" {
		v.Blocks = append(v.Blocks, bot.Say(prose.Quoted(who, note)))
	}
	v.Gist = v.Title
	v.Blocks = append(v.Blocks, bot.Say("That is good to know early. Who else could it be, or is another day enough?"), t.lookAtIt(id))
	effects := t.tellOwners(id, side, p.By, v)
	if p.Card != "" {
		effects = append(effects, bot.Show{Key: key(id, side, p.Card), To: bot.To(p.User), View: bot.View{
			Title:  "Given back: " + t.title(id),
			Blocks: []bot.Block{bot.Say("The owner knows that you can't.")},
		}})
	}
	effects = append(effects, bot.Audit{Verb: "gave back", Object: "fix " + id})
	if t.event.From.Owner() {
		return append(effects, bot.Answer{View: t.task(id, f, "Nobody has it now.")})
	}
	return append(effects, bot.Tell("Thank you for saying so", "The owner hears it, and finds somebody else or another day.")...)
}
