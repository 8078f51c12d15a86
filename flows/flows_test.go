package flows_test

import (
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows"
	"secadvisor/flows/content"
	"secadvisor/flows/content/contenttest"
	"secadvisor/flows/match"
)

// speakers are everybody who may come along.
var speakers = []bot.Person{
	{ID: "olga", Name: "Olga", Affiliation: bot.Home, Role: bot.Owner, Zone: "Europe/Berlin"},
	{ID: "otto", Name: "Otto", Affiliation: bot.Home, Role: bot.Owner},
	{ID: "sam", Name: "Sam", Affiliation: bot.Home},
	{ID: "robin", Name: "Robin", Affiliation: bot.Home, Role: bot.IT, Zone: "Not/AZone"},
	{ID: "gus", Affiliation: bot.Guest},
	{ID: "eve", Affiliation: bot.Foreign},
}

var places = []bot.Place{
	{Channel: "D1", Kind: bot.Direct},
	{Channel: "C1", Kind: bot.Channel, Thread: "1"},
	{Channel: "C2", Kind: bot.Shared},
	{},
}

var texts = []string{
	"", "who handles printers?", "I typed my password into a strange page", "quick-check", "no-such-pack", "quarterly",
	"every 3 weeks at 9", "backups", "AAAA-BBBB-CCCC", "\x00\u202e<!channel> *x* `y`", "whatever this may be", "help", "keep", "map", "mine", "assign printers", "introduce", "emergency", "teach", "someone stole my laptop", "my boss bullies me", "mein Telefon ist weg",
}

// values are what a hostile or hasty person sends in a form.
var values = []string{"", "9", "quarterly", "Europe/Berlin", "09:00", "+1 555 0100", "in two weeks", "Pat", "<!channel>", "\x00", "99:99"}

// picked are people and channels, good and bad ones.
var picked = []bot.Picked{
	{ID: "sam", Name: "Sam", Affiliation: bot.Home}, {ID: "olga", Name: "Olga", Affiliation: bot.Home}, {ID: "gus", Affiliation: bot.Guest},
	{ID: "C1", Room: bot.Room{Name: "#it-help", Kind: bot.Channel, People: 12}}, {ID: "C2", Room: bot.Room{Name: "#all"}}, {},
}

func world(tb testing.TB) *bottest.World {
	tb.Helper()
	lib := contenttest.Library(tb, content.Settings{Partner: content.Partner{Name: "Partner Ltd", Contact: "help@partner.example"}})
	m, err := match.New(lib)
	if err != nil {
		tb.Fatal(err)
	}
	return bottest.NewWorld(flows.All(lib, m, func(string) []string { return []string{"olga"} }), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
}

// act does one thing that somebody could do, chosen by two numbers.
func act(w *bottest.World, what, which int) error {
	e := bot.Event{From: speakers[which%len(speakers)], Place: places[which/7%len(places)], Inline: which%2 == 0}
	names := slices.Sorted(maps.Keys(w.Flows))
	switch what % 8 {
	case 0, 1, 2:
		if len(w.Buttons) == 0 {
			return nil
		}
		e.Kind = bot.Click
		e.Action = w.Buttons[len(w.Buttons)-1-which%min(len(w.Buttons), 12)].Action
		if what%8 == 0 { // mostly the owner, so that flows get somewhere
			e.From, e.Place = speakers[0], places[0]
		}
	case 3:
		if len(w.Buttons) == 0 {
			return nil
		}
		e.Kind, e.Action = bot.Click, w.Buttons[which%len(w.Buttons)].Action // long ago
	case 4:
		if len(w.Forms) == 0 {
			return nil
		}
		form := w.Forms[len(w.Forms)-1]
		e.Kind, e.Action, e.Values, e.Picked = bot.Submit, form.Action, map[string]string{}, map[string]bot.Picked{}
		for i, in := range form.Fields {
			e.Values[in.ID] = values[(which+i)%len(values)]
			if in.Pick != "" {
				e.Values[in.ID] = picked[(which+i)%len(picked)].ID
				e.Picked[in.ID] = picked[(which+i)%len(picked)]
			} else if len(in.Options) > 0 && which%3 > 0 {
				e.Values[in.ID] = in.Options[which%len(in.Options)].Value
			}
		}
	case 5:
		_, err := w.Fire()
		return err
	case 6:
		w.Now = w.Now.Add(time.Duration(which) * time.Hour)
		return nil
	default:
		e.Kind, e.Text = bot.Command, texts[which%len(texts)]
		e.From = speakers[which/3%len(speakers)]
		_, err := w.Do(names[which%len(names)], e)
		return err
	}
	_, err := w.Do(e.Action.Flow, e)
	return err
}

// No sequence of events makes a flow panic, fail, want too much, or leave a
// press without an answer; that holds for late buttons too.
func FuzzFlows(f *testing.F) {
	w := world(f)
	all := w.Flows
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 1))
		steps := make([]byte, 200)
		for i := range steps {
			steps[i] = byte(random.IntN(256))
		}
		f.Add(steps)
	}
	f.Fuzz(func(t *testing.T, steps []byte) {
		w := bottest.NewWorld(nil, time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
		w.Flows = all
		for i := 0; i+1 < min(len(steps), 600); i += 2 {
			if err := act(w, int(steps[i]), int(steps[i+1])); err != nil {
				t.Fatalf("step %d: %v", i/2, err)
			}
		}
	})
}

// From the menu, every button that can be reached is accepted by its flow,
// whoever presses it.
func TestEveryButtonThatIsShownIsAccepted(t *testing.T) {
	for _, who := range speakers {
		t.Run(who.ID, func(t *testing.T) {
			w := world(t)
			for flow := range w.Flows {
				if _, err := w.Do(flow, bot.Event{Kind: bot.Command, From: who, Place: places[0], Inline: true}); err != nil {
					t.Fatal(err)
				}
			}
			pressed, err := w.Explore(who, places[0], 3000)
			if err != nil {
				t.Fatal(err)
			}
			if pressed < 100 {
				t.Errorf("only %d buttons can be reached", pressed)
			}
		})
	}
}

// A flow that does other things where other companies may read along is not
// stepped while nobody knows whether they do.
func TestFlowsThatLookAtWhoReadsAlongSaySo(t *testing.T) {
	looks := regexp.MustCompile(`[Pp]lace\.Kind.*bot\.(Shared|Channel)`)
	for _, f := range world(t).Flows {
		files, err := filepath.Glob(f.Name + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %v", f.Name, files, err)
		}
		found := false
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			found = found || !strings.HasSuffix(name, "_test.go") && looks.Match(text)
		}
		if found != f.Placed {
			t.Errorf("%s looks at who reads along: %v, and says %v", f.Name, found, f.Placed)
		}
	}
}
