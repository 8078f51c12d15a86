package assess

import (
	"secadvisor/bot"
	"secadvisor/flows/company"
)

// The two taps that come before the questions. They are not scored; they
// choose wording and recommendations, and are asked once.

var sizes = []struct {
	value company.Size
	label string
}{
	{company.UpTo10, "Up to 10"}, {company.UpTo49, "11 to 49"}, {company.UpTo249, "50 to 249"}, {company.From250, "250 or more"},
}

var guardians = []struct {
	value company.SecurityBy
	label string
}{
	{company.ByIT, "IT alone"}, {company.ByBoth, "IT, and somebody for security"}, {company.ByNobody, "Nobody"}, {company.ByDontKnow, "Don't know"},
}

func (a assess) askSize(s sheet) bot.View {
	var buttons []bot.Button
	for _, x := range sizes {
		buttons = append(buttons, bot.Press(x.label, s.act("size", string(x.value))))
	}
	return bot.View{
		Title:  s.pack.Title + " · first, about your company",
		Blocks: []bot.Block{bot.Say(s.pack.About), bot.Head("How many people work at your company?"), bot.Row(buttons...), bot.Small(a.readers())},
	}
}

func (a assess) askSecurityBy(s sheet) bot.View {
	var buttons []bot.Button
	for _, x := range guardians {
		buttons = append(buttons, bot.Press(x.label, s.act("by", string(x.value))))
	}
	return bot.View{
		Title:  s.pack.Title + " · first, about your company",
		Blocks: []bot.Block{bot.Head("Who looks after security?"), bot.Say("IT is your IT person or provider."), bot.Row(buttons...)},
	}
}

func (a assess) setSize(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	if late(e, s) || s.profile.Size != "" {
		return a.tooLate(d, s)
	}
	for _, x := range sizes {
		if string(x.value) == e.Action.Arg(2) {
			s.profile.Size = x.value
		}
	}
	company.Profiles.Put(d, company.ProfileID, s.profile)
	return a.next(d, e, s)
}

func (a assess) setSecurityBy(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	if late(e, s) || s.profile.SecurityBy != "" {
		return a.tooLate(d, s)
	}
	for _, x := range guardians {
		if string(x.value) == e.Action.Arg(2) {
			s.profile.SecurityBy = x.value
		}
	}
	company.Profiles.Put(d, company.ProfileID, s.profile)
	return a.next(d, e, s)
}
