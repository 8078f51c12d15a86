package duty_test

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
)

func TestTheMapCountsTheGaps(t *testing.T) {
	s := newScene(t)
	s.Sees(s.command(olga, "map"), "Who handles what: 58 of 58 duties have no owner", "◆ Security expertise: 27 of 27 security duties have no owner", "Without an owner: A lost or stolen device · A virus, a ransom note, odd behaviour · Clicked")
	s.assign(company.GroupIT, "robin")
	s.assign(company.GroupEmergency, "olga")
	s.submit("awareness-training", "company", "", form{"name": "Partner Ltd", "phone": "555 0100"})
	s.Sees(s.command(olga, "map"),
		"Who handles what: 33 of 58 duties have no owner",
		"20 of 27 security duties have no owner; 6 confirmed, 1 assumed",
		"13 of 13 shared duties have no owner",
		"all 18 IT duties have an owner; 18 assumed",
		"Nobody has been asked yet")
}

func TestTheClosestDutyCounts(t *testing.T) {
	s := newScene(t)
	s.assign(company.GroupSecurity, "robin")
	s.assign(company.GroupEmergency, "kim")
	s.submit("data-leak", "company", "", form{"name": "Partner Ltd", "phone": "555 0100"})
	rows := bottest.Lines(s.Press(olga, "map", "security")[0].(bot.Answer).View)
	for _, want := range []string{
		"Private data in the wrong hands: Partner Ltd, 555 0100 · assumed: nobody has confirmed\n",
		"All emergencies (5 topics here): Kim · assumed: nobody has confirmed\n",
		"Everything for security (21 topics here): Robin · assumed: nobody has confirmed\n",
	} {
		if !strings.Contains(rows, want) {
			t.Errorf("%q is not in\n%s", want, rows)
		}
	}
}

func TestAPageShowsTheUnownedFirst(t *testing.T) {
	s := newScene(t)
	s.assign("antivirus", "olga")
	s.assign("device-disposal", "robin")
	v := s.Press(olga, "map", "both")[0].(bot.Answer).View
	if v.Title != "11 of 13 shared duties have no owner" {
		t.Errorf("the title is %q", v.Title)
	}
	first, second := v.Blocks[0].List.Items, s.Press(olga, "map", "both", "1")[0].(bot.Answer).View.Blocks[0].List.Items
	if !strings.HasSuffix(first[0], ": needs an owner") || !strings.HasPrefix(first[11], "Getting rid of old equipment: Robin · assumed") || second[0] != "Antivirus on your computers: Olga · confirmed 12 May" {
		t.Errorf("page 1 ends with %q, page 2 begins with %q", first[11], second[0])
	}
}

func TestStaffReadNoGaps(t *testing.T) {
	s := newScene(t)
	v := s.command(robin, "map")
	s.Sees(v, "The owners say who handles what", "who handles printers?", "[What is recorded about me]")
	s.Unseen(v, "no owner", "needs")
}

func TestWhatIsRecordedAboutMeIsAllOfIt(t *testing.T) {
	s := newScene(t)
	s.Sees(s.command(robin, "mine"), "Nothing is recorded about you")
	s.submit(topic, "person", "", form{"user": "robin", "phone": "555 0122", "is": "provider", "shown": "emergency"})
	s.submit("wifi-network", "person", "", form{"user": "kim", "deputy": "robin"})
	s.submit("firewall", "person", "", form{"user": "kim", "answers": "robin"})
	body, err := company.ContactsOf.Encode(company.Contacts{Incident: company.Contact{Name: "Robin", Phone: "555 0133", User: "robin"}, Bank: company.Contact{Name: "First Bank", User: "kim"}})
	if err != nil {
		t.Fatal(err)
	}
	s.Docs[company.ContactsOf.Key(company.ContactsID)] = body
	body, err = bot.RolesDoc.Encode(bot.Roles{People: map[string]bot.Member{"robin": {Role: bot.IT, Since: start}}})
	if err != nil {
		t.Fatal(err)
	}
	s.Docs[bot.RolesDoc.Key(bot.RolesID)] = body
	it := robin
	it.Role = bot.IT
	v := s.command(it, "mine")
	s.Sees(v, "You handle: Printers and scanners · assumed", "You stand in for somebody: Wi-Fi", "You answer for: Firewall", "phone 555 0122", "people here see how to reach you in emergencies only",
		"You look after IT here", "Your role: somebody who looks after IT, since 12 May 2026", "whom staff phone first: Robin, 555 0133", "[Correct my details]")
	s.Unseen(v, "First Bank", "Kim")
}

func TestPeopleCorrectTheirOwnDetailsOnly(t *testing.T) {
	s := newScene(t)
	s.assign(topic, "robin")
	send := func(from bot.Person, f form) []bot.Effect {
		return s.Play(bot.Event{Kind: bot.Submit, From: from, Action: bot.Do("duty", "details"), Values: f})
	}
	if _, ok := send(robin, form{"phone": "call me"})[0].(bot.Refuse); !ok {
		t.Error("a number that nobody can dial was taken")
	}
	send(robin, form{"phone": "555 0122", "hours": "mornings", "shown": "owners", "is": "partner"})
	want := company.Party{Name: "Robin", User: "robin", Phone: "555 0122", Hours: "mornings", Shown: company.ToOwners}
	if got := s.mapped().Parties[s.duty(topic).Does]; got != want {
		t.Errorf("it is %+v, want %+v", got, want)
	}
	send(kim, form{"phone": "555 6666"})
	send(robin, nil)
	if got := s.mapped().Parties[s.duty(topic).Does]; got != want {
		t.Errorf("it is %+v, want %+v", got, want)
	}
	send(robin, form{"phone": "", "shown": "staff"})
	if got := s.mapped().Parties[s.duty(topic).Does]; got.Phone != "" || got.Shown != company.ToStaff {
		t.Errorf("an emptied number is %q, shown to %q", got.Phone, got.Shown)
	}
}

func TestSteppingBackLeavesNoName(t *testing.T) {
	s := newScene(t)
	s.submit(topic, "person", "", form{"user": "kim", "deputy": "robin", "answers": "robin"})
	s.Now = s.Now.Add(time.Hour)
	told := bottest.Told(s.Press(robin, "no", "", topic))["olga"]
	s.Sees(told, "Somebody no longer has: Printers and scanners")
	s.Unseen(told, "Robin")
	if d := s.duty(topic); d.Deputy != "" || d.Answers != "" || d.Does == "" || len(s.mapped().Parties) != 1 {
		t.Errorf("left: %+v", s.mapped())
	}
}
