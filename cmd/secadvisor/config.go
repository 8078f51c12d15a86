package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
	"github.com/goccy/go-yaml"

	"secadvisor/bot/slack"
	"secadvisor/bot/teams"
	"secadvisor/cmd/secadvisor/front"
	"secadvisor/flows/company"
	"secadvisor/storage/sealed"
)

// config is the configuration file. Every key can also come from the
// environment, as SECADVISOR_ and its path in capitals, which wins.
type config struct {
	Command   string           `yaml:"command" env:"COMMAND"`
	Operator  string           `yaml:"operator" env:"OPERATOR"`
	Country   string           `yaml:"country" env:"COUNTRY"`
	Zone      string           `yaml:"zone" env:"ZONE"`
	Secrets   string           `yaml:"secrets" env:"-"` // the variable is read before the file, see secretsPath
	Growing   int              `yaml:"growing_from" env:"GROWING_FROM"`
	Content   string           `yaml:"content" env:"CONTENT"`
	Storage   string           `yaml:"storage" env:"STORAGE"`
	Replicas  int              `yaml:"wait_replicas" env:"WAIT_REPLICAS"`
	Keys      keysConfig       `yaml:"keys" envPrefix:"KEYS_"`
	Listen    string           `yaml:"listen" env:"LISTEN"`
	TLS       front.TLS        `yaml:"tls" envPrefix:"TLS_"`
	HTTP      front.Config     `yaml:"http" envPrefix:"HTTP_"`
	Metrics   string           `yaml:"metrics" env:"METRICS"`
	Log       logConfig        `yaml:"log" envPrefix:"LOG_"`
	Urgent    urgentConfig     `yaml:"emergency" envPrefix:"EMERGENCY_"`
	Reminders []reminderConfig `yaml:"reminders" envPrefix:"REMINDERS_"`
	Partner   partnerConfig    `yaml:"partner" envPrefix:"PARTNER_"`
	Slack     slack.Config     `yaml:"slack" envPrefix:"SLACK_"`
	Teams     teams.Config     `yaml:"teams" envPrefix:"TEAMS_"`
}

type logConfig struct {
	Format string `yaml:"format" env:"FORMAT"`
	Level  string `yaml:"level" env:"LEVEL"`
}

type partnerConfig struct {
	Name    string `yaml:"name" env:"NAME"`
	Contact string `yaml:"contact" env:"CONTACT"`
}

// urgentConfig is whom staff phone first, for a company that has saved nobody
// yet.
type urgentConfig struct {
	Name  string `yaml:"name" env:"NAME"`
	Phone string `yaml:"phone" env:"PHONE"`
}

const envPrefix = "SECADVISOR_"

func defaults() config {
	return config{
		Command: "/sec",
		Growing: 50,
		Storage: "file:secadvisor.db",
		Listen:  "127.0.0.1:8080",
		Log:     logConfig{Format: "text", Level: "info"},
		Slack:   slack.Config{Mode: "socket", KeepDays: 30},
	}
}

// loadConfig reads a file (none if path is empty), then the secrets file that
// it names, then the environment, and checks the whole. Its error has one line a mistake, with what is allowed.
func loadConfig(path string) (config, error) {
	c := defaults()
	var raw []byte
	if path != "" {
		var err error
		if raw, err = os.ReadFile(path); errors.Is(err, fs.ErrNotExist) {
			return c, fmt.Errorf("there is no configuration file %s: copy deploy/secadvisor.yaml, or leave --config out", path)
		} else if err != nil {
			return c, fmt.Errorf("read configuration: %w", err)
		}
		if err := c.read(raw); err != nil {
			return c, notYAML(path, err)
		}
	}
	hidden, err := readSecrets(c.secretsPath(path))
	if err != nil {
		return c, err
	}
	if err := env.ParseWithOptions(&c, env.Options{Prefix: envPrefix, Environment: hidden.environment()}); err != nil {
		return c, notEnv(err)
	}
	c.Keys.File = beside(path, c.Keys.File)
	c.Slack.Address, c.Teams.Address = publicAddress(c.Slack.Address), publicAddress(c.Teams.Address)
	return c, locate(path, raw, hidden, c.check())
}

