// Package claim is the flow by which somebody becomes an owner: with the
// one-time code that the server printed. Rank on the platform gives nothing. It
// writes who is an owner (bot.Roles), and uses up the code (company.Code).
package claim

import (
	"slices"
	"sort"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// New makes the flow. Configured lists the people whom the configuration
// makes owners.
func New(lib *content.Library, configured func(tenant string) []string) bot.Flow {
	c := claim{lib, configured}
	return bot.Flow{Name: "claim", Words: []string{"claim"}, Typed: wishes, Step: c.step}
}

// wishes are how people ask how to become an owner.
var wishes = []string{"how do i become owner", "how do i become an owner", "how can i become an owner", "make me owner", "make me an owner", "i am the owner", "i'm the owner"}

type claim struct {
	lib        *content.Library
	configured func(tenant string) []string
}

func (c claim) step(d *bot.Docs, e bot.Event) []bot.Effect {
	code, waiting := company.Codes.Get(d, company.CodeID)
	switch {
	case e.Kind != bot.Command && e.Kind != bot.Message:
		return nil
	case e.From.Owner():
		return bot.Tell("You are an owner already", "Type "+c.lib.Command+" to see what you can do.")
	case e.Text == "" || slices.Contains(wishes, e.Text):
		return bot.Tell("A code makes you an owner", "Type "+c.lib.Command+" claim CODE. The code was printed where the server was started: ask "+c.lib.Host()+".")
	case !waiting || code.Tries >= company.CodeTries || e.Now.After(code.Until):
		return bot.Tell("No code is waiting", "Codes work once and for a day. Ask "+c.lib.Host()+" for a new one: secadvisor serve --claim prints it.")
	case !code.Matches(e.Text):
		code.Tries++
		company.Codes.Put(d, company.CodeID, code)
		return bot.Tell("That is not the code", "Please copy it once more, exactly as it was printed. Nothing was changed.")
	}
	return c.accept(d, e)
}

// accept makes an owner and tells those who are owners already.
func (c claim) accept(d *bot.Docs, e bot.Event) []bot.Effect {
	roles, _ := bot.RolesDoc.Get(d, bot.RolesID)
	others := c.configured(e.Tenant)
	people := map[string]bot.Member{}
	for id, member := range roles.People {
		people[id] = member
		if member.Role == bot.Owner && !slices.Contains(others, id) {
			others = append(slices.Clone(others), id)
		}
	}
	people[e.From.ID] = bot.Member{Role: bot.Owner, Name: e.From.Name, Zone: e.From.Zone, Since: e.Now.UTC().Truncate(time.Second)}
	bot.RolesDoc.Put(d, bot.RolesID, bot.Roles{People: people})
	company.Codes.Delete(d, company.CodeID)

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
	sort.Strings(others)
	for _, id := range others {
		effects = append(effects, bot.Show{Key: "owner/" + e.From.ID, To: bot.To(id), View: bot.View{
			Title:  "There is a new owner: " + nameOf(e.From),
			Blocks: []bot.Block{bot.Say("They used the code from the server on " + prose.Day(e.Now) + ". If you did not expect that, talk to " + c.lib.Host() + ".")},
		}})
	}
	return effects
}

func nameOf(p bot.Person) string {
	if p.Name != "" {
		return p.Name
	}
	return p.ID
}
