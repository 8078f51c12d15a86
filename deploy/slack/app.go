// Package slack holds the app as Slack needs to know it: the manifest that is
// pasted at api.slack.com/apps, and the permissions that it asks for.
package slack

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
)

//go:embed manifest.yaml
var manifest string

// Manifest is the app's manifest, with the reasons beside each permission.
func Manifest() string { return manifest }

//go:embed hosted.yaml
var hosted string

// Hosted is the manifest of an app that many companies install, which is
// reached at an address.
func Hosted(address string) string {
	return strings.ReplaceAll(hosted, "https://bot.example.com", strings.TrimSuffix(address, "/"))
}

// App is what of the manifest a bot can be checked against.
type App struct {
	Command string   // that people type
	Scopes  []string // of the bot token
}

// Read reads the manifest.
func Read() (App, error) {
	var m struct {
		Features struct {
			Commands []struct {
				Command string `yaml:"command"`
			} `yaml:"slash_commands"`
		} `yaml:"features"`
		OAuth struct {
			Scopes struct {
				Bot []string `yaml:"bot"`
			} `yaml:"scopes"`
		} `yaml:"oauth_config"`
	}
	if err := yaml.Unmarshal([]byte(manifest), &m); err != nil {
		return App{}, fmt.Errorf("slack manifest: %w", err)
	}
	if len(m.Features.Commands) != 1 || len(m.OAuth.Scopes.Bot) == 0 {
		return App{}, fmt.Errorf("slack manifest: %d commands and %d scopes", len(m.Features.Commands), len(m.OAuth.Scopes.Bot))
	}
	return App{Command: m.Features.Commands[0].Command, Scopes: m.OAuth.Scopes.Bot}, nil
}

// MayHave are permissions beyond the manifest's that are of use: its comments
// tell for what.
func MayHave() []string { return []string{"channels:history", "groups:history"} }
