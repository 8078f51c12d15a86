package handoff

import "secadvisor/bot"

// chooseOther opens the form for another receiver.
func (t *turn) chooseOther(id string, n Note) []bot.Effect {
	fields := []bot.Input{{ID: "user", Label: "Which person?", Pick: bot.PickPerson, Optional: !n.Urgent}}
	if !n.Urgent {
		fields = append(fields, bot.Input{ID: "channel", Label: "Or which channel?", Hint: "One that people of this company alone can read", Pick: bot.PickChannel, Optional: true})
	}
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title: "Somebody else", Intro: "You see it once more before anything is sent.", Fields: fields, Submit: "Show me", Action: bot.Do("handoff", "chosen", id),
	}}}
}

func (t *turn) chosen(id string, n Note) []bot.Effect {
	user, channel := t.event.Values["user"], t.event.Values["channel"]
	why := map[string]string{}
	switch {
	case user == "" && n.Urgent:
		why["user"] = "Please choose a person."
	case user == "" && channel == "":
		why["user"] = "Please choose a person, or a channel below."
	case user != "" && channel != "":
		why["channel"] = "Please choose one: a person above, or a channel here."
	case user != "" && t.event.Picked["user"].Affiliation != bot.Home:
		why["user"] = "Please choose somebody who works here."
	case user == t.event.From.ID:
		why["user"] = "That is you. Please choose somebody else."
	case channel != "" && t.event.Picked["channel"].Room.Kind != bot.Channel:
		why["channel"] = "People of other companies may read that one. Please choose another."
	}
	if len(why) > 0 {
		return []bot.Effect{bot.Refuse{Why: why}}
	}
	n.Rest = reachable(t.targets(n))
	n.To = Target{Name: t.event.Picked["user"].Name, User: user}
	if channel != "" {
		n.To = Target{Name: t.event.Picked["channel"].Room.Name, Channel: channel}
	}
	if n.To.Name == "" {
		n.To.Name = "the person you chose"
	}
	n.Rest = without(n.Rest, n.To)
	n.Changes++
	return t.keep(id, n)
}

// instead turns from somebody who is phoned to the next who is in chat.
func (t *turn) instead(id string, n Note) []bot.Effect {
	if !n.To.outside() || len(n.Rest) == 0 {
		return bot.Respond(t.preview(id, n))
	}
	n.To, n.Rest = n.Rest[0], n.Rest[1:]
	n.Changes++
	return t.keep(id, n)
}

// without is a list of targets but for one of them.
func without(all []Target, x Target) []Target {
	var rest []Target
	for _, y := range all {
		if y.User != x.User || y.Channel != x.Channel {
			rest = append(rest, y)
		}
	}
	return rest
}
