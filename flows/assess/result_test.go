package assess_test

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/bot/schedule"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/content/contenttest"
)

// worked answers the quick check as the specification's first example does.
func worked(t *testing.T, s *scene) {
	t.Helper()
	s.press("Add a note")
	s.do(bot.Event{Kind: bot.Submit, Action: s.World.Forms[len(s.World.Forms)-1].Action, Values: map[string]string{"note": "Robin has the list"}})
	s.press("Partly", "Yes, I believe so", "Yes, I've seen it", "Longer ago, or never", "Yes, I've seen it",
		"Don't know", "No", "Within a year, I've seen it", "No", "Longer ago, or never")
}

func TestTheWorkedExampleThroughTheButtons(t *testing.T) {
	s := started(t)
	worked(t, s)
	s.Sees(s.card,
		"Quick check · 45 of 100, weak (could be up to 53: one answer you didn't know)",
		"Your security rests on your IT provider alone; 3 of these gaps need another trade: security expertise.",
		"Do first\nSecond sign-in step for everyone · IT support and security together · a setting or a talk\nTest a restore · IT support · a setting or a talk\nCall back on changed bank details · Security expertise · a setting or a talk · you decide",
		"Open risk: IT support 10 · both 18 · security 28: half of it needs security expertise.",
		"Accounts 28, act now", "Devices 100, good", "Data and backups 50, weak", "People 44, weak", "Noticing and reacting 0, act now", "Steering 0, act now",
		"How sure this is: high (88 of 100)")
	if got := bottest.Audits(s.effects); got != "finished assessment quick-check" {
		t.Errorf("audit %q", got)
	}
	if strings.Contains(bottest.Lines(s.card), "cannot be more than") {
		t.Error("a cap is named that does not bind")
	}
	s.press("Who fixes what")
	s.Sees(s.answer, "IT support: one gap, 18 % of the open risk (10 of 56)", "together: 2 gaps, 32 % of the open risk (18 of 56)", "Security expertise: 3 gaps, 50 % of the open risk (28 of 56)", "Call back on changed bank details (the owner decides first)", "Find out first: close access on the last day")
	s.press("What we don't know")
	s.Sees(s.answer, "does all their access end on the last day?", "Ask your IT support, and whoever handles people's contracts.")
	s.press("What was not looked at")
	s.Sees(s.answer, "your suppliers")
	if b := s.button("Ask the IT provider"); b.Flow != "interview" {
		t.Errorf("the provider is asked by %v", b)
	}
}

func TestACapSaysEverythingThatHoldsItDown(t *testing.T) {
	s := started(t)
	s.press("No", "No")
	s.all("Yes, I've seen it")
	s.Sees(s.card, "Quick check · 39 of 100, act now", "It cannot be more than 39 while this is open: second sign-in step for everyone; important updates within 14 days.")
	s.press("Change an answer", "Second sign-in step", "Partly")
	s.Sees(s.card, "39 while this is open: important updates within 14 days.")
}

func TestTheApproachFollowsTheSize(t *testing.T) {
	for size, want := range map[string]string{"Up to 10": "small company", "11 to 49": "small company", "50 to 249": "growing company", "250 or more": "growing company"} {
		s := begin(t, contenttest.BuiltIn(t))
		s.types("")
		s.press(size, "Both", "Don't know")
		s.all("No")
		s.press("The right approach for us")
		s.Sees(s.answer, want)
		if len(s.answer.Blocks) < 3 {
			t.Errorf("%s: only %s", size, bottest.Lines(s.answer))
		}
	}
}

func TestAnInstallationSaysWhoIsGrowing(t *testing.T) {
	s := begin(t, contenttest.Library(t, content.Settings{Growing: 11}))
	s.types("")
	s.press("11 to 49", "Both", "Don't know")
	s.all("No")
	s.Sees(s.card, "choose a security partner before you need one")
	s.press("The right approach for us")
	s.Sees(s.answer, "growing company")
}

func TestThePartnerIsNamedOnlyWhereExpertiseIsMissing(t *testing.T) {
	partner := content.Settings{Partner: content.Partner{Name: "Partner Ltd", Contact: "help@partner.example"}}
	for _, c := range []struct {
		settings content.Settings
		answer   string
		want     bool
	}{{partner, "No", true}, {partner, "Yes, I've seen it", false}, {content.Settings{}, "No", false}} {
		s := begin(t, contenttest.Library(t, c.settings))
		s.types("")
		s.press("Up to 10", "Our own IT", "Nobody")
		s.all(c.answer)
		if got := strings.Contains(bottest.Lines(s.card), "you can talk to"); got != c.want {
			t.Errorf("partner %q, all %q: named %v, want %v", c.settings.Partner.Name, c.answer, got, c.want)
		}
	}
}

