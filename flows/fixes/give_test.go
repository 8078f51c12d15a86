package fixes_test

import (
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
)

func TestOnlyTheOneWhoHasItIsWrittenToOnce(t *testing.T) {
	s := made(t)
	s.Press(olga, "give", restore)
	if f := s.Forms[len(s.Forms)-1]; f.Fields[0].Pick != bot.PickPerson || f.Action.String() != bot.Do("fixes", "give", restore).String() {
		t.Fatalf("the form is %+v", f)
	}
	effects := s.gives(restore, robin, "", "2026-06-01")
	cards := bottest.Told(effects)
	if len(cards) != 1 || bottest.Audits(effects) != "gave fix "+restore {
		t.Fatalf("written to %v, audit %q", cards, bottest.Audits(effects))
	}
	s.Sees(cards["robin"], "Olga asks you to take care of this: test a restore", "By 1 June 2026.", "Only trying it shows that they work.", "IT support: Bring both back", "[Done]", "[I can't]")
	s.Sees(bottest.Answered(effects), "Robin has it: test a restore", "one message")
	s.Sees(s.looks(olga), "Test a restore · Robin, by 1 June 2026")

	again := s.gives(restore, robin, "", "1 June")
	if len(bottest.Told(again)) != 0 || bottest.Audits(again) != "" {
		t.Error("a form that was sent twice is told twice")
	}
	other := s.gives(restore, robin, "", "2 June")
	s.Sees(bottest.Told(other)["robin"], "By 2 June 2026.")
	if key(effects) != key(other) {
		t.Error("another day is another message")
	}
	moved := s.gives(restore, kim, "", "2 June")
	s.Sees(bottest.Told(moved)["robin"], "Not with you any more: test a restore")
	s.Sees(bottest.Told(moved)["kim"], "Olga asks you")
}

// key is that of the first card.
func key(effects []bot.Effect) string {
	for _, x := range effects {
		if show, ok := x.(bot.Show); ok {
			return show.Key
		}
	}
	return ""
}

func TestSomebodyOutsideIsToldByTheOwner(t *testing.T) {
	s := made(t)
	effects := s.submit(olga, form{"outside": " Acme\u202e  IT\n", "due": "in two weeks"}, "give", restore)
	if len(bottest.Told(effects)) != 0 {
		t.Error("somebody was written to")
	}
	s.Sees(bottest.Answered(effects), "Acme IT has it", "I wrote to nobody: copy this", "Could you take care of this by 16 March 2026, please?\nTest a restore\n1. ")
	s.Sees(s.looks(olga), "Test a restore · Acme IT, by 16 March 2026")
	if owed := s.list().Owed(s.Now); len(owed) != 0 {
		t.Errorf("%v can be reminded", owed)
	}
}

func TestAnOwnerCanTakeItThemselves(t *testing.T) {
	s := made(t)
	effects := s.gives(restore, olga, "", "tomorrow")
	if len(bottest.Told(effects)) != 0 {
		t.Error("the owner is told what they just did")
	}
	s.Sees(s.looks(olga), "Test a restore · you, by 3 March 2026")
	effects = s.submit(olga, form{"note": "Brought back three files"}, "did", restore, "it")
	if len(bottest.Told(effects)) != 0 || s.fix(restore).State != company.FixDone {
		t.Errorf("state %s, written to %v", s.fix(restore).State, bottest.Told(effects))
	}
}

func TestWhatCannotBeGivenIsSaidInTheForm(t *testing.T) {
	for name, c := range map[string]struct {
		task  string
		form  form
		field string
		why   string
	}{
		"nobody":             {restore, form{"due": "tomorrow"}, "user", "choose somebody"},
		"two at once":        {restore, form{"user": "robin", "outside": "Acme", "due": "tomorrow"}, "outside", "not both"},
		"a guest":            {restore, form{"user": "gus", "due": "tomorrow"}, "user", "works here"},
		"another company":    {restore, form{"user": "eve", "due": "tomorrow"}, "user", "works here"},
		"not verified":       {restore, form{"user": "mallory", "due": "tomorrow"}, "user", "works here"},
		"no day":             {restore, form{"user": "robin"}, "due", "like 2026-12-01"},
		"no such day":        {restore, form{"user": "robin", "due": "12/01/2026"}, "due", "like 2026-12-01"},
		"a day that is over": {restore, form{"user": "robin", "due": "2026-03-01"}, "due", "from today on"},
		"a day far away":     {restore, form{"user": "robin", "due": "2036-03-01"}, "due", "within 24 months"},
		"no part":            {mfa, form{"user": "robin", "due": "tomorrow", "part": "owner"}, "part", "choose one"},
	} {
		s := made(t)
		effects := s.submit(olga, c.form, "give", c.task)
		if why := bottest.Refused(effects); !strings.Contains(why[c.field], c.why) || len(why) != 1 {
			t.Errorf("%s: %v", name, why)
		}
		if len(s.fix(c.task).Parts) != 0 {
			t.Errorf("%s: it was given to %+v", name, s.fix(c.task).Parts)
		}
	}
}

