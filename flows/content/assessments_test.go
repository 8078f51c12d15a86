package content

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// Weights, knock-outs, references and who fixes a gap are those of
// testdata/outline.tsv, for every pack that stands.
func TestPacksFollowTheOutline(t *testing.T) {
	lib, err := Load(Settings{})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("testdata/outline.tsv")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, row := range strings.Split(strings.TrimSpace(string(raw)), "\n")[1:] {
		cells := strings.Split(row, "\t")
		want[cells[0]] += strings.Join(append(cells[1:3:3], cells[4:]...), "\t") + "\n" // without our own word for the subject
	}
	for _, p := range lib.Packs {
		got := ""
		for i, pq := range p.Questions {
			got += outlined(i+1, pq, lib.Questions[pq.ID]) + "\n"
		}
		if diff := cmp.Diff(want[p.ID], got); diff != "" {
			t.Errorf("%s (-outline +files):\n%s", p.ID, diff)
		}
	}
	var packs []string
	for _, p := range lib.Packs {
		packs = append(packs, p.ID)
	}
	if diff := cmp.Diff([]string{"quick-check", "it-provider-check", "quarterly-essentials", "insurance-readiness", "incident-readiness"}, packs); diff != "" {
		t.Errorf("packs, in the order of lists (-want +got):\n%s", diff)
	}
}

