package menu

import (
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// askContact opens the form for who is phoned in an emergency.
func (m menu) askContact(d *bot.Docs, e bot.Event) []bot.Effect {
	if !e.From.Owner() {
		return answer(m.onlyOwners())
	}
	c, _ := company.ContactsOf.Get(d, company.ContactsID)
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title: "Emergency contact",
		Intro: "Urgent answers show this to everybody here. A person or a company that picks up the phone.",
		Fields: []bot.Input{
			{ID: "name", Label: "Who is phoned?", Hint: "For example: the name of your IT provider, or of a person", Value: c.Incident.Name, Max: 80},
			{ID: "phone", Label: "Which number?", Hint: "As you would dial it, nights and weekends included", Value: c.Incident.Phone, Max: 40},
		},
		Submit: "Save",
		Action: bot.Do("menu", "save-contact"),
	}}}
}

func (m menu) saveContact(d *bot.Docs, e bot.Event) []bot.Effect {
	if !e.From.Owner() {
		return answer(m.onlyOwners())
	}
	name, phone := strings.TrimSpace(e.Values["name"]), strings.TrimSpace(e.Values["phone"])
	why := map[string]string{}
	if name == "" {
		why["name"] = "Please say who is phoned."
	}
	if !dialable(phone) {
		why["phone"] = "Please write the number with digits, for example +1 555 0100."
	}
	if len(why) > 0 {
		return []bot.Effect{bot.Refuse{Why: why}}
	}
	c, _ := company.ContactsOf.Get(d, company.ContactsID)
	c.Incident = company.Contact{Name: name, Phone: phone}
	company.ContactsOf.Put(d, company.ContactsID, c)
	return []bot.Effect{
		bot.Audit{Verb: "changed", Object: "emergency contact"},
		bot.Answer{View: bot.View{
			Title:  "Saved: in an emergency people phone " + name + ", " + phone,
			Blocks: []bot.Block{bot.Say("Dial it once yourself, so that you know it works.")},
		}},
	}
}

// dialable reports whether somebody could dial a text: at least two digits,
// and nothing but what stands in phone numbers.
func dialable(phone string) bool {
	digits := 0
	for _, r := range phone {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune("+-/(). extEXT", r):
			return false
		}
	}
	return digits >= 2
}

func (m menu) onlyOwners() bot.View {
	return bot.View{
		Title:  "Only an owner can change that",
		Blocks: []bot.Block{bot.Say("Ask the owner of this company to do it. An owner is somebody who typed " + m.lib.Command + " claim CODE with the code from the server.")},
	}
}
