// Package prose writes what flows say in the same way everywhere: numbers of
// things, days, lists of names, and texts that somebody typed. It changes how
// a text is written, never what it says.
package prose

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Sentence is a text with a capital at its beginning.
func Sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if first == utf8.RuneError {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// Count is a number of things: "1 gap", "3 gaps".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// And joins names as a person says them: "Robin, Kim and Sam".
func And(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// AndMore joins the first names, at most so many, and counts the others:
// "Robin, Kim and 7 more". One name more than that is written out: it takes
// no more room than "1 more".
func AndMore(names []string, most int) string {
	if len(names) > most+1 {
		names = append(slices.Clone(names[:most]), fmt.Sprintf("%d more", len(names)-most))
	}
	return And(names)
}

// Alike counts those of whom only the same is known, where the first of them
// stands: of "an owner", "Kim" and "an owner" it makes "2 owners" and "Kim".
func Alike(names []string, one, many string) []string {
	n := 0
	for _, name := range names {
		if name == one {
			n++
		}
	}
	at := slices.Index(names, one)
	if n < 2 {
		return names
	}
	rest := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == one })
	return slices.Insert(rest, at, Count(n, one, many))
}

// Day is a day in UTC: it is for days that are kept as such, and for stored
// times of which nobody asks the hour.
func Day(at time.Time) string { return at.UTC().Format("2 January 2006") }

// ShortDay is a day of the last twelve months, or the next, in UTC.
func ShortDay(at time.Time) string { return at.UTC().Format("2 January") }

// Quoted is what somebody wrote, on a line of its own. The name may have more
// with it: "Robin, 2 March 2026: “It is done.”"
func Quoted(name, note string) string { return Sentence(name) + ": “" + note + "”" }
