package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "secadvisor.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Each mistake is named with its line and with what is allowed; no value is
// repeated where it could be a secret.
func TestAMistakeInTheConfigurationIsNamedWithItsLine(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"unknown key":           {"command: /sec\ncomand: /x\n", ":2: "},
		"unknown key inside":    {"slack:\n  mode: socket\n  tokn: x\n", ":3: "},
		"a list for a text":     {"command: [a]\n", ":1: "},
		"a text for a list":     {"slack:\n  owners: U1\n", ":2: "},
		"no yaml":               {"command: \"/sec\n", ":1: "},
		"a tag for a list":      {"slack:\n  owners:\n    ! U1\n", ": this is no YAML: look for a word that begins with !"},
		"no slash":              {"command: sec\n", ":1: command must be a slash and a word, such as /sec"},
		"mode":                  {"slack:\n  mode: sockets\n", ":2: slack.mode must be socket or http"},
		"storage":               {"\nstorage: mysql://x\n", ":2: storage must be file:PATH, redis://HOST:PORT"},
		"level":                 {"log:\n  level: loud\n", ":2: log.level must be debug, info, warn or error"},
		"format":                {"log: {format: xml}\n", ":1: log.format must be text or json"},
		"a reminder":            {"reminders:\n  - of: restore test\n    when: 0 9 31 2 *\n", ":3: reminders[0].when must be a rhythm in words"},
		"a reminder's zone":     {"reminders:\n  - {of: restore test, when: quarterly, zone: Mars/Base}\n", ":2: reminders[0].zone must be the name of a time zone"},
		"a reminder of one day": {"reminders:\n  - of: restore test\n    when: on 15 May\n", ":3: reminders[0].when must be"},
		"a reminder of nothing": {"reminders:\n  - of: \"\"\n    when: yearly\n", ":2: reminders[0].of must be what to remind of"},
		"country":               {"country: uk\n", ":1: country must be two capitals such as GB"},
		"growing":               {"growing_from: 40\n", ":1: growing_from must be 11, 50 or 250"},
		"listen":                {"listen: here\n", ":1: listen must be an address and a port"},
		"a port too high":       {"listen: 127.0.0.1:99999\n", ":1: listen must be an address and a port"},
		"figures nowhere":       {"metrics: 9090\n", ":1: metrics must be an address and a port"},
		"replicas":              {"wait_replicas: 9\n", ":1: wait_replicas must be a number from 0 to 5"},
		"replicas in words":     {"wait_replicas: some\n", ":1: "},
		"half a certificate":    {"tls:\n  cert: x.pem\n  key: \"\"\n", ":3: tls.key must be a file beside that of tls.cert"},
		"a proxy by name":       {"http:\n  proxies: [proxy]\n", ":2: http.proxies must be addresses or networks of your proxies"},
		"connections":           {"http:\n  connections: -1\n", ":2: http.connections must be a number above 0"},
		"a secret is not told":  {"slack:\n  bot_token: [xoxb-hidden]\n", ":2: "},
	} {
		_, err := Load(written(t, c.text))
		switch {
		case err == nil:
			t.Errorf("%s: accepted", name)
		case !strings.Contains(err.Error(), "secadvisor.yaml"+c.want):
			t.Errorf("%s: %v, want %q", name, err, c.want)
		case strings.Contains(err.Error(), "hidden"):
			t.Errorf("%s: the secret is repeated: %v", name, err)
		}
	}
}

func TestTheSampleConfigurationIsGoodAndShowsTheDefaults(t *testing.T) {
	c, err := Load("../../../deploy/secadvisor.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := c.String(), Defaults().String(); got != want {
		t.Errorf("the sample says %s, the defaults are %s", got, want)
	}
}

func TestTheEnvironmentWins(t *testing.T) {
	for name, value := range map[string]string{
		"SECADVISOR_STORAGE": "redis://localhost:6379", "SECADVISOR_LISTEN": ":9", "SECADVISOR_COMMAND": "/advise",
		"SECADVISOR_SLACK_MODE": "http", "SECADVISOR_SLACK_SIGNING_SECRET": "s", "SECADVISOR_SLACK_BOT_TOKEN": "b",
		"SECADVISOR_SLACK_APP_TOKEN": "a", "SECADVISOR_SLACK_API_URL": "http://127.0.0.1/api/", "SECADVISOR_SLACK_OWNERS": "U1,U2",
		"SECADVISOR_LOG_FORMAT": "json", "SECADVISOR_PARTNER_CONTACT": "help@partner.example", "SECADVISOR_WAIT_REPLICAS": "1",
	} {
		t.Setenv(name, value)
	}
	c, err := Load(written(t, "storage: file:other.db\nslack:\n  mode: socket\n"))
	if err != nil {
		t.Fatal(err)
	}
	if c.Storage != "redis://localhost:6379" || c.Listen != ":9" || c.Command != "/advise" || c.Slack.Mode != "http" || c.Slack.SigningSecret != "s" ||
		c.Slack.BotToken != "b" || c.Slack.AppToken != "a" || c.Slack.APIURL != "http://127.0.0.1/api/" || len(c.Slack.Owners) != 2 ||
		c.Log.Format != "json" || c.Partner.Contact != "help@partner.example" || c.Replicas != 1 {
		t.Errorf("%+v", c)
	}
}

// Slack compares the address that we come back to letter by letter.
func TestAPublicAddressIsWrittenAsOthersCompareIt(t *testing.T) {
	for text, want := range map[string]string{
		"HTTPS://Bot.Example.com/": "https://bot.example.com", "https://bot.example.com": "https://bot.example.com",
		"Http://LOCALHOST:80/Teams/": "http://localhost:80/Teams", "bot.example.com": "bot.example.com", "": "",
	} {
		t.Setenv("SECADVISOR_TEAMS_ADDRESS", text)
		c, err := Load(written(t, "slack:\n  address: \""+text+"\"\n"))
		if err != nil || c.Slack.Address != want || c.Teams.Address != want {
			t.Errorf("%q: %q and %q, %v", text, c.Slack.Address, c.Teams.Address, err)
		}
	}
}

func TestAMistakeInTheEnvironmentNamesTheVariable(t *testing.T) {
	t.Setenv("SECADVISOR_SLACK_MODE", "sockets")
	if _, err := Load(""); err == nil || !strings.Contains(err.Error(), "SECADVISOR_SLACK_MODE must be socket or http") {
		t.Error(err)
	}
	t.Setenv("SECADVISOR_SLACK_MODE", "http")
	t.Setenv("SECADVISOR_WAIT_REPLICAS", "many")
	if _, err := Load(""); err == nil || strings.Contains(err.Error(), "many") {
		t.Error(err)
	}
}

func TestAFileThatIsNotThere(t *testing.T) {
	if _, err := Load("nowhere.yaml"); err == nil || !strings.Contains(err.Error(), "there is no configuration file nowhere.yaml") {
		t.Error(err)
	}
}
