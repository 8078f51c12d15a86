package checks

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
)

func TestCompose(t *testing.T) {
	// Compose wants the file of secrets, which nobody has here.
	folder := t.TempDir()
	raw, err := os.ReadFile("../compose.yaml")
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "compose.yaml"), raw, 0o600)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, ".env"), []byte("SECADVISOR_SLACK_BOT_TOKEN=x\n"), 0o600)
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
}
