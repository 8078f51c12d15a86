package who_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/content/contenttest"
	"secadvisor/flows/match"
)

// mapped is a company whose map names people of every kind.
func mapped(t testing.TB) *bottest.Scene {
	t.Helper()
	w := world(t, contenttest.BuiltIn(t), "")
	bottest.Put(t, w.World, company.Maps, company.MapID, company.Map{
		Parties: map[string]company.Party{
			"desk": {Name: "#it-help", Channel: "C9"},
			"acme": {Name: "Acme IT", Phone: "555-0100", Hours: "Mon-Fri 8-18", Provider: true},
			"kim":  {Name: "Kim", User: "U7", Phone: "555-0177", Partner: true, Shown: company.InEmergencies},
			"pat":  {Name: "Pat", User: "U8", Phone: "555-0188", Shown: company.ToOwners},
		},
		Duties: map[string]company.Duty{
			"printer-scanner":     {Does: "desk", State: company.Confirmed, Since: w.Now.AddDate(0, -1, 0)},
			"wifi-network":        {Does: "acme", State: company.Confirmed, Since: w.Now.AddDate(-2, 0, 0), Deputy: "desk"},
			"firewall":            {Does: "kim", State: company.Declined},
			"user-access":         {Does: "pat", Answers: "kim"},
			company.GroupSecurity: {Does: "kim"},
		},
		Own: map[string]company.OwnTopic{"own.abcdefghij23": {Title: "The alarm code", Note: "Ask in person."}},
	})
	bottest.Put(t, w.World, company.Taughts, company.TaughtID, company.Taught{Phrases: []company.Phrase{
		{Says: "alarm code", Key: match.Key("alarm code"), Topic: "own.abcdefghij23"},
		{Says: "the beast is angry", Key: match.Key("the beast is angry"), Topic: "printer-scanner"},
		{Says: "i lost my phone", Key: match.Key("i lost my phone"), Topic: "printer-scanner"},
	}})
	return w
}

func TestAnswersNameWhoHasItHereAndHowSureThatIs(t *testing.T) {
	w := mapped(t)
	for _, c := range []struct {
		from    bot.Person
		topic   string
		has     string
		without []string
	}{
		{staff, "printer-scanner", "At your company: #it-help (confirmed 2 February).", nil},
		{staff, "wifi-network", "Acme IT, 555-0100, Mon-Fri 8-18 (assumed: nobody has confirmed); when they are away, #it-help.", nil},
		{staff, "user-access", "Pat (assumed: nobody has confirmed); Kim answers for it. The owner says what is allowed.", []string{"555-0188"}},
		{owner, "user-access", "Pat, 555-0188", nil},
		{staff, "security-policy", "Kim (assumed: nobody has confirmed)", []string{"555-0177"}},
		{staff, "firewall", "ask whoever looks after your computers; the owner says what is allowed", []string{"At your company: Kim", "555-0177"}},
		{staff, "lost-stolen-device", "555-0177", []string{"555-0188"}},
		{owner, "firewall", "At your company: nobody has this yet; ask", []string{"At your company: Kim"}},
		{owner, "vpn-remote-access", "At your company: nobody has this yet; ask", nil},
		{guest, "wifi-network", "Acme IT (assumed", []string{"555-0100"}},
		{guest, "lost-stolen-device", "Kim", []string{"555-0177", "555-0100"}},
		{foreign, "wifi-network", "its own staff only", []string{"Acme", "555"}},
		{unsure, "wifi-network", "Ask once more in a moment", []string{"Acme", "555", "its own staff only"}},
		{unsure, "lost-stolen-device", "ask me once more in a moment", []string{"Kim", "555", "its own people only"}},
	} {
		got := words(press(t, w, c.from, bot.Do("who", "topic", c.topic)))
		if !strings.Contains(got, c.has) {
			t.Errorf("%s, %s: %q is missing in %s", c.from.Name, c.topic, c.has, got)
		}
		for _, no := range c.without {
			if strings.Contains(got, no) {
				t.Errorf("%s, %s: %q is shown in %s", c.from.Name, c.topic, no, got)
			}
		}
	}
}