// publicAddress is an address as others compare it: scheme and name in small
// letters, no slash at its end. What is none stays as it is, to be named.
func publicAddress(text string) string {
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
func (c *config) read(raw []byte) (err error) {
	defer func() {
		if recover() != nil { // what it panics with may quote the file
			err = errYAML
		}
	}()
	return yaml.UnmarshalWithOptions(raw, c, yaml.Strict())
}

// problem is a value that cannot work, and what can.
type problem struct {
	key  string // its path: "slack.mode"
	want string
}

func (c config) check() []problem {
	var found []problem
	expect := func(ok bool, key, want string) {
		if !ok {
			found = append(found, problem{key, want})
		}
	}
	expect(isCommand(c.Command), "command", "a slash and a word, such as /sec")
	expect(isCountry(c.Country), "country", "two capitals such as GB, or nothing")
	expect(c.Growing == 11 || c.Growing == 50 || c.Growing == 250, "growing_from", "11, 50 or 250: how many people make a company a growing one")
	expect(c.Zone == "" || isZone(c.Zone), "zone", "the name of a time zone such as Europe/London, or nothing")
	c.checkReminders(expect)
	expect(c.Urgent == urgentConfig{} || company.Dialable(c.Urgent.Phone), "emergency.phone", "a number as you would dial it, such as +1 555 0100, or nothing")
	expect(storageKind(c.Storage) != "",
		"storage", "file:PATH, redis://HOST:PORT, rediss://HOST:PORT or redis+cluster://HOST:PORT,HOST:PORT")
	expect(c.Replicas >= 0 && c.Replicas <= 5, "wait_replicas", "a number from 0 to 5")
	_, err := sealed.ParseKeys(c.Keys.Master...)
	expect(err == nil, "keys.master", `keys of 32 random bytes in base64, each once, as "secadvisor keys new" makes them`)
	expect(strings.Contains(c.Listen, ":"), "listen", "an address and a port, such as 127.0.0.1:8080 or :8080")
	expect((c.TLS.Cert == "") == (c.TLS.Key == ""), "tls.key", "a file beside that of tls.cert: both, or neither where a proxy has the certificate")
	key, want := c.HTTP.Check()
	expect(key == "", "http."+key, want)
	expect(c.Metrics == "" || strings.Contains(c.Metrics, ":"), "metrics", "an address and a port, such as 127.0.0.1:9090, or nothing")
	expect(c.Log.Format == "text" || c.Log.Format == "json", "log.format", "text or json")
	expect(levels[c.Log.Level] != nil, "log.level", "debug, info, warn or error")
	expect(c.Slack.Mode == "socket" || c.Slack.Mode == "http", "slack.mode", "socket or http")
	return found
}

func isCommand(word string) bool {
	return strings.HasPrefix(word, "/") && len(word) > 1 && !strings.ContainsAny(word, " \t")
}

// isCountry reports whether a country can be meant; none may be.
func isCountry(code string) bool {
	return code == "" || len(code) == 2 && code == strings.ToUpper(code)
}

// isZone reports whether a name is one that all machines know.
func isZone(name string) bool {
	_, err := time.LoadLocation(name)
	return err == nil && name != "" && name != "Local"
}

var levels = map[string]slog.Leveler{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}

// logger writes to stderr.
func (c config) logger() *slog.Logger {
	options := &slog.HandlerOptions{Level: levels[c.Log.Level]}
	if c.Log.Format == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, options))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, options))
}

// slackOn reports whether Slack is to be served: it is, unless only Teams is
// configured.
func (c config) slackOn() bool {
	return !c.Teams.On() || c.Slack.BotToken != "" || c.Slack.AppToken != "" || c.Slack.SigningSecret != "" || c.Slack.Many()
}

// String is the configuration without its secrets.
func (c config) String() string {
	return fmt.Sprintf("command %s, storage %s, listen %s, log %s %s, %v, %v", c.Command, storageKind(c.Storage), c.Listen, c.Log.Format, c.Log.Level, c.Slack, c.Teams)
}
