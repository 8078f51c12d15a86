package content

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The catalog is fixed: ids, sides, urgencies and scopes are those of
// testdata/topics.tsv.
func TestCatalogIsComplete(t *testing.T) {
	lib, err := Load(Settings{})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("testdata/topics.tsv")
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSpace(string(raw)), "\n")[1:]
	if len(lib.Topics) != len(rows) {
		t.Errorf("%d topics, want %d", len(lib.Topics), len(rows))
	}
	for _, row := range rows {
		want := strings.Split(row, "\t")
		topic, ok := lib.Topic(want[0])
		if !ok {
			t.Errorf("%s is missing", want[0])
			continue
		}
		got := []string{topic.ID, string(topic.Side), string(topic.Urgency), topic.Scope}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-list +file):\n%s", want[0], diff)
		}
	}
}

func TestTextsFollowTheCommandAndTheOperator(t *testing.T) {
	hostile := `x: "#' [`
	lib, err := Load(Settings{Command: hostile, Operator: hostile})
	if err != nil {
		t.Fatal(err)
	}
	for _, topic := range lib.Topics {
		for _, text := range append([]string{topic.What, topic.Why}, topic.Steps...) {
			if strings.Contains(text, "{command}") || strings.Contains(text, "{operator}") || strings.Contains(text, "/sec") {
				t.Errorf("%s says %q", topic.ID, text)
			}
		}
	}
}

const calm = `id: calm
title: A calm topic
side: it
urgency: normal
scope: what belongs here
what: What it is.
why: One reason. And another.
it_is_enough: Mostly.
bring_in_security: When it gets worse.
steps: [Do this.]
avoid: [Avoid that.]
related: [fire]
phrases: [calm please]
`

const fire = `id: fire
title: A topic that burns
side: security
urgency: emergency
scope: what belongs here
what: What it is.
why: Because.
it_is_enough: Never alone.
bring_in_security: At once.
steps: ["Phone {incident_contact}."]
phrases: [fire]
cases:
  - id: small
    button: It is small
    title: A small fire
    steps:
      - do: Phone them.
        source: Somebody who knows
        checked: 2026-01-31
    reassure: You did right to say it.
    already: [{said: I ran, do: Good.}]
    never: [Throw oil on it]
    signals: [smoke]
  - id: large
    button: It is large
    title: A large fire
    steps:
      - do: Leave.
        source: Somebody who knows
        checked: 2026-01-31
    reassure: You did right to say it.
    signals: [flames]
    reporting: [{country: GB, text: Phone 999., source: gov.uk, checked: 2026-01-31}]
`

func loadBoth(calm, fire string) error {
	lib := &Library{Settings: Settings{Command: "/sec", Operator: "Pat"}}
	return lib.loadTopics(fstest.MapFS{
		"topics/calm.yaml": {Data: []byte(calm)},
		"topics/fire.yaml": {Data: []byte(fire)},
	})
}

func TestAGoodCatalogLoads(t *testing.T) {
	if err := loadBoth(calm, fire); err != nil {
		t.Error(err)
	}
}

