package web

import (
	"context"
	"strings"

	"secadvisor/bot"
	"secadvisor/bot/play"
)

// room is a channel of the company.
type room struct {
	id     string // "#general"
	kind   bot.PlaceKind
	people int
	guests bool // guests read it, too
	about  string
}

var rooms = []room{
	{"#general", bot.Channel, 14, true, "Everybody here reads along"},
	{"#it-help", bot.Channel, 14, false, "Where people ask IT"},
	{"#leadership", bot.Channel, 3, false, "The owner and two more"},
	{"#with-our-bank", bot.Shared, 9, false, "People of another company read it, too"},
}

// Two places that everybody has for themselves.
const (
	dm   = "dm"   // direct messages with the advisor
	home = "home" // the advisor's own page
)

// place is where somebody is, from what stands in an address: their direct
// messages where it is no place.
func place(who bot.Person, at string) bot.Place {
	for _, r := range roomsOf(who) {
		if r.id == at {
			return bot.Place{Channel: r.id, Kind: r.kind}
		}
	}
	return play.Direct(who.ID)
}

// roomsOf are the channels that somebody can enter.
func roomsOf(who bot.Person) (open []room) {
	for _, r := range rooms {
		if r.guests || who.Affiliation == bot.Home {
			open = append(open, r)
		}
	}
	return open
}

// personOf finds who an id means: the owner where it is nobody's.
func personOf(id string) (who bot.Person, known bool) {
	people := play.Cast()
	for _, p := range people {
		if p.ID == id {
			return p, true
		}
	}
	return people[0], false
}

// Room tells who can read a channel. See bot.Directory.
func (c *Company) Room(_ context.Context, _, channel string) (bot.Room, error) {
	if strings.HasPrefix(channel, "dm:") {
		return bot.Room{Kind: bot.Direct, People: 1}, nil
	}
	for _, r := range rooms {
		if r.id == channel {
			return bot.Room{Name: r.id, Kind: r.kind, People: r.people}, nil
		}
	}
	return bot.Room{}, nil
}
