package schedule

import (
	"slices"
	"strings"
)

var ornament = strings.NewReplacer("a.m.", "am", "p.m.", "pm", "a.m", "am", "p.m", "pm", "o'clock", "oclock", "o’clock", "oclock",
	"’", "'", "'s", "s", ",", " ", ";", " ", "&", " and ", "@", " at ", "–", "-", "+", " and ")

// plain splits a text into small words without ornament.
func plain(text string) []string {
	var words []string
	for _, word := range strings.Fields(ornament.Replace(strings.ToLower(text))) {
		word = strings.Trim(word, ".!?\"'()")
		if known, ok := spellings[word]; ok {
			word = known
		}
		parts := strings.Split(word, "-")
		switch {
		case word == "" || slices.Contains(noise, word):
		case len(parts) == 2 && isWeekday(parts[0]) && isWeekday(parts[1]):
			words = append(words, parts[0], "to", parts[1])
		case !strings.ContainsAny(word, "0123456789"):
			words = append(words, strings.FieldsFunc(word, func(c rune) bool { return c == '-' })...)
		default:
			words = append(words, word)
		}
	}
	return words
}

// noise is what people add to what they mean.
var noise = []string{"please", "remind", "me", "us", "again", "always", "sharp", "thanks"}

// spellings are other ways to write a name.
var spellings = map[string]string{"sept": "sep", "tues": "tue", "weds": "wed", "thur": "thu", "thurs": "thu"}

// takeWeekend takes away what is said of weekends: that dates stay on them,
// or move although a Saturday or Sunday is named.
func takeWeekend(words []string) (rest []string, also, moved bool) {
	text := " " + strings.Join(words, " ") + " "
	for _, phrase := range []string{"also on weekends", "even on weekends", "including weekends", "weekends too", "weekends included", "weekend or not"} {
		if before, after, ok := strings.Cut(text, " "+phrase+" "); ok {
			text, also = before+" "+after, true
		}
	}
	if before, after, ok := strings.Cut(text, " every day of the week "); ok {
		text, also = before+" every day "+after, true
	}
	if before, after, ok := strings.Cut(text, " moved to the monday "); ok {
		text, moved = before+" "+after, true
	}
	return strings.Fields(text), also, moved
}
