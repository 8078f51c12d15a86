package remind

import (
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/prose"
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

// wrong is an error of package schedule, which is written for people.
func wrong(err error) string { return prose.Sentence(err.Error()) + "." }

// How much of a text is kept, in characters.
const (
	maxName = 80
	maxText = 100
	maxNote = 500
)

// named is how others read who somebody is.
func named(text string) string {
	if text = prose.Plain(text, maxName); text != "" {
		return text
	}
	return "somebody"
}

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
	if name := prose.Plain(r.Name, maxName); name != "" {
		return name
	}
	return "that channel"
}
