package remind

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"secadvisor/bot"
)

// spelled is a time as a person reads it, with its zone.
func spelled(at time.Time, zone string) string {
	at = local(at, zone)
	return at.Format("Monday 2 January 2006, 15:04") + " (" + at.Location().String() + ")"
}

// day is a date of a year that may be another one.
func (t *turn) day(at time.Time, zone string) string {
	at, now := local(at, zone), local(t.now(), zone)
	if at.Year() == now.Year() {
		return at.Format("2 January")
	}
	return at.Format("2 January 2006")
}

// sentence is a text with a capital at its beginning.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// wrong is an error of package schedule, which is written for people.
func wrong(err error) string { return sentence(err.Error()) + "." }

// counted is a number of things: "1 question", "3 questions".
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// listed joins names as a person says them, the first most of them.
func listed(names []string, most int) string {
	if len(names) > most+1 {
		names = append(slices.Clone(names[:most]), fmt.Sprintf("%d more", len(names)-most))
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// label shortens what stands on a button: platforms take 75 characters.
func label(text string) string { return clip(text, 75) }

func clip(text string, most int) string {
	r := []rune(text)
	if len(r) <= most {
		return text
	}
	return strings.TrimSpace(string(r[:most-1])) + "…"
}

// plain is what somebody typed, as one line without anything that cannot be
// seen, so that it can stand in the middle of our own words.
func plain(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r) || r == utf8.RuneError:
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text)
	return clip(strings.Join(strings.Fields(text), " "), most)
}

// How much of a text is kept, in characters.
const (
	maxName = 80
	maxText = 100
	maxNote = 500
)

// named is how others read who somebody is.
func named(text string) string {
	if text = plain(text, maxName); text != "" {
		return text
	}
	return "somebody"
}

// quoted is what somebody wrote.
func quoted(name, note string) string { return sentence(name) + ": “" + note + "”" }

// cutLast cuts at the last slash.
func cutLast(name string) (before, after string, found bool) {
	i := strings.LastIndexByte(name, '/')
	if i < 0 {
		return name, "", false
	}
	return name[:i], name[i+1:], true
}

// roomName is what a channel is called.
func roomName(r bot.Room) string {
	if name := plain(r.Name, maxName); name != "" {
		return name
	}
	return "that channel"
}
