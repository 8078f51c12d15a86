package menu

import (
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/prose"
)

// whoOwns says who the owner is: many answers send people to them.
func (t *turn) whoOwns() bot.View {
	v := bot.View{Title: "I name this company's people to its own staff only", Blocks: []bot.Block{bot.Say("Ask your contact at this company.")}}
	if t.event.From.Affiliation == bot.Home {
		v.Title = t.owned()
		v.Blocks = []bot.Block{bot.Say("An owner says who handles what here and what is allowed, and reads the checks of our security.")}
		if len(t.owners.Of(t.d, t.event)) == 0 {
			v.Blocks = append(v.Blocks, bot.Say("Whoever runs me has a code for the owner of the company, who types "+t.lib.Command+" claim CODE here."))
		}
	}
	v.Blocks = append(v.Blocks, bot.Row(bot.Press("Something happened", bot.Do("menu", "urgent")), bot.Press("Menu", bot.Do("menu", "menu"))))
	return v
}

// owned names the owners, as far as their names are known.
func (t *turn) owned() string {
	ids := t.owners.Of(t.d, t.event)
	roles, _ := bot.RolesDoc.Get(t.d, bot.RolesID)
	you := slices.Contains(ids, t.event.From.ID)
	var names []string
	unnamed := 0
	for _, id := range ids {
		name := roles.People[id].Name
		switch {
		case id == t.event.From.ID:
		case name != "":
			names = append(names, name)
		default:
			unnamed++
		}
	}
	if unnamed > 0 && (you || len(names) > 0) {
		names = append(names, prose.Count(unnamed, "other", "others"))
	}
	switch {
	case len(ids) == 0:
		return "Nobody is the owner here yet"
	case you && len(names) == 0:
		return "You are the owner here"
	case you:
		return "You and " + prose.And(names) + " are the owners here"
	case len(names) == 0:
		return "There is an owner, but I don't know the name: ask in the office who set me up"
	case len(names) == 1:
		return "The owner here is " + names[0]
	}
	return "The owners here are " + prose.And(names)
}
