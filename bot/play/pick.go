package play

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"secadvisor/bot"
)

// members is how many people a channel of the terminal has.
const members = 12

// maxName bounds the name of a person or a channel.
const maxName = 60

// howToPick says how to type what an input lets choose.
func howToPick(p bot.Picker) string {
	if p == bot.PickChannel {
		return "Type a channel, such as #it-help."
	}
	return "Type a name, such as Robin, or Jo (partner); or a role: owner, it, staff."
}

// pick reads what was typed as a person or a channel and returns its id.
func (s *Session) pick(p bot.Picker, typed string) (id, wrong string) {
	if utf8.RuneCountInString(typed) > maxName {
		return "", "That is too long for a name. " + howToPick(p)
	}
	if p == bot.PickChannel {
		name := strings.TrimPrefix(typed, "#")
		if name == "" || strings.ContainsAny(name, " #:") || clean(name) != name {
			return "", "I can't read that as a channel. " + howToPick(p)
		}
		return "#" + name, ""
	}
	if id = s.named(strings.TrimSpace(strings.TrimPrefix(clean(typed), "@"))); id == "" {
		return "", "I can't read that as a name. " + howToPick(p)
	}
	return id, ""
}

// named finds the person that a name or a role means: "it", "Robin" and
// "Robin (it)" are the same one. Who spoke in this session is known by name;
// any other name is somebody of the staff.
func (s *Session) named(text string) (id string) {
	if r, is := roles[strings.ToLower(text)]; is {
		return strings.ToLower(text) + ":" + r.name
	}
	if name, rest, ok := strings.Cut(text, " ("); ok {
		role := strings.ToLower(strings.TrimSuffix(rest, ")"))
		if _, is := roles[role]; is {
			return person(role, name).ID
		}
	}
	for _, id := range s.spoken {
		if strings.EqualFold(NameOf(id), text) {
			return id
		}
	}
	for role, r := range roles {
		if strings.EqualFold(r.name, text) {
			return role + ":" + r.name
		}
	}
	if text == "" {
		return ""
	}
	return person("staff", text).ID
}

// remember keeps who spoke, the latest first.
func (s *Session) remember(id string) {
	s.spoken = slices.Insert(slices.DeleteFunc(s.spoken, func(known string) bool { return known == id }), 0, id)
}

// picked is what the terminal knows of an id that was picked.
func (s *Session) picked(p bot.Picker, id string) bot.Picked {
	if p == bot.PickChannel {
		room := s.room(id)
		return bot.Picked{ID: id, Name: room.Name, Room: room}
	}
	role, name, _ := strings.Cut(id, ":")
	return bot.Picked{ID: id, Name: name, Affiliation: roles[role].is}
}

// Room tells who can read a channel: twelve people of the company, unless it
// was entered as shared. See bot.Directory.
func (s *Session) Room(_ context.Context, _, channel, _ string) (bot.Room, error) {
	return s.room(channel), nil
}

func (s *Session) room(channel string) bot.Room {
	switch {
	case strings.HasPrefix(channel, "dm:"):
		return bot.Room{Kind: bot.Direct, People: 1}
	case !strings.HasPrefix(channel, "#"):
		return bot.Room{}
	case s.shared[channel]:
		return bot.Room{Name: channel, Kind: bot.Shared, People: members}
	}
	return bot.Room{Name: channel, Kind: bot.Channel, People: members}
}

// called is how a person reads the id of somebody or of a channel.
func called(id string) string {
	role, name, ok := strings.Cut(id, ":")
	if !ok {
		return id
	}
	return fmt.Sprintf("%s (%s)", name, role)
}
