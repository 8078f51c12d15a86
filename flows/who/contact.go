package who

import (
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

const whoever = "whoever looks after your computers"

// known reports whether there is anybody to name.
func (t *turn) known() bool { return t.callee() != company.Contact{} }

// named is the contact as it stands in a sentence.
func (t *turn) named() string {
	c := t.callee()
	switch {
	case c.Name != "" && c.Phone != "":
		return c.Name + " (" + c.Phone + ")"
	case c.Name != "":
		return c.Name
	case c.Phone != "":
		return c.Phone
	}
	return whoever
}

// fill puts the contact into a text of the catalog.
func (t *turn) fill(text string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	return strings.ReplaceAll(text, "{incident_contact}", t.named())
}

func (t *turn) fillAll(texts []string) []string {
	filled := make([]string, len(texts))
	for i, text := range texts {
		filled[i] = t.fill(text)
	}
	return filled
}

// here says whom to ask at this company about a topic that is no emergency.
func (t *turn) here(topic content.Topic) string {
	at := "At your company: "
	if t.event.From.Unsure {
		return "I can't tell just now whether you belong to this company, so I name nobody of it. Ask once more in a moment."
	}
	if t.event.From.Affiliation == bot.Foreign {
		return "Ask your contact at this company: I show its people and numbers to its own staff only."
	}
	if d := t.duty(topic); d.Owned() {
		text := at + t.does(d) + "."
		if topic.Side == content.Both && !t.event.From.Owner() {
			text += " The owner says what is allowed."
		}
		return text
	}
	if t.event.From.Owner() {
		at += "nobody has this yet; "
	}
	if topic.Urgency == content.Soon {
		if t.known() {
			return at + "tell " + t.named() + "."
		}
		return at + "nobody is saved to call. Phone or walk to " + whoever + "."
	}
	ask := map[content.Side]string{
		content.IT:       "ask " + whoever,
		content.Both:     "ask " + whoever + "; the owner says what is allowed",
		content.Security: "the owner decides who does this; ask them",
	}[topic.Side]
	switch {
	case t.event.From.Owner() && topic.Side == content.Security && t.lib.Partner.Name != "":
		return at + "you decide who does this. Your security partner: " + t.partner() + "."
	case t.event.From.Owner() && topic.Side == content.Security:
		ask = "you decide who does this"
	case t.event.From.Owner() && topic.Side == content.Both:
		ask = "ask " + whoever + "; you say what is allowed"
	}
	switch {
	case t.known():
		return at + ask + ". In an emergency: " + t.named() + "."
	case t.event.From.Owner():
		return at + ask + ". Nobody is saved to call in an emergency yet."
	}
	return at + ask + "."
}

func (t *turn) partner() string {
	p := t.lib.Partner
	if p.Contact == "" {
		return p.Name
	}
	return p.Name + ", " + p.Contact
}

// assign is the button for an owner where nobody has a topic.
func (t *turn) assign(topic content.Topic) []bot.Button {
	if !t.event.From.Owner() || t.duty(topic).Owned() {
		return nil
	}
	return []bot.Button{bot.Press("Say who handles it", bot.Do("duty", "assign", topic.ID))}
}

// saveContact is the button for an owner who has saved nobody yet.
func (t *turn) saveContact() []bot.Button {
	if !t.event.From.Owner() || t.known() {
		return nil
	}
	return []bot.Button{bot.Press("Save who is phoned", bot.Do("emergency", "edit", "incident"))}
}
