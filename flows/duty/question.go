package duty

import (
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// asksSingly is up to how many duties a card has buttons for each.
const asksSingly = 4

// question is the card by which a person is asked: what they have not
// answered yet. Batch names the card in its buttons.
func (t *turn) question(user, batch string) bot.View {
	open, said := t.does(user, company.Asked), t.does(user, company.Confirmed)
	if len(open) == 0 {
		return t.settled(said)
	}
	v := bot.View{Title: "May people be sent to you for " + prose.Count(len(open), "thing", "things") + "?"}
	if len(open) == 1 {
		v.Title = "May people be sent to you first: " + inside(t.title(open[0])) + "?"
	}
	v.Gist = v.Title
	v.Blocks = append(v.Blocks, bot.Say(t.keeper()+" keeps a list of who handles what here, and your name is on it. When somebody asks me, I would send them to you. Accepting means: ask me first. It is no guarantee, and you can take it back any time."))
	v.Blocks = append(v.Blocks, t.choices(open, batch)...)
	if len(said) > 0 {
		v.Blocks = append(v.Blocks, bot.Small("You said yes to: "+t.titles(said)+"."))
	}
	reach := "People here see your name, how to reach you, and whether you said yes."
	switch t.m.Parties[t.m.PartyOf(user)].Shown {
	case company.InEmergencies:
		reach = "People here see your name and whether you said yes; how to reach you, in emergencies only."
	case company.ToOwners:
		reach = "People here see your name and whether you said yes; how to reach you, only the owners."
	}
	v.Blocks = append(v.Blocks, bot.Small(reach+" A no is shown to nobody by name: it says \""+needsOwner+"\"."))
	return v
}

// choices are the buttons of a card: for each duty, or for many, for all and
// one by one in menus.
func (t *turn) choices(open []string, batch string) []bot.Block {
	const yes, no = "Yes, ask me first", "Not me"
	var blocks []bot.Block
	if len(open) <= asksSingly {
		for _, id := range open {
			if len(open) > 1 {
				blocks = append(blocks, bot.Say(t.title(id)))
			}
			blocks = append(blocks, bot.Row(bot.Press(yes, bot.Do("duty", "yes", batch, id)), bot.Press(no, bot.Do("duty", "no", batch, id))))
		}
	}
	if len(open) == 1 {
		return blocks
	}
	all := bot.Row(bot.Button{Label: "Yes to all", Action: bot.Do("duty", "yes", batch, everything), Main: true}, bot.Press("None of these", bot.Do("duty", "no", batch, everything)))
	if len(open) <= asksSingly {
		return append(blocks, all)
	}
	var titles []string
	var accept, decline []bot.Button
	for _, id := range open {
		titles = append(titles, t.title(id))
		accept = append(accept, bot.Press(prose.Label(t.title(id)), bot.Do("duty", "yes", batch, id)))
		decline = append(decline, bot.Press(prose.Label(t.title(id)), bot.Do("duty", "no", batch, id)))
	}
	blocks = append(blocks, bot.Points(titles...), all)
	blocks = append(blocks, pick("Or one by one. "+yes+":", accept)...)
	return append(blocks, pick(no+":", decline)...)
}

// everything stands for all duties that a person is asked about.
const everything = "all"

// settled is what a card becomes when all is answered.
func (t *turn) settled(said []string) bot.View {
	v := bot.View{Title: "Thank you, that is settled"}
	if len(said) > 0 {
		v.Blocks = append(v.Blocks, bot.Say("People who ask are sent to you first for: "+t.titles(said)+". I ask again in a year."))
	} else {
		v.Blocks = append(v.Blocks, bot.Say("Nobody is sent to you for this. The owner hears that it "+needsOwner+", and not from whom."))
	}
	v.Blocks = append(v.Blocks, bot.Row(bot.Press("What is recorded about me", bot.Do("duty", "mine"))))
	return v
}

// does lists what a person does and has said this of, in order.
func (t *turn) does(user string, states ...company.DutyState) []string {
	var ids []string
	for id, d := range t.m.Duties {
		if user != "" && t.m.Parties[d.Does].User == user && slices.Contains(states, d.State) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// keeper is the owner who has introduced the map.
func (t *turn) keeper() string {
	if t.m.By == "" {
		return "An owner of your company"
	}
	return t.m.By
}
