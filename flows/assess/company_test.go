package assess_test

import (
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/content/contenttest"
)

func TestTheCompanyIsChangedByCommand(t *testing.T) {
	s := finished(t, "No")
	s.types("company")
	s.Sees(s.answer, "People: 11 to 49", "IT: An IT provider", "Security: IT alone", "Trade: not said yet")
	s.press("Change")
	form := s.World.Forms[0]
	if len(form.Fields) != 5 || form.Fields[0].Value != "11-49" || form.Fields[3].Value != "" {
		t.Errorf("the form asks %+v", form.Fields)
	}
	s.do(bot.Event{Kind: bot.Submit, Action: form.Action, Values: map[string]string{"size": "50-249", "trade": "shop", "data": "gold", "it": ""}})
	s.Sees(s.answer, "Kept.", "People: 50 to 249", "IT: An IT provider", "Trade: Shops, food, hotels", "Sensitive data: not said yet")
	if got := bottest.Audits(s.effects); got != "changed what is known of the company" {
		t.Errorf("audit %q", got)
	}
	s.do(bot.Event{Kind: bot.Submit, Action: form.Action, Values: map[string]string{"size": "50-249"}})
	s.Sees(s.answer, "Nothing was changed")
	s.types("")
	s.press("Show that result")
	s.Sees(s.card, "choose a security partner before you need one")
	s.press("The right approach for us")
	s.Sees(s.answer, "growing company", "the till, card payments and bookings")
}

func TestOnlyOwnersSeeAndChangeTheCompany(t *testing.T) {
	s := finished(t, "No")
	for _, who := range []bot.Person{sam, robin, {ID: "gus", Affiliation: bot.Guest, Role: bot.Owner}} {
		s.who = who
		s.types("company")
		s.Sees(s.answer, "Only an owner")
		for _, verb := range []string{"company", "company-change", "company-keep"} {
			s.do(bot.Event{Kind: bot.Submit, Action: bot.Do("assess", verb), Values: map[string]string{"size": "1-10"}})
			s.Sees(s.answer, "Only an owner")
		}
	}
	s.who, s.where = olga, shared
	s.types("company")
	s.Sees(s.answer, "people of other companies")
	p, err := company.Profiles.Decode(s.World.Docs[company.Profiles.Key(company.ProfileID)])
	if err != nil || p.Size != company.UpTo49 {
		t.Errorf("the profile is %+v, %v", p, err)
	}
}

func TestTradeAndDataAreAskedWhereAPackWantsThem(t *testing.T) {
	s := begin(t, contenttest.BuiltIn(t))
	s.types("insurance readiness")
	s.press("Up to 10", "Nobody in", "Nobody")
	s.Sees(s.card, "What does your company live from?")
	s.press("Building")
	s.Sees(s.card, "data that the law looks at closely")
	s.press("More than one")
	s.Sees(s.card, "Insurance readiness\n1 of 18")
	s.all("No")
	s.Sees(s.card,
		"Nobody looks after IT or security at the moment; ",
		"small, but with data that the law looks at closely",
		"orders, drawings and machines",
		"You keep data that the law looks at closely: ask your lawyer")
	s.types("")
	s.Sees(s.card, "6 of 10 answers are still fresh") // nothing of the company is asked again
}

func TestSharedGapsGoToSecurityWhereITCannotCloseThem(t *testing.T) {
	s := finished(t, "No")
	s.Sees(s.card, "Open risk: IT support 50 · both 36 · security 36")
	s.press("Start again")
	s.all("No")
	s.Sees(s.card, "Open risk: IT support 50 · both 0 · security 72")
	s.press("Who fixes what")
	s.Sees(s.answer, "open two times in a row", "IT support and security together: nothing open", "Security expertise: 7 gaps, 59 % of the open risk (72 of 122)")

	s = begin(t, contenttest.BuiltIn(t))
	s.types("it provider check")
	s.press("11 to 49", "An IT provider", "IT alone")
	s.all("No")
	s.Sees(s.card, "find a virtual CISO")
	s.types("")
	s.all("No")
	s.Sees(s.card, "both 0")
	s.press("Who fixes what")
	s.Sees(s.answer, "your IT provider has nobody for security")
}
