package who

import (
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// meant finds a topic by the company's own words for it.
func (t *turn) meant(text string) (id string, ok bool) {
	if len(t.taught.Phrases) == 0 || t.event.From.Affiliation != bot.Home {
		return "", false
	}
	key := t.match.Key(text)
	for _, p := range t.taught.Phrases {
		if slices.Equal(p.Key, key) {
			return p.Topic, true
		}
	}
	return "", false
}

// own is a topic that only this company has.
func (t *turn) own(id string, o company.OwnTopic) bot.View {
	here := "Nobody has this yet: ask in the office."
	if d := t.people.Duties[id]; d.Owned() {
		here = "At your company: " + t.does(d) + "."
	} else if t.event.From.Owner() {
		here = "Nobody has this yet: say who handles it, and everybody sees it here."
	}
	v := bot.View{Title: o.Title + " · your company's own", Gist: o.Title + ": " + here, Blocks: []bot.Block{bot.Say(here)}}
	if o.Note != "" {
		v.Blocks = append(v.Blocks, bot.Say(o.Note))
	}
	buttons := t.tellThem(id)
	if t.event.From.Owner() {
		buttons = append(buttons, bot.Press("Say who handles it", bot.Do("duty", "assign", id)), bot.Press("What was taught", bot.Do("teach", "list")))
	}
	v.Blocks = append(v.Blocks, row(append(buttons, bot.Press("Not what I meant", bot.Do("who", "none")))...))
	return v
}

// sensitive is for what is not for a bot: complaints, health, harassment,
// monitoring, wrongdoing. It judges nothing and keeps nothing.
func (t *turn) sensitive() bot.View {
	v := bot.View{
		Title:  "This matters, and it needs a person, not me",
		Blocks: []bot.Block{bot.Say("Nothing was kept or passed on. Please talk to somebody you trust.")},
	}
	if c := t.contacts.Concerns; (c.Name != "" || c.Phone != "") && t.event.From.Affiliation == bot.Home {
		text := c.Name
		if c.Phone != "" && text != "" {
			text += ", "
		}
		v.Blocks = append(v.Blocks, bot.Say("Here, people can talk to "+text+c.Phone+". They do not learn that you asked me."))
	} else {
		v.Blocks = append(v.Blocks, bot.Say("That can be somebody here whom you trust, your doctor, a union, or an advice line outside the company."))
	}
	v.Blocks = append(v.Blocks,
		bot.Say("Is somebody in danger now? Call your country's emergency number."),
		bot.Row(bot.Press("It is about a computer or account", bot.Do("who", "none")), t.happened()))
	return v
}

// short are the emergencies for people who read little English.
var short = map[string]string{
	"clicked-phishing":   "🔗 Bad link, bad mail, password",
	"malware-ransomware": "💻 Virus, computer strange",
	"lost-stolen-device": "📱 Phone or computer lost",
	"account-takeover":   "👤 Somebody in my account",
	"payment-fraud":      "💶 Money, false bill",
	"data-leak":          "📄 Secret papers, wrong person",
}

// foreign is for text that is not understood as English: few words, signs,
// and a number.
func (t *turn) foreign() bot.View {
	var options []bot.Button
	for _, topic := range t.lib.Topics {
		if topic.Urgency != content.Emergency {
			continue
		}
		label := topic.Title
		if words, ok := short[topic.ID]; ok {
			label = words
		}
		options = append(options, bot.Press(label, bot.Do("who", "topic", topic.ID)))
	}
	v := bot.View{
		Title:  "Help · Hilfe · Aide · Ayuda · Pomoc · Ajuda · Aiuto · 🆘",
		Gist:   "I read English only. Urgent? Phone " + t.named() + ".",
		Blocks: []bot.Block{bot.Say("I read English only. Urgent? 📞 " + t.named() + "."), bot.Pick("What happened?", options...)},
	}
	v.Blocks = append(v.Blocks, bot.Small("Nothing was kept or passed on. A few English words are enough: phone lost, bad mail, no internet."))
	return v
}

// tellThem is the button that hands a topic over; people of other companies
// and guests only ask.
func (t *turn) tellThem(id string, more ...string) []bot.Button {
	if t.event.From.Affiliation != bot.Home {
		return nil
	}
	return []bot.Button{{Label: "Tell them", Action: bot.Do("handoff", "tell", append([]string{id}, more...)...), Main: true}}
}
