package explain_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/content"
	"secadvisor/flows/content/contenttest"
	"secadvisor/flows/explain"
	"secadvisor/flows/match"
)

var (
	owner   = bot.Person{ID: "olga", Affiliation: bot.Home, Role: bot.Owner}
	staff   = bot.Person{ID: "sam", Affiliation: bot.Home}
	foreign = bot.Person{ID: "eve"}
)

var partner = content.Partner{Name: "Partner Ltd", Contact: "help@partner.example"}

func newScene(t *testing.T, settings content.Settings) (*bottest.Scene, *content.Library) {
	t.Helper()
	lib := contenttest.Library(t, settings)
	m, err := match.New(lib)
	if err != nil {
		t.Fatal(err)
	}
	w := bottest.NewWorld([]bot.Flow{explain.New(lib, m)}, time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
	return &bottest.Scene{TB: t, World: w, Flow: "explain"}, lib
}

// page is all that somebody gets of a page, what its buttons do included.
func page(s *bottest.Scene, from bot.Person, id string) string {
	raw, _ := json.Marshal(bottest.Answered(s.Press(from, "page", id)))
	return string(raw)
}

func TestNextLeadsThroughTheWholeTour(t *testing.T) {
	s, lib := newScene(t, content.Settings{})
	seen := map[string]bool{}
	v := bottest.Answered(s.Type(staff, ""))
	for range lib.Pages {
		seen[v.Title] = true
		next := v.Actions()[0]
		if !strings.HasPrefix(next.Label, "Next: ") || !next.Main {
			t.Fatalf("%q does not lead on: %v", v.Title, next)
		}
		v = bottest.Answered(s.Play(bot.Event{Kind: bot.Click, From: staff, Action: next.Action}))
	}
	for _, p := range lib.Pages {
		if !seen[p.Title] {
			t.Errorf("%s is not on the way", p.ID)
		}
	}
}

func TestEveryButtonLeadsOn(t *testing.T) {
	s, lib := newScene(t, content.Settings{Partner: partner})
	for name, from := range map[string]bot.Person{"owner": owner, "staff": staff, "foreign": foreign} {
		for _, p := range lib.Pages {
			v := bottest.Answered(s.Press(from, "page", p.ID))
			if v.Title != p.Title {
				t.Errorf("%s: the page %s is %q", name, p.ID, v.Title)
			}
			checkButtons(t, lib, v)
		}
		for _, topic := range lib.Topics {
			checkButtons(t, lib, bottest.Answered(s.Type(from, topic.Title)))
			checkButtons(t, lib, bottest.Answered(s.Press(from, "topic", topic.ID)))
		}
	}
}

func checkButtons(t *testing.T, lib *content.Library, v bot.View) {
	t.Helper()
	for _, b := range v.Blocks {
		if b.Buttons == nil {
			continue
		}
		shown, more := 0, 0
		for _, button := range b.Buttons.Items {
			if button.More {
				more = 1
			} else {
				shown++
			}
		}
		if shown+more > 5 || shown == 0 {
			t.Errorf("%q shows %d buttons in a row, want one to five", v.Title, shown+more)
		}
	}
	for _, b := range v.Actions() {
		id, ok := b.Action.Arg(0), false
		switch b.Action.Flow + "/" + b.Action.Verb {
		case "explain/page":
			_, ok = lib.Page(id)
		case "explain/topic", "who/topic":
			_, ok = lib.Topic(id)
		case "assess/start":
			_, ok = lib.Pack(id)
		}
		if !ok || b.Label == "" || len(b.Label) > 75 {
			t.Errorf("%q has a button %q that does %v", v.Title, b.Label, b.Action)
		}
	}
}

func TestPagesAndTopicsAreFoundByTheirWords(t *testing.T) {
	s, _ := newScene(t, content.Settings{})
	for text, want := range map[string]string{
		"":                                      "IT support and security, and who does what",
		"overlap":                               "Where IT support and security meet",
		"Can't my IT person handle security?":   "Can't our IT person handle security?",
		"what should I ask our IT company":      "What to ask your IT provider",
		"ask-provider":                          "What to ask your IT provider",
		"the right approach for growing firms":  "The right approach for a growing company",
		"what needs security expertise":         "What needs security expertise",
		"penetration testing":                   "◆ ",
		"backups":                               "● ",
		"firewall":                              "◐ ",
		"ransomware":                            "◆ ",
		"no-such-page":                          "",
		"xyz":                                   "I don't know that word",
		"mfa":                                   "◐ ",
		"what does phising mean":                "",
		"phising":                               "◆ A suspicious message",
		strings.Repeat("\u202e<!channel>", 900): "",
	} {
		if got := bottest.Answered(s.Type(staff, text)); got.Title == "" || !strings.HasPrefix(got.Title, want) {
			t.Errorf("%.40q: got %q, want %q", text, got.Title, want)
		}
	}
}

func TestAWordIsToldBeforeItsTopic(t *testing.T) {
	s, _ := newScene(t, content.Settings{})
	for _, text := range []string{"MFA", "what does mfa mean?"} {
		s.Sees(bottest.Answered(s.Type(staff, text)), "A second sign-in step (MFA)\nA second proof when you sign in")
	}
	for text, want := range map[string]string{"phising": "Phishing\n", "dmark": "DMARC\n", "ransomwear": "A virus, a ransom note"} {
		s.Sees(bottest.Answered(s.Type(staff, text)), want)
	}
	for _, text := range []string{"mfb", "parking"} {
		s.Sees(bottest.Answered(s.Type(staff, text)), "I don't know that word")
	}
	v := bottest.Answered(s.Type(staff, "xyz"))
	s.Sees(v, "I don't know that word", "Nothing was kept", "[The tour]")
	s.Unseen(v, "xyz")
}

func TestOwnersAndStaffReadWhatIsForThem(t *testing.T) {
	s, lib := newScene(t, content.Settings{})
	differ := 0
	for _, p := range lib.Pages {
		forOwner, forStaff := page(s, owner, p.ID), page(s, staff, p.ID)
		if strings.Contains(forStaff, `assess/start`) {
			t.Errorf("%s offers staff an assessment", p.ID)
		}
		if p.Check != "" && !strings.Contains(forOwner, `assess/start`) {
			t.Errorf("%s offers an owner no assessment", p.ID)
		}
		if forOwner != forStaff {
			differ++
		}
	}
	if differ < 5 {
		t.Errorf("only %d pages differ", differ)
	}
	const toOwner, toStaff = "Don't replace your IT person", "Go on asking IT support"
	for from, want := range map[*bot.Person][2]bool{&owner: {true, false}, &staff: {false, true}} {
		got := page(s, *from, "can-it-handle-security")
		if has := [2]bool{strings.Contains(got, toOwner), strings.Contains(got, toStaff)}; has != want {
			t.Errorf("%s reads what is for owners and for staff: %v, want %v", from.ID, has, want)
		}
	}
}

func TestPartnerIsNamedToTheCompanyAlone(t *testing.T) {
	with, _ := newScene(t, content.Settings{Partner: partner})
	without, _ := newScene(t, content.Settings{})
	for _, c := range []struct {
		s    *bottest.Scene
		from bot.Person
		want bool
	}{{with, owner, true}, {with, staff, true}, {with, foreign, false}, {without, owner, false}} {
		if got := strings.Contains(page(c.s, c.from, "talk"), partner.Contact); got != c.want {
			t.Errorf("%s of affiliation %q sees the partner: %v, want %v", c.from.ID, c.from.Affiliation, got, c.want)
		}
	}
}

func TestLateButtonsBeginTheTourAnew(t *testing.T) {
	s, _ := newScene(t, content.Settings{})
	for _, a := range []bot.Action{bot.Do("explain", "page", "gone"), bot.Do("explain", "topic", "gone"), bot.Do("explain", "dance"), {Flow: "explain"}} {
		v := bottest.Answered(s.Play(bot.Event{Kind: bot.Click, From: staff, Action: a}))
		if want := "IT support and security, and who does what"; v.Title != want {
			t.Errorf("%v: got %q, want %q", a, v.Title, want)
		}
	}
}
