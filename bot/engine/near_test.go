package engine

import "testing"

func TestAMistypedCommandIsUnderstood(t *testing.T) {
	words := map[string]string{"assess": "", "assign": "", "sides": "", "remind": "", "emergency": "", "emergencies": ""}
	for typed, want := range map[string]string{
		"asess":        "assess",
		"asssess":      "assess",
		"assses":       "assess",
		"assets":       "",
		"asisgn":       "assign",
		"sites":        "",
		"remnid":       "remind",
		"remin":        "remind",
		"eemergency":   "emergency",
		"emergancy":    "emergency",
		"emergncy":     "emergency",
		"emergncey":    "",
		"":             "",
		"é":            "",
		"who handles?": "",
	} {
		if got := near(typed, words); got != want {
			t.Errorf("%q is near %q, want %q", typed, got, want)
		}
	}
	if got := near("remin", map[string]string{"remind": "", "remine": ""}); got != "" {
		t.Errorf("a doubt between two words became %q", got)
	}
}
