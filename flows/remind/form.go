package remind

import (
	"secadvisor/bot"
	"secadvisor/bot/schedule"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// inHand takes what a form is about: a schedule by its id, or something that
// may not be set yet.
func (t *turn) inHand(key, text string) bool {
	if t.load(key) && t.s.Active() {
		return true
	}
	s, id, ok := t.newOf(key, text)
	if !ok && key == string(company.OfCustom) {
		t.id, t.s = "", s
		return true
	}
	if !ok {
		return false
	}
	if t.load(id) && t.s.Active() {
		return true
	}
	was := t.s
	t.id, t.s = id, s
	t.s.Cycle, t.s.Fired, t.s.Past = was.Cycle, was.Fired, was.Past
	return true
}

// form asks what, when, in which zone, and of whom.
func (t *turn) form() []bot.Effect {
	a := t.event.Action
	if !t.inHand(a.Arg(0), a.Arg(1)) {
		return t.all()
	}
	s := t.s
	when, zone, title := "quarterly at 9:00", zoneOf(t.event.From), "Remind me"
	if s.Active() {
		when, zone, title = s.Rule.Words(), s.Rule.Zone, "Change a reminder"
	} else if rule, ok := unpacked(a.Arg(2)); ok { // it was proposed
		when, zone = rule.Words(), rule.Zone
	} else if known, ok := subjectOf(s.About); ok && known.usual != "" {
		when = known.usual + " at 9:00"
	}
	f := bot.Form{Title: title, Submit: "Set it", Action: bot.Do("remind", "fill", a.Arg(0), a.Arg(1))}
	if s.About == company.OfCustom {
		f.Fields = append(f.Fields, bot.Input{ID: "text", Label: "What is to be done?", Hint: "For example: ask our IT provider about the firewall", Value: s.Text, Max: maxText})
	} else {
		f.Intro = t.title(s) + "."
	}
	f.Fields = append(f.Fields,
		bot.Input{ID: "rhythm", Label: "When?", Hint: "You can type " + schedule.CanBeTyped, Value: when, Max: 100},
		bot.Input{ID: "zone", Label: "In which time zone?", Hint: "For example Europe/Berlin", Value: zone, Max: 60})
	if s.About != company.OfFixes {
		f.Fields = append(f.Fields,
			bot.Input{ID: "user", Label: "Who is asked?", Hint: t.whoNow(), Pick: bot.PickPerson, Optional: true},
			bot.Input{ID: "channel", Label: "Or a channel of your company", Hint: "Everybody there reads it; nobody is called by name", Pick: bot.PickChannel, Optional: true})
	}
	if s.About == company.OfAssessment || s.About == company.OfMap {
		quiet := "line"
		if s.Quiet {
			quiet = "nothing"
		}
		f.Fields = append(f.Fields, bot.Input{ID: "quiet", Label: "And when there is nothing to do?", Value: quiet, Options: []bot.Option{
			{Value: "line", Label: "Say so in one line"}, {Value: "nothing", Label: "Say nothing"}}})
	}
	return []bot.Effect{bot.Open{Form: f}}
}

// whoNow says who is asked if nobody is chosen.
func (t *turn) whoNow() string {
	switch {
	case t.s.To.User == t.event.From.ID:
		return "Nobody chosen: you"
	case t.s.Active():
		return "Nobody chosen: " + t.s.Name + ", as now"
	}
	return "Nobody chosen: you"
}

// filled sets what the form says, or tells which field cannot be.
func (t *turn) filled() []bot.Effect {
	a, v := t.event.Action, t.event.Values
	if !t.inHand(a.Arg(0), a.Arg(1)) {
		return t.all()
	}
	wish, why := t.s, map[string]string{}
	if wish.About == company.OfCustom {
		if wish.Text = prose.Plain(v["text"], maxText); wish.Text == "" {
			why["text"] = "Please write what is to be done."
		}
	}
	rule, err := schedule.Read(v["rhythm"], noZone, t.now())
	if err != nil {
		why["rhythm"] = wrong(err)
	}
	if _, zoneErr := schedule.Read("weekly", v["zone"], t.now()); zoneErr != nil {
		why["zone"] = wrong(zoneErr)
	} else if err == nil {
		if rule, err = schedule.Read(v["rhythm"], v["zone"], t.now()); err != nil {
			why["rhythm"] = wrong(err)
		}
	}
	t.aimed(&wish, why)
	if wish.Quiet = v["quiet"] == "nothing"; len(why) > 0 {
		return []bot.Effect{bot.Refuse{Why: why}}
	}
	if wish.Rule = rule; t.s.Active() && t.s.Rule.Words() == v["rhythm"] && t.s.Rule.Zone == v["zone"] {
		wish.Rule = t.s.Rule // counted from the same day as before
	}
	if t.id == "" {
		t.id = customID(wish.Text)
	}
	return t.put(wish)
}

// aimed takes who is asked from a form.
func (t *turn) aimed(wish *company.Schedule, why map[string]string) {
	user, channel := t.event.Picked["user"], t.event.Picked["channel"]
	chosen, there := user.ID != "" || t.event.Values["user"] != "", channel.ID != "" || t.event.Values["channel"] != ""
	switch {
	case chosen && there:
		why["channel"] = "Please choose a person or a channel, not both."
	case chosen && (user.ID == "" || user.Affiliation != bot.Home):
		why["user"] = "Please choose somebody who works here."
	case chosen && wish.About == company.OfAssessment && !t.mayAssess(user.ID):
		why["user"] = "An assessment is an owner's. Please choose an owner, or nobody: then it is you."
	case chosen:
		wish.To, wish.Name = bot.To(user.ID), named(user.Name)
	case there && (channel.ID == "" || channel.Room.Kind != bot.Channel):
		why["channel"] = "Please choose a channel that only people of your company read, and that I am in."
	case there:
		wish.To, wish.Name = bot.Address{Channel: channel.ID}, roomName(channel.Room)
	}
}
