package content

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"secadvisor/flows/score"
)

// Each of the four stands for one line of the source text, and its questions
// of the provider check follow that line too.
func TestTheInterviewAsksTheFourQuestions(t *testing.T) {
	lib, err := Load(Settings{})
	if err != nil {
		t.Fatal(err)
	}
	page, _ := lib.Page("ask-provider")
	copied := ""
	for _, b := range page.Blocks {
		copied += b.Copy
	}
	for i, topic := range lib.Interview.Topics {
		if topic.SourceLine != 69+i {
			t.Errorf("%s follows line %d, want %d", topic.ID, topic.SourceLine, 69+i)
		}
		if !strings.Contains(copied, topic.Ask) {
			t.Errorf("the page on what to ask the provider asks something else than %q", topic.Ask)
		}
		for _, id := range topic.Questions {
			if !slices.Contains(lib.Questions[id].SourceLines, topic.SourceLine) {
				t.Errorf("%s belongs to %s, and does not follow line %d", id, topic.ID, topic.SourceLine)
			}
		}
	}
}

// A verdict is made of the same topics and the same questions.
func TestTheVerdictJudgesTheTopicsOfTheInterview(t *testing.T) {
	lib, err := Load(Settings{})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 5, 12, 9, 0, 0, 0, time.UTC)
	pack, _ := lib.Pack(ProviderCheck)
	best := func(q Question, good bool) string {
		switch {
		case q.Kind == Choice && good:
			return q.Choices[0].ID
		case q.Kind == Date && good:
			return now.Format(time.DateOnly)
		case good:
			return score.Yes
		}
		return score.DontKnow
	}
	for _, topic := range lib.Interview.Topics {
		answers := map[string]score.Answer{}
		for _, q := range pack.Questions {
			answers[q.ID] = score.Answer{Value: best(lib.Questions[q.ID], slices.Contains(topic.Questions, q.ID)), At: now}
		}
		for _, judged := range score.Judge(lib.Scored(pack), answers, now, false).Topics {
			if want := map[bool]int{true: 100}[judged.ID == topic.ID]; judged.Score != want {
				t.Errorf("with good answers on %s alone, %s comes to %d, want %d", topic.ID, judged.ID, judged.Score, want)
			}
		}
	}
}

// The interview of an installation replaces ours; each mistake in it is named
// by file and line, with what to do.
func TestMistakesInAnInterviewAreNamedByFileAndLine(t *testing.T) {
	raw, err := os.ReadFile("interview.yaml")
	if err != nil {
		t.Fatal(err)
	}
	good := string(raw)
	if err := loadOver(t, map[string]string{"interview.yaml": strings.Replace(good, "Thank you for your time", "Many thanks", 1)}); err != nil {
		t.Errorf("a good interview: %v", err)
	}
	for _, m := range []struct{ old, new, want string }{
		{"id: breach\n", "id: breech\n", ": topics: these four, in this order: certifications, assessment, breach, currency"},
		{"source_line: 69", "source_line: 68", "topics[0].source_line: a number from 69 to 72"},
		{"who keeps them up?", "who keeps them up.", "topics[0].ask: write one question"},
		{"may we get to know them?", "may we get to know them.", "topics[0].follow_ups[0]: write one question"},
		{"      - May we read the report, or the list of what was found?\n      - What of it is closed by now, and what is still open?\n", "      []\n", "topics[1].follow_ups: one or two of these; there are 0"},
		{"That may well be true, and good work.", "That is negligent.", `topics[0].weak: say it without "negligent"`},
		{"      dated: It gives times", "      date: It gives times", "topics[2].ticks.dated: write a text here"},
		{"      dated: It gives times", "      seen: it\n      dated: It gives times", "topics[2].ticks: there are four"},
		{"[itp-current]", "[itp-currant]", `topics[3].questions[0]: "itp-currant" is not a question of it-provider-check`},
		{"[itp-current]", "[itp-cert]", `topics[3].questions[0]: "itp-cert" is there twice`},
		{"[itp-current]", "[]", "topics[3].questions: say which questions"},
		{"closing: >-", "clothing: >-", `unknown field "clothing"`},
	} {
		text := strings.Replace(good, m.old, m.new, 1)
		if text == good {
			t.Fatalf("%q is not in the interview", m.old)
		}
		err := loadOver(t, map[string]string{"interview.yaml": text})
		if err == nil || !strings.Contains(err.Error(), m.want) || !strings.Contains(err.Error(), "interview.yaml:") {
			t.Errorf("%q instead of %q: got %v, want %s", m.new, m.old, err, m.want)
		}
	}
}

// loadOver loads our content with these files of an installation over it.
func loadOver(t *testing.T, files map[string]string) error {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, err := Load(Settings{Folder: dir})
	return err
}
