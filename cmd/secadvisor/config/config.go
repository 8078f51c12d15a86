// Package config is what whoever runs the server sets: one file, a file of
// secrets beside it, and the environment over both. A mistake is named with its
// place and with what is allowed; no secret is ever told.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"strings"

	"github.com/caarlos0/env/v11"
	"github.com/goccy/go-yaml"

	"secadvisor/bot/slack"
	"secadvisor/bot/teams"
	"secadvisor/cmd/secadvisor/front"
	"secadvisor/flows/content"
)

// Config is the configuration file. Every key can also come from the
// environment, as SECADVISOR_ and its path in capitals, which wins.
type Config struct {
	Command   string       `yaml:"command" env:"COMMAND"`
	Operator  string       `yaml:"operator" env:"OPERATOR"`
	Country   string       `yaml:"country" env:"COUNTRY"`
	Zone      string       `yaml:"zone" env:"ZONE"`
	Secrets   string       `yaml:"secrets" env:"-"` // the variable is read before the file, see SecretsPath
	Growing   int          `yaml:"growing_from" env:"GROWING_FROM"`
	Content   string       `yaml:"content" env:"CONTENT"`
	Storage   string       `yaml:"storage" env:"STORAGE"`
	Replicas  int          `yaml:"wait_replicas" env:"WAIT_REPLICAS"`
	Keys      Keys         `yaml:"keys" envPrefix:"KEYS_"`
	Listen    string       `yaml:"listen" env:"LISTEN"`
	TLS       front.TLS    `yaml:"tls" envPrefix:"TLS_"`
	HTTP      front.Config `yaml:"http" envPrefix:"HTTP_"`
	Metrics   string       `yaml:"metrics" env:"METRICS"`
	Log       Log          `yaml:"log" envPrefix:"LOG_"`
	Urgent    Urgent       `yaml:"emergency" envPrefix:"EMERGENCY_"`
	Reminders []Reminder   `yaml:"reminders" envPrefix:"REMINDERS_"`
	Partner   Partner      `yaml:"partner" envPrefix:"PARTNER_"`
	Slack     slack.Config `yaml:"slack" envPrefix:"SLACK_"`
	Teams     teams.Config `yaml:"teams" envPrefix:"TEAMS_"`
}

// Log is how the log is written: text or json, debug to error.
type Log struct {
	Format string `yaml:"format" env:"FORMAT"`
	Level  string `yaml:"level" env:"LEVEL"`
}

// Partner is the security partner whom answers name, and how to reach them.
type Partner struct {
	Name    string `yaml:"name" env:"NAME"`
	Contact string `yaml:"contact" env:"CONTACT"`
}

// Urgent is whom staff phone first, for a company that has saved nobody
// yet.
type Urgent struct {
	Name  string `yaml:"name" env:"NAME"`
	Phone string `yaml:"phone" env:"PHONE"`
}

// ByOperator is who saved what the configuration says, as a card tells it.
const ByOperator = "whoever set this up"

// Prefix is what the name of every variable begins with.
const Prefix = "SECADVISOR_"

// Defaults are the values of a configuration that says nothing.
func Defaults() Config {
	return Config{
		Command: "/sec",
		Growing: 50,
		Storage: "file:secadvisor.db",
		Listen:  "127.0.0.1:8080",
		Log:     Log{Format: "text", Level: "info"},
		Slack:   slack.Config{Mode: "socket", KeepDays: 30},
	}
}

// Load reads a file (none if path is empty), then the secrets file that
// it names, then the environment, and checks the whole. Its error has one line a
// mistake, with what is allowed.
func Load(path string) (Config, error) {
	c := Defaults()
	var raw []byte
	if path != "" {
		var err error
		if raw, err = os.ReadFile(path); errors.Is(err, fs.ErrNotExist) {
			return c, fmt.Errorf("there is no configuration file %s: copy deploy/secadvisor.yaml, or leave --config out", path)
		} else if errors.Is(err, fs.ErrPermission) {
			return c, fmt.Errorf("the configuration file %s cannot be read by this user: let them (chown, chmod), or run this as whoever may", path)
		} else if err != nil {
			return c, fmt.Errorf("read configuration: %w", err)
		}
		if err := c.read(raw); err != nil {
			return c, notYAML(path, err)
		}
	}
	hidden, err := readSecrets(c.SecretsPath(path))
	if err != nil {
		return c, err
	}
	if err := env.ParseWithOptions(&c, env.Options{Prefix: Prefix, Environment: hidden.environment()}); err != nil {
		return c, notEnv(err)
	}
	c.Keys.File = beside(path, c.Keys.File)
	c.Slack.Address, c.Teams.Address = PublicAddress(c.Slack.Address), PublicAddress(c.Teams.Address)
	return c, locate(path, raw, hidden, c.check())
}

// PublicAddress is an address as others compare it: scheme and name in small
// letters, no slash at its end. What is none stays as it is, to be named.
func PublicAddress(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return text
	}
	u.Host = strings.ToLower(u.Host)
	return strings.TrimRight(u.String(), "/")
}

// errYAML is of a file that the YAML library panics on: it does on a tag in the
// place of a list.
var errYAML = errors.New("this is no YAML: look for a word that begins with ! where a list belongs, and put quotes around it")

// read reads a file over the values that are there.
func (c *Config) read(raw []byte) (err error) {
	defer func() {
		if recover() != nil { // what it panics with may quote the file
			err = errYAML
		}
	}()
	return yaml.UnmarshalWithOptions(raw, c, yaml.Strict())
}

var levels = map[string]slog.Leveler{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}

// Logger writes to stderr.
func (c Config) Logger() *slog.Logger {
	options := &slog.HandlerOptions{Level: levels[c.Log.Level]}
	if c.Log.Format == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, options))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, options))
}

// Settings are what the content needs to know of an installation.
func (c Config) Settings() content.Settings {
	return content.Settings{
		Command: c.Command, Operator: c.Operator, Sealed: c.Keys.On() && !c.Keys.Plain, Growing: c.Growing, Country: c.Country, Folder: c.Content,
		Partner: content.Partner{Name: c.Partner.Name, Contact: c.Partner.Contact},
	}
}

// SlackOn reports whether Slack is to be served: it is, unless only Teams is
// configured.
func (c Config) SlackOn() bool {
	return !c.Teams.On() || c.Slack.BotToken != "" || c.Slack.AppToken != "" || c.Slack.SigningSecret != "" || c.Slack.Many()
}

// String is the configuration without its secrets.
func (c Config) String() string {
	return fmt.Sprintf("command %s, storage %s, listen %s, log %s %s, %v, %v", c.Command, StorageKind(c.Storage), c.Listen, c.Log.Format, c.Log.Level, c.Slack, c.Teams)
}
