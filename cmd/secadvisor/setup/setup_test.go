package setup

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/bot/bottest/faketeams"
	"secadvisor/bot/teams"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/storage/redis/redistest"
)

// installer answers what setup asks, a line each.
type installer struct {
	*testing.T
	conversation
	out bytes.Buffer
}

func installing(t *testing.T, s *fakeslack.Server, answers ...string) *installer {
	t.Helper()
	i := &installer{T: t}
	i.conversation = conversation{
		in: strings.NewReader(strings.Join(answers, "\n") + "\n"), out: &i.out, terminal: -1,
		path: filepath.Join(t.TempDir(), "secadvisor.yaml"), config: config.Defaults(), program: "secadvisor", now: time.Now,
	}
	if s != nil {
		i.config.Slack.APIURL = s.APIURL()
	}
	return i
}

// loaded is what a server would read of what was written.
func (i *installer) loaded() config.Config {
	i.Helper()
	c, err := config.Load(i.path)
	if err != nil {
		i.Fatal(err)
	}
	return c
}

// said looks for texts, in order.
func (i *installer) said(texts ...string) {
	i.Helper()
	rest := i.out.String()
	for _, text := range texts {
		_, after, ok := strings.Cut(rest, text)
		if !ok {
			i.Errorf("it does not say %q, or not in its place:\n%s", text, i.out.String())
			return
		}
		rest = after
	}
}

// left are the files in the folder.
func (i *installer) left() (names []string) {
	i.Helper()
	all, err := os.ReadDir(filepath.Dir(i.path))
	if err != nil {
		i.Fatal(err)
	}
	for _, one := range all {
		names = append(names, one.Name())
	}
	return names
}

// Each wrong value is refused with what is wrong, and asked for again.
func TestSetupForSlackRefusesEachWrongValue(t *testing.T) {
	s := commandtest.Workspace(t)
	i := installing(t, s,
		"discord", "slack",
		"web", "socket",
		"", commandtest.AppToken, "xoxp-1-person", "hello", "xoxb-1-another", commandtest.BotToken,
		commandtest.BotToken, "xapp-1-A0OTHER-3-abc", "xapp-1-"+fakeslack.App+"-3-wrong", commandtest.AppToken,
		"Priya", "U0NOBODY", fakeslack.Guest, fakeslack.Stranger, fakeslack.Owner,
		"mysql://x", "file:", "redis://127.0.0.1:1", "file:"+filepath.Join(t.TempDir(), "nowhere", "x.db"), "",
		"UK", "Britain", "gb",
		"London", "Mars/Olympus", "",
		"call me", "+15550100",
		strings.Repeat("x", 61), "Lakeside: IT #1",
	)
	if err := i.run(t.Context()); err != nil {
		t.Fatal(err, i.out.String())
	}
	i.said("Please answer slack, teams or both", "Please answer socket, http or many",
		"This one is needed", "That is an app token", "token of a person", "begins with xoxb-.", "Slack does not know this bot token", "Slack knows it: Fake Company",
		"An app token begins with xapp-", "of the app A0OTHER", "Slack does not know this app token", "Slack opens a connection",
		"member id such as", "knows nobody here", "is a guest", "not a member", "That is Priya Owner.",
		"Write file:PATH", "Write file:PATH", "127.0.0.1:1", "Nothing can be written beside", "is not there yet",
		"letters are GB", "two letters here",
		"[Europe/Amsterdam]", "That zone is not known", "That zone is not known",
		"with digits", "shorter name", "Written:")
	for _, secret := range []string{commandtest.BotToken, commandtest.AppToken} {
		if strings.Contains(i.out.String(), secret) {
			t.Errorf("a secret is shown:\n%s", i.out.String())
		}
	}
	want := config.Defaults()
	want.Secrets, want.Storage = "secrets.env", "file:"+filepath.Join(filepath.Dir(i.path), "secadvisor.db")
	want.Country, want.Zone, want.Urgent = "GB", "Europe/Amsterdam", config.Urgent{Name: "Lakeside: IT #1", Phone: "+15550100"}
	want.Slack.BotToken, want.Slack.AppToken, want.Slack.Owners = commandtest.BotToken, commandtest.AppToken, []string{fakeslack.Owner}
	if want.Keys = i.loaded().Keys; len(want.Keys.Master) != 1 || strings.Contains(i.out.String(), want.Keys.Master[0]) {
		t.Errorf("keys %q", want.Keys.Master)
	}
	if diff := cmp.Diff(want, i.loaded()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"secadvisor.yaml", "secrets.env"}, i.left()); diff != "" {
		t.Error(diff)
	}
	raw, _ := os.ReadFile(i.path)
	if info, err := os.Stat(i.secretsPath()); err != nil || info.Mode().Perm() != 0o600 || strings.Contains(string(raw), "xoxb") {
		t.Errorf("secrets of mode %v, configuration:\n%s", info.Mode(), raw)
	}
}