// Sums of weights, and which pack is strict, decide every score.
func TestPacksAreAsHeavyAsTheyShouldBe(t *testing.T) {
	lib, err := Load(Settings{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		id        string
		questions int
		weight    int
		strict    bool
	}{
		{"quick-check", 10, 46, false},
		{"it-provider-check", 12, 44, false},
		{"quarterly-essentials", 25, 103, false},
		{"insurance-readiness", 18, 80, true},
		{"incident-readiness", 12, 47, false},
	} {
		p, _ := lib.Pack(want.id)
		sum := 0
		for _, q := range p.Questions {
			sum += q.Weight
		}
		if len(p.Questions) != want.questions || sum != want.weight || p.Strict != want.strict {
			t.Errorf("%s: %d questions that weigh %d, strict %t; want %+v", want.id, len(p.Questions), sum, p.Strict, want)
		}
	}
}

// outlined is a question as the outline has it.
func outlined(position int, pq PackQuestion, q Question) string {
	yes := map[bool]string{true: "yes", false: "no"}
	return strings.Join([]string{
		strconv.Itoa(position), q.ID, strings.Join(q.References, " "), strconv.Itoa(pq.Weight), yes[pq.KnockOut], string(q.FixedBy),
		strings.Trim(fmt.Sprint(q.SourceLines), "[]"), string(q.Kind), strconv.Itoa(pq.StalenessDays), string(q.Domain), strconv.Itoa(q.Effort), yes[q.ManagementDecides],
	}, "\t")
}

const goodQuestion = `id: door
revision: 1
kind: choice
choices:
  - {id: locked, label: It is locked, credit: 100}
  - {id: open, label: It is open, credit: 0}
not_applicable: We have no door
domain: devices
ask: Is the door locked?
yes_means: All doors.
why: One reason. And another.
find_out: Try the handle.
ask_whom: whoever has the key
fix:
  title: a lock
  steps: [it: Buy one.]
fixed_by: it
source_lines: [18]
effort: 1
references: ["CSF2:PR.AA-06"]
`

const goodPack = `id: house
title: House check
about: One question.
minutes: 1
questions:
  - {id: door, weight: 5, staleness_days: 90}
not_asked: [the windows]
`

func loadHouse(question, pack string) error {
	lib := &Library{Settings: Settings{Command: "/sec"}}
	return lib.loadAssessments(fstest.MapFS{
		"assessments/questions/door.yaml": {Data: []byte(question)},
		"assessments/house.yaml":          {Data: []byte(pack)},
	})
}

func TestAGoodAssessmentLoads(t *testing.T) {
	if err := loadHouse(goodQuestion, goodPack); err != nil {
		t.Error(err)
	}
}

// Each mistake is one line; the error must name it and say what to do.
func TestMistakesInAssessmentsAreNamedByFileAndLine(t *testing.T) {
	const q, p = "assessments/questions/door.yaml:", "assessments/house.yaml:"
	for _, m := range []struct{ old, new, want string }{
		{"id: door\nrev", "id: gate\nrev", `door.yaml: id is "gate", so the file must be named assessments/questions/gate.yaml`},
		{"id: house", "id: hut", `house.yaml: id is "hut", so the file must be named assessments/hut.yaml`},
		{"revision: 1", "revision: 0", q + "2: revision: a number from 1 to 1000"},
		{"kind: choice", "kind: colour", q + "3: kind: choose yes-partly-no, date or choice"},
		{"kind: choice", "kind: date", q + "5: choices: only a question of kind choice has these"},
		{"  - {id: open, label: It is open, credit: 0}\n", "", q + "5: choices: two to five of these; there are 1"},
		{"credit: 100", "credit: 99", q + "5: choices[0].credit: choose 0, 50 or 100"},
		{"id: open,", "id: locked,", q + `6: choices[1].id: "locked" is another answer's id`},
		{"id: open,", "id: dont-know,", q + `6: choices[1].id: "dont-know" is another answer's id`},
		{"label: It is open", "label: ''", q + "6: choices[1].label: write a text here"},
		{"We have no door", "We have no door, and never had one, and we do not want one either", q + "7: not_applicable: shorten this to 60"},
		{"domain: devices", "domain: doors", q + "8: domain: choose accounts, devices"},
		{"locked?", "locked.", q + "9: ask: write one question"},
		{"All doors.", "You are compliant.", q + `10: yes_means: say it without "compliant"`},
		{"And another.", "And another. And more.", q + "11: why: two sentences at most"},
		{"title: a lock", "title: A lock", q + "15: fix.title: begin it small"},
		{"steps: [it: Buy one.]", "steps: []", q + "16: fix.steps: say how a gap is closed"},
		{"[it: Buy one.]", "[Buy one.]", q + "16: "},
		{"[it: Buy one.]", "[us: Buy one.]", q + "16: fix.steps[0]: begin the step with who does it"},
		{"[it: Buy one.]", "[{it: Buy one., owner: Pay.}]", q + "16: fix.steps[0]: begin the step with who does it, and one of these only"},
		{"[it: Buy one.]", "[it: '']", q + "16: fix.steps[0]: write a text here"},
		{"[it: Buy one.]", "[owner: Buy one.]", q + "16: fix.steps: IT support has a part in this"},
		{"[it: Buy one.]", "[it: Buy one., security: Choose it.]", q + "16: fix.steps[1]: IT support fixes this: leave security out"},
		{"fixed_by: it", "fixed_by: both", q + "16: fix.steps: security has a part in this"},
		{"fixed_by: it", "fixed_by: security", q + "16: fix.steps[0]: security fixes this, so IT only hands over"},
		{"fixed_by: it", "fixed_by: us", q + "17: fixed_by: choose it, both or security"},
		{"source_lines: [18]\n", "", q + "1: source_lines: say which lines"},
		{"effort: 1", "effort: 4", q + "19: effort: a number from 1 to 3; it is 4"},
		{"CSF2:PR.AA-06", "CSF:PR.AA-06", q + "20: references[0]: write framework with version"},
		{"CSF2:PR.AA-06", "CPG1:2.F", q + "20: references[0]: write framework with version"},
		{"weight: 5", "weight: 6", p + "6: questions[0].weight: a number from 1 to 5; it is 6"},
		{"staleness_days: 90", "staleness_days: 9", p + "6: questions[0].staleness_days: a number from 30 to 730"},
		{"{id: door, weight", "{id: window, weight", p + `6: questions[0].id: "window" is not in the bank of questions`},
		{"not_asked: [the", "  - {id: door, weight: 1, staleness_days: 90}\nnot_asked: [the", p + `7: questions[1].id: "door" is there twice`},
		{"not_asked: [the windows]", "not_asked: []", p + "7: not_asked: say what it does not look at"},
		{"minutes: 1", "minutes: 1\nplace: -1", p + "5: place: a number from 0 to 100"},
		{"minutes: 1", "minutes: 1\nask_first: [data, weather]", p + `5: ask_first[1]: write trade or data; it is "weather"`},
		{"minutes: 1", "minute: 1", p + `4: unknown field "minute"`},
	} {
		question, pack := strings.Replace(goodQuestion, m.old, m.new, 1), goodPack
		if question == goodQuestion {
			pack = strings.Replace(goodPack, m.old, m.new, 1)
		}
		if question == goodQuestion && pack == goodPack {
			t.Fatalf("%q is in neither file", m.old)
		}
		if err := loadHouse(question, pack); err == nil || !strings.Contains(err.Error(), m.want) {
			t.Errorf("%q instead of %q: got %v, want %s", m.new, m.old, err, m.want)
		}
	}
}

// A folder of an installation adds questions and packs, and packs may mix
// its questions with ours.
func TestAPackIsMeantByAPartOfItsName(t *testing.T) {
	lib, err := Load(Settings{})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Insurance":              "insurance-readiness",
		"quarterly":              "quarterly-essentials",
		"  IT provider ":         "it-provider-check",
		"check it provider":      "it-provider-check",
		"Quarterly   essentials": "quarterly-essentials",
		"readiness":              "readiness", // two have it
		"no such thing":          "no-such-thing",
		"":                       "",
	} {
		if got := lib.Meant(text); got != want {
			t.Errorf("%q means %q, want %q", text, got, want)
		}
	}
}

