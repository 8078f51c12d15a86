package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/storage/embedded"
	"secadvisor/storage/redis"
	"secadvisor/storage/redis/redistest"
)

// patient is an installation that doctor looks at.
type patient struct {
	*testing.T
	lines  []string // of the configuration
	hidden []string // of the secrets
	path   string
	now    func() time.Time
	limit  time.Duration
}

// healthy is an installation for Slack of which nothing is to be said.
func healthy(t *testing.T, s *fakeslack.Server) *patient {
	t.Helper()
	p := &patient{T: t, path: filepath.Join(t.TempDir(), "secadvisor.yaml"), now: time.Now, limit: checkLimit}
	p.lines = []string{"secrets: secrets.env", "listen: " + commandtest.FreeAddress(t), "storage: file:" + filepath.Join(filepath.Dir(p.path), "x.db"),
		"slack:", "  owners: [" + fakeslack.Owner + "]", "  api_url: " + s.APIURL()}
	p.hidden = []string{"SECADVISOR_SLACK_BOT_TOKEN=" + commandtest.BotToken, "SECADVISOR_SLACK_APP_TOKEN=" + commandtest.AppToken, keysVariable + "=" + commandtest.Key}
	return p
}

// examined is what doctor finds. No secret may be in it.
func (p *patient) examined() diagnosis {
	p.Helper()
	p.write(p.path, p.lines, 0o644)
	if p.hidden != nil {
		p.write(filepath.Join(filepath.Dir(p.path), "secrets.env"), p.hidden, 0o600)
	}
	return p.silent(examination{path: p.path, now: p.now, limit: p.limit}.run(p.Context()))
}

func (p *patient) write(path string, lines []string, mode os.FileMode) {
	p.Helper()
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), mode); err != nil {
		p.Fatal(err)
	}
}

// silent fails the test if a diagnosis tells a secret.
func (p *patient) silent(d diagnosis) diagnosis {
	p.Helper()
	var out bytes.Buffer
	d.print(&out)
	if err := json.NewEncoder(&out).Encode(d); err != nil {
		p.Fatal(err)
	}
	for _, secret := range []string{"xoxb-", "xapp-", commandtest.SigningSecret, commandtest.ClientSecret, commandtest.Key, commandtest.AnotherKey, "tiger", "lion"} {
		for line := range strings.Lines(out.String()) {
			if strings.Contains(line, secret) && !strings.Contains(line, "begins with") {
				p.Errorf("it tells %s: %s", secret, line)
			}
		}
	}
	return d
}

// finds looks for a check that ended in a state and says something.
func (p *patient) finds(d diagnosis, check string, is state, says string) {
	p.Helper()
	for _, f := range d.Checks {
		if f.Check == check && f.State == is && strings.Contains(f.Says+" -> "+f.Mend, says) {
			if is != good && f.Mend == "" {
				p.Errorf("%s does not say what to do", check)
			}
			return
		}
	}
	p.Errorf("%s is not %s with %q: %+v", check, is, says, d.Checks)
}

func TestAHealthyInstallation(t *testing.T) {
	p := healthy(t, commandtest.Workspace(t))
	d := p.examined()
	var names []string
	for _, f := range d.Checks {
		names = append(names, f.Check)
		if f.State != good || f.Mend != "" {
			t.Errorf("%+v", f)
		}
	}
	want := []string{"configuration", "secrets", "time_zones", "content", "storage", "keys", "storage.trial",
		"slack.bot_token", "slack.scopes", "slack.app_token", "slack.owners", "clock", "listen"}
	if diff := cmp.Diff(want, names); diff != "" || d.State != good {
		t.Errorf("%s: %s", d.State, diff)
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(p.path), "x.db")); err == nil {
		t.Error("doctor made the store")
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(p.path), ".secadvisor*")); left != nil {
		t.Errorf("left %v", left)
	}
}

