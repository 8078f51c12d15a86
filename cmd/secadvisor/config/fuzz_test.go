package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzConfig reads files as the configuration. No mistake is told with the
// value that it is about.
func FuzzConfig(f *testing.F) {
	sample, err := os.ReadFile("../../../deploy/secadvisor.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range []string{string(sample), "slack:\n  bot_token: [SECRETVALUE]\n", "teams:\n  bots:\n    - {app_id: x, owners: [SECRETVALUE]}\n", "a: &a [*a]\n", "slack:\n  owners:\n    ! SECRETVALUE\n", "tls: {cert: x}\nhttp: {proxies: [x]}\n", "log: {level: 1}\n", "\x00"} {
		f.Add(text)
	}
	path := filepath.Join(f.TempDir(), "fuzz.yaml")
	f.Fuzz(func(t *testing.T, text string) {
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(text, "secrets:", "secret:")), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := Load(path)
		if err == nil {
			_ = c.String()
			c.Settings()
		} else if strings.Contains(err.Error(), "SECRETVALUE") {
			t.Errorf("the value is told: %v", err)
		}
	})
}

func FuzzSecrets(f *testing.F) {
	for _, text := range []string{"SECADVISOR_SLACK_BOT_TOKEN=xoxb-1\n", "# x\nSECADVISOR_A='b'\n", "SECADVISOR_A=\"SECRETVALUE\\\"\n", "=SECRETVALUE", "PATH=SECRETVALUE"} {
		f.Add(text)
	}
	path := filepath.Join(f.TempDir(), "secrets.env")
	f.Fuzz(func(t *testing.T, text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := readSecrets(path)
		if err != nil && strings.Contains(err.Error(), "SECRETVALUE") {
			t.Errorf("the value is told: %v", err)
		}
		for name, value := range s.value {
			if line, ok := SecretLine(name, value); ok && strings.ContainsAny(line, "\n\r") {
				t.Errorf("%q becomes several lines", value)
			}
		}
	})
}
