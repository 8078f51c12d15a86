package fixes

import (
	"cmp"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// What owners are told and does not reach them.

// toldKey begins the keys of what owners are told. The task, the part of it, who
// told it and an id follow; nobody told what a timer brought.
const toldKey = "told/"

func (t *turn) toldKey(id, side string) string {
	return toldKey + strings.Join([]string{id, side, t.event.From.ID, company.NewID(t.event)}, "/")
}

// ownerUnreached tells the other owners what did not reach one of them. Where
// there is no other, whoever said it hears that the owner does not know yet.
func (t *turn) ownerUnreached(u *bot.Undelivered) []bot.Effect {
	parts := strings.Split(u.Key, "/")
	if len(parts) != 5 {
		return nil
	}
	id, side, teller := parts[1], parts[2], parts[3]
	f, known := t.list.Tasks[id]
	if !known {
		return nil
	}
	to, v := t.ownersReached(), t.task(id, f, "There is news of it for "+t.ownerNamed(u.To.User)+", which did not arrive: "+u.Reason+". So I tell you how it stands.")
	if len(to) == 0 && teller != "" {
		to, v = []string{teller}, t.tellYourself(id, side, f, teller)
	}
	var effects []bot.Effect
	for _, user := range to {
		effects = append(effects, bot.Show{Key: "unheard/" + parts[4], To: bot.To(user), View: v})
	}
	return effects
}

// tellYourself asks whoever has, or had, a part of a task to tell the owner.
func (t *turn) tellYourself(id, side string, f company.Fix, teller string) bot.View {
	p := f.Parts[side]
	roles, _ := bot.RolesDoc.Get(t.d, bot.RolesID)
	owner := cmp.Or(roles.People[t.event.Undelivered.To.User].Name, company.TheOwner)
	v := bot.View{Title: "I could not tell " + owner + " what you said about: " + t.title(id)}
	v.Gist = v.Title + ". Please tell them yourself."
	v.Blocks = []bot.Block{bot.Say("It did not arrive: " + t.event.Undelivered.Reason + ". It stands on the fix list, and nothing is lost. Please tell them yourself.")}
	words := ""
	switch {
	case p.User == "" && p.Declined != "":
		words = "I can't do this: " + t.title(id) + "."
	case p.User != teller: // somebody else has it by now
	case !p.Done.IsZero() && f.State != company.FixDone && partWord(side, f) != "":
		words = prose.Sentence(partWord(side, f)) + " is done: " + t.title(id) + "."
	case !p.Done.IsZero():
		words = "This is done: " + t.title(id) + "."
	case !p.Moved.IsZero():
		words = "I need until " + prose.Day(p.Due) + " for this: " + t.title(id) + "."
	}
	if words != "" {
		v.Blocks = append(v.Blocks, bot.Say("Words to copy:"), bot.Copy(strings.TrimSpace(words+" "+p.Note)))
	}
	v.Blocks = append(v.Blocks, bot.Row(bot.Press("What is with me", bot.Do("fixes", "list"))))
	return v
}