func TestEachFaultOfASlackInstallationIsFound(t *testing.T) {
	set := func(p *patient, hidden ...string) { p.hidden = hidden }
	bot, app := "SECADVISOR_SLACK_BOT_TOKEN="+commandtest.BotToken, "SECADVISOR_SLACK_APP_TOKEN="+commandtest.AppToken
	for name, row := range map[string]struct {
		options []fakeslack.Option
		change  func(p *patient, s *fakeslack.Server)
		check   string
		is      state
		says    string
	}{
		"another bot token": {nil, func(p *patient, _ *fakeslack.Server) { set(p, "SECADVISOR_SLACK_BOT_TOKEN=xoxb-9", app) }, "slack.bot_token", failure, "does not know this bot token"},
		"a revoked token":   {nil, func(_ *patient, s *fakeslack.Server) { s.Revoke("token_revoked") }, "slack.bot_token", failure, "taken back"},
		"tokens swapped":    {nil, func(p *patient, _ *fakeslack.Server) { set(p, "SECADVISOR_SLACK_BOT_TOKEN="+commandtest.AppToken, app) }, "slack.bot_token", failure, "another kind"},
		"no bot token":      {nil, func(p *patient, _ *fakeslack.Server) { set(p, app) }, "slack.bot_token", failure, "is missing"},
		"no app token":      {nil, func(p *patient, _ *fakeslack.Server) { set(p, bot) }, "slack.app_token", failure, "is missing"},
		"another app token": {nil, func(p *patient, _ *fakeslack.Server) { set(p, bot, "SECADVISOR_SLACK_APP_TOKEN=xapp-9") }, "slack.app_token", failure, "does not know this app token"},
		"a token unscoped": {nil, func(_ *patient, s *fakeslack.Server) {
			s.Fail("apps.connections.open", fakeslack.Refused("missing_scope"), 1)
		}, "slack.app_token", failure, "lacks connections:write"},
		"a new word": {nil, func(_ *patient, s *fakeslack.Server) {
			s.Fail("apps.connections.open", fakeslack.Refused("odd_word"), 1)
		}, "slack.app_token", failure, "says odd_word"},
		"Slack fails":        {nil, func(_ *patient, s *fakeslack.Server) { s.Fail("auth.test", fakeslack.Broken(500), 1) }, "slack.bot_token", failure, "could not be asked"},
		"scopes are missing": {[]fakeslack.Option{fakeslack.WithScopes("chat:write", "users:read", "channels:history")}, nil, "slack.scopes", failure, "lacks commands, im:write"},
		"scopes too many":    {[]fakeslack.Option{fakeslack.WithScopes("commands", "chat:write", "im:write", "im:history", "app_mentions:read", "files:write", "users:read", "channels:read", "groups:read", "channels:history", "admin")}, nil, "slack.scopes", warning, "more than the bot needs: admin."},
		"an owner unknown":   {nil, func(p *patient, _ *fakeslack.Server) { p.lines[4] = "  owners: [U0NOBODY]" }, "slack.owners", failure, "knows nobody"},
		"an owner's name":    {nil, func(p *patient, _ *fakeslack.Server) { p.lines[4] = "  owners: [Priya]" }, "slack.owners", failure, "no member id"},
		"a guest as owner":   {nil, func(p *patient, _ *fakeslack.Server) { p.lines[4] = "  owners: [" + fakeslack.Guest + "]" }, "slack.owners", failure, "guest"},
		"a clock ahead":      {nil, func(p *patient, _ *fakeslack.Server) { p.now = func() time.Time { return time.Now().Add(time.Minute) } }, "clock", warning, "ahead of Slack's"},
		"a clock far behind": {nil, func(p *patient, _ *fakeslack.Server) { p.now = func() time.Time { return time.Now().Add(-time.Hour) } }, "clock", failure, "behind Slack's"},
		"no content":         {nil, func(p *patient, _ *fakeslack.Server) { p.lines = append(p.lines, "content: /nowhere") }, "content", failure, "cannot be used"},
		"a letter is wrong":  {nil, func(p *patient, _ *fakeslack.Server) { set(p, bot, app, "SECADVISOR_SLAK_MODE=http") }, "variables", warning, "SECADVISOR_SLAK_MODE"},
		"a file for all":     {nil, func(p *patient, _ *fakeslack.Server) { p.lines = append(p.lines, "  bot_token: "+commandtest.BotToken) }, "secrets", failure, "It holds slack.bot_token"},
		"no signing secret":  {nil, func(p *patient, _ *fakeslack.Server) { p.lines = append(p.lines, "  mode: http") }, "slack.signing_secret", failure, "is missing"},
		"a signing secret": {nil, func(p *patient, _ *fakeslack.Server) {
			p.lines, p.hidden = append(p.lines, "  mode: http"), append(p.hidden, "SECADVISOR_SLACK_SIGNING_SECRET="+commandtest.SigningSecret[1:])
		}, "slack.signing_secret", warning, "does not look like"},
		"a folder missing": {nil, func(p *patient, _ *fakeslack.Server) { p.lines[2] = "storage: file:/nowhere/x.db" }, "storage", failure, "Make the folder"},
		"a folder as file": {nil, func(p *patient, _ *fakeslack.Server) { p.lines[2] = "storage: file:" + filepath.Dir(p.path) }, "storage", failure, "is a folder"},
		"no Redis":         {nil, func(p *patient, _ *fakeslack.Server) { p.lines[2] = "storage: redis://:tiger@127.0.0.1:1" }, "storage", failure, "refused"},
		"a mistake":        {nil, func(p *patient, _ *fakeslack.Server) { p.lines = append(p.lines, "  mode: web") }, "configuration", failure, "secadvisor.yaml:7: slack.mode must be"},
	} {
		t.Run(name, func(t *testing.T) {
			s := fakeslack.Start(t, append(row.options, fakeslack.WithTokens(commandtest.BotToken, commandtest.AppToken))...)
			p := healthy(t, s)
			if row.change != nil {
				row.change(p, s)
			}
			d := p.examined()
			p.finds(d, row.check, row.is, row.says)
			if d.State != row.is {
				t.Errorf("all in all %s: %+v", d.State, d.Checks)
			}
		})
	}
}