func TestTheCompanysOwnWordsComeBeforeTheModel(t *testing.T) {
	w := mapped(t)
	for says, want := range map[string]string{
		"whats the alarm code please": "The alarm code · your company's own",
		"The BEAST is angry!!":        "● IT support · Printers and scanners",
		"i lost my phone":             "Act now · ",
	} {
		if v := ask(t, w, staff, says); !strings.HasPrefix(v.Title, want) {
			t.Errorf("%q is answered by %q, want %q", says, v.Title, want)
		}
	}
	if v := ask(t, w, guest, "whats the alarm code please"); strings.Contains(v.Title, "alarm") {
		t.Errorf("a guest learns what was taught: %q", v.Title)
	}
	if got := words(press(t, w, guest, bot.Do("who", "topic", "own.abcdefghij23"))); strings.Contains(got, "in person") {
		t.Errorf("a guest learns what was taught by a button: %s", got)
	}
}

func TestWhatIsNotForABotIsSentToAPerson(t *testing.T) {
	w := mapped(t)
	bottest.Put(t, w.World, company.ContactsOf, company.ContactsID, company.Contacts{Concerns: company.Contact{Name: "Mary in the office", Phone: "555-0111"}})
	got := words(ask(t, w, staff, "my manager keeps touching me and I want to complain"))
	if !strings.Contains(got, "Mary in the office, 555-0111") || !strings.Contains(got, "Nothing was kept or passed on") {
		t.Errorf("got %s", got)
	}
	if got := words(ask(t, w, guest, "my manager keeps touching me and I want to complain")); strings.Contains(got, "Mary") {
		t.Errorf("a guest learns whom: %s", got)
	}
}

func TestPeopleWhoReadLittleEnglishGetTheEmergenciesAndANumber(t *testing.T) {
	w := mapped(t)
	bottest.Put(t, w.World, company.ContactsOf, company.ContactsID, company.Contacts{Incident: company.Contact{Name: "Acme IT", Phone: "555-0100"}})
	v := ask(t, w, staff, "mein Telefon ist gestohlen, wer kann mir helfen?")
	if got := words(v); !strings.Contains(got, "555-0100") || len(v.Actions()) < 6 {
		t.Errorf("got %s", got)
	}
}

func TestThoseWithANumberArePhonedFirst(t *testing.T) {
	w := mapped(t)
	bottest.Put(t, w.World, company.ContactsOf, company.ContactsID, company.Contacts{Incident: company.Contact{Name: "Robin"}})
	got := words(press(t, w, staff, bot.Do("who", "next")))
	if a, b := strings.Index(got, "Kim: 555-0177"), strings.Index(got, "Acme IT: 555-0100"); a < 0 || b < a {
		t.Errorf("the order is wrong: %s", got)
	}
	if strings.Index(got, "Robin") < strings.Index(got, "Acme") {
		t.Errorf("somebody without a number comes first: %s", got)
	}
}

func TestAConfirmationHoldsForAYear(t *testing.T) {
	w := mapped(t)
	w.Now = w.Now.Add(-time.Hour).AddDate(0, 11, 0)
	if got := words(press(t, w, staff, bot.Do("who", "topic", "printer-scanner"))); !strings.Contains(got, "confirmed 2 February") {
		t.Errorf("after eleven months: %s", got)
	}
	w.Now = w.Now.AddDate(0, 1, 0)
	if got := words(press(t, w, staff, bot.Do("who", "topic", "printer-scanner"))); !strings.Contains(got, "assumed") {
		t.Errorf("after a year: %s", got)
	}
}