func TestAnInstallationAddsPacks(t *testing.T) {
	mixed := strings.Replace(goodPack, "not_asked: [the", "  - {id: data-backup, weight: 3, staleness_days: 90}\nnot_asked: [the", 1)
	if err := loadOver(t, map[string]string{"assessments/questions/door.yaml": goodQuestion, "assessments/house.yaml": mixed}); err != nil {
		t.Error(err)
	}
	broken := strings.Replace(mixed, "id: door, weight: 5", "id: door, weight: 9", 1)
	err := loadOver(t, map[string]string{"assessments/questions/door.yaml": goodQuestion, "assessments/house.yaml": broken})
	if err == nil || !strings.Contains(err.Error(), "/assessments/house.yaml:6: questions[0].weight: a number from 1 to 5; it is 9") {
		t.Errorf("a broken pack: %v", err)
	}
	for _, name := range []string{"assessments/questions/acc-leavers.yaml", "assessments/it-provider-check.yaml"} {
		err := loadOver(t, map[string]string{name: "id: [\n"})
		if err == nil || !strings.Contains(err.Error(), "/"+name+":1: ") || strings.Contains(err.Error(), "\n") {
			t.Errorf("a file that cannot be read: want one line that names it, got %v", err)
		}
	}
}

// An installation that words one of our questions anew, so that it means
// something else, must give it a higher revision.
func TestARewordedQuestionNeedsAHigherRevision(t *testing.T) {
	const name = "assessments/questions/acc-leavers.yaml"
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	reworded := strings.Replace(string(raw), "on the last day?", "within a week?", 1)
	for text, want := range map[string]string{
		string(raw): "",
		strings.Replace(string(raw), "Forgotten accounts are", "An old account is", 1): "",
		reworded: "/" + name + ":2: revision: this no longer means what the built-in question means, so write 2 or more",
		strings.Replace(reworded, "revision: 1", "revision: 2", 1): "",
	} {
		err := loadOver(t, map[string]string{name: text})
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}
