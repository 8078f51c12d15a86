package menu_test

import (
	"strings"
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

// looked is what somebody reads on the bot's own page.
func looked(t *testing.T, w *bottest.World, who bot.Person) string {
	t.Helper()
	effects, err := w.Do("menu", bot.Event{Kind: bot.Looked, From: who})
	if err != nil {
		t.Fatal(err)
	}
	return bottest.Lines(effects[0].(bot.Answer).View)
}

func company1(t *testing.T) *bottest.World {
	t.Helper()
	lib := contenttest.BuiltIn(t)
	w := bottest.NewWorld([]bot.Flow{menu.New(lib)}, now)
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
	return w
}

func TestThePageShowsEachPersonTheirOwn(t *testing.T) {
	w := company1(t)
	for _, c := range []struct {
		who     bot.Person
		has     []string
		without []string
	}{
		{staff, []string{"Hello Sam", "Acme IT, 555 0100", "Printers and scanners (confirmed 2 February 2026)", "a topic that is no longer there (please say yes or no)", "Yours to fix, test a restore: by 21 February 2026, overdue", "Restore test: 2 May 2026", "[What is mine to fix]", "[Something happened]", "[Ask]"}, []string{"Firewall", "everything for security", "2 April 2026", "[Check our security]", "backup"}},
		{owner, []string{"[Check our security]", "Quick check: 2 April 2026"}, []string{"Printers", "to fix", "Restore test"}},
		{guest, []string{"[Something happened]", "[Ask]"}, []string{"555 0100", "Printers"}},
	} {
		got := looked(t, w, c.who)
		for _, want := range c.has {
			if !strings.Contains(got, want) {
				t.Errorf("%s does not read %q in\n%s", c.who.Name, want, got)
			}
		}
		for _, no := range c.without {
			if strings.Contains(got, no) {
				t.Errorf("%s reads %q in\n%s", c.who.Name, no, got)
			}
		}
	}
}
