package content

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheMeaningOfAWordIsFoundHoweverItIsAsked(t *testing.T) {
	lib, err := Load(Settings{})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"what does mfa mean":                        "A second sign-in step (MFA)",
		"What's MFA?":                               "A second sign-in step (MFA)",
		"sorry, but what is two-factor?":            "A second sign-in step (MFA)",
		"what does DMARC stand for":                 "DMARC",
		"phishing meaning":                          "Phishing",
		"I don't know what ransomware is":           "Ransomware",
		"what exactly is a pen test, please":        "Penetration test",
		"So what is the “3-2-1” rule?":              "3-2-1 rule",
		"define zero-trust":                         "Zero trust",
		"what do you mean by least privilege":       "Least privilege",
		"mfa":                                       "",
		"what is":                                   "",
		"what is this virus":                        "", // it may be happening
		"what is phishing, I think I clicked on it": "",
		"what is the firewall password":             "",
		"what does the printer mean":                "",
		"explain":                                   "",
		"":                                          "",
		"what is a " + strings.Repeat("very ", 400): "",
		"mean":                      "",
		"meaning of meaning":        "",
		"ransomware":                "",
		"ransomware!! what do i do": "",
		"what is happening, ransomware on my screen?": "",
	} {
		if got, ok := lib.Defined(text); ok != (want != "") || ok && got.Says[0] != want {
			t.Errorf("%.60q: got %q, want %q", text, got.Says, want)
		}
	}
}

// Whatever people describe is answered as what happened, never as a question
// about a word: of all that the phrases and the recorded questions say, those
// that ask for a meaning are read here.
func TestNothingThatHappenedIsAQuestionAboutAWord(t *testing.T) {
	lib, err := Load(Settings{})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, topic := range lib.Topics {
		if topic.Urgency == Emergency {
			all = append(all, lib.Phrases(topic.ID)...)
		}
	}
	raw, err := os.ReadFile("../match/testdata/questions.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range strings.Split(string(raw), "\n") {
		_, says, _ := strings.Cut(row, "\t")
		all = append(all, says)
	}
	for _, says := range all {
		if w, ok := lib.Defined(says); ok {
			t.Errorf("%q is told what %s means", says, w.Says[0])
		}
	}
	if len(all) < 2000 {
		t.Errorf("only %d texts were tried", len(all))
	}
}

func TestMistakesInWordsAreNamedByFileAndLine(t *testing.T) {
	const good = "words:\n  - says: [The beast, beast]\n    means: Our big printer.\n    topic: printer-scanner\n  - says: [The nest]\n    means: The room with the servers.\n    topic: server-upkeep\n"
	if err := loadOver(t, map[string]string{"words.yaml": good}); err != nil {
		t.Errorf("good words: %v", err)
	}
	for _, m := range []struct{ old, new, want string }{
		{"[The nest]", "[]", ":5: words[1].says: write the word, and other ways to write it"},
		{"[The nest]", "[BEAST!]", `:5: words[1].says: "BEAST!" is explained already, as The beast`},
		{"means: The room with the servers.", "means: \"\"", ":6: words[1].means: write a text here"},
		{"topic: server-upkeep", "topic: server", `:7: words[1].topic: there is no topic "server"`},
		{"means: Our", "meant: Our", `unknown field "meant"`},
	} {
		text := strings.Replace(good, m.old, m.new, 1)
		if text == good {
			t.Fatalf("%q is not in the words", m.old)
		}
		err := loadOver(t, map[string]string{"words.yaml": text})
		if err == nil || !strings.Contains(err.Error(), m.want) || !strings.Contains(err.Error(), string(filepath.Separator)+"words.yaml:") {
			t.Errorf("%q instead of %q: got %v, want %s", m.new, m.old, err, m.want)
		}
	}
}