// Each mistake is one line of one of the two topics; the error must name that
// line and say what to do.
func TestMistakesAreNamedByFileAndLine(t *testing.T) {
	for _, m := range []struct{ old, new, want string }{
		{"side: it\n", "side: both of them\n", "topics/calm.yaml:3: side: choose it, both or security"},
		{"urgency: normal", "urgency: asap", "topics/calm.yaml:4: urgency: choose normal, soon or emergency"},
		{"title: A calm topic", "title: A calm topic\nbutton: A calm topic with more than a button", "topics/calm.yaml:3: button: \"A calm topic with more than a button\" has 36 characters, and a button room for 34"},
		{"title: A calm topic", "title: A calm topic whose title goes on for too long", "topics/calm.yaml:2: title: shorten this to 40 characters; it has 45"},
		{"What it is.", "Your settings are invalid.", `topics/calm.yaml:6: what: say it without "invalid"`},
		{"What it is.", "It makes you compliant.", `topics/calm.yaml:6: what: say it without "compliant"`},
		{"And another.", "And another. And a third.", "topics/calm.yaml:7: why: two sentences at most"},
		{"why: One", "wy: One", `topics/calm.yaml:7: unknown field "wy"`},
		{"why: One reason. And another.\n", "", "topics/calm.yaml:1: why: write a text here"},
		{"steps: [Do this.]", "steps: [a, b, c, d, e]", "topics/calm.yaml:10: steps: at most 4 of these; there are 5"},
		{"steps: [Do this.]", "steps: [a, '']", "topics/calm.yaml:10: steps[1]: write a text here"},
		{"steps: [Do this.]", "steps: ['Ask {someone}.']", `topics/calm.yaml:10: steps[0]: the placeholder at "{someone}." is not known`},
		{"related: [fire]", "related: [water]", `topics/calm.yaml:12: related[0]: "water" is not another topic`},
		{"related: [fire]", "related: [calm]", `topics/calm.yaml:12: related[0]: "calm" is not another topic`},
		{"phrases: [calm please]", "phrases: []", "topics/calm.yaml:13: phrases: write how people say it"},
		{"phrases: [calm please]", "phrases: [calm: please]", "topics/calm.yaml:13: "},
		{"phrases: [calm please]\n", "phrases: [calm please]\ncases: [{id: x}]\n", "topics/calm.yaml:14: cases: only emergencies have cases"},
		{"id: calm", "id: Calm", `topics/calm.yaml: id is "Calm", so the file must be named topics/Calm.yaml`},
		{"id: small", "id: Very Small", `topics/fire.yaml:13: cases[0].id: write the id in small letters`},
		{"id: small", "id: large", `topics/fire.yaml:24: cases[1].id: "large" is there twice`},
		{"button: It is small", "button: It is small but it may well grow", "topics/fire.yaml:14: cases[0].button: shorten this to 30 characters"},
		{"title: A small fire", "title: A fire that is small but that may very well grow soon", "topics/fire.yaml:15: cases[0].title: shorten this to 50 characters"},
		{"do: Phone them.", "do: Throw  oil on it!", `topics/fire.yaml:17: cases[0].steps[0].do: this case must never say "Throw oil on it"`},
		{"do: Good.", "do: Now throw oil on it.", `topics/fire.yaml:21: cases[0].already[0].do: this case must never say`},
		{"checked: 2026-01-31\n    reassure", "checked: yesterday\n    reassure", `topics/fire.yaml:19: cases[0].steps[0].checked: write the day`},
		{"        source: Somebody who knows\n", "", "topics/fire.yaml:17: cases[0].steps[0].source: say where this comes from"},
		{"country: GB", "country: Britain", "topics/fire.yaml:33: cases[1].reporting[0].country: name the country by its two capitals"},
		{"source: gov.uk, ", "", "topics/fire.yaml:33: cases[1].reporting[0].source: say where this comes from"},
		{"signals: [smoke]", "signals: []", "topics/fire.yaml:23: cases[0].signals: write what people say"},
	} {
		inCalm, inFire := strings.Replace(calm, m.old, m.new, 1), fire
		if inCalm == calm {
			inFire = strings.Replace(fire, m.old, m.new, 1)
		}
		if inCalm == calm && inFire == fire {
			t.Fatalf("%q is in neither topic", m.old)
		}
		if err := loadBoth(inCalm, inFire); err == nil || !strings.Contains(err.Error(), m.want) {
			t.Errorf("%q instead of %q: got %v, want %s", m.new, m.old, err, m.want)
		}
	}
}

// A title that is longer than a button is no mistake, and its end is not needed
// to know it by; of our own, every button is whole.
func TestALongTitleIsShortOnAButton(t *testing.T) {
	if err := loadBoth(strings.Replace(calm, "title: A calm topic", "title: A calm topic with more than a button", 1), fire); err != nil {
		t.Error(err)
	}
	for want, topic := range map[string]Topic{
		"A calm topic with more than a but…": {Title: "A calm topic with more than a button"},
		"A calm topic":                       {Title: "A calm topic with more than a button", Button: "A calm topic"},
		"Urgent: A calm topic":               {Title: "A calm topic", Urgency: Emergency},
		"Urgent: A calm topic with more th…": {Title: "A calm topic with more than a button", Urgency: Emergency},
	} {
		if got := topic.Label(); got != want {
			t.Errorf("a button says %q, want %q", got, want)
		}
	}
	lib, err := Load(Settings{})
	if err != nil {
		t.Fatal(err)
	}
	for _, topic := range lib.Topics {
		if strings.HasSuffix(topic.Label(), "…") {
			t.Errorf("topics/%s.yaml: %q does not fit on a button: write a shorter one as button", topic.ID, topic.Label())
		}
	}
}

func TestAnEmergencyNeedsTwoCases(t *testing.T) {
	one := fire[:strings.Index(fire, "  - id: large")]
	if err := loadBoth(calm, one); err == nil || !strings.Contains(err.Error(), "topics/fire.yaml:13: cases: an emergency has two cases or more") {
		t.Errorf("got %v", err)
	}
}

func TestEveryMistakeIsNamedAtOnce(t *testing.T) {
	err := loadBoth(strings.Replace(calm, "side: it", "side: x", 1), strings.Replace(fire, "signals: [flames]", "signals: []", 1))
	if err == nil || strings.Count(err.Error(), "\n") != 1 {
		t.Errorf("got %v, want two lines", err)
	}
}

func TestAdviceThatNobodyLookedAtForLongIsNamed(t *testing.T) {
	lib := &Library{Settings: Settings{Command: "/sec"}}
	err := lib.loadTopics(fstest.MapFS{"topics/fire.yaml": {Data: []byte(fire)}})
	if err != nil {
		t.Fatal(err)
	}
	checked := time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)
	for days, want := range map[int]int{0: 0, 180: 0, 181: 3} {
		if got := lib.Old(checked.AddDate(0, 0, days)); len(got) != want {
			t.Errorf("after %d days: %q, want %d", days, got, want)
		}
	}
}
