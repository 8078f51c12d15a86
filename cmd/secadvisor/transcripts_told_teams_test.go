package main

import (
	"net/url"
	"strings"
	"testing"

	"secadvisor/bot/bottest/faketeams"
	"secadvisor/cmd/secadvisor/config"
)

func TestTranscriptsInTeams(t *testing.T) {
	testStories(t, "teams", func(t *testing.T) (config.Config, func(string) theatre) {
		fake := faketeams.Start(t)
		var everybody []string
		for who, id := range inTeams {
			fake.Name(id, castNames[who])
			everybody = append(everybody, id)
		}
		fake.Join(faketeams.General, 500, everybody...)
		fake.Join(teamsHelp, 500, everybody...)
		c := config.Defaults()
		c.Teams = teamsAt(fake.MetadataURL(), fake.TokenURL())
		c.Teams.Address = "https://bot.example.com"
		c.Teams.Bots[0].Owners = []string{strings.ToLower(fake.Object(faketeams.Owner))}
		return c, func(address string) theatre {
			fake.Connect(address)
			return &teamsTheatre{t, fake, map[offer]faketeams.Card{}, map[string]bool{}}
		}
	})
}

var inTeams = map[string]string{"owner": faketeams.Owner, "it": "29:robin", "staff": faketeams.Staff, "guest": faketeams.Guest, "partner": "29:kim", "jo": "29:jo"}

const teamsHelp = "19:ithelp@thread.tacv2"

var teamsChannels = map[string]string{"leadership": faketeams.General, "general": faketeams.General, "it-help": teamsHelp, "partners": faketeams.Mixed}

// linkTo is what "Get link to channel" copies.
func linkTo(channel string) string {
	return "https://teams.microsoft.com/l/channel/" + url.PathEscape(teamsChannels[channel]) + "/" + url.PathEscape(channel) + "?groupId=5&tenantId=" + faketeams.Org
}

type teamsTheatre struct {
	*testing.T
	teams  *faketeams.Server
	offers map[offer]faketeams.Card
	left   map[string]bool // forms that nobody fills in any more
}

func (s *teamsTheatre) say(who, channel, text string) {
	s.Helper()
	if channel != "" {
		s.teams.Mention(inTeams[who], teamsChannels[channel], text)
		return
	}
	s.teams.Say(inTeams[who], text)
}

// home asks for the page: in Teams it is a message like others.
func (s *teamsTheatre) home(who string) { s.say(who, "", "home") }

func (s *teamsTheatre) use(who, id, label string) {
	s.Helper()
	s.teams.Use(inTeams[who], s.offers[offer{id, label}], label, nil)
}

// open is the form that somebody has before them.
func (s *teamsTheatre) open(who string) (form faketeams.Card, ok bool) {
	for _, c := range s.teams.Chat(inTeams[who]) {
		if len(c.Inputs()) > 0 && !s.left[c.ID()] {
			form, ok = c, true
		}
	}
	return form, ok
}

func (s *teamsTheatre) form(who string) (fields []field) {
	card, _ := s.open(who)
	for _, in := range card.Inputs() {
		f := field{usual: in.Value, titles: in.Titles, optional: !in.Required, why: in.Why}
		for i, v := range in.Values {
			if v == in.Value {
				f.usual = in.Titles[i]
			}
		}
		fields = append(fields, f)
	}
	return fields
}

func (s *teamsTheatre) leave(who string) {
	form, _ := s.open(who)
	s.left[form.ID()] = true
}

func (s *teamsTheatre) fill(who string, values []string) {
	s.Helper()
	card, _ := s.open(who)
	filled := map[string]string{}
	for i, in := range card.Inputs() {
		filled["field."+in.ID] = values[i]
		if in.ID == "channel" && values[i] != "" {
			filled["field."+in.ID] = linkTo(strings.TrimPrefix(values[i], "#"))
		}
		if in.Person && values[i] != "" {
			filled["field."+in.ID] = s.teams.Object(inTeams[calledIn(values[i])])
		}
		for j, title := range in.Titles {
			if title == values[i] {
				filled["field."+in.ID] = in.Values[j]
			}
		}
	}
	labels := card.Labels()
	s.teams.Use(inTeams[who], card, labels[len(labels)-1], filled)
}

func (s *teamsTheatre) screens() (all []screened) {
	add := func(where string, who []string, cards []faketeams.Card) {
		for _, c := range cards {
			for _, label := range c.Labels() {
				s.offers[offer{c.ID(), label}] = c
			}
			all = append(all, screened{where, c.ID(), who, c.Screen(), c.Labels(), c.Sent()})
		}
	}
	for _, who := range cast {
		add("To "+castNames[who]+", in their chat with the bot", []string{who}, s.teams.Chat(inTeams[who]))
	}
	add("In #leadership, for everybody there", nil, s.teams.In(faketeams.General))
	add("In #it-help, for everybody there", nil, s.teams.In(teamsHelp))
	return all
}

// cutCommand takes the command off a line that is one.
func cutCommand(text string) (rest string, is bool) {
	rest, is = strings.CutPrefix(text, "/sec")
	return strings.TrimSpace(rest), is
}
