package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/deploy/slack"
)

// manyLines is a configuration for many companies, and its secrets.
func (h *hosting) manyLines() (lines, hidden []string) {
	c := h.config.Slack
	return []string{"secrets: secrets.env", "listen: " + h.config.Listen, "storage: file:x.db", "slack:", "  mode: http", "  api_url: " + c.APIURL,
			"  client_id: \"" + c.ClientID + "\"", "  app_id: " + c.AppID, "  address: " + c.Address},
		[]string{"SECADVISOR_SLACK_CLIENT_SECRET=" + c.ClientSecret, "SECADVISOR_SLACK_SIGNING_SECRET=" + commandtest.SigningSecret}
}

func TestDoctorLooksAtAnInstallationForMany(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	for name, row := range map[string]struct {
		change func(p *patient)
		check  string
		state  state
		says   string
	}{
		"well":           {func(*patient) {}, "slack.client_id", good, "knows the app"},
		"the page":       {func(*patient) {}, "slack.address", good, "/slack/install"},
		"another client": {func(p *patient) { p.swap(h.config.Slack.ClientID, "1.2") }, "slack.client_id", failure, "knows no app"},
		"no client":      {func(p *patient) { p.swap("  client_id: \""+h.config.Slack.ClientID+"\"", "") }, "slack.client_id", failure, "two numbers with a dot"},
		"another secret": {func(p *patient) { p.hidden[0] = "SECADVISOR_SLACK_CLIENT_SECRET=x" }, "slack.client_secret", failure, "does not take this client secret"},
		"no secret":      {func(p *patient) { p.hidden = p.hidden[1:] }, "slack.client_secret", failure, "is missing"},
		"no app":         {func(p *patient) { p.swap("app_id: "+h.config.Slack.AppID, "app_id: hello") }, "slack.app_id", failure, "begins with A"},
		"no signing":     {func(p *patient) { p.hidden = p.hidden[:1] }, "slack.signing_secret", failure, "is missing"},
		"a token, too":   {func(p *patient) { p.hidden = append(p.hidden, "SECADVISOR_SLACK_BOT_TOKEN=xoxb-1") }, "slack.bot_token", failure, "leave one of them out"},
		"owners, too":    {func(p *patient) { p.lines = append(p.lines, "  owners: [U0OWNER]") }, "slack.owners", failure, "handed a code"},
		"no address":     {func(p *patient) { p.swap("address: "+h.config.Slack.Address, "address: bot.example.com") }, "slack.address", failure, "https://bot.example.com"},
		"a path":         {func(p *patient) { p.swap("address: "+h.config.Slack.Address, "address: https://x.example/bot") }, "slack.address", failure, "no path"},
		"no days":        {func(p *patient) { p.lines = append(p.lines, "  keep_days: 0") }, "slack.keep_days", failure, "1 to 3650"},
		"nobody there":   {func(p *patient) { p.swap("address: "+h.config.Slack.Address, "address: http://127.0.0.1:1") }, "slack.address", failure, "cannot be reached"},
	} {
		p := &patient{T: t, path: filepath.Join(t.TempDir(), "secadvisor.yaml"), now: h.clock.Now, limit: checkLimit}
		p.lines, p.hidden = h.manyLines()
		row.change(p)
		t.Log(name)
		p.finds(p.examined(), row.check, row.state, row.says)
	}
}

// swap changes a line of the configuration.
func (p *patient) swap(old, new string) {
	for i, line := range p.lines {
		p.lines[i] = strings.Replace(line, old, new, 1)
	}
}

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
	if err := (setupCommand{Manifest: true, Address: "http://x"}).Run(t.Context()); err == nil || !strings.Contains(err.Error(), "https://") {
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
