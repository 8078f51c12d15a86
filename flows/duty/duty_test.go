package duty_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
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
	*testing.T
	*bottest.World
}

func newScene(t *testing.T) scene {
	t.Helper()
	lib, err := content.Load(content.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	w := bottest.NewWorld([]bot.Flow{duty.New(lib, func(string) []string { return []string{"olga"} })}, start)
	w.Rooms = map[string]bot.Room{"C1": {Name: "#it-help", Kind: bot.Channel, People: 40}, "C2": {Name: "#with-others", Kind: bot.Shared}}
	return scene{t, w}
}

func (s scene) do(e bot.Event) []bot.Effect {
	s.Helper()
	effects, err := s.Do("duty", e)
	if err != nil {
		s.Fatal(err)
	}
	return effects
}

func (s scene) press(from bot.Person, verb string, args ...string) []bot.Effect {
	s.Helper()
	return s.do(bot.Event{Kind: bot.Click, From: from, Action: bot.Do("duty", verb, args...)})
}

func (s scene) command(from bot.Person, text string) bot.View {
	s.Helper()
	return s.do(bot.Event{Kind: bot.Command, From: from, Text: text})[0].(bot.Answer).View
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
	return s.do(bot.Event{Kind: bot.Submit, From: olga, Action: bot.Do("duty", "who", id, kind, party), Values: f, Picked: picked})
}

func (s scene) assign(id, user string) { s.Helper(); s.submit(id, "person", "", form{"user": user}) }

func (s scene) mapped() company.Map {
	s.Helper()
	body, ok := s.Docs[company.Maps.Key(company.MapID)]
	if !ok {
		return company.Map{}
	}
	m, err := company.Maps.Decode(body)
	if err != nil {
		s.Fatal(err)
	}
	return m
}

func (s scene) duty(id string) company.Duty { return s.mapped().Duties[id] }

// cards are what people are sent, by who gets it.
func cards(effects []bot.Effect) map[string]bot.View {
	to := map[string]bot.View{}
	for _, e := range effects {
		if show, ok := e.(bot.Show); ok {
			to[show.To.User] = show.View
		}
	}
	return to
}

// seen is everything that a view says.
func seen(v bot.View) string {
	all := []string{v.Title}
	for _, b := range v.Blocks {
		switch {
		case b.Text != nil:
			all = append(all, b.Text.Body)
		case b.Note != nil:
			all = append(all, b.Note.Body)
		case b.List != nil:
			all = append(all, b.List.Items...)
		case b.Fields != nil:
			for _, f := range b.Fields.Items {
				all = append(all, f.Name+": "+f.Value)
			}
		case b.Menu != nil:
			all = append(all, b.Menu.Prompt)
		}
	}
	for _, b := range v.Actions() {
		all = append(all, "["+b.Label+"]")
	}
	return strings.Join(all, "\n")
}

func (s scene) sees(v bot.View, want ...string) {
	s.Helper()
	for _, w := range want {
		if !strings.Contains(seen(v), w) {
			s.Errorf("%q is not in\n%s", w, seen(v))
		}
	}
}

func (s scene) unseen(v bot.View, not ...string) {
	s.Helper()
	for _, n := range not {
		if strings.Contains(seen(v), n) {
			s.Errorf("%q is in\n%s", n, seen(v))
		}
	}
}

func TestEveryButtonIsAnsweredAndFits(t *testing.T) {
	for _, who := range []bot.Person{olga, robin, {ID: "gus", Affiliation: bot.Guest}} {
		s := newScene(t)
		for _, topic := range []string{company.GroupIT, "payment-fraud", "data-leak", "account-takeover", "lost-stolen-device", "printer-scanner"} {
			s.assign(topic, "robin")
		}
		s.submit(company.GroupSecurity, "company", "", form{"name": strings.Repeat("Very Long Name Ltd ", 4), "phone": "555 0100"})
		s.command(who, "map")
		s.press(olga, "introduced")
		for _, a := range []bot.Action{
			{Flow: "duty"}, bot.Do("duty", "dance"), bot.Do("duty", "assign", "gone"), bot.Do("duty", "topics", "left"), bot.Do("duty", "map", "it", "-3"),
			bot.Do("duty", "map", "it", "99"), bot.Do("duty", "map", "own"), bot.Do("duty", "who", "gone", "person"), bot.Do("duty", "who", "printer-scanner", "nobody"),
			bot.Do("duty", "who", "printer-scanner", "saved", "gone"), bot.Do("duty", "clear", "gone"), bot.Do("duty", "told", "gone"), bot.Do("duty", "told", "printer-scanner"),
			bot.Do("duty", "yes"), bot.Do("duty", "no", "x", "all"), bot.Do("duty", "no", "../x", "gone"), bot.Do("duty", "details"),
		} {
			s.Buttons = append(s.Buttons, bot.Press("old", a))
			s.do(bot.Event{Kind: bot.Submit, From: who, Action: a})
		}
		pressed := map[string]bool{}
		for len(s.Buttons) > 0 && len(pressed) < 400 {
			b := s.Buttons[len(s.Buttons)-1]
			s.Buttons = s.Buttons[:len(s.Buttons)-1]
			if key := b.Action.String(); b.Action.Flow == "duty" && !pressed[key] {
				pressed[key] = true
				s.do(bot.Event{Kind: bot.Click, From: who, Action: b.Action})
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
	if n := strings.Count(seen(v), "\n") - len(v.Actions()); n > 20 {
		t.Errorf("%q has %d lines", v.Title, n)
	}
}

func TestOnlyOwnersChangeOrSeeTheMap(t *testing.T) {
	s := newScene(t)
	s.assign(company.GroupIT, "robin")
	before := string(s.Docs[company.Maps.Key(company.MapID)])
	for _, from := range []bot.Person{robin, {ID: "olga", Role: bot.Owner}} {
		for _, verb := range []string{"map", "assign", "topics", "clear", "told", "introduce", "introduced", "who"} {
			v := s.press(from, verb, company.GroupIT, "person")[0].(bot.Answer).View
			s.unseen(v, "owner\n", "no owner", "Robin")
		}
		s.do(bot.Event{Kind: bot.Submit, From: from, Action: bot.Do("duty", "who", company.GroupIT, "company"), Values: form{"name": "Eve", "phone": "555 6666"}})
		s.unseen(s.command(from, "printers"), "Robin")
	}
	if after := string(s.Docs[company.Maps.Key(company.MapID)]); after != before {
		t.Errorf("the map changed:\n%s\n%s", before, after)
	}
}
