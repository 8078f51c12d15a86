package main

import (
	"strings"
	"testing"

	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/doctor"
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
		change func(p *commandtest.Installation)
		check  string
		state  doctor.State
		says   string
	}{
		"well":           {func(*commandtest.Installation) {}, "slack.client_id", doctor.Good, "knows the app"},
		"the page":       {func(*commandtest.Installation) {}, "slack.address", doctor.Good, "/slack/install"},
		"another client": {func(p *commandtest.Installation) { p.Swap(h.config.Slack.ClientID, "1.2") }, "slack.client_id", doctor.Failure, "knows no app"},
		"no client":      {func(p *commandtest.Installation) { p.Swap("  client_id: \""+h.config.Slack.ClientID+"\"", "") }, "slack.client_id", doctor.Failure, "two numbers with a dot"},
		"another secret": {func(p *commandtest.Installation) { p.Hidden[0] = "SECADVISOR_SLACK_CLIENT_SECRET=x" }, "slack.client_secret", doctor.Failure, "does not take this client secret"},
		"no secret":      {func(p *commandtest.Installation) { p.Hidden = p.Hidden[1:] }, "slack.client_secret", doctor.Failure, "is missing"},
		"no app":         {func(p *commandtest.Installation) { p.Swap("app_id: "+h.config.Slack.AppID, "app_id: hello") }, "slack.app_id", doctor.Failure, "begins with A"},
		"no signing":     {func(p *commandtest.Installation) { p.Hidden = p.Hidden[:1] }, "slack.signing_secret", doctor.Failure, "is missing"},
		"a token, too":   {func(p *commandtest.Installation) { p.Hidden = append(p.Hidden, "SECADVISOR_SLACK_BOT_TOKEN=xoxb-1") }, "slack.bot_token", doctor.Failure, "leave one of them out"},
		"owners, too":    {func(p *commandtest.Installation) { p.Lines = append(p.Lines, "  owners: [U0OWNER]") }, "slack.owners", doctor.Failure, "handed a code"},
		"no address": {func(p *commandtest.Installation) {
			p.Swap("address: "+h.config.Slack.Address, "address: bot.example.com")
		}, "slack.address", doctor.Failure, "https://bot.example.com"},
		"a path": {func(p *commandtest.Installation) {
			p.Swap("address: "+h.config.Slack.Address, "address: https://x.example/bot")
		}, "slack.address", doctor.Failure, "no path"},
		"no days": {func(p *commandtest.Installation) { p.Lines = append(p.Lines, "  keep_days: 0") }, "slack.keep_days", doctor.Failure, "1 to 3650"},
		"nobody there": {func(p *commandtest.Installation) {
			p.Swap("address: "+h.config.Slack.Address, "address: http://127.0.0.1:1")
		}, "slack.address", doctor.Failure, "cannot be reached"},
	} {
		p := commandtest.NewInstallation(t)
		p.Lines, p.Hidden = h.manyLines()
		row.change(p)
		t.Log(name)
		p.Write()
		doctorFinds(t, p.Path, row.check, row.state, row.says)
	}
}

// doctorFinds has doctor look at an installation, and looks for a check that
// ended in a state and says something.
func doctorFinds(t *testing.T, path, check string, is doctor.State, says string) {
	t.Helper()
	d := doctor.Examine(t.Context(), path)
	for _, f := range d.Checks {
		if f.Check == check && f.State == is && strings.Contains(f.Says+" -> "+f.Mend, says) {
			return
		}
	}
	t.Errorf("%s is not %s with %q: %+v", check, is, says, d.Checks)
}
