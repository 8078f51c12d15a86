package play

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
)

// scene is a session with a bot behind it that remembers what it was told
// and says what the test wants.
type scene struct {
	*Session
	t      *testing.T
	out    bytes.Buffer
	events []bot.Event
	say    func(bot.Event) bot.Reply
}

func newScene(t *testing.T, say func(bot.Event) bot.Reply) *scene {
	s := &scene{t: t, say: say}
	s.Session = New(strings.NewReader(""), &s.out, Style{Width: 200})
	s.Engine, s.Clock = s, s
	return s
}

func (s *scene) Handle(_ context.Context, e bot.Event) (bot.Reply, error) {
	s.events = append(s.events, e)
	return s.say(e), nil
}

func (s *scene) Settle(context.Context) error                            { return nil }
func (s *scene) Next(context.Context) (at time.Time, ok bool, err error) { return at, false, nil }
func (s *scene) Now() time.Time                                          { return time.Unix(0, 0) }
func (s *scene) Move(time.Time)                                          {}

// types types lines and returns what was shown since.
func (s *scene) types(lines ...string) string {
	s.t.Helper()
	s.out.Reset()
	for _, l := range lines {
		if _, err := s.line(s.t.Context(), l); err != nil {
			s.t.Fatal(err)
		}
	}
	return s.out.String()
}

// asks opens a form with these inputs at every message.
func asks(fields ...bot.Input) func(bot.Event) bot.Reply {
	return func(e bot.Event) bot.Reply {
		if e.Kind == bot.Message {
			return bot.Reply{Form: &bot.Form{Title: "Who does it", Action: bot.Do("duty", "save"), Fields: fields}}
		}
		return bot.Reply{View: &bot.View{Title: "Saved"}}
	}
}

func (s *scene) last() bot.Event { return s.events[len(s.events)-1] }

func TestPeopleAreTypedByNameOrRole(t *testing.T) {
	for typed, want := range map[string]bot.Picked{
		"@Robin":       {ID: "it:Robin", Name: "Robin", Affiliation: bot.Home},
		"robin":        {ID: "it:Robin", Name: "Robin", Affiliation: bot.Home},
		"IT":           {ID: "it:Robin", Name: "Robin", Affiliation: bot.Home},
		"owner":        {ID: "owner:Alex", Name: "Alex", Affiliation: bot.Home},
		"Jo (Partner)": {ID: "partner:Jo", Name: "Jo", Affiliation: bot.Home},
		"guest":        {ID: "guest:Charlie", Name: "Charlie", Affiliation: bot.Guest},
		"Kim (sales)":  {ID: "staff:Kim (sales)", Name: "Kim (sales)", Affiliation: bot.Home},
		"Noor":         {ID: "it:Noor", Name: "Noor", Affiliation: bot.Home}, // she spoke before
		"Someone Else": {ID: "staff:Someone Else", Name: "Someone Else", Affiliation: bot.Home},
	} {
		s := newScene(t, asks(bot.Input{ID: "who", Label: "Person", Pick: bot.PickPerson}))
		s.types(":as it Noor", ":as owner", "assign", typed)
		got := s.last()
		if diff := cmp.Diff(map[string]bot.Picked{"who": want}, got.Picked); diff != "" || got.Kind != bot.Submit || got.Values["who"] != want.ID {
			t.Errorf("%q: %s %+v", typed, diff, got.Values)
		}
	}
}

func TestChannelsAreTypedByName(t *testing.T) {
	for typed, want := range map[string]bot.Room{
		"#it-help": {Name: "#it-help", Kind: bot.Channel, People: members},
		"leaders":  {Name: "#leaders", Kind: bot.Channel, People: members},
		"#abroad":  {Name: "#abroad", Kind: bot.Shared, People: members},
	} {
		s := newScene(t, asks(bot.Input{ID: "where", Label: "Channel", Pick: bot.PickChannel}))
		s.types(":channel abroad shared", ":channel", "assign", typed)
		if diff := cmp.Diff(map[string]bot.Picked{"where": {ID: want.Name, Name: want.Name, Room: want}}, s.last().Picked); diff != "" {
			t.Errorf("%q: %s", typed, diff)
		}
		if got, err := s.Room(t.Context(), Tenant, want.Name, ""); got != want || err != nil {
			t.Errorf("%q is read by %+v, %v", typed, got, err)
		}
	}
	s := newScene(t, nil)
	for id, want := range map[string]bot.Room{"dm:owner:Alex": {Kind: bot.Direct, People: 1}, "C1": {}, "": {}} {
		if got, _ := s.Room(t.Context(), Tenant, id, ""); got != want {
			t.Errorf("%q is read by %+v", id, got)
		}
	}
}

