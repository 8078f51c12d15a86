package menu

import "secadvisor/bot"

// help lists the commands that this person can use.
func (t *turn) help() bot.View {
	sec := t.lib.Command
	items := []bot.Field{
		{Name: sec + " who handles X?", Value: "who does it here, and what to do first; describe a problem in your own words"},
		{Name: sec + " explain", Value: "what IT support does, what security does, and where they meet"},
	}
	switch {
	case t.event.From.Owner():
		items = append(items,
			bot.Field{Name: sec + " assess", Value: "ten questions about our security, five minutes, seen by you alone"},
			bot.Field{Name: sec + " fixes", Value: "what is to be fixed, who does it and by when"},
			bot.Field{Name: sec + " sides", Value: "you and your IT person answer the same questions apart, and see where you differ"},
			bot.Field{Name: sec + " interview", Value: "four questions to your IT provider, and what their answers mean"},
			bot.Field{Name: sec + " remind", Value: "checks, a restore test or anything else, on time and followed up: " + sec + " remind restore test every 6 months"},
			bot.Field{Name: sec + " status", Value: "whether each reminder arrived, how it went, and when the next comes"},
			bot.Field{Name: sec + " map", Value: "who handles what here, and what nobody does"},
			bot.Field{Name: sec + " assign", Value: "say who handles something"},
			bot.Field{Name: sec + " emergency", Value: "the emergency card, and its numbers"},
			bot.Field{Name: sec + " teach", Value: "what your company's own words mean"},
			bot.Field{Name: sec + " audit", Value: "the log: who started, changed or shared what, and when"})
	case t.event.From.Affiliation == bot.Home:
		items = append(items, bot.Field{Name: sec + " claim CODE", Value: "become an owner, with the code from whoever runs me"})
	}
	if t.event.From.Role == bot.IT || t.event.From.Role == bot.Partner {
		items = append(items, bot.Field{Name: sec + " emergency", Value: "the emergency card: whom to phone, in which order"})
	}
	if t.event.From.Affiliation == bot.Home && !t.event.From.Owner() {
		items = append(items, bot.Field{Name: sec + " fixes", Value: "what was given to you to take care of"},
			bot.Field{Name: sec + " remind", Value: "what I remind you of, and when you are away"})
	}
	if t.event.From.Affiliation == bot.Home {
		items = append(items, bot.Field{Name: sec + " mine", Value: "what is recorded about you, to correct"})
	}
	items = append(items, bot.Field{Name: sec, Value: "the menu"})
	return bot.View{
		Title: "I help you find who handles what: IT support, security expertise, or both",
		Blocks: []bot.Block{
			bot.Row(bot.Button{Label: "Something happened", Action: bot.Do("menu", "urgent"), Main: true}),
			{Fields: &bot.Fields{Items: items}},
			bot.Say(t.role()),
			bot.Row(bot.Press("Menu", bot.Do("menu", "menu")), bot.Press("What do you keep?", bot.Do("menu", "keep"))),
		},
	}
}

// role says what the bot is for to somebody of this role.
func (t *turn) role() string {
	switch {
	case t.event.From.Owner():
		return "You are an owner here: only owners start and read assessments and set reminders."
	case t.event.From.Role == bot.IT:
		return "You look after IT here. I send people to you with clear questions, and I never grade you."
	case t.event.From.Role == bot.Partner:
		return "You help this company with security. Owners share with you what they choose to."
	case t.event.From.Affiliation != bot.Home && !t.event.From.Unsure:
		return "You are a guest here: you can ask, and what you ask stays between us."
	}
	return "What you ask is shown to you alone."
}
