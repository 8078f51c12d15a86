package duty

import (
	"maps"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// filled is the party that a form names, with what is known of it and what
// was written, and what is not right yet, by field.
func (t *turn) filled(kind, party string) (p company.Party, why map[string]string) {
	v := t.event.Values
	refused := map[string]string{}
	switch kind {
	case aPerson:
		chosen := t.event.Picked["user"]
		p = company.Party{Name: strings.TrimSpace(chosen.Name), User: chosen.ID}
		refuse(refused, "user", notHome(chosen))
	case aChannel:
		chosen := t.event.Picked["channel"]
		p = company.Party{Name: strings.TrimSpace(chosen.Name), Channel: chosen.ID}
		refuse(refused, "channel", notOurs(chosen))
	case aCompany:
		p = company.Party{Name: strings.TrimSpace(v["name"])}
		if p.Name == "" || p.Name == "-" {
			refused["name"] = "Please write a name."
		}
	case aSaved:
		p = t.m.Parties[party]
	}
	p = t.known(p)
	t.writeReach(&p, kind == aSaved)
	t.writeRank(&p)
	why = unreadable(p)
	maps.Copy(why, refused)
	return p, why
}

// unreadable says what of a party's details nobody could use, by field.
func unreadable(p company.Party) map[string]string {
	why := map[string]string{}
	switch {
	case p.Phone != "" && !company.Dialable(p.Phone):
		why["phone"] = "Please write the number with digits, for example +1 555 0100."
	case !p.Reachable():
		why["phone"] = "Please give a number or an e-mail address: people must be able to reach them."
	}
	if p.Email != "" && !company.Mailable(p.Email) {
		why["email"] = "Please write the whole address, for example help@example.com."
	}
	return why
}

// known adds what is saved of a party already; the name is the one of now.
func (t *turn) known(p company.Party) company.Party {
	m := company.Map{Parties: maps.Clone(t.m.Parties)}
	q := m.Parties[m.Enter(p)]
	if p.Name != "" {
		q.Name = p.Name
	}
	return q
}

// writeReach puts into a party how it is reached, and who may see that. What
// is left empty stays as it was, unless the form showed it.
func (t *turn) writeReach(p *company.Party, showed bool) {
	v := t.event.Values
	put := func(field string, to *string) {
		if text, asked := v[field]; asked && (showed || strings.TrimSpace(text) != "") {
			*to = strings.TrimSpace(text)
		}
	}
	put("phone", &p.Phone)
	put("hours", &p.Hours)
	put("email", &p.Email)
	switch v["shown"] {
	case "staff":
		p.Shown = company.ToStaff
	case string(company.InEmergencies), string(company.ToOwners):
		p.Shown = company.Shown(v["shown"])
	}
}

// writeRank puts into a party what it is to the company.
func (t *turn) writeRank(p *company.Party) {
	switch is := t.event.Values["is"]; is {
	case isProvider, isPartner, isBoth, isNeither:
		p.Provider = is == isProvider || is == isBoth
		p.Partner = is == isPartner || is == isBoth
	}
}

// person is somebody whom a form names beside the one who does it; the zero
// Party: nobody.
func (t *turn) person(field string, does company.Party, why map[string]string) company.Party {
	if t.event.Values[field] == "" {
		return company.Party{}
	}
	chosen := t.event.Picked[field]
	refuse(why, field, notHome(chosen))
	if chosen.ID == does.User {
		refuse(why, field, "That is the one who does it. Please choose somebody else, or leave it empty.")
	}
	return company.Party{Name: strings.TrimSpace(chosen.Name), User: chosen.ID}
}

func refuse(why map[string]string, field, reason string) {
	if reason != "" {
		why[field] = reason
	}
}

func notHome(p bot.Picked) string {
	switch {
	case p.ID == "":
		return "Please choose a person."
	case p.Affiliation == bot.Home:
		return ""
	case p.Affiliation == bot.Guest:
		return "That person is a guest here. Please choose somebody who works here, or enter them as a company outside."
	}
	return "That person is from another company. Please choose somebody who works here, or enter them as a company outside."
}

func notOurs(p bot.Picked) string {
	switch {
	case p.ID == "":
		return "Please choose a channel."
	case p.Room.Kind == bot.Channel:
		return ""
	}
	return "People of other companies may read that channel, or I cannot look into it. Please choose one that only people of this company read."
}
