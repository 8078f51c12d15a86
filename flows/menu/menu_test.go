package menu_test

import (
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// An owner who is asked again already is not offered it: the menu says when.
func TestTheMenuSaysWhenTheNextCheckComes(t *testing.T) {
	may := now.AddDate(0, 2, 0)
	for name, c := range map[string]struct {
		id     string
		change func(*company.Schedule)
		want   string
	}{
		"set":                    {company.ScheduleID(content.QuickCheck, "olga"), func(*company.Schedule) {}, "[Next check: 2 May]"},
		"another assessment's":   {company.ScheduleID("incident-readiness", "olga"), func(*company.Schedule) {}, "[Next check: 2 May]"},
		"by the configuration":   {company.ScheduleID(content.QuickCheck, ""), func(*company.Schedule) {}, "[Next check: 2 May]"},
		"put off":                {company.ScheduleID(content.QuickCheck, "olga"), func(s *company.Schedule) { s.Snoozed = may.AddDate(0, 0, 7) }, "[Next check: 9 May]"},
		"where they are":         {company.ScheduleID(content.QuickCheck, "olga"), func(s *company.Schedule) { s.Rule.Zone = "Pacific/Kiritimati"; s.Due = may.Add(6 * time.Hour) }, "[Next check: 3 May]"},
		"stopped":                {company.ScheduleID(content.QuickCheck, "olga"), func(s *company.Schedule) { s.Due = time.Time{} }, "[Remind me every quarter]"},
		"paused":                 {company.ScheduleID(content.QuickCheck, "olga"), func(s *company.Schedule) { s.Paused = now }, "[Remind me every quarter]"},
		"left":                   {company.ScheduleID(content.QuickCheck, "olga"), func(s *company.Schedule) { s.Out = []string{"olga"} }, "[Remind me every quarter]"},
		"another owner's":        {company.ScheduleID(content.QuickCheck, "otto"), func(*company.Schedule) {}, "[Remind me every quarter]"},
		"of something else only": {company.RestoreTest, func(*company.Schedule) {}, "[Remind me every quarter]"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			s.Docs = map[string][]byte{}
			set := company.Schedule{About: company.OfAssessment, To: bot.To("olga"), Due: may}
			c.change(&set)
			bottest.Put(t, s.World, company.Schedules, c.id, set)
			got := bottest.Answered(s.Type(owner, "menu"))
			s.Sees(got, c.want)
			for _, other := range []string{"Next check", "Remind me every quarter"} {
				if c.want[1:7] != other[:6] {
					s.Unseen(got, other)
				}
			}
			s.Unseen(bottest.Answered(s.Type(staff, "menu")), "Next check", "Remind me every quarter")
		})
	}
}