func TestAPickThatCannotBeReadIsAskedAgain(t *testing.T) {
	s := newScene(t, asks(bot.Input{ID: "who", Label: "Person", Pick: bot.PickPerson}, bot.Input{ID: "where", Label: "Channel", Pick: bot.PickChannel}))
	if shown := s.types("assign"); !strings.Contains(shown, "Type a name, such as Robin") {
		t.Errorf("the form does not say how:\n%s", shown)
	}
	for _, wrong := range []string{"", "@", strings.Repeat("x", maxName+1)} {
		if shown := s.types(wrong); shown == "" || s.form.values["who"] != "" {
			t.Errorf("%q was taken, shown:\n%s", wrong, shown)
		}
	}
	s.types("Sam")
	for _, wrong := range []string{"", "#", "it help", "#a#b", "a\x07"} {
		if shown := s.types(wrong); shown == "" || s.form.values["where"] != "" {
			t.Errorf("%q was taken, shown:\n%s", wrong, shown)
		}
	}
	s.types(":cancel")
}

func TestAnEmptyLineKeepsOrLeavesOutAPick(t *testing.T) {
	s := newScene(t, asks(
		bot.Input{ID: "who", Label: "Person", Pick: bot.PickPerson, Value: "it:Robin"},
		bot.Input{ID: "deputy", Label: "Deputy", Pick: bot.PickPerson, Optional: true},
	))
	if shown := s.types("assign"); !strings.Contains(shown, "An empty line means: Robin (it)") {
		t.Errorf("the form shows:\n%s", shown)
	}
	s.types("", "")
	want := map[string]bot.Picked{"who": {ID: "it:Robin", Name: "Robin", Affiliation: bot.Home}}
	if diff := cmp.Diff(want, s.last().Picked); diff != "" {
		t.Error(diff)
	}
}

func TestAnEmergencyIsAnsweredEvenWhereANameIsAsked(t *testing.T) {
	field := bot.Input{ID: "who", Label: "Person", Pick: bot.PickPerson}
	s := newScene(t, func(e bot.Event) bot.Reply {
		if strings.Contains(e.Text, "stolen") {
			return bot.Reply{View: &bot.View{Title: "Act now", Tone: bot.Urgent}}
		}
		return asks(field)(e)
	})
	if shown := s.types("assign", "my laptop was stolen"); !strings.Contains(shown, "Act now") || s.form == nil {
		t.Errorf("shown:\n%s", shown)
	}
}

func TestACommandClosesAForm(t *testing.T) {
	field := bot.Input{ID: "note", Label: "Note"}
	s := newScene(t, asks(field))
	s.types("assign")
	shown := s.types("/SEC assess")
	if !strings.Contains(shown, "nothing was kept") || s.last().Text != "/SEC assess" {
		t.Errorf("%+v, shown:\n%s", s.last(), shown)
	}
}

func TestAWordInAFormBeginsNothing(t *testing.T) {
	s := newScene(t, asks(bot.Input{ID: "note", Label: "Note"}))
	s.types("assign", "assess")
	if asked := s.events[len(s.events)-2]; asked.Text != "/sec who assess" {
		t.Errorf("the word was given as %q", asked.Text)
	}
}

func TestAFileIsShown(t *testing.T) {
	s := newScene(t, nil)
	deliver := func(f bot.File) string {
		s.out.Reset()
		s.Deliver(t.Context(), bot.Post{To: bot.To("owner:Alex"), View: bot.View{Title: "Keep this"}, File: &f})
		return s.out.String()
	}
	got := deliver(bot.File{Name: "card.txt", Type: "text/plain; charset=utf-8", Body: []byte("1. Phone  Robin\n\n2. Say \x1b[31mwhat\n")})
	if want := "Keep this\nFile: card.txt\n  | 1. Phone  Robin\n  |\n  | 2. Say [31mwhat\n"; got != want {
		t.Error(cmp.Diff(want, got))
	}
	for _, f := range []bot.File{{Name: "a.pdf", Type: "application/pdf", Body: []byte("%PDF")}, {Name: "b", Type: "text/plain", Body: []byte("\xff\xfe\x00\x01")}} {
		if got := deliver(f); !strings.HasSuffix(got, "to have such files.)\n") {
			t.Errorf("%s is shown as %q", f.Name, got)
		}
	}
}

func TestTheBotsOwnPage(t *testing.T) {
	page := &bot.View{Title: "Your page", Blocks: []bot.Block{bot.Row(bot.Press("Ask", bot.Do("menu", "menu")))}}
	s := newScene(t, func(bot.Event) bot.Reply { return bot.Reply{View: page} })
	shown := s.types(":as staff", ":channel general", ":home")
	e := s.last()
	if !strings.Contains(shown, "Your page\n[1] Ask") || e.Kind != bot.Looked || e.From.ID != "staff:Sam" || e.Place != Direct("staff:Sam") || e.ID == "" {
		t.Errorf("%+v, shown:\n%s", e, shown)
	}
	if s.types("1"); s.last().Action.String() != "menu/menu" {
		t.Errorf("the button gave %+v", s.last())
	}
	page = nil
	if shown := s.types(":home"); !strings.Contains(shown, "no page") {
		t.Errorf("without a page: %q", shown)
	}
}