func TestASharedTaskHasSomebodyOfEachTrade(t *testing.T) {
	s := made(t)
	s.Sees(bottest.Told(s.gives(mfa, robin, "it", "1 June"))["robin"], "Yours is IT support's part.")
	s.Press(olga, "give", mfa)
	if f := s.Forms[len(s.Forms)-1]; f.Fields[0].Value != "security" {
		t.Errorf("the form proposes the part %q", f.Fields[0].Value)
	}
	s.Sees(s.looks(olga), "IT support: Robin, by 1 June 2026; security: nobody yet")
	told := s.submit(robin, form{"note": "On for the office"}, "did", mfa, "it")
	s.Sees(bottest.Told(told)["olga"], "Robin says IT support's part is done", "security: nobody yet")
	if got := s.fix(mfa).State; got != company.FixOpen {
		t.Errorf("one part makes it %s", got)
	}
	if again := s.submit(robin, form{"note": "Once more"}, "did", mfa, "it"); len(bottest.Told(again)) != 0 {
		t.Error("a part that is done is told again")
	}
	s.gives(mfa, kim, "security", "1 July")
	told = s.submit(kim, form{"note": "The rule is written"}, "did", mfa, "security")
	s.Sees(bottest.Told(told)["olga"], "Kim says it is done", "The next answer to this question confirms it")
	if got := s.fix(mfa).State; got != company.FixDone {
		t.Errorf("both parts make it %s", got)
	}
	s.Sees(bottest.Answered(s.Press(olga, "open", mfa)), "Robin: “On for the office”", "“The rule is written”")
}

func TestOneCanTakeAllOfASharedTask(t *testing.T) {
	s := made(t)
	s.gives(mfa, robin, "it", "1 June")
	s.gives(mfa, kim, "security", "1 June")
	effects := s.gives(mfa, sam, "both", "1 June")
	for _, who := range []string{"robin", "kim"} {
		s.Sees(bottest.Told(effects)[who], "Not with you any more")
	}
	s.Sees(s.looks(olga), "Second sign-in step for everyone · Sam, by 1 June 2026")
	s.submit(sam, form{"note": "All of it"}, "did", mfa, "both")
	if got := s.fix(mfa).State; got != company.FixDone {
		t.Errorf("it is %s", got)
	}
	s.Press(olga, "reopen", mfa)
	s.gives(mfa, robin, "it", "1 June")
	if parts := s.fix(mfa).Parts; len(parts) != 1 || parts["it"].User != "robin" {
		t.Errorf("the parts are %+v", parts)
	}
}

func TestItCanBeTakenBack(t *testing.T) {
	s := made(t)
	s.gives(restore, robin, "", "1 June")
	effects := s.Press(olga, "take", restore)
	s.Sees(bottest.Told(effects)["robin"], "Not with you any more")
	s.Sees(bottest.Answered(effects), "Nobody has it now", "Who has it: nobody yet")
	if effects = s.Press(olga, "take", restore); len(bottest.Told(effects)) != 0 || bottest.Audits(effects) != "" {
		t.Error("taking it back twice is told twice")
	}
	s.Sees(bottest.Answered(s.Press(robin, "did", restore, "it")), "not with you any more")
	s.Sees(s.looks(robin), "Nothing is waiting for you")
}

func TestTheOwnerHearsWhoWasNotReached(t *testing.T) {
	s := made(t)
	effects := s.gives(restore, robin, "", "1 June")
	failed := bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: key(effects), To: bot.To("robin"), Reason: "they left the workspace"}}
	s.Sees(bottest.Told(s.Play(failed))["olga"], "I could not write to Robin about: test a restore", "they left the workspace", "[Look at it]")
	s.Sees(s.looks(olga), "Robin, by 1 June 2026, not reached")
	again := s.gives(restore, robin, "", "1 June")
	if len(bottest.Told(again)) != 1 || key(again) == key(effects) {
		t.Error("giving it again does not try again")
	}
	if late := s.Play(failed); len(late) != 0 {
		t.Errorf("a failure of an older message is told: %v", late)
	}
	for _, key := range []string{"", "fix/", "fix/a/b/c", "told/x", "fix/" + restore + "/it/x/y"} {
		if got := s.Play(bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: key, To: bot.To("robin")}}); len(got) != 0 {
			t.Errorf("%q: %v", key, got)
		}
	}
}

func TestTheMapSaysWhoUsuallyDoesIt(t *testing.T) {
	s := made(t)
	bottest.Put(s, s.World, company.Maps, company.MapID, company.Map{
		Parties: map[string]company.Party{"a": {Name: "Acme IT", Phone: "555 0100"}},
		Duties:  map[string]company.Duty{company.GroupIT: {Does: "a"}},
	})
	s.Sees(bottest.Answered(s.Press(olga, "open", restore)), "nobody yet; on your map, Acme IT")
	s.Press(olga, "give", restore)
	if f := s.Forms[len(s.Forms)-1]; !strings.Contains(f.Intro, "On your map: Acme IT.") {
		t.Errorf("the form says %q", f.Intro)
	}
}