func TestContentWhoseSourcesWereReadLongAgoIsWarnedOf(t *testing.T) {
	x := examination{config: config.Defaults(), now: func() time.Time { return time.Now().AddDate(5, 0, 0) }}
	(&patient{T: t}).finds(x.conclude(x.content(t.Context())), "content", warning, "read long ago")
}

func TestSecretsThatAGroupCanReadAreWarnedOf(t *testing.T) {
	p := healthy(t, commandtest.Workspace(t))
	p.examined()
	if err := os.Chmod(filepath.Join(filepath.Dir(p.path), "secrets.env"), 0o640); err != nil {
		t.Fatal(err)
	}
	p.hidden = nil
	p.finds(p.examined(), "secrets", warning, "chmod 600")
}

func TestAStoreThatARunningServerHoldsIsWell(t *testing.T) {
	p := healthy(t, commandtest.Workspace(t))
	path := strings.TrimPrefix(p.lines[2], "storage: file:")
	store, err := embedded.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	p.finds(p.examined(), "storage", good, "held by a running server")
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	d := p.examined()
	p.finds(d, "storage", good, "can be opened")
	p.finds(d, "storage.trial", good, "removed")
	if store, err = embedded.Open(path); err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if left, _, err := store.Tenants(t.Context(), "", 10); err != nil || len(left) > 0 {
		t.Errorf("the trial left %v, %v", left, err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	store.Close()
	p.finds(p.examined(), "storage", warning, "weak spots")
}

func TestDoctorLooksAtRedis(t *testing.T) {
	server := redistest.Start(t)
	client := server.Client()
	defer client.Close()
	restore := map[string]string{"maxmemory-policy": "noeviction", "appendonly": "yes", "appendfsync": "everysec"}
	for _, row := range []struct {
		setting, value string
		is             state
		says           string
	}{
		{"appendonly", "yes", good, "Redis "},
		{"maxmemory-policy", "allkeys-lru", failure, "noeviction"},
		{"appendonly", "no", failure, "appendonly"},
		{"appendfsync", "no", warning, "everysec"},
	} {
		client.ConfigSet(t.Context(), row.setting, row.value)
		p := healthy(t, commandtest.Workspace(t))
		p.lines[2] = "storage: " + server.URL()
		d := p.examined()
		p.finds(d, "storage", row.is, row.says)
		if row.is == good {
			p.finds(d, "storage.trial", good, "removed")
		}
		client.ConfigSet(t.Context(), row.setting, restore[row.setting])
	}
}

func TestDoctorJudgesWhatARedisTells(t *testing.T) {
	for _, row := range []struct {
		server   redis.Server
		replicas int // that are waited for
		is       state
		says     string
	}{
		{redis.Server{Version: "7.0.1", Fsync: "everysec", Used: 70 << 20, Limit: 100 << 20}, 0, good, "Redis 7.0.1"},
		{redis.Server{Fsync: "everysec", Used: 90 << 20, Limit: 100 << 20}, 0, warning, "90 of the 100 MB"},
		{redis.Server{Fsync: "always", Replicas: 1}, 0, warning, "wait_replicas: 1"},
		{redis.Server{Fsync: "always", Replicas: 1}, 1, good, ""},
	} {
		x := examination{config: config.Config{Replicas: row.replicas}}
		if f := x.server(row.server); f.State != row.is || !strings.Contains(f.Says+f.Mend, row.says) {
			t.Errorf("%+v: %+v", row.server, f)
		}
	}
}

// A server that hides its settings is warned of; a wrong password is told
// without it.
func TestDoctorLooksAtARedisThatHidesThings(t *testing.T) {
	server := redistest.Start(t)
	client := server.Client()
	defer client.Close()
	if err := client.Do(t.Context(), "acl", "setuser", "bot", "on", ">tiger", "~*", "+@all", "-config").Err(); err != nil {
		t.Fatal(err)
	}
	p := healthy(t, commandtest.Workspace(t))
	p.lines[2] = "storage: " + strings.Replace(server.URL(), "://", "://bot:tiger@", 1)
	d := p.examined()
	p.finds(d, "storage", warning, "noeviction")
	p.finds(d, "storage", good, "Redis ")
	p.finds(d, "secrets", failure, "It holds storage")
	p.lines[2] = strings.Replace(p.lines[2], "tiger", "lion", 1)
	p.finds(p.examined(), "storage", failure, "WRONGPASS")
}

// A network that swallows everything: every check ends, and says so.
func TestWithoutANetworkEveryCheckEnds(t *testing.T) {
	hole, err := net.Listen("tcp", "127.0.0.1:0") // takes calls and never answers
	if err != nil {
		t.Fatal(err)
	}
	defer hole.Close()
	at := hole.Addr().String()
	p := healthy(t, commandtest.Workspace(t))
	p.limit = time.Second
	p.lines[2], p.lines[5] = "storage: redis://"+at, "  api_url: http://"+at+"/api/"
	begun := time.Now()
	d := p.examined()
	if took := time.Since(begun); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
	for _, check := range []string{"storage", "slack.bot_token", "slack.app_token"} {
		p.finds(d, check, failure, "")
	}
	p.finds(d, "slack.bot_token", failure, "no answer came in time")
	p.finds(d, "clock", warning, "Nobody could be asked")
	p.finds(d, "content", good, "topics")
}

// A check that hangs whatever its time is over is named.
func TestACheckThatHangsIsNamed(t *testing.T) {
	x := examination{limit: 10 * time.Millisecond}
	never := make(chan struct{})
	defer close(never)
	found := x.all(t.Context(), []group{
		{"slow", func(context.Context) []finding { <-never; return nil }},
		{"quick", func(context.Context) []finding { return []finding{{Check: "quick", State: good}} }},
	})
	if len(found) != 2 || found[0].Check != "slow" || found[0].State != failure || found[1].State != good {
		t.Errorf("%+v", found)
	}
}
