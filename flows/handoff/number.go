package handoff

import (
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// Reminded remembers that the owners were told that no number is saved.
type Reminded struct {
	At time.Time `json:"at"`
}

// Remindeds holds it under "no-number".
var Remindeds = bot.Doc[Reminded]{Prefix: "handoff-told", Version: 1}

// noNumber tells the owners, once a day, that nobody can be phoned.
func (t *turn) noNumber() []bot.Effect {
	const id = "no-number"
	owners := t.owners.Of(t.d, t.event)
	if contacts, _ := company.ContactsOf.Get(t.d, company.ContactsID); contacts.Incident.Phone != "" {
		return bot.Respond(bot.View{Title: "A number is saved by now. Phone " + calls(contacts.Incident)})
	}
	if _, told := Remindeds.Get(t.d, id); told {
		return bot.Respond(bot.View{Title: "The owner knows already. Phone or walk to them if it is urgent"})
	}
	if len(owners) == 0 {
		return bot.Respond(bot.View{Title: "This company has no owner here yet. Phone or walk to yours"})
	}
	Remindeds.PutFor(t.d, id, Reminded{At: t.event.Now}, 24*time.Hour)
	var effects []bot.Effect
	for _, owner := range owners {
		effects = append(effects, bot.Show{Key: "no-number/" + company.NewID(t.event), To: bot.To(owner), View: bot.View{
			Title: "Somebody needed an emergency number, and none is saved",
			Blocks: []bot.Block{
				bot.Say("Ask around who needs help now. Then save whom people phone: it takes a minute."),
				bot.Row(bot.Button{Label: "Save who is phoned", Action: bot.Do("emergency", "edit", "incident"), Main: true}),
			},
		}})
	}
	return append(effects, bot.Tell("The owner is told. Phone or walk to them, too", "Your name is not in it.")...)
}
