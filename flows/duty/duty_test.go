package duty_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/content/contenttest"
	"secadvisor/flows/duty"
)

var (
	olga  = bot.Person{ID: "olga", Name: "Olga", Affiliation: bot.Home, Role: bot.Owner}
	robin = bot.Person{ID: "robin", Name: "Robin", Affiliation: bot.Home}
	kim   = bot.Person{ID: "kim", Name: "Kim", Affiliation: bot.Home}
	start = time.Date(2026, 5, 12, 9, 0, 0, 0, time.UTC)
)

// scene is a company of which Olga is the owner.
type scene struct {
	*bottest.Scene
}

func newScene(t *testing.T) scene {
	t.Helper()
	lib := contenttest.BuiltIn(t)
	w := bottest.NewWorld([]bot.Flow{duty.New(lib, func(string) []string { return []string{"olga"} })}, start)
	w.Rooms = map[string]bot.Room{"C1": {Name: "#it-help", Kind: bot.Channel, People: 40}, "C2": {Name: "#with-others", Kind: bot.Shared}}
	return scene{&bottest.Scene{TB: t, World: w, Flow: "duty"}}
}

func (s scene) command(from bot.Person, text string) bot.View {
	s.Helper()
	return s.Type(from, text)[0].(bot.Answer).View
}

// form is what somebody fills in: "user" and the like are picked.
type form map[string]string

// submit sends the form of a duty as Olga. Who is picked works here, unless
// the id says otherwise.
func (s scene) submit(id, kind, party string, f form) []bot.Effect {
	s.Helper()
	picked := map[string]bot.Picked{}
	for _, field := range []string{"user", "deputy", "answers", "channel"} {
		if who := f[field]; who != "" {
			p := bot.Picked{ID: who, Name: strings.ToUpper(who[:1]) + who[1:], Affiliation: bot.Home}
			switch who {
			case "gus":
				p.Affiliation = bot.Guest
			case "eve":
				p.Affiliation = bot.Foreign
			}
			if field == "channel" {
				p = bot.Picked{ID: who, Name: s.Rooms[who].Name, Room: s.Rooms[who]}
			}
			picked[field] = p
		}
	}
	return s.Play(bot.Event{Kind: bot.Submit, From: olga, Action: bot.Do("duty", "who", id, kind, party), Values: f, Picked: picked})
}

func (s scene) assign(id, user string) { s.Helper(); s.submit(id, "person", "", form{"user": user}) }

func (s scene) mapped() company.Map {
	s.Helper()
	return bottest.Get(s, s.World, company.Maps, company.MapID)
}

func (s scene) duty(id string) company.Duty { return s.mapped().Duties[id] }

func TestEveryButtonIsAnsweredAndFits(t *testing.T) {
	for _, who := range []bot.Person{olga, robin, {ID: "gus", Affiliation: bot.Guest}} {
		s := newScene(t)
		for _, topic := range []string{company.GroupIT, "payment-fraud", "data-leak", "account-takeover", "lost-stolen-device", "printer-scanner"} {
			s.assign(topic, "robin")
		}
		s.submit(company.GroupSecurity, "company", "", form{"name": strings.Repeat("Very Long Name Ltd ", 4), "phone": "555 0100"})
		s.command(who, "map")
		s.Press(olga, "introduced")
		for _, a := range []bot.Action{
			{Flow: "duty"}, bot.Do("duty", "dance"), bot.Do("duty", "assign", "gone"), bot.Do("duty", "topics", "left"), bot.Do("duty", "map", "it", "-3"),
			bot.Do("duty", "map", "it", "99"), bot.Do("duty", "map", "own"), bot.Do("duty", "who", "gone", "person"), bot.Do("duty", "who", "printer-scanner", "nobody"),
			bot.Do("duty", "who", "printer-scanner", "saved", "gone"), bot.Do("duty", "clear", "gone"), bot.Do("duty", "told", "gone"), bot.Do("duty", "told", "printer-scanner"),
			bot.Do("duty", "yes"), bot.Do("duty", "no", "x", "all"), bot.Do("duty", "no", "../x", "gone"), bot.Do("duty", "details"),
		} {
			s.Buttons = append(s.Buttons, bot.Press("old", a))
			s.Play(bot.Event{Kind: bot.Submit, From: who, Action: a})
		}
		pressed := map[string]bool{}
		for len(s.Buttons) > 0 && len(pressed) < 400 {
			b := s.Buttons[len(s.Buttons)-1]
			s.Buttons = s.Buttons[:len(s.Buttons)-1]
			if key := b.Action.String(); b.Action.Flow == "duty" && !pressed[key] {
				pressed[key] = true
				s.Play(bot.Event{Kind: bot.Click, From: who, Action: b.Action})
			}
		}
		if who.Owner() && len(pressed) < 150 {
			t.Errorf("only %d buttons can be reached", len(pressed))
		}
		for _, v := range s.Views {
			fits(t, v)
		}
		for _, f := range s.Forms {
			if utf8.RuneCountInString(f.Title) > 24 || len(f.Fields) > 8 {
				t.Errorf("the form %q has %d inputs", f.Title, len(f.Fields))
			}
		}
	}
}

// fits checks what platforms take.
func fits(t *testing.T, v bot.View) {
	t.Helper()
	for _, b := range v.Blocks {
		if b.Buttons != nil && len(b.Buttons.Items) > 5 {
			t.Errorf("%q has a row of %d buttons", v.Title, len(b.Buttons.Items))
		}
		if b.Menu != nil && len(b.Menu.Options) > 100 {
			t.Errorf("%q has a menu of %d options", v.Title, len(b.Menu.Options))
		}
	}
	for _, b := range v.Actions() {
		if n := utf8.RuneCountInString(b.Label); n == 0 || n > 75 {
			t.Errorf("%q has a button of %d characters: %q", v.Title, n, b.Label)
		}
	}
	if n := strings.Count(bottest.Lines(v), "\n") - len(v.Actions()); n > 20 {
		t.Errorf("%q has %d lines", v.Title, n)
	}
}

func TestOnlyOwnersChangeOrSeeTheMap(t *testing.T) {
	s := newScene(t)
	s.assign(company.GroupIT, "robin")
	before := string(s.Docs[company.Maps.Key(company.MapID)])
	for _, from := range []bot.Person{robin, {ID: "olga", Role: bot.Owner}} {
		for _, verb := range []string{"map", "assign", "topics", "clear", "told", "introduce", "introduced", "who"} {
			v := s.Press(from, verb, company.GroupIT, "person")[0].(bot.Answer).View
			s.Unseen(v, "owner\n", "no owner", "Robin")
		}
		s.Play(bot.Event{Kind: bot.Submit, From: from, Action: bot.Do("duty", "who", company.GroupIT, "company"), Values: form{"name": "Eve", "phone": "555 6666"}})
		s.Unseen(s.command(from, "printers"), "Robin")
	}
	if after := string(s.Docs[company.Maps.Key(company.MapID)]); after != before {
		t.Errorf("the map changed:\n%s\n%s", before, after)
	}
}