// An answer at a company whose map is full, beside one where nothing is saved.
func BenchmarkStepWithAMap(b *testing.B) {
	w := mapped(b)
	m := company.Map{Parties: map[string]company.Party{}, Duties: map[string]company.Duty{}}
	var taught company.Taught
	lib := contenttest.BuiltIn(b)
	for i, topic := range lib.Topics {
		id := topic.ID[:4]
		m.Parties[id] = company.Party{Name: "Somebody Here", User: "U0" + id, Phone: "+1 555 0100"}
		m.Duties[topic.ID] = company.Duty{Does: id, Deputy: id, State: company.Confirmed, Since: w.Now, By: "U1"}
		says := "the thing number " + string(rune('a'+i%26)) + " in " + topic.Title
		taught.Phrases = append(taught.Phrases, company.Phrase{Says: says, Key: match.Key(says), Topic: topic.ID})
	}
	bottest.Put(b, w.World, company.Maps, company.MapID, m)
	bottest.Put(b, w.World, company.Taughts, company.TaughtID, taught)
	flow := flow(b, lib)
	for name, full := range map[string]bool{"full": true, "empty": false} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				docs := bot.NewDocs()
				for _, key := range flow.Reads(bot.Event{}) {
					stored := bot.Stored{Key: key}
					if full {
						stored.Body = w.Docs[key]
					}
					docs.Add(stored)
				}
				flow.Step(docs, bot.Event{Kind: bot.Command, Text: "who handles printers?", From: staff, Place: channel})
			}
		})
	}
}

func TestADoubtAboutAnEmergencyStaysNearWhatWasTaught(t *testing.T) {
	lib := contenttest.BuiltIn(t)
	m, err := match.New(lib)
	if err != nil {
		t.Fatal(err)
	}
	says := ""
	for _, text := range []string{"who pays my invoice", "the invoice looks odd", "a strange man was in the server room", "my account looks odd"} {
		if got := m.Find(text); got.Emergency && got.Outcome == match.Choose {
			says = text
		}
	}
	if says == "" {
		t.Fatal("the matcher doubts none of these: this test tests nothing")
	}
	w := world(t, lib, "")
	bottest.Put(t, w.World, company.Taughts, company.TaughtID, company.Taught{Phrases: []company.Phrase{{Says: says, Key: match.Key(says), Topic: "printer-scanner"}}})
	v := ask(t, w, staff, says)
	if v.Title != "● IT support · Printers and scanners" {
		t.Fatalf("what was taught is answered by %q", v.Title)
	}
	for _, b := range v.Actions() {
		if b.Action.Verb != "not" {
			continue
		}
		if first := press(t, w, staff, b.Action).Actions()[0]; !strings.HasPrefix(first.Label, "Urgent: ") {
			t.Errorf("not what they meant: first comes %q", first.Label)
		}
	}
}

func TestNumbersForEmergenciesAreShownInEmergenciesOnly(t *testing.T) {
	w := mapped(t)
	for topic, want := range map[string]bool{"security-policy": false, "firewall": false, "vpn-remote-access": false, "suspicious-message": false, "lost-stolen-device": true} {
		if got := strings.Contains(words(press(t, w, staff, bot.Do("who", "topic", topic))), "555-0177"); got != want {
			t.Errorf("%s shows it: %v", topic, got)
		}
	}
	if got := words(press(t, w, staff, bot.Do("who", "none"))); strings.Contains(got, "555-0177") {
		t.Errorf("a list of topics shows it: %s", got)
	}
}

func TestNobodyStandsTwiceInTheLine(t *testing.T) {
	w := mapped(t)
	bottest.Put(t, w.World, company.ContactsOf, company.ContactsID, company.Contacts{Incident: company.Contact{Name: "Patricia", User: "U8", Phone: "555-0199"}})
	m := company.Map{
		Parties: map[string]company.Party{
			"pat": {Name: "Pat", User: "U8", Phone: "555-0188", Partner: true}, "acme": {Name: "Acme IT", Provider: true}, "acme2": {Name: "ACME IT", Phone: "555-0100", Provider: true},
		},
		Duties: map[string]company.Duty{company.GroupEmergency: {Does: "pat", Deputy: "acme"}},
	}
	bottest.Put(t, w.World, company.Maps, company.MapID, m)
	got := press(t, w, staff, bot.Do("who", "next")).Blocks[0].List.Items
	want := []string{"Patricia: 555-0199", "Acme IT: 555-0100", "The owner: phone, or walk over"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
