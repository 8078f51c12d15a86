package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// hidden writes a configuration and a secrets file beside it.
func hidden(t *testing.T, lines string, mode os.FileMode) (configFile string) {
	t.Helper()
	configFile = written(t, "storage: file:x.db\nsecrets: secrets.env\nslack:\n  bot_token: xoxb-in-the-file\n")
	path := filepath.Join(filepath.Dir(configFile), "secrets.env")
	if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	return configFile
}

func TestSecretsWinOverTheFileAndTheEnvironmentOverSecrets(t *testing.T) {
	path := hidden(t, "# tokens\n\nSECADVISOR_SLACK_BOT_TOKEN=xoxb-1\r\nSECADVISOR_SLACK_APP_TOKEN='xapp-1 $x'\n; old\nSECADVISOR_STORAGE=\"redis://localhost:6379\"\nSECADVISOR_TEAMS_BOTS_0_SECRET=s~1\n", 0o640)
	t.Setenv("SECADVISOR_STORAGE", "file:mine.db")
	c, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if c.Slack.BotToken != "xoxb-1" || c.Slack.AppToken != "xapp-1 $x" || c.Storage != "file:mine.db" || c.Teams.Bots[0].Secret != "s~1" {
		t.Errorf("%+v", c)
	}
	t.Setenv("SECADVISOR_SECRETS", "")
	if c, err := Load(path); err != nil || c.Slack.BotToken != "xoxb-in-the-file" {
		t.Errorf("%v: secrets that somebody else hands over were read", err)
	}
}

func TestAMistakeInTheSecretsIsNamedWithItsLine(t *testing.T) {
	for lines, want := range map[string]string{
		"\nSECADVISOR_SLACK_BOT_TOKEN xoxb-hidden\n":    ":2: write NAME=VALUE",
		"export SECADVISOR_SLACK_BOT_TOKEN=hidden\n":    ":1: write NAME=VALUE",
		"SECADVISOR_SLACK_BOT_TOKEN=\"hidden\n":         ":1: write NAME=VALUE",
		"SECADVISOR_SLACK_BOT_TOKEN= hidden\n":          ":1: write NAME=VALUE",
		"SECADVISOR_SLACK_BOT_TOKEN=hidden\\\nhidden\n": ":1: write NAME=VALUE",
		"SLACK_BOT_TOKEN=xoxb-hidden\n":                 ":1: names begin with SECADVISOR_",
		"# x\nSECADVISOR_STORAGE=hidden\n":              ":2: SECADVISOR_STORAGE must be file:PATH",
	} {
		if _, err := Load(hidden(t, lines, 0o600)); err == nil || !strings.Contains(err.Error(), "secrets.env"+want) || strings.Contains(err.Error(), "hidden") {
			t.Errorf("%q: %v", lines, err)
		}
	}
}

func TestSecretsThatOthersCanReadAreRefused(t *testing.T) {
	for _, mode := range []os.FileMode{0o604, 0o644, 0o602} {
		if _, err := Load(hidden(t, "SECADVISOR_STORAGE=file:y.db\n", mode)); err == nil || !strings.Contains(err.Error(), "run chmod 600 ") {
			t.Errorf("%o: %v", mode, err)
		}
	}
}

func TestSecretsThatAreNotThere(t *testing.T) {
	path := hidden(t, "", 0o600)
	if err := os.Remove(filepath.Join(filepath.Dir(path), "secrets.env")); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path); err == nil || !strings.Contains(err.Error(), "there is no secrets file") {
		t.Error(err)
	}
}

// What setup writes is read back as it was; what readers of such lines would
// take in different ways is not written.
func TestASecretIsReadAsItWasWritten(t *testing.T) {
	for value, want := range map[string]bool{
		"xoxb-1-a": true, "rediss://u:p%40ss@h:6379/0?prefix=x": true, "a b": true, "$HOME#`x`": true, `"x"`: true, "é": true,
		"": false, "it's": false, `back\slash`: false, "two\nlines": false,
	} {
		line, ok := SecretLine("SECADVISOR_SLACK_BOT_TOKEN", value)
		if ok != want {
			t.Errorf("%q: %v", value, ok)
		}
		if !ok {
			continue
		}
		s, err := readSecrets(filepath.Join(filepath.Dir(hidden(t, line+"\n", 0o600)), "secrets.env"))
		if got := s.value["SECADVISOR_SLACK_BOT_TOKEN"]; err != nil || got != value {
			t.Errorf("%q: read as %q, %v", value, got, err)
		}
	}
}
