package play

import (
	"strings"

	"secadvisor/bot"
)

// roles are who can speak in the terminal, with the name each has unless
// another is given.
var roles = map[string]struct {
	name string
	role bot.Role
	is   bot.Affiliation
}{
	"owner":   {"Alex", bot.Owner, bot.Home},
	"staff":   {"Sam", bot.Staff, bot.Home},
	"it":      {"Robin", bot.IT, bot.Home},
	"partner": {"Kim", bot.Partner, bot.Home},
	"guest":   {"Charlie", bot.Staff, bot.Guest},
}

// Owner is the owner of the terminal's company, whom a session begins as.
const Owner = "owner:Alex"

// cast are the roles in the order in which people meet them.
var cast = []string{"owner", "staff", "it", "partner", "guest"}

// Cast is one person of each role, the owner first.
func Cast() (people []bot.Person) {
	for _, role := range cast {
		people = append(people, person(role, ""))
	}
	return people
}

// RoleWord is the word for the role that stands in a person's id.
func RoleWord(id string) string {
	role, _, _ := strings.Cut(id, ":")
	return role
}

// person is somebody with a role. The id says both, so that the same words
// always mean the same person.
func person(role, name string) bot.Person {
	r := roles[role]
	if name == "" {
		name = r.name
	}
	return bot.Person{ID: role + ":" + name, Name: name, Affiliation: r.is, Zone: "UTC"}
}

// RoleOf is the role that a person of the terminal has. It serves as the
// engine's Roles.
func RoleOf(_, id string) bot.Role {
	role, _, _ := strings.Cut(id, ":")
	return roles[role].role
}

// NameOf is the name that stands in a person's id.
func NameOf(id string) string {
	_, name, _ := strings.Cut(id, ":")
	return name
}

// Direct is the place where a person and the bot are alone.
func Direct(id string) bot.Place {
	return bot.Place{Channel: "dm:" + id, Kind: bot.Direct}
}

// where is what stands before a line: who speaks, and in which channel.
func (s *Session) where() string {
	role, name, _ := strings.Cut(s.speaker.ID, ":")
	who := role
	if name != roles[role].name {
		who = name + " (" + role + ")"
	}
	if s.place.Kind != bot.Direct {
		who += " in " + s.place.Channel
	}
	return who
}
