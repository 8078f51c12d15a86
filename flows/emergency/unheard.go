package emergency

import (
	"cmp"
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// unheard notes whom word of a change did not reach, and tells whoever changed
// it: all changes of one day on one card. Where that one is an owner no longer,
// or did not get it themselves, the other owners hear of it.
func (t *turn) unheard() []bot.Effect {
	u := t.event.Undelivered
	if u == nil {
		return nil
	}
	kind, id, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(u.Key, changedKey), wasKey), "/")
	c := t.contacts.Changed[kind]
	if c.ID == "" || c.ID != id || slices.ContainsFunc(c.Lost, func(r company.Receiver) bool { return r.User == u.To.User }) {
		return nil
	}
	c.Lost = append(c.Lost, company.Receiver{User: u.To.User, Lost: u.Reason})
	t.contacts.Changed[kind] = c
	company.ContactsOf.Put(t.d, company.ContactsID, t.contacts)
	to := slices.DeleteFunc(t.owners.Of(t.d, t.event), func(owner string) bool { return owner == u.To.User })
	if slices.Contains(to, c.Owner) {
		to = []string{c.Owner}
	}
	var effects []bot.Effect
	for _, owner := range to {
		effects = append(effects, bot.Show{Key: "unheard/" + c.Owner + "/" + c.At.UTC().Format("2006-01-02"), To: bot.To(owner), View: t.tellThem(c)})
	}
	return effects
}

// tellThem names those who do not know yet what was changed on the day of a
// change, by the same owner, with the words for them.
func (t *turn) tellThem(like company.Change) bot.View {
	var seen, names, why, now, before []string
	for _, k := range kinds {
		c := t.contacts.Changed[k.id]
		if c.Owner != like.Owner || prose.Day(c.At) != prose.Day(like.At) {
			continue
		}
		told := len(c.Lost)
		for _, r := range c.Lost {
			name := t.receiver(r.User, c)
			if r.User == c.Was.User {
				told--
				before = append(before, "Since "+prose.Day(c.At)+" somebody else is saved for: "+k.word+".")
			}
			if !slices.Contains(seen, r.User) {
				seen, names, why = append(seen, r.User), append(names, name), append(why, prose.Sentence(name)+": "+r.Lost+".")
			}
		}
		if told > 0 {
			now = append(now, k.word+" is now "+withNote(*k.of(&t.contacts))+".")
		}
	}
	v := bot.View{
		Title: "I could not tell " + prose.AndMore(prose.Alike(names, company.AnotherOwner, "other owners"), 3) + " that an emergency number was changed",
		Blocks: []bot.Block{
			bot.Points(why...),
			bot.Say("Please tell them yourself. Has somebody left? Then there is nothing to tell them. Words to copy:"),
		},
	}
	for _, words := range [][]string{now, before} {
		if len(words) > 0 {
			v.Blocks = append(v.Blocks, bot.Copy(strings.Join(words, " ")))
		}
	}
	v.Blocks = append(v.Blocks, bot.Row(bot.Press("Emergency numbers", bot.Do("emergency", "numbers"))))
	v.Gist = v.Title + ". Please tell them yourself."
	return v
}

// receiver is what somebody is called who was to hear of a change.
func (t *turn) receiver(user string, c company.Change) string {
	if user == c.Was.User {
		return cmp.Or(c.Was.Name, "whoever was saved before")
	}
	roles, _ := bot.RolesDoc.Get(t.d, bot.RolesID)
	return cmp.Or(roles.People[user].Name, company.AnotherOwner)
}
