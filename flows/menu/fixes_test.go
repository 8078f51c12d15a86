package menu_test

import (
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
)

func TestThePageTellsAnOwnerWhatIsOpenAndWhoHasIt(t *testing.T) {
	whose := func(parts ...company.Part) company.Fix {
		f := company.Fix{State: company.FixOpen, Side: "both", Pack: "quick-check", Seen: now, Revision: 1, Parts: map[string]company.Part{}}
		for i, p := range parts {
			f.Parts[[]string{"it", "security"}[i]] = p
		}
		return f
	}
	sam, pat, olga := company.Part{User: "sam", Name: "Sam"}, company.Part{Name: "Pat", Due: now.AddDate(0, 0, -9)}, company.Part{User: "olga", Name: "Olga"}
	did := company.Part{User: "kim", Name: "Kim", Done: now}
	for want, tasks := range map[string]map[string]company.Fix{
		"Fix list: 1 open, with nobody yet.":                                     {"data-backup": whose()},
		"Fix list: 1 open. With Sam.":                                            {"data-backup": whose(sam)},
		"Fix list: 3 open, 1 overdue. With Pat, Sam and you; 1 with nobody yet.": {"data-backup": whose(sam, pat), "dev-updates": whose(olga, did), "acc-leavers": whose()},
		"": {"data-backup": {State: company.FixDone}},
	} {
		s := newScene(t)
		bottest.Put(s, s.World, company.FixesOf, company.FixesID, company.Fixes{Tasks: tasks})
		page := bottest.Answered(s.Play(bot.Event{Kind: bot.Looked, From: owner}))
		if want == "" {
			s.Unseen(page, "Fix list")
			continue
		}
		s.Sees(page, want, "[The fix list]")
		s.Unseen(bottest.Answered(s.Play(bot.Event{Kind: bot.Looked, From: staff})), "Fix list", "Pat")
	}
}

// The list itself learns of an answer when somebody looks at it; the page is
// not behind.
func TestThePageDoesNotCountWhatAnAnswerHasConfirmed(t *testing.T) {
	s := newScene(t)
	bottest.Put(s, s.World, company.FixesOf, company.FixesID, company.Fixes{Tasks: map[string]company.Fix{
		"data-backup": {State: company.FixOpen, Side: "it", Pack: "quick-check", Seen: now, Parts: map[string]company.Part{"it": {User: "sam", Name: "Sam"}}},
	}})
	for value, open := range map[string]bool{"no": true, "yes": false} {
		bottest.Put(s, s.World, company.Banks, company.BankID, company.Bank{Answers: map[string]company.Answer{"data-backup": {Value: value, Evidence: true, At: now.AddDate(0, 0, 1), Revision: 9}}})
		sees := s.Unseen
		if open {
			sees = s.Sees
		}
		sees(bottest.Answered(s.Play(bot.Event{Kind: bot.Looked, From: owner})), "Fix list: 1 open. With Sam.")
		sees(bottest.Answered(s.Play(bot.Event{Kind: bot.Looked, From: staff})), "Yours to fix")
	}
}
