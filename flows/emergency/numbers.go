package emergency

import (
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// numbers lists what is saved, to change it.
func (t *turn) numbers() bot.View {
	var rows [][]string
	var options []bot.Button
	for _, k := range kinds {
		c := *k.of(&t.contacts)
		shown := "nobody yet"
		if known(c) {
			shown = withNote(c)
		}
		rows = append(rows, []string{k.word, shown})
		options = append(options, bot.Press(k.word, bot.Do("emergency", "edit", k.id)))
	}
	return bot.View{
		Title: "Emergency numbers",
		Blocks: []bot.Block{
			{Table: &bot.Table{Head: []string{"For", "Saved"}, Rows: rows}},
			bot.Pick("Change one:", options...),
			bot.Row(bot.Press("The card", bot.Do("emergency", "card"))),
			bot.Small("Every owner, and whoever was saved before, is told of each change."),
		},
	}
}

// edit opens the form of one contact.
func (t *turn) edit(id string) []bot.Effect {
	k, ok := kindOf(id)
	if !ok {
		return bot.Respond(t.numbers())
	}
	c := *k.of(&t.contacts)
	fields := []bot.Input{
		{ID: "name", Label: k.ask, Hint: "The name of a person or a company", Value: c.Name, Max: 80},
		{ID: "phone", Label: "Which number?", Hint: "As you would dial it, nights and weekends included", Value: c.Phone, Max: 40, Optional: !k.phone},
		{ID: "user", Label: "Are they here in chat?", Hint: "Then they can get the card as a file, and are told of changes", Value: c.User, Pick: bot.PickPerson, Optional: true},
	}
	if k.note != "" {
		fields = append(fields, bot.Input{ID: "note", Label: k.note, Value: c.Note, Max: 80, Optional: true})
	}
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title:  "Emergency number",
		Intro:  k.word + ". Take the number from a contract, a card or a statement: never from a message.",
		Fields: fields,
		Submit: "Save",
		Action: bot.Do("emergency", "save", k.id),
	}}}
}

// save keeps one contact and tells those who must know.
func (t *turn) save(id string) []bot.Effect {
	k, ok := kindOf(id)
	if !ok {
		return bot.Respond(t.numbers())
	}
	now, why := t.written(k)
	if len(why) > 0 {
		return []bot.Effect{bot.Refuse{Why: why}}
	}
	at := k.of(&t.contacts)
	old := *at
	if old == now {
		return bot.Respond(bot.View{Title: "Nothing has changed: " + k.word + " is " + withNote(now)})
	}
	*at = now
	if t.contacts.Changed == nil {
		t.contacts.Changed = map[string]company.Change{}
	}
	t.contacts.Changed[k.id] = company.Change{At: t.event.Now, By: t.event.From.Name, ID: company.NewID(t.event), Owner: t.event.From.ID, Was: company.Contact{Name: old.Name, User: old.User}}
	company.ContactsOf.Put(t.d, company.ContactsID, t.contacts)
	effects := []bot.Effect{
		bot.Audit{Verb: "changed", Object: "emergency contact " + k.id},
		bot.Answer{View: bot.View{
			Title: "Saved. " + k.word + ": " + withNote(now),
			Blocks: []bot.Block{
				bot.Say("Dial it once yourself, so that you know it works. The other owners are told of the change."),
				bot.Row(bot.Press("Give the card to its people", bot.Do("emergency", "give")), bot.Press("Change another", bot.Do("emergency", "numbers"))),
			},
		}},
	}
	return append(effects, t.tell(k, old, now)...)
}

// written is what somebody wrote into the form, and what is not right yet.
func (t *turn) written(k kind) (c company.Contact, why map[string]string) {
	v := t.event.Values
	c = company.Contact{Name: strings.TrimSpace(v["name"]), Phone: strings.TrimSpace(v["phone"]), User: v["user"], Note: strings.TrimSpace(v["note"])}
	why = map[string]string{}
	if c.Name == "" {
		why["name"] = "Please write a name."
	}
	if (k.phone || c.Phone != "") && !company.Dialable(c.Phone) {
		why["phone"] = "Please write the number with digits, for example +1 555 0100."
	}
	if c.User != "" && t.event.Picked["user"].Affiliation != bot.Home {
		why["user"] = "Please choose somebody who works here, or leave it empty."
	}
	return c, why
}

// Keys of the messages about a change; the contact and the id of the change
// follow.
const (
	changedKey = "changed/"
	wasKey     = "was/"
)

// tell says to every owner, and to whoever was saved before, what changed.
func (t *turn) tell(k kind, old, now company.Contact) []bot.Effect {
	by := t.event.From
	about := k.id + "/" + company.NewID(t.event)
	was := "Nobody was saved before."
	if known(old) {
		was = "Before, it was " + withNote(old) + "."
	}
	var effects []bot.Effect
	for _, owner := range t.owners.Of(t.d, t.event) {
		if owner == by.ID {
			continue
		}
		effects = append(effects, bot.Show{Key: changedKey + about, To: bot.To(owner), View: bot.View{
			Title: by.Name + " changed an emergency number",
			Blocks: []bot.Block{
				bot.Say(k.word + " is now " + withNote(now) + ". " + was),
				bot.Say("Did you not expect that? Ask " + by.Name + " by phone, on a number you know."),
				bot.Row(bot.Press("Emergency numbers", bot.Do("emergency", "numbers"))),
			},
		}})
	}
	if old.User != "" && old.User != by.ID && old.User != now.User {
		effects = append(effects, bot.Show{Key: wasKey + about, To: bot.To(old.User), View: bot.View{
			Title:  "You are no longer on the emergency card",
			Blocks: []bot.Block{bot.Say("On " + prose.Day(t.event.Now) + " " + by.Name + " saved somebody else for: " + k.word + ". Is that not right? Phone " + by.Name + ".")},
		}})
	}
	return effects
}
