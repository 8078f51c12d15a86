package duty_test

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
)

const topic = "printer-scanner"

func TestSomethingIsGivenToAPersonAChannelOrACompany(t *testing.T) {
	for name, c := range map[string]struct {
		kind string
		form form
		want company.Party
	}{
		"person":  {"person", form{"user": "robin", "phone": "555 0122"}, company.Party{Name: "Robin", User: "robin", Phone: "555 0122"}},
		"channel": {"channel", form{"channel": "C1", "is": "provider"}, company.Party{Name: "#it-help", Channel: "C1", Provider: true}},
		"company": {"company", form{"name": " Acme IT ", "phone": "555 0100", "hours": "Mon-Fri", "email": "help@acme.example", "shown": "emergency", "is": "both"},
			company.Party{Name: "Acme IT", Phone: "555 0100", Hours: "Mon-Fri", Email: "help@acme.example", Shown: company.InEmergencies, Provider: true, Partner: true}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			c.form["deputy"], c.form["answers"] = "kim", "olga"
			effects := s.submit(topic, c.kind, "", c.form)
			d, m := s.duty(topic), s.mapped()
			if got := m.Parties[d.Does]; got != c.want {
				t.Errorf("saved %+v, want %+v", got, c.want)
			}
			if m.Parties[d.Deputy].User != "kim" || m.Parties[d.Answers].User != "olga" || d.By != "olga" || d.State != company.Assumed {
				t.Errorf("the duty is %+v", d)
			}
			for _, e := range effects {
				if a, ok := e.(bot.Audit); ok && (a.Verb != "assigned" || a.Object != "duty "+topic) {
					t.Errorf("the audit log says %+v", a)
				}
			}
		})
	}
}

func TestStrangersAndSharedChannelsAreRefused(t *testing.T) {
	s := newScene(t)
	for _, c := range []struct {
		kind, field string
		form        form
	}{
		{"person", "user", form{"user": "gus"}},
		{"person", "user", form{"user": "eve"}},
		{"person", "user", form{}},
		{"person", "deputy", form{"user": "robin", "deputy": "gus"}},
		{"person", "deputy", form{"user": "robin", "deputy": "robin"}},
		{"person", "answers", form{"user": "robin", "answers": "eve"}},
		{"person", "phone", form{"user": "robin", "phone": "call me"}},
		{"channel", "channel", form{"channel": "C2"}},
		{"channel", "channel", form{"channel": "C9"}},
		{"channel", "channel", form{}},
		{"company", "name", form{"phone": "555 0100"}},
		{"company", "phone", form{"name": "Acme"}},
		{"company", "email", form{"name": "Acme", "email": "no address"}},
	} {
		got := s.submit(topic, c.kind, "", c.form)
		if refused, ok := got[0].(bot.Refuse); !ok || !strings.HasSuffix(refused.Why[c.field], ".") {
			t.Errorf("%s %v: %v, want a sentence on %s", c.kind, c.form, got, c.field)
		}
	}
	if len(s.Docs) != 0 {
		t.Errorf("something was kept: %v", s.Docs)
	}
}

func TestAPartyIsOfferedAgainAndEnteredOnce(t *testing.T) {
	s := newScene(t)
	s.submit(company.GroupIT, "company", "", form{"name": "Acme IT", "phone": "555 0100", "hours": "Mon-Fri"})
	acme := s.duty(company.GroupIT).Does
	v := s.Press(olga, "assign", topic)[0].(bot.Answer).View
	s.Sees(v, "[Acme IT, 555 0100]")
	open := s.Press(olga, "who", topic, "saved", acme)[0].(bot.Open)
	if f := open.Form.Fields[0]; f.ID != "phone" || f.Value != "555 0100" {
		t.Errorf("the form begins with %+v", f)
	}
	s.submit(topic, "saved", acme, form{"phone": "555 0199", "hours": "", "email": ""})
	s.submit("wifi-network", "company", "", form{"name": "ACME it", "email": "help@acme.example"})
	m := s.mapped()
	if len(m.Parties) != 1 || m.Duties[topic].Does != acme || m.Duties["wifi-network"].Does != acme {
		t.Fatalf("it is entered more than once: %+v", m)
	}
	if want := (company.Party{Name: "ACME it", Phone: "555 0199", Email: "help@acme.example"}); m.Parties[acme] != want {
		t.Errorf("it is %+v, want %+v", m.Parties[acme], want)
	}
}

func TestASavedChannelThatIsSharedNowIsRefused(t *testing.T) {
	s := newScene(t)
	s.submit(company.GroupIT, "channel", "", form{"channel": "C1"})
	s.Rooms["C1"] = bot.Room{Name: "#it-help", Kind: bot.Shared}
	s.Sees(s.submit(topic, "saved", s.duty(company.GroupIT).Does, form{})[0].(bot.Answer).View, "I did not save that")
	if _, ok := s.mapped().Duties[topic]; ok {
		t.Error("it was saved")
	}
}