func TestTrendComparesWithTheOwnersOwnLastRun(t *testing.T) {
	s := finished(t, "No")
	s.who = otto // another owner's run in between does not hide it
	s.World.Now = s.World.Now.AddDate(0, 0, 1)
	s.types("")
	s.all("No")
	s.who = olga
	s.World.Now = s.World.Now.AddDate(0, 3, 0)
	s.types("")
	s.press("Start a new one")
	s.press("Partly", "Yes, I've seen it", "Don't know")
	s.all("No")
	s.Sees(s.card, "Since 2 March 2026: ", "; closed: 1; newly unknown: 1.")
	s.press("What changed")
	s.Sees(s.answer, "Closed\nImportant updates within 14 days", "Newly unknown\nAutomatic backups", "Changed among what counts most\nSecond sign-in step")
}

func TestChangingAnAnswerCanBeLeft(t *testing.T) {
	s := finished(t, "No")
	result := s.card.Title
	s.press("Change an answer", "Test a restore", "Leave it as it is")
	if s.card.Title != result {
		t.Errorf("shows %q, want the result", s.card.Title)
	}
	s.press("Change an answer", "Test a restore")
	s.types("")
	s.press("Show that result")
	s.Sees(s.card, result)
}

func TestASummaryIsSharedOnlyOnPurpose(t *testing.T) {
	s := begin(t, contenttest.BuiltIn(t))
	s.where = leadership
	s.types("")
	s.press("Only me")
	s.where = direct
	s.press("11 to 49", "An IT provider", "IT alone")
	worked(t, s)
	s.press("Share a summary")
	s.Sees(s.answer, "everybody in the channel would read", "45 of 100, weak", "Next steps: 1 for IT support, 2 for IT and security together, 3 for security expertise.")
	if len(s.effects) != 1 {
		t.Errorf("the preview already did something: %+v", s.effects)
	}
	confirm := s.button("Share it")
	s.press("Share it")
	var posted []bot.Show
	for _, x := range s.effects {
		if show, ok := x.(bot.Show); ok && show.To.Channel == "C1" {
			posted = append(posted, show)
		}
	}
	if len(posted) != 1 || bottest.Audits(s.effects) != "shared summary of assessment quick-check" {
		t.Fatalf("posted %d, audit %q", len(posted), bottest.Audits(s.effects))
	}
	for _, q := range s.lib.Questions {
		if strings.Contains(strings.ToLower(bottest.Lines(posted[0].View)), q.Fix.Title) {
			t.Errorf("the channel reads what is open: %s", bottest.Lines(posted[0].View))
		}
	}
	s.do(bot.Event{Kind: bot.Click, Action: confirm})
	s.Sees(s.answer, "shared already")

	s.do(bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: posted[0].Key, To: posted[0].To, Reason: "the channel was archived"}})
	s.Sees(s.news, "couldn't share the summary", "the channel was archived", "Nobody has read it there")
}

// Begun in direct messages, it asks for the channel; one that others read is
// refused, also when it was theirs alone at first.
func TestASummaryGoesToTheChannelThatIsChosen(t *testing.T) {
	s := finished(t, "No")
	s.press("Share a summary")
	form := s.Forms[len(s.Forms)-1]
	choose := func(p bot.Picked) {
		t.Helper()
		s.do(bot.Event{Kind: bot.Submit, Action: form.Action, Values: map[string]string{"channel": p.ID}, Picked: map[string]bot.Picked{"channel": p}})
	}
	for _, p := range []bot.Picked{{}, {ID: "C2", Room: bot.Room{Kind: bot.Shared}}, {ID: "C3"}} {
		choose(p)
		if why := bottest.Refused(s.effects); why["channel"] == "" || s.run().ShareTo != "" {
			t.Errorf("%+v is taken: %v", p, s.effects)
		}
	}
	choose(bot.Picked{ID: "C1", Room: s.Rooms["C1"]})
	s.Sees(s.answer, "Share this summary in #leadership?", "everybody in the channel would read", "0 of 100, act now", "[Another channel]")
	s.Rooms["C1"] = bot.Room{Name: "#leadership", Kind: bot.Shared}
	s.press("Share it")
	s.Sees(s.answer, "People of other companies may read that channel now")
	s.Rooms["C1"] = bot.Room{Name: "#leadership", Kind: bot.Channel}
	s.press("Share a summary", "Share it")
	s.Sees(s.answer, "Shared")
	if s.news.Title == "" || strings.Contains(bottest.Lines(s.news), "MFA") || bottest.Audits(s.effects) != "shared summary of assessment quick-check" {
		t.Errorf("posted %s, audit %q", bottest.Lines(s.news), bottest.Audits(s.effects))
	}
}

