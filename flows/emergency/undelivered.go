package emergency

import (
	"cmp"
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// cardKey begins the key of the files of one handing out; its id follows.
const cardKey = "card/"

// undelivered notes whom the card did not reach, and tells whoever handed it
// out: all of one handing out on one card. Where that one is an owner no longer,
// or did not get it either, all owners hear of it.
func (t *turn) undelivered() []bot.Effect {
	u := t.event.Undelivered
	if u == nil {
		return nil
	}
	id, ok := strings.CutPrefix(u.Key, cardKey)
	h := &t.contacts.Handed
	if !ok || id != h.ID {
		return nil
	}
	i := slices.IndexFunc(h.To, func(r company.Receiver) bool { return bot.To(r.User) == u.To && r.Lost == "" })
	if i < 0 {
		return nil
	}
	h.To[i].Lost = u.Reason
	company.ContactsOf.Put(t.d, company.ContactsID, t.contacts)
	lost := slices.DeleteFunc(slices.Clone(h.To), func(r company.Receiver) bool { return r.Lost == "" })
	to := t.owners.Of(t.d, t.event)
	if slices.Contains(to, h.By) && !slices.ContainsFunc(lost, func(r company.Receiver) bool { return r.User == h.By }) {
		to = []string{h.By}
	}
	var effects []bot.Effect
	for _, owner := range to {
		effects = append(effects, bot.Show{Key: "lost/" + id, To: bot.To(owner), View: t.notArrived(lost)})
	}
	return effects
}

// notArrived names those whom the card did not reach, and what helps.
func (t *turn) notArrived(lost []company.Receiver) bot.View {
	called := map[string]string{}
	for _, p := range t.people() {
		called[p.user] = p.name
	}
	var names, lines []string
	for _, r := range lost {
		name := cmp.Or(called[r.User], "somebody who is not on it now")
		names = append(names, name)
		lines = append(lines, prose.Sentence(name)+": "+r.Lost+".")
	}
	names = prose.Alike(names, company.AnotherOwner, "other owners")
	const most = 10
	why := bot.Points(lines[:min(len(lines), most)]...)
	if len(lost) == 1 {
		why = bot.Say("It did not arrive: " + lost[0].Lost + ".")
	}
	v := bot.View{
		Title: "The emergency card did not reach " + prose.AndMore(names, 3),
		Blocks: []bot.Block{
			why,
			bot.Say("Please print it for them, or hand it over yourself: on paper it works as well. Has somebody left? Then save who does it now."),
			bot.Row(
				bot.Button{Label: "The card", Action: bot.Do("emergency", "card"), Main: true},
				bot.Press("Send it again", bot.Do("emergency", "give")),
				bot.Press("Change a number", bot.Do("emergency", "numbers"))),
		},
	}
	v.Gist = v.Title + ". Please print it for them, or hand it over yourself."
	return v
}
