package menu_test

import (
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/content/contenttest"
	"secadvisor/flows/menu"
)

var (
	now   = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	owner = bot.Person{ID: "olga", Name: "Olga", Affiliation: bot.Home, Role: bot.Owner}
	staff = bot.Person{ID: "sam", Name: "Sam", Affiliation: bot.Home}
	guest = bot.Person{ID: "gus", Name: "Gus", Affiliation: bot.Guest}
)

// newScene is a company in which some of everything is due.
func newScene(t *testing.T) *bottest.Scene {
	t.Helper()
	lib := contenttest.BuiltIn(t)
	w := bottest.NewWorld([]bot.Flow{menu.New(lib, nobody)}, now)
	bottest.Put(t, w, company.ContactsOf, company.ContactsID, company.Contacts{Incident: company.Contact{Name: "Acme IT", Phone: "555 0100"}})
	bottest.Put(t, w, company.Maps, company.MapID, company.Map{
		Parties: map[string]company.Party{"a": {Name: "Sam", User: "sam"}, "b": {Name: "Pat", User: "pat"}},
		Duties: map[string]company.Duty{
			"printer-scanner":     {Does: "a", State: company.Confirmed, Since: now.AddDate(0, -1, 0)},
			"firewall":            {Does: "a", State: company.Declined},
			company.GroupSecurity: {Does: "b"},
			"gone-topic":          {Does: "a", State: company.Asked},
		},
	})
	bottest.Put(t, w, company.Schedules, company.ScheduleID("quick-check", "olga"), company.Schedule{About: company.OfAssessment, Pack: "quick-check", To: bot.To("olga"), Due: now.AddDate(0, 1, 0)})
	bottest.Put(t, w, company.Schedules, "restore-test", company.Schedule{About: company.OfRestore, To: bot.To("sam"), Due: now.AddDate(0, 2, 0)})
	bottest.Put(t, w, company.FixesOf, company.FixesID, company.Fixes{Tasks: map[string]company.Fix{
		"data-restore-test": {State: company.FixOpen, Side: "it", Parts: map[string]company.Part{"it": {User: "sam", Name: "Sam", Due: now.AddDate(0, 0, -9)}}},
		"data-backup":       {State: company.FixClosed, Side: "it", Parts: map[string]company.Part{"it": {User: "sam", Name: "Sam"}}},
	}})
	return &bottest.Scene{TB: t, World: w, Flow: "menu"}
}

func TestThePageShowsEachPersonTheirOwn(t *testing.T) {
	s := newScene(t)
	for _, c := range []struct {
		who     bot.Person
		has     []string
		without []string
	}{
		{staff, []string{"Hello Sam", "Acme IT, 555 0100", "Printers and scanners (confirmed 2 February 2026)", "a topic that is no longer there (please say yes or no)", "Yours to fix, test a restore: by 21 February 2026, overdue", "Restore test: 2 May 2026", "[What is mine to fix]", "[Something happened]", "[Ask]"}, []string{"Firewall", "everything for security", "2 April 2026", "[Check our security]", "backup"}},
		{owner, []string{"[Check our security]", "Quick check: 2 April 2026"}, []string{"Printers", "to fix", "Restore test"}},
		{guest, []string{"[Something happened]", "[Ask]"}, []string{"555 0100", "Printers"}},
	} {
		page := bottest.Answered(s.Play(bot.Event{Kind: bot.Looked, From: c.who}))
		s.Sees(page, c.has...)
		s.Unseen(page, c.without...)
	}
}