func TestAPersonsOwnWishSurvivesAnotherDuty(t *testing.T) {
	s := newScene(t)
	s.assign(company.GroupIT, "robin")
	s.Play(bot.Event{Kind: bot.Submit, From: robin, Action: bot.Do("duty", "details"), Values: form{"phone": "555 0122", "shown": "owners"}})
	s.submit(topic, "person", "", form{"user": "robin", "phone": "", "shown": ""})
	if p := s.mapped().Parties[s.duty(topic).Does]; p.Shown != company.ToOwners || p.Phone != "555 0122" {
		t.Errorf("they are %+v", p)
	}
}

func TestAnAnswerStaysWhenTheSameOneIsSavedAgain(t *testing.T) {
	s := newScene(t)
	s.assign(topic, "robin")
	s.pressOn(robin, bottest.Told(s.Press(olga, "introduced"))["robin"], "Yes, ask me first")
	s.Now = s.Now.Add(48 * time.Hour)
	s.submit(topic, "person", "", form{"user": "robin", "deputy": "kim"})
	if d := s.duty(topic); d.State != company.Confirmed || !d.Since.Equal(start) || d.Deputy == "" {
		t.Errorf("a new deputy made it %+v", d)
	}
	s.assign(topic, "kim")
	if m := s.mapped(); m.Duties[topic].State != company.Assumed || m.Duties[topic].Deputy != "" || len(m.Parties) != 1 {
		t.Errorf("another person makes it %+v", m)
	}
}

func TestWhatAFormCannotShowStays(t *testing.T) {
	s := newScene(t)
	s.submit(topic, "company", "", form{"name": "Acme", "phone": "555 0100"})
	m := s.mapped()
	d := m.Duties[topic]
	d.Deputy, d.Does = d.Does, ""
	m.Duties[topic] = d
	s.put(m)
	s.assign(topic, "robin")
	if got := s.mapped(); got.Parties[got.Duties[topic].Deputy].Name != "Acme" {
		t.Errorf("the deputy from outside is gone: %+v", got.Duties[topic])
	}
	s.submit(topic, "person", "", form{"user": "robin", "deputy": "kim"})
	s.submit(topic, "person", "", form{"user": "robin", "deputy": ""})
	if got := s.duty(topic).Deputy; got != "" {
		t.Errorf("the deputy was emptied and is %q", got)
	}
}

func (s scene) put(m company.Map) {
	s.Helper()
	body, err := company.Maps.Encode(m)
	if err != nil {
		s.Fatal(err)
	}
	s.Docs[company.Maps.Key(company.MapID)] = body
}

func TestClearingForgetsWhomNothingNeeds(t *testing.T) {
	s := newScene(t)
	s.assign(topic, "robin")
	s.submit(company.GroupIT, "company", "", form{"name": "Acme", "phone": "555 0100"})
	s.Sees(s.Press(olga, "clear", topic)[2].(bot.Answer).View, "Taken off the map: Printers", "Acme, 555 0100, with everything for IT support")
	s.Press(olga, "clear", topic)
	s.Press(olga, "clear", company.GroupIT)
	m := s.mapped()
	if len(m.Duties) != 0 || len(m.Parties) != 1 {
		t.Errorf("left: %+v", m)
	}
}

func TestWordsAfterAssignFindATopic(t *testing.T) {
	s := newScene(t)
	for text, want := range map[string]string{
		"printer-scanner":     "Who handles it: Printers and scanners",
		"printers":            "Who handles it: Printers and scanners",
		"Penetration Testing": "Who handles it: Penetration testing",
		"group.it":            "Who handles it: Everything for IT support",
		"all emergencies":     "Who handles it: All emergencies",
		"security":            "Which do you mean?",
		"the moon":            "I have no topic of that name. Which do you want to assign?",
		"assign":              "What do you want to assign?",
		"?!":                  "I have no topic of that name. Which do you want to assign?",
	} {
		if v := s.command(olga, text); v.Title != want {
			t.Errorf("%q leads to %q, want %q", text, v.Title, want)
		}
	}
}

func TestATopicOfTheCompanysOwnCanBeAssigned(t *testing.T) {
	s := newScene(t)
	s.put(company.Map{Own: map[string]company.OwnTopic{"own.cbcdefghij23": {Title: "The alarm code"}}})
	s.Sees(s.command(olga, "alarm code"), "Who handles it: The alarm code")
	s.assign("own.cbcdefghij23", "robin")
	s.Sees(s.Press(olga, "map", "own")[0].(bot.Answer).View, "The alarm code: Robin")
}
