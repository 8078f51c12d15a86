// Package claim is the flow by which somebody becomes an owner: with the
// one-time code that the server printed. Rank on the platform gives nothing. It
// writes who is an owner (bot.Roles), and uses up the code (company.Code).
package claim

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// New makes the flow.
func New(lib *content.Library, owners company.Owners) bot.Flow {
	f := flow{lib, owners}
	return bot.Flow{Name: "claim", Words: []string{"claim"}, Typed: wishes, Step: f.step}
}

// wishes are how people ask how to become an owner.
var wishes = []string{"how do i become owner", "how do i become an owner", "how can i become an owner", "make me owner", "make me an owner", "i am the owner", "i'm the owner"}

type flow struct {
	lib    *content.Library
	owners company.Owners
}

// turn is one step of the flow.
type turn struct {
	flow
	d     *bot.Docs
	event bot.Event
}

func (f flow) step(d *bot.Docs, e bot.Event) []bot.Effect {
	t := &turn{f, d, e}
	switch e.Kind {
	case bot.Command, bot.Message:
		return t.typed(e.Text)
	}
	return nil
}

// typed takes the code, or says what is wrong with it.
func (t *turn) typed(text string) []bot.Effect {
	code, waiting := company.Codes.Get(t.d, company.CodeID)
	switch {
	case t.event.From.Owner():
		return bot.Tell("You are an owner already", "Type "+t.lib.Command+" to see what you can do.")
	case text == "" || slices.Contains(wishes, text):
		return bot.Tell("A code makes you an owner", "Type "+t.lib.Command+" claim CODE. The code was printed where the server was started: ask "+t.lib.Host()+".")
	case !waiting || code.Tries >= company.CodeTries || t.event.Now.After(code.Until):
		return bot.Tell("No code is waiting", "Codes work once and for a day. Ask "+t.lib.Host()+" for a new one: secadvisor serve --claim prints it.")
	case !code.Matches(text):
		code.Tries++
		company.Codes.Put(t.d, company.CodeID, code)
		return bot.Tell("That is not the code", "Please copy it once more, exactly as it was printed. Nothing was changed.")
	}
	return t.accept()
}

// accept makes an owner and tells those who are owners already.
func (t *turn) accept() []bot.Effect {
	who := t.event.From
	others := t.owners.Of(t.d, t.event)
	roles, _ := bot.RolesDoc.Get(t.d, bot.RolesID)
	people := map[string]bot.Member{}
	maps.Copy(people, roles.People)
	people[who.ID] = bot.Member{Role: bot.Owner, Name: who.Name, Zone: who.Zone, Since: t.event.Now.UTC().Truncate(time.Second)}
	bot.RolesDoc.Put(t.d, bot.RolesID, bot.Roles{People: people})
	company.Codes.Delete(t.d, company.CodeID)

	effects := []bot.Effect{
		bot.Audit{Verb: "became", Object: "owner"},
		bot.Answer{View: bot.View{
			Title: "You are an owner now",
			Blocks: []bot.Block{
				bot.Say("Only owners start and read assessments and set reminders. Start with who is phoned in an emergency; the check takes five minutes."),
				bot.Row(bot.Press("Save who is phoned", bot.Do("emergency", "edit", "incident")), bot.Press("Check our security (5 minutes)", bot.Do("assess", "start", content.QuickCheck))),
			},
		}},
	}
	for _, id := range others {
		effects = append(effects, bot.Show{Key: "owner/" + who.ID, To: bot.To(id), View: bot.View{
			Title:  "There is a new owner: " + cmp.Or(who.Name, who.ID),
			Blocks: []bot.Block{bot.Say("They used the code from the server on " + prose.Day(t.event.Now) + ". If you did not expect that, talk to " + t.lib.Host() + ".")},
		}})
	}
	return effects
}