func TestTheReminderIsOffered(t *testing.T) {
	s := finished(t, "No")
	if got := s.button("Remind me every quarter"); got.String() != bot.Do("remind", "offer", content.QuickCheck).String() {
		t.Errorf("the button does %v", got)
	}
}

// Where a reminder is set, it is mentioned, and the first button is what helps
// most now.
func TestTheFirstButtonIsWhatHelpsMostNow(t *testing.T) {
	june := time.Date(2026, 6, 1, 22, 30, 0, 0, time.UTC)
	mine := company.Schedule{About: company.OfAssessment, Pack: content.QuickCheck, Owner: "olga", To: bot.To("olga"), Due: june, Rule: schedule.Rule{Zone: "Europe/Berlin"}}
	changed := func(change func(*company.Schedule)) company.Schedule { s := mine; change(&s); return s }
	for name, c := range map[string]struct {
		answer string
		of     string
		set    company.Schedule
		listed bool
		first  string
		says   string
	}{
		"no reminder":               {answer: "No", of: "olga", first: "Remind me every quarter"},
		"set":                       {answer: "No", of: "olga", set: mine, first: "Make the fix list", says: "You are asked again on 2 June 2026."},
		"set, and the list is made": {answer: "No", of: "olga", set: mine, listed: true, first: "The fix list", says: "You are asked again on 2 June 2026."},
		"set, and nothing is open":  {answer: "Yes, I've seen it", of: "olga", set: mine, first: "Full report", says: "You are asked again on 2 June 2026."},
		"put off":                   {answer: "No", of: "olga", set: changed(func(s *company.Schedule) { s.Snoozed = june.AddDate(0, 0, 7) }), first: "Make the fix list", says: "You are asked again on 9 June 2026."},
		"by the configuration":      {answer: "No", of: "", set: changed(func(s *company.Schedule) { s.Owner, s.To = "", bot.Address{} }), first: "Make the fix list", says: "The owners are asked again on 2 June 2026."},
		"stopped":                   {answer: "No", of: "olga", set: changed(func(s *company.Schedule) { s.Due = time.Time{} }), first: "Remind me every quarter"},
		"paused":                    {answer: "No", of: "olga", set: changed(func(s *company.Schedule) { s.Paused = june }), first: "Remind me every quarter"},
		"another's":                 {answer: "No", of: "otto", set: mine, first: "Remind me every quarter"},
	} {
		t.Run(name, func(t *testing.T) {
			s := started(t)
			if c.set.About != "" {
				bottest.Put(s, s.World, company.Schedules, company.ScheduleID(content.QuickCheck, c.of), c.set)
			}
			s.all(c.answer)
			if c.listed {
				run := strings.Split(strings.TrimPrefix(s.button("Make the fix list").String(), "fixes/make/"), "/")[0]
				bottest.Put(s, s.World, company.FixesOf, company.FixesID, company.Fixes{Tasks: map[string]company.Fix{"acc-mfa-email": {Run: run}}})
				s.types("")
				s.press("Show that result")
			}
			var main []string
			for _, b := range s.card.Blocks {
				if b.Buttons == nil {
					continue
				}
				for _, x := range b.Buttons.Items {
					if x.Main {
						main = append(main, x.Label)
					}
				}
				if len(main) != 1 || b.Buttons.Items[0].Label != c.first {
					t.Errorf("the main buttons are %q, the first %q, want %q", main, b.Buttons.Items[0].Label, c.first)
				}
			}
			if c.says == "" {
				s.Unseen(s.card, "asked again", "Change the reminder")
			} else {
				s.Sees(s.card, c.says, "[Change the reminder]")
				s.Unseen(s.card, "Remind me every quarter")
			}
		})
	}
}
