package who_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/flows/content/contenttest"
	"secadvisor/flows/match"
)

func TestOnlyWhatMayBeMeantIsOffered(t *testing.T) {
	lib := contenttest.BuiltIn(t)
	m, err := match.New(lib)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("../match/testdata/questions.tsv")
	if err != nil {
		t.Fatal(err)
	}
	w := world(t, lib, "555 0100")
	left := 0
	for row := range strings.Lines(string(raw)) {
		_, says, _ := strings.Cut(strings.TrimSpace(row), "\t")
		found := m.Find(says)
		if found.Outcome != match.Choose {
			continue
		}
		v := ask(t, w, staff, says)
		for i, s := range found.Best {
			offered := slices.ContainsFunc(v.Actions(), func(b bot.Button) bool { return len(b.Action.Args) > 0 && b.Action.Arg(0) == s.Topic })
			if want := i == 0 || s.Score >= 0.02; offered != want {
				t.Errorf("%q: %s, likely by %.3f, is offered: %v", says, s.Topic, s.Score, offered)
			}
			if !offered {
				left++
			}
		}
	}
	if left == 0 {
		t.Error("every guess is likely: this test tests nothing")
	}
}
