package main

import (
	"slices"
	"strings"
	"testing"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/cmd/secadvisor/config"
)

func TestTranscriptsInSlack(t *testing.T) {
	testStories(t, "slack", func(t *testing.T) (config.Config, func(string) theatre) {
		fake := fakeslack.Start(t, fakeslack.WithTimeScale(0.01))
		fake.AddUser(inSlack["partner"])
		fake.AddUser(inSlack["jo"])
		for who, id := range inSlack {
			fake.ChangeUser(id, func(u *fakeslack.User) { u.Name, u.RealName, u.TZ = castNames[who], castNames[who], "UTC" })
		}
		fake.AddChannel(leadership, func(c *fakeslack.Channel) { c.Name = "leadership" })
		fake.AddChannel(itHelp, func(c *fakeslack.Channel) { c.Name = "it-help" })
		c := config.Defaults()
		c.Slack.Mode, c.Slack.APIURL, c.Slack.Owners = "http", fake.APIURL(), []string{fakeslack.Owner}
		c.Slack.BotToken, c.Slack.SigningSecret = fakeslack.BotToken, fakeslack.SigningSecret
		return c, func(address string) theatre {
			fake.Connect(address)
			return &slackTheatre{t, fake, map[offer]fakeslack.Message{}}
		}
	})
}

var inSlack = map[string]string{"owner": fakeslack.Owner, "it": fakeslack.Admin, "staff": fakeslack.Staff, "guest": fakeslack.Guest, "partner": "U0KIM", "jo": "U0JO"}

const leadership, itHelp = "C0LEADERSHIP", "C0ITHELP"

var slackChannels = map[string]string{"leadership": leadership, "general": fakeslack.General, "it-help": itHelp, "partners": fakeslack.Shared}

// pageOf begins the id of the bot's page, which is published anew again and
// again.
const pageOf = "page/"

type slackTheatre struct {
	*testing.T
	slack  *fakeslack.Server
	offers map[offer]fakeslack.Message
}

func (s *slackTheatre) acked(d *fakeslack.Delivery) {
	s.Helper()
	if !d.Acked() || d.Problem() != "" {
		s.Fatalf("acknowledged %v, problem %q, %+v", d.Acked(), d.Problem(), d.Last())
	}
}

func (s *slackTheatre) say(who, channel, text string) {
	s.Helper()
	in := slackChannels[channel]
	if rest, command := cutCommand(text); command {
		s.acked(s.slack.Command(inSlack[who], in, "/sec", rest))
		return
	}
	if in != "" {
		s.acked(s.slack.Mention(inSlack[who], in, text))
		return
	}
	s.acked(s.slack.DMText(inSlack[who], text))
}

func (s *slackTheatre) home(who string) {
	s.Helper()
	s.acked(s.slack.HomeOpened(inSlack[who]))
}

func (s *slackTheatre) use(who, id, label string) {
	s.Helper()
	if id == pageOf+who {
		page, _ := s.slack.Home(inSlack[who])
		s.acked(s.slack.PressIn(inSlack[who], page, label))
		return
	}
	m := s.offers[offer{id, label}]
	if slices.Contains(m.Buttons(), label) {
		s.acked(s.slack.Press(inSlack[who], m, label))
		return
	}
	s.acked(s.slack.Select(inSlack[who], m, label))
}

func (s *slackTheatre) form(who string) (fields []field) {
	v, ok := s.slack.View(inSlack[who])
	if !ok {
		return nil
	}
	for _, c := range v.Inputs() {
		fields = append(fields, field{usual: c.Initial(), titles: c.Options, optional: c.Optional, why: v.Errors[c.Block]})
	}
	return fields
}

func (s *slackTheatre) leave(who string) {
	v, _ := s.slack.View(inSlack[who])
	s.slack.CloseForm(inSlack[who], v)
}

func (s *slackTheatre) fill(who string, values []string) {
	s.Helper()
	v, _ := s.slack.View(inSlack[who])
	filled := map[string]string{}
	for i, c := range v.Inputs() {
		filled[c.Block] = values[i]
		if c.Type == "users_select" && values[i] != "" {
			filled[c.Block] = inSlack[calledIn(values[i])]
		}
		if c.Type == "conversations_select" {
			filled[c.Block] = slackChannels[strings.TrimPrefix(values[i], "#")]
		}
	}
	s.acked(s.slack.SubmitForm(inSlack[who], v, filled))
}

func (s *slackTheatre) screens() (all []screened) {
	add := func(where string, who []string, messages []fakeslack.Message) {
		for _, m := range messages {
			id := m.Channel + "/" + m.TS + "/" + m.For
			text := m.Screen()
			sent := any(map[string]any{"channel": m.Channel, "text": m.Text, "blocks": m.Blocks})
			if len(m.Files) > 0 {
				sent = nil // Slack makes the message of a file itself
			}
			for _, f := range m.Files {
				file, _ := s.slack.File(f)
				text += "\n(file: " + file.Name + ")"
			}
			labels := append(m.Buttons(), m.Options()...)
			for _, label := range labels {
				s.offers[offer{id, label}] = m
			}
			all = append(all, screened{where, id, who, text, labels, sent})
		}
	}
	for _, who := range cast {
		id := inSlack[who]
		add("To "+castNames[who]+", in direct messages", []string{who}, s.slack.DM(id))
		add("For "+castNames[who]+" alone", []string{who}, s.slack.Ephemerals(id))
		if v, ok := s.slack.Home(id); ok {
			all = append(all, screened{"The bot's page, for " + castNames[who], pageOf + who, []string{who}, strings.TrimSpace(v.Screen()), v.Buttons(), v.Body})
		}
		if v, ok := s.slack.View(id); ok {
			all = append(all, screened{where: "A window for " + castNames[who], id: v.ID, who: []string{who}, text: v.Screen(), sent: v.Body})
		}
	}
	add("In #leadership, for everybody there", nil, s.slack.Messages(leadership))
	add("In #it-help, for everybody there", nil, s.slack.Messages(itHelp))
	return all
}
