package checks

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

func TestCompose(t *testing.T) {
	raw, err := os.ReadFile("../compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	bot := composed(t, raw)
	if len(bot.Command) != 0 || len(bot.Volumes) != 0 || len(bot.Ports) != 0 {
		t.Errorf("the bot: %+v", bot)
	}
	bot = composed(t, bytes.ReplaceAll(raw, []byte("#| "), nil))
	if len(bot.Command) != 3 || len(bot.Volumes) != 1 || bot.Volumes[0].Target != bot.Command[2] || filepath.Base(filepath.Dir(bot.Volumes[0].Source)) != "above" || len(bot.Ports) != 1 || bot.Ports[0].HostIP != "127.0.0.1" {
		t.Errorf("the bot with what setup wrote: %+v", bot)
	}
}

// composed is the bot of a file, and looks at what it always has.
func composed(t *testing.T, raw []byte) types.ServiceConfig {
	t.Helper()
	// Compose wants the file of secrets, which nobody has here.
	folder := filepath.Join(t.TempDir(), "above", "deploy")
	err := os.MkdirAll(folder, 0o700)
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, ".env"), []byte("SECADVISOR_SLACK_BOT_TOKEN=x\n"), 0o600)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "compose.yaml"), raw, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	options, err := cli.NewProjectOptions([]string{filepath.Join(folder, "compose.yaml")}, cli.WithName("secadvisor"))
	if err != nil {
		t.Fatal(err)
	}
	project, err := options.LoadProject(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	bot, err := project.GetService("secadvisor")
	if err != nil || !bot.ReadOnly || len(bot.CapDrop) != 1 || bot.Restart == "" || *bot.Environment["SECADVISOR_STORAGE"] != "redis://redis:6379" {
		t.Errorf("the bot: %+v, %v", bot, err)
	}
	redis, err := project.GetService("redis")
	if err != nil || redis.HealthCheck == nil || len(redis.Volumes) != 1 {
		t.Errorf("redis: %+v, %v", redis, err)
	}
	return bot
}
