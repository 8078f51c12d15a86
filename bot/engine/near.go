package engine

import (
	"slices"
	"unicode/utf8"
)

// near finds the one word that somebody meant who mistyped it, or "". Short
// words are left alone, as other words lie too close: "sites" is no "sides".
func near(typed string, words map[string]string) string {
	found, runes := "", []rune(typed)
	for w := range words {
		switch {
		case len(typed) > len(w)+utf8.UTFMax, !slip(runes, []rune(w)):
		case found != "":
			return ""
		default:
			found = w
		}
	}
	return found
}

// slip reports whether a word of six letters or more was typed with one letter
// missing, one too many, or two in the wrong order; from eight letters on, also
// with a wrong one: before, that makes "assets" of "assess".
func slip(typed, word []rune) bool {
	if len(word) < 6 {
		return false
	}
	same := 0
	for same < min(len(typed), len(word)) && typed[same] == word[same] {
		same++
	}
	rest, want := typed[same:], word[same:]
	switch len(typed) - len(word) {
	case 1:
		return slices.Equal(rest[1:], want)
	case -1:
		return slices.Equal(rest, want[1:])
	case 0:
		swapped := len(rest) > 1 && rest[0] == want[1] && rest[1] == want[0] && slices.Equal(rest[2:], want[2:])
		wrong := len(word) >= 8 && len(rest) > 0 && slices.Equal(rest[1:], want[1:])
		return swapped || wrong
	}
	return false
}
