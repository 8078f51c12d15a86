package setup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml"

	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/refused"
)

// secretsName is the file of secrets, beside the configuration.
const secretsName = "secrets.env"

func (s *conversation) secretsPath() string { return filepath.Join(filepath.Dir(s.path), secretsName) }

// mayWrite looks at the place, and asks before anything there is replaced.
func (s *conversation) mayWrite(ctx context.Context) (replace bool, err error) {
	folder := filepath.Dir(s.path)
	probe, err := os.MkdirTemp(folder, ".secadvisor-setup-")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, fmt.Errorf("there is no folder %s: make it first, or name another place with --config", folder)
	case err != nil:
		return false, fmt.Errorf("nothing can be written in %s: %s", folder, refused.Cause(err))
	}
	if err := os.Remove(probe); err != nil {
		return false, fmt.Errorf("tidy up: %w", err)
	}
	there := present(s.path, s.secretsPath())
	if there == nil {
		return false, nil
	}
	word, err := s.answer(ctx, prompt{
		about: "There is a " + strings.Join(there, " and a ") + " already. Shall I replace what is there at the end?\n" +
			"It is kept under another name. To change one value, no: edit the file instead.",
		ask: "yes or no", standard: "no", check: oneOf("yes", "no"),
	})
	if err == nil && word == "no" {
		err = errors.New("nothing was changed: to make a second configuration, name it with --config")
	}
	return true, err
}

func present(paths ...string) (there []string) {
	for _, path := range paths {
		if _, err := os.Lstat(path); err == nil {
			there = append(there, path)
		}
	}
	return there
}

// write writes both files, or neither: they are made and read in a folder of
// their own first.
func (s *conversation) write(replace bool) error {
	stage, err := os.MkdirTemp(filepath.Dir(s.path), ".secadvisor-setup-")
	if err != nil {
		return fmt.Errorf("write the configuration: %w", err)
	}
	defer os.RemoveAll(stage)
	settings, err := s.settings()
	if err != nil {
		return fmt.Errorf("write the configuration: %w", err)
	}
	secrets := filepath.Join(stage, secretsName)
	configuration := filepath.Join(stage, filepath.Base(s.path))
	if err := errors.Join(
		os.WriteFile(secrets, []byte(s.secretLines()), 0o600),
		os.WriteFile(configuration, settings, 0o644),
	); err != nil {
		return fmt.Errorf("write the configuration: %w", err)
	}
	if _, err := config.Load(configuration); err != nil {
		return fmt.Errorf("what was answered makes no configuration, so nothing was written: %w", err)
	}
	return s.place(replace, []move{{secrets, s.secretsPath()}, {configuration, s.path}})
}

type move struct{ from, to string }

// place moves the files to where they belong. What is there is kept; if one
// cannot be moved, the others go back.
func (s *conversation) place(replace bool, moves []move) error {
	var undo []move
	back := func(err error) error {
		for i := len(undo) - 1; i >= 0; i-- {
			err = errors.Join(err, os.Rename(undo[i].to, undo[i].from))
		}
		return fmt.Errorf("nothing was written: %w", err)
	}
	rename := func(from, to string) error {
		if len(present(to)) > 0 {
			return fmt.Errorf("%s has come into being meanwhile", to)
		}
		if err := os.Rename(from, to); err != nil {
			return err
		}
		undo = append(undo, move{from, to})
		return nil
	}
	for _, m := range moves {
		if replace && len(present(m.to)) > 0 {
			old := m.to + s.now().Format(".20060102-150405")
			if err := rename(m.to, old); err != nil {
				return back(err)
			}
			s.say("What was in " + m.to + " is in " + old + " now.")
		}
		if err := rename(m.from, m.to); err != nil {
			return back(err)
		}
	}
	return nil
}

// settingsFile is what setup writes of the configuration.
type settingsFile struct {
	Secrets   string         `yaml:"secrets"`
	Storage   string         `yaml:"storage,omitempty"`
	Country   string         `yaml:"country,omitempty"`
	Zone      string         `yaml:"zone,omitempty"`
	Emergency *config.Urgent `yaml:"emergency,omitempty"`
	Slack     *slackFile     `yaml:"slack,omitempty"`
	Teams     *teamsFile     `yaml:"teams,omitempty"`
}

type slackFile struct {
	Mode     string   `yaml:"mode"`
	Owners   []string `yaml:"owners,omitempty"`
	ClientID string   `yaml:"client_id,omitempty"`
	AppID    string   `yaml:"app_id,omitempty"`
	Address  string   `yaml:"address,omitempty"`
}

type teamsFile struct {
	Bots    []botFile `yaml:"bots"`
	Address string    `yaml:"address,omitempty"`
}

type botFile struct {
	AppID  string   `yaml:"app_id"`
	Tenant string   `yaml:"tenant"`
	Owners []string `yaml:"owners,omitempty"`
}

// settings is the configuration file.
func (s *conversation) settings() ([]byte, error) {
	c := s.config
	f := settingsFile{Secrets: secretsName, Storage: c.Storage, Country: c.Country, Zone: c.Zone}
	if config.WithPassword(c.Storage) {
		f.Storage = ""
	}
	if c.Urgent.Phone != "" {
		f.Emergency = &c.Urgent
	}
	if c.Slack.BotToken != "" || c.Slack.Many() {
		f.Slack = &slackFile{c.Slack.Mode, c.Slack.Owners, c.Slack.ClientID, c.Slack.AppID, c.Slack.Address}
	}
	if len(c.Teams.Bots) > 0 {
		f.Teams = &teamsFile{Address: c.Teams.Address}
		for _, b := range c.Teams.Bots {
			f.Teams.Bots = append(f.Teams.Bots, botFile{b.AppID, b.Tenant, b.Owners})
		}
	}
	body, err := yaml.Marshal(f)
	head := "# Written by secadvisor setup on " + s.now().Format("2 January 2006") + ". Every key stands in\n# deploy/secadvisor.yaml; \"secadvisor doctor\" checks this file.\n"
	return append([]byte(head), body...), err
}

// secretLines are the secrets file. Every value was found fit for it when it
// was answered.
func (s *conversation) secretLines() string {
	c := s.config
	lines := []string{"# Secrets of secadvisor: for whoever runs it alone, and for no repository."}
	add := func(name, value string) {
		if line, ok := config.SecretLine(config.Prefix+name, value); ok {
			lines = append(lines, line)
		}
	}
	add("SLACK_BOT_TOKEN", c.Slack.BotToken)
	add("SLACK_APP_TOKEN", c.Slack.AppToken)
	add("SLACK_SIGNING_SECRET", c.Slack.SigningSecret)
	add("SLACK_CLIENT_SECRET", c.Slack.ClientSecret)
	for i, b := range c.Teams.Bots {
		add(fmt.Sprintf("TEAMS_BOTS_%d_SECRET", i), b.Secret)
	}
	if config.WithPassword(c.Storage) {
		add("STORAGE", c.Storage)
	}
	add("KEYS_MASTER", strings.Join(c.Keys.Master, ","))
	return strings.Join(lines, "\n") + "\n"
}
