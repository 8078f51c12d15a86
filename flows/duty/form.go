package duty

import (
	"secadvisor/bot"
	"secadvisor/flows/company"
)

// Who can be given something.
const (
	aPerson  = "person"
	aChannel = "channel"
	aCompany = "company"
	aSaved   = "saved" // a party that is there, named by its id
)

// ask opens the form for giving something to somebody.
func (t *turn) ask(id, kind, party string) []bot.Effect {
	s, ok := t.subject(id)
	p, saved := t.m.Parties[party]
	if !ok || kind == aSaved && !saved {
		return bot.Respond(t.assign(id))
	}
	f := bot.Form{
		Title:  "Who handles it",
		Intro:  s.title + ".",
		Submit: "Save",
		Action: bot.Do("duty", "who", id, kind, party),
	}
	switch kind {
	case aPerson:
		f.Fields = []bot.Input{
			{ID: "user", Label: "Who does it?", Pick: bot.PickPerson},
			phone(company.Party{}, "For when chat is down. Empty: as it was"),
		}
	case aChannel:
		f.Fields = []bot.Input{{ID: "channel", Label: "Which channel?", Hint: "One that people of this company alone can read", Pick: bot.PickChannel}}
	case aCompany:
		f.Fields = []bot.Input{
			{ID: "name", Label: "What is it called?", Hint: "A company or a person outside", Max: maxName},
			phone(company.Party{}, "A number or an e-mail address is needed"),
			hours(company.Party{}), email(company.Party{}),
		}
	case aSaved:
		f.Intro = s.title + " goes to " + p.Name + "."
		f.Fields = details(p)
	default:
		return bot.Respond(t.assign(id))
	}
	f.Fields = append(f.Fields, t.besides(id, p)...)
	return []bot.Effect{bot.Open{Form: f}}
}

const (
	maxName  = 80
	maxPhone = 40
	maxText  = 80
)

func phone(p company.Party, hint string) bot.Input {
	return bot.Input{ID: "phone", Label: "Phone number", Hint: hint, Value: p.Phone, Max: maxPhone, Optional: true}
}

func hours(p company.Party) bot.Input {
	return bot.Input{ID: "hours", Label: "When can they be reached?", Hint: "In words: Mon-Fri 8-18", Value: p.Hours, Max: maxText, Optional: true}
}

func email(p company.Party) bot.Input {
	return bot.Input{ID: "email", Label: "E-mail address", Value: p.Email, Max: maxText, Optional: true}
}

// details are what a party can be reached by beside chat.
func details(p company.Party) []bot.Input {
	switch {
	case p.Channel != "":
		return nil
	case p.User != "":
		return []bot.Input{phone(p, "For when chat is down")}
	}
	return []bot.Input{phone(p, "A number or an e-mail address is needed"), hours(p), email(p)}
}

// besides asks who stands behind the one who does it, and what they are.
func (t *turn) besides(id string, p company.Party) []bot.Input {
	d := t.m.Duties[id]
	return []bot.Input{
		{ID: "deputy", Label: "Who when they are away?", Value: t.m.Parties[d.Deputy].User, Pick: bot.PickPerson, Optional: true},
		{ID: "answers", Label: "Does somebody else answer for it?", Hint: "Who is accountable, where another does the work", Value: t.m.Parties[d.Answers].User, Pick: bot.PickPerson, Optional: true},
		shown("Who may see how to reach them?", p),
		rankOf(p),
	}
}

// rankOf asks what a party is to the company.
func rankOf(p company.Party) bot.Input {
	in := bot.Input{ID: "is", Label: "Are they your IT provider or security partner?", Value: rank(p), Optional: true, Options: []bot.Option{
		{Value: isProvider, Label: "They look after our IT"},
		{Value: isPartner, Label: "They are our security partner"},
		{Value: isBoth, Label: "Both"},
		{Value: isNeither, Label: "Neither"},
	}}
	if in.Value == "" {
		in.Hint = "Empty: as it was; for somebody new, neither"
	}
	return in
}

// shown asks who may see how to reach a party. Of one who is not known yet,
// nothing is chosen: they may be saved with a wish of their own.
func shown(question string, p company.Party) bot.Input {
	in := bot.Input{ID: "shown", Label: question, Optional: true, Options: []bot.Option{
		{Value: "staff", Label: "Everybody who works here"},
		{Value: string(company.InEmergencies), Label: "People here, in emergencies only"},
		{Value: string(company.ToOwners), Label: "Only the owners"},
	}}
	switch {
	case p.Shown != company.ToStaff:
		in.Value = string(p.Shown)
	case p.Name != "":
		in.Value = "staff"
	default:
		in.Hint = "Empty: as it was; for somebody new, everybody here"
	}
	return in
}

// What a party is to the company, in a form.
const (
	isProvider = "provider"
	isPartner  = "partner"
	isBoth     = "both"
	isNeither  = "neither"
)

func rank(p company.Party) string {
	switch {
	case p.Provider && p.Partner:
		return isBoth
	case p.Provider:
		return isProvider
	case p.Partner:
		return isPartner
	case p.Name != "":
		return isNeither
	}
	return ""
}
