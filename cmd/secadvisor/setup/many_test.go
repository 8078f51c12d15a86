package setup

import (
	"os"
	"strings"
	"testing"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/deploy/slack"
)

// What serve would need is what setup asks for; a wrong client is found at once.
func TestSetupForManyCompanies(t *testing.T) {
	t.Parallel()
	hub := fakeslack.StartHub(t)
	i := installing(t, nil,
		"slack", "many", "bot.example.com", "https://bot.example.com/path", "https://bot.example.com/",
		"hello", fakeslack.App, "12", "1.2", "wrong", fakeslack.ClientID, "wrong", fakeslack.ClientSecret, commandtest.SigningSecret,
		"", "gb", "Europe/London", "")
	i.config.Slack.APIURL = hub.APIURL()
	if err := i.run(t.Context()); err != nil {
		t.Fatal(err, i.out.String())
	}
	i.said("socket, http or many", "Write https:// and the name alone", "Write https:// and the name alone",
		"setup --manifest --address https://bot.example.com", "An app id begins with A", "two numbers with a dot between",
		"knows no app with this client id", "does not take this client secret", "Slack knows the app",
		"Companies install it at https://bot.example.com/slack/install")
	got := i.loaded()
	want := config.Defaults().Slack
	want.Mode, want.Address, want.AppID = "http", "https://bot.example.com", fakeslack.App
	want.ClientID, want.ClientSecret, want.SigningSecret = fakeslack.ClientID, fakeslack.ClientSecret, commandtest.SigningSecret
	if want.String() != got.Slack.String() || want.ClientID != got.Slack.ClientID || want.ClientSecret != got.Slack.ClientSecret ||
		want.SigningSecret != got.Slack.SigningSecret || want.AppID != got.Slack.AppID || want.Address != got.Slack.Address || got.Slack.KeepDays != 30 {
		t.Errorf("slack is configured as %q %q %q", got.Slack.ClientID, got.Slack.AppID, got.Slack.Address)
	}
	for _, secret := range []string{fakeslack.ClientSecret, commandtest.SigningSecret} {
		if raw, err := os.ReadFile(i.path); err != nil || strings.Contains(i.out.String()+string(raw), secret) {
			t.Errorf("a secret is shown or stands in the configuration (%v):\n%s", err, i.out.String())
		}
	}
}

func TestTheManifestForManyNamesTheAddress(t *testing.T) {
	if err := (Command{Manifest: true, Address: "http://x"}).Run(t.Context()); err == nil || !strings.Contains(err.Error(), "https://") {
		t.Errorf("%v", err)
	}
	if text := slack.Hosted("https://x.example"); !strings.Contains(text, "https://x.example/slack/oauth/callback") {
		t.Error(text)
	}
}

func TestSetupKeepsAnAddressAsOthersCompareIt(t *testing.T) {
	for text, want := range map[string]string{"HTTPS://Bot.Example.com/": "https://bot.example.com", "https://bot.example.com": "https://bot.example.com"} {
		if o := checkRoot(t.Context(), text); o.refused != "" || o.value != want {
			t.Errorf("setup keeps %q as %q (%s)", text, o.value, o.refused)
		}
	}
	if o := checkRoot(t.Context(), "https://u:p@bot.example.com"); o.refused == "" {
		t.Error("a password goes into an address that everybody sees")
	}
}