func TestSetupForHTTPAsksForTheSigningSecret(t *testing.T) {
	i := installing(t, commandtest.Workspace(t), "s", "http", commandtest.BotToken, "not one", commandtest.SigningSecret, "", "", "", "", "")
	if err := i.run(t.Context()); err != nil {
		t.Fatal(err, i.out.String())
	}
	i.said("does not look like a signing secret", "serve prints a code", "Nobody is saved yet to phone")
	if c := i.loaded(); c.Slack.Mode != "http" || c.Slack.SigningSecret != commandtest.SigningSecret || c.Slack.AppToken != "" {
		t.Errorf("%+v", c.Slack)
	}
}

func TestSetupForTeamsAsksAgainForTheValueThatIsWrong(t *testing.T) {
	fake := faketeams.Start(t)
	fake.Secret(commandtest.ClientSecret)
	const unknown = "99999999-9999-9999-9999-999999999999"
	i := installing(t, nil,
		"teams",
		"the bot", unknown, "x", unknown, faketeams.App, commandtest.ClientSecret, // the id of a secret for the secret
		faketeams.Org,     // the tenant is wrong: it alone is asked for
		faketeams.App, "", // then the app is, and its tenant may be
		"http://bot.example.com", fake.URL, fake.URL,
		"olga", "44444444-4444-4444-4444-444444444444",
		"", "", "", "",
	)
	i.config.Teams = teams.Config{TokenURL: fake.LoginURL(), MetadataURL: fake.MetadataURL(), Plain: true}
	if err := i.run(t.Context()); err != nil {
		t.Fatal(err, i.out.String())
	}
	i.said("Microsoft App ID has the form", "App Tenant ID has the form", "That is the id of a secret",
		"Microsoft knows no organisation", "That organisation does not know this app", "Microsoft knows the bot.",
		"not the bot", "Kept as it is", "An object id has the form", "Written:", "teams package", fake.URL+"/api/messages")
	c := i.loaded()
	want := []teams.Bot{{AppID: faketeams.App, Secret: commandtest.ClientSecret, Tenant: faketeams.Org, Owners: []string{"44444444-4444-4444-4444-444444444444"}}}
	if diff := cmp.Diff(want, c.Teams.Bots); diff != "" || c.Teams.Address != fake.URL || c.SlackOn() {
		t.Errorf("%s %q", diff, c.Teams.Address)
	}
	if strings.Contains(i.out.String(), commandtest.ClientSecret) {
		t.Error("the secret is shown")
	}
}

func TestAWrongClientSecretIsAskedForAgainAndKeptIfGivenTwice(t *testing.T) {
	fake := faketeams.Start(t)
	fake.Secret(commandtest.ClientSecret)
	for name, row := range map[string]struct {
		second string
		says   string
	}{"right then": {commandtest.ClientSecret, "Microsoft knows the bot"}, "the same again": {"wrong", "Kept as it is"}} {
		i := installing(t, nil, "teams", faketeams.App, faketeams.Org, "wrong", row.second, "", "", "", "", "", "")
		i.config.Teams = teams.Config{TokenURL: fake.LoginURL(), Plain: true}
		if err := i.run(t.Context()); err != nil {
			t.Fatal(name, err, i.out.String())
		}
		i.said("does not take this client secret", row.says)
		if c := i.loaded(); c.Teams.Bots[0].Secret != row.second {
			t.Errorf("%s: %+v", name, c.Teams)
		}
	}
}

func TestSetupSaysWhatItCouldNotCheck(t *testing.T) {
	i := installing(t, nil, "both", "socket", commandtest.BotToken, commandtest.AppToken, "U0123ABCD",
		faketeams.App, faketeams.Org, commandtest.ClientSecret, "", "", "", "", "", "")
	i.config.Slack.APIURL = "http://127.0.0.1:1/api/"
	i.config.Teams = teams.Config{TokenURL: "http://127.0.0.1:1/token", Plain: true}
	if err := i.run(t.Context()); err != nil {
		t.Fatal(err, i.out.String())
	}
	i.said("Not checked, because Slack", "Not checked, because Slack", "Not checked, because Slack", "Not checked, because Microsoft", "Written:")
	if c := i.loaded(); c.Slack.BotToken != commandtest.BotToken || len(c.Teams.Bots) != 1 {
		t.Errorf("%+v", c)
	}
}

func TestAMissingScopeIsToldAtOnce(t *testing.T) {
	s := fakeslack.Start(t, fakeslack.WithTokens(commandtest.BotToken, commandtest.AppToken), fakeslack.WithScopes("chat:write", "users:read"))
	i := installing(t, s, "slack", "socket", commandtest.BotToken, commandtest.BotToken, commandtest.AppToken, "", "", "", "", "")
	if err := i.run(t.Context()); err != nil {
		t.Fatal(err, i.out.String())
	}
	i.said("But it lacks commands, im:write", "give it once more", "Kept as it is")
}

