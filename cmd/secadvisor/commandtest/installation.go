package commandtest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/cmd/secadvisor/config"
)

// Installation is what somebody has written down for a server.
type Installation struct {
	*testing.T
	Lines  []string // of the configuration
	Hidden []string // of the secrets; nil: they stay as they are
	Path   string   // of the configuration
}

// NewInstallation has nothing in it yet.
func NewInstallation(t *testing.T) *Installation {
	return &Installation{T: t, Path: filepath.Join(t.TempDir(), "secadvisor.yaml")}
}

// Healthy is an installation for Slack of which nothing is to be said.
func Healthy(t *testing.T, s *fakeslack.Server) *Installation {
	t.Helper()
	i := NewInstallation(t)
	i.Lines = []string{"secrets: secrets.env", "listen: " + FreeAddress(t), "storage: file:" + filepath.Join(filepath.Dir(i.Path), "x.db"),
		"slack:", "  owners: [" + fakeslack.Owner + "]", "  api_url: " + s.APIURL()}
	i.Hidden = []string{"SECADVISOR_SLACK_BOT_TOKEN=" + BotToken, "SECADVISOR_SLACK_APP_TOKEN=" + AppToken, config.KeysVariable + "=" + Key}
	return i
}

// Write writes both files.
func (i *Installation) Write() {
	i.Helper()
	i.write(i.Path, i.Lines, 0o644)
	if i.Hidden != nil {
		i.write(filepath.Join(filepath.Dir(i.Path), "secrets.env"), i.Hidden, 0o600)
	}
}

func (i *Installation) write(path string, lines []string, mode os.FileMode) {
	i.Helper()
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), mode); err != nil {
		i.Fatal(err)
	}
}

// Swap changes a line of the configuration.
func (i *Installation) Swap(old, new string) {
	for n, line := range i.Lines {
		i.Lines[n] = strings.Replace(line, old, new, 1)
	}
}
