// Package setup asks for what the server needs, tries each answer at once, and
// writes the configuration.
package setup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"secadvisor/bot/slack"
	"secadvisor/cmd/secadvisor/config"
	app "secadvisor/deploy/slack"
)

// Command is "secadvisor setup".
type Command struct {
	Config   string `help:"Where the configuration goes; the secrets go beside it, into secrets.env." default:"secadvisor.yaml" placeholder:"FILE"`
	Manifest bool   `help:"Print the manifest of the Slack app, which is pasted at api.slack.com/apps, and nothing else."`
	Address  string `help:"With --manifest: of an app that many companies install, reached at this address." placeholder:"URL"`
}

// Help tells how it goes.
func (Command) Help() string {
	return "Asks for what the server needs, says where each value is found, and checks it at once: its form, and with Slack or " +
		"Microsoft if they can be reached. Writes the configuration and, apart from it, a file of secrets that you alone can read. " +
		"Nothing is written before the last answer, and nothing is replaced unasked. Answers can come from a pipe, one a line."
}

func (c Command) Run(ctx context.Context) error {
	if c.Manifest && c.Address != "" {
		o := checkRoot(ctx, c.Address)
		if o.refused != "" {
			return errors.New("--address: " + o.refused)
		}
		fmt.Print(app.Hosted(o.value))
		return nil
	}
	if c.Manifest {
		fmt.Print(app.Manifest())
		return nil
	}
	base, err := config.Load("")
	if err != nil {
		return err
	}
	s := &conversation{in: os.Stdin, out: os.Stdout, terminal: terminalOf(os.Stdin), path: c.Config, config: base, program: program(), now: time.Now}
	return s.run(ctx)
}

// program is how the commands that come next are typed.
func program() string {
	if strings.Contains(os.Args[0], "go-build") {
		return "go run ./cmd/secadvisor"
	}
	return os.Args[0]
}

// conversation is one with whoever installs the server.
type conversation struct {
	in       io.Reader
	out      io.Writer
	terminal int    // its number, -1 if the answers come from elsewhere
	path     string // of the configuration
	program  string
	now      func() time.Time

	config    config.Config      // what was answered so far
	installed slack.Installation // what Slack said of the bot token, if it did
	zone      string             // of an owner, as a suggestion
	unsealed  bool               // what is stored already is not sealed
}

// checkWithin is how long one answer is checked.
const checkWithin = 8 * time.Second

func (s *conversation) run(ctx context.Context) error {
	s.say("I ask about a dozen things, say where each is found, and check it at once.\n" +
		"An empty answer takes what stands in [brackets]. Nothing is written before the\n" +
		"end; Ctrl-C stops.")
	s.forget()
	replace, err := s.mayWrite(ctx)
	if err != nil {
		return err
	}
	platform, err := s.answer(ctx, prompt{
		about: "Where do people talk? Slack needs an app that you make in five minutes and no\n" +
			"public address. Teams needs an Azure Bot and an address with https.",
		ask: "slack, teams or both", standard: "slack", check: oneOf("slack", "teams", "both"),
	})
	if err != nil {
		return err
	}
	steps := []func(context.Context) error{s.askStorage, s.askKeys, s.askCountry, s.askZone, s.askNumber}
	if platform != "slack" {
		steps = append([]func(context.Context) error{s.askTeams}, steps...)
	}
	if platform != "teams" {
		steps = append([]func(context.Context) error{s.askSlack}, steps...)
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := s.write(replace); err != nil {
		return err
	}
	s.next(platform)
	return nil
}

// forget leaves out what the environment holds of all that is asked: it would
// be written down unasked.
func (s *conversation) forget() {
	c := &s.config
	c.Slack.BotToken, c.Slack.AppToken, c.Slack.SigningSecret, c.Slack.Owners = "", "", "", nil
	c.Slack.ClientID, c.Slack.ClientSecret, c.Slack.AppID, c.Slack.Address = "", "", "", ""
	c.Teams.Bots, c.Teams.Address, c.Urgent, c.Keys = nil, "", config.Urgent{}, config.Keys{}
}

// oneOf takes one of some words, also by its first letter.
func oneOf(words ...string) func(context.Context, string) opinion {
	return func(_ context.Context, text string) opinion {
		for _, w := range words {
			if text = strings.ToLower(text); text == w || text == w[:1] {
				return take(w)
			}
		}
		return no("Please answer " + strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1] + ".")
	}
}

// next says what to do now.
func (s *conversation) next(platform string) {
	with := " --config " + s.path
	s.say("\nWritten: " + s.path + ", and " + s.secretsPath() + " with the secrets: keep that one to yourself.")
	s.say("\nEverything is sealed (encrypted) under a master key, which stands in that file as\n" +
		"SECADVISOR_KEYS_MASTER. Whoever loses it loses all data. Copy it now to where you\n" +
		"keep passwords, and never beside the backups: a backup alone is then of no use to\na thief.\n\nNext:\n")
	if s.unsealed {
		s.say("  " + s.program + " keys rotate --plain" + with + "   # seals what is there already; stop the server for it")
	}
	s.say("  " + s.program + " doctor" + with + "   # checks it all once more")
	if platform != "slack" {
		s.say("  " + s.program + " teams package" + with + " --website https://YOUR-COMPANY   # the app to upload in Teams")
	}
	s.say("  " + s.program + " serve" + with)
	if platform != "slack" {
		endpoint := "https://YOUR-ADDRESS"
		if s.config.Teams.Address != "" {
			endpoint = s.config.Teams.Address
		}
		s.say("\nIn the Azure portal, under Configuration of the bot, the messaging endpoint is\n" + strings.TrimSuffix(endpoint, "/") + "/api/messages.")
	}
	if s.config.Slack.Many() {
		s.say("\nCompanies install it at " + s.config.Slack.Address + "/slack/install. Whoever does so is handed\na code, with which the owner of that company claims it.")
	}
	if !s.owned(platform) {
		s.say("\nserve prints a code. The owner of the company types " + s.config.Command + " claim CODE to the\nbot: from then on that person, and nobody by rank, can run assessments.")
	}
	if s.config.Urgent.Phone == "" {
		s.say("\nNobody is saved yet to phone in an emergency: the owner types " + s.config.Command + " emergency.")
	}
}

// owned reports whether every company has an owner already.
func (s *conversation) owned(platform string) bool {
	slack := platform == "teams" || len(s.config.Slack.Owners) > 0 || s.config.Slack.Many()
	teams := platform == "slack" || len(s.config.Teams.Bots) > 0 && len(s.config.Teams.Bots[0].Owners) > 0
	return slack && teams
}