func TestAnAddressWithAPasswordGoesToTheSecrets(t *testing.T) {
	server := redistest.Start(t)
	client := server.Client()
	defer client.Close()
	if err := client.ConfigSet(t.Context(), "requirepass", "p%4ss word$").Err(); err != nil {
		t.Fatal(err)
	}
	address := strings.Replace(server.URL(), "://", "://:p%254ss%20word$@", 1)
	i := installing(t, commandtest.Workspace(t), "slack", "socket", commandtest.BotToken, commandtest.AppToken, "", strings.Replace(address, "p%25", "q", 1), "redis://:it's@h", address, "", "", "")
	if err := i.run(t.Context()); err != nil {
		t.Fatal(err, i.out.String())
	}
	i.said("write ' as %27", "Redis ", "was written, read back and removed")
	raw, err := os.ReadFile(i.path)
	if c := i.loaded(); err != nil || c.Storage != address || strings.Contains(string(raw), "ss") && strings.Contains(string(raw), "redis") {
		t.Errorf("storage %q, %v\n%s", c.Storage, err, raw)
	}
}

// However early the answers end, nothing is left behind.
func TestSetupThatIsNotFinishedWritesNothing(t *testing.T) {
	s := commandtest.Workspace(t)
	all := []string{"slack", "socket", commandtest.BotToken, commandtest.AppToken, fakeslack.Owner, "", "GB", "", "555 0100", "Robin"}
	for n := range all {
		i := installing(t, s, all[:n]...)
		if n == 0 {
			i.in = strings.NewReader("")
		}
		if err := i.run(t.Context()); !errors.Is(err, errEnded) || i.left() != nil {
			t.Errorf("after %d answers: %v, left %v", n, err, i.left())
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	i := installing(t, s)
	i.in = readerFunc(func([]byte) (int, error) { stop(); select {} })
	if err := i.run(ctx); !errors.Is(err, errStopped) || i.left() != nil {
		t.Errorf("stopped: %v, left %v", err, i.left())
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestWhatIsThereIsNotReplacedUnasked(t *testing.T) {
	s := commandtest.Workspace(t)
	rest := []string{"slack", "socket", commandtest.BotToken, commandtest.AppToken, "", "", "", "", ""}
	for answer, replaced := range map[string]bool{"": false, "no": false, "yes": true} {
		for _, name := range []string{"secadvisor.yaml", "secrets.env"} {
			i := installing(t, s, append([]string{answer}, rest...)...)
			path := filepath.Join(filepath.Dir(i.path), name)
			if err := os.WriteFile(path, []byte("# mine\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			err := i.run(t.Context())
			if (err == nil) != replaced {
				t.Errorf("%q: %v", answer, err)
			}
			i.said(path + " already")
			kept := path
			if replaced {
				found, _ := filepath.Glob(path + ".2*")
				if len(found) != 1 || len(i.left()) != 3 {
					t.Fatalf("%q: left %v", answer, i.left())
				}
				kept = found[0]
				i.loaded()
			}
			if raw, err := os.ReadFile(kept); err != nil || string(raw) != "# mine\n" {
				t.Errorf("%q: what was there is now %q, %v", answer, raw, err)
			}
		}
	}
}

// Somebody else writes the file while the questions are answered.
func TestAFileThatAppearsMeanwhileStays(t *testing.T) {
	i := installing(t, commandtest.Workspace(t), "slack", "socket", commandtest.BotToken, commandtest.AppToken, "", "", "", "", "")
	i.now = func() time.Time {
		_ = os.WriteFile(i.path, []byte("# theirs\n"), 0o600)
		return time.Now()
	}
	err := i.run(t.Context())
	raw, _ := os.ReadFile(i.path)
	if err == nil || string(raw) != "# theirs\n" || len(i.left()) != 1 {
		t.Errorf("%v, %q, left %v", err, raw, i.left())
	}
}

func TestSetupNamesAFolderThatIsNotThere(t *testing.T) {
	i := installing(t, nil, "slack")
	i.path = filepath.Join(t.TempDir(), "nowhere", "x.yaml")
	if err := i.run(t.Context()); err == nil || !strings.Contains(err.Error(), "there is no folder") {
		t.Error(err)
	}
}

// What the environment holds is not written down unasked.
func TestSetupLeavesTheEnvironmentWhereItIs(t *testing.T) {
	t.Setenv("SECADVISOR_TEAMS_BOTS_0_SECRET", "from-the-environment")
	t.Setenv("SECADVISOR_EMERGENCY_PHONE", "555 0199")
	base, err := config.Load("")
	if err != nil {
		t.Fatal(err)
	}
	s := commandtest.Workspace(t)
	i := installing(t, s, "slack", "socket", commandtest.BotToken, commandtest.AppToken, "", "", "", "", "")
	i.config = base
	i.config.Slack.APIURL = s.APIURL()
	if err := i.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{i.path, i.secretsPath()} {
		if raw, err := os.ReadFile(path); err != nil || strings.Contains(string(raw), "from-the-environment") || strings.Contains(string(raw), "0199") {
			t.Errorf("%v\n%s", err, raw)
		}
	}
}
