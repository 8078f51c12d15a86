package doctor

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

// patient is an installation that doctor looks at, as it does.
type patient struct {
	*commandtest.Installation
	now   func() time.Time
	limit time.Duration
}

// healthy is one of which nothing is to be said.
func healthy(t *testing.T, s *fakeslack.Server) *patient {
	t.Helper()
	return &patient{commandtest.Healthy(t, s), time.Now, checkLimit}
}

// examined is what doctor finds. No secret may be in it.
func (p *patient) examined() Diagnosis {
	p.Helper()
	p.Write()
	return silent(p, examination{path: p.Path, now: p.now, limit: p.limit}.run(p.Context()))
}

// silent fails the test if a diagnosis tells a secret.
func silent(t testing.TB, d Diagnosis) Diagnosis {
	t.Helper()
	var out bytes.Buffer
	d.print(&out)
	if err := json.NewEncoder(&out).Encode(d); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"xoxb-", "xapp-", commandtest.SigningSecret, commandtest.ClientSecret, commandtest.Key, commandtest.AnotherKey, "tiger", "lion"} {
		for line := range strings.Lines(out.String()) {
			if strings.Contains(line, secret) && !strings.Contains(line, "begins with") {
				t.Errorf("it tells %s: %s", secret, line)
			}
		}
	}
	return d
}

// finds looks for a check that ended in a state and says something.
func finds(t testing.TB, d Diagnosis, check string, is State, says string) {
	t.Helper()
	for _, f := range d.Checks {
		if f.Check == check && f.State == is && strings.Contains(f.Says+" -> "+f.Mend, says) {
			if is != Good && f.Mend == "" {
				t.Errorf("%s does not say what to do", check)
			}
			return
		}
	}
	t.Errorf("%s is not %s with %q: %+v", check, is, says, d.Checks)
}

func TestAHealthyInstallation(t *testing.T) {
	p := healthy(t, commandtest.Workspace(t))
	d := p.examined()
	var names []string
	for _, f := range d.Checks {
		names = append(names, f.Check)
		if f.State != Good || f.Mend != "" {
			t.Errorf("%+v", f)
		}
	}
	want := []string{"configuration", "secrets", "time_zones", "content", "storage", "keys", "storage.documents", "storage.trial",
		"slack.bot_token", "slack.scopes", "slack.app_token", "slack.owners", "clock", "listen"}
	if diff := cmp.Diff(want, names); diff != "" || d.State != Good {
		t.Errorf("%s: %s", d.State, diff)
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(p.Path), "x.db")); err == nil {
		t.Error("doctor made the store")
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(p.Path), ".secadvisor*")); left != nil {
		t.Errorf("left %v", left)
	}
}

func TestEachFaultOfASlackInstallationIsFound(t *testing.T) {
	set := func(p *patient, hidden ...string) { p.Hidden = hidden }
	bot, app := "SECADVISOR_SLACK_BOT_TOKEN="+commandtest.BotToken, "SECADVISOR_SLACK_APP_TOKEN="+commandtest.AppToken
	for name, row := range map[string]struct {
		options []fakeslack.Option
		change  func(p *patient, s *fakeslack.Server)
		check   string
		is      State
		says    string
	}{
		"another bot token": {nil, func(p *patient, _ *fakeslack.Server) { set(p, "SECADVISOR_SLACK_BOT_TOKEN=xoxb-9", app) }, "slack.bot_token", Failure, "does not know this bot token"},
		"a revoked token":   {nil, func(_ *patient, s *fakeslack.Server) { s.Revoke("token_revoked") }, "slack.bot_token", Failure, "taken back"},
		"tokens swapped":    {nil, func(p *patient, _ *fakeslack.Server) { set(p, "SECADVISOR_SLACK_BOT_TOKEN="+commandtest.AppToken, app) }, "slack.bot_token", Failure, "another kind"},
		"no bot token":      {nil, func(p *patient, _ *fakeslack.Server) { set(p, app) }, "slack.bot_token", Failure, "is missing"},
		"no app token":      {nil, func(p *patient, _ *fakeslack.Server) { set(p, bot) }, "slack.app_token", Failure, "is missing"},
		"another app token": {nil, func(p *patient, _ *fakeslack.Server) { set(p, bot, "SECADVISOR_SLACK_APP_TOKEN=xapp-9") }, "slack.app_token", Failure, "does not know this app token"},
		"a token unscoped": {nil, func(_ *patient, s *fakeslack.Server) {
			s.Fail("apps.connections.open", fakeslack.Refused("missing_scope"), 1)
		}, "slack.app_token", Failure, "lacks connections:write"},
		"a new word": {nil, func(_ *patient, s *fakeslack.Server) {
			s.Fail("apps.connections.open", fakeslack.Refused("odd_word"), 1)
		}, "slack.app_token", Failure, "says odd_word"},
		"Slack fails":        {nil, func(_ *patient, s *fakeslack.Server) { s.Fail("auth.test", fakeslack.Broken(500), 1) }, "slack.bot_token", Failure, "could not be asked"},
		"scopes are missing": {[]fakeslack.Option{fakeslack.WithScopes("chat:write", "users:read", "channels:history")}, nil, "slack.scopes", Failure, "lacks commands, im:write"},
		"scopes too many":    {[]fakeslack.Option{fakeslack.WithScopes("commands", "chat:write", "im:write", "im:history", "app_mentions:read", "files:write", "users:read", "channels:read", "groups:read", "channels:history", "admin")}, nil, "slack.scopes", Warning, "more than the bot needs: admin."},
		"an owner unknown":   {nil, func(p *patient, _ *fakeslack.Server) { p.Lines[4] = "  owners: [U0NOBODY]" }, "slack.owners", Failure, "knows nobody"},
		"an owner's name":    {nil, func(p *patient, _ *fakeslack.Server) { p.Lines[4] = "  owners: [Priya]" }, "slack.owners", Failure, "no member id"},
		"a guest as owner":   {nil, func(p *patient, _ *fakeslack.Server) { p.Lines[4] = "  owners: [" + fakeslack.Guest + "]" }, "slack.owners", Failure, "guest"},
		"a clock ahead":      {nil, func(p *patient, _ *fakeslack.Server) { p.now = func() time.Time { return time.Now().Add(time.Minute) } }, "clock", Warning, "ahead of Slack's"},
		"a clock far behind": {nil, func(p *patient, _ *fakeslack.Server) { p.now = func() time.Time { return time.Now().Add(-time.Hour) } }, "clock", Failure, "behind Slack's"},
		"no content":         {nil, func(p *patient, _ *fakeslack.Server) { p.Lines = append(p.Lines, "content: /nowhere") }, "content", Failure, "cannot be used"},
		"a letter is wrong":  {nil, func(p *patient, _ *fakeslack.Server) { set(p, bot, app, "SECADVISOR_SLAK_MODE=http") }, "variables", Warning, "SECADVISOR_SLAK_MODE"},
		"a file for all":     {nil, func(p *patient, _ *fakeslack.Server) { p.Lines = append(p.Lines, "  bot_token: "+commandtest.BotToken) }, "secrets", Failure, "What is secret in it: slack.bot_token"},
		"no signing secret":  {nil, func(p *patient, _ *fakeslack.Server) { p.Lines = append(p.Lines, "  mode: http") }, "slack.signing_secret", Failure, "is missing"},
		"a signing secret": {nil, func(p *patient, _ *fakeslack.Server) {
			p.Lines, p.Hidden = append(p.Lines, "  mode: http"), append(p.Hidden, "SECADVISOR_SLACK_SIGNING_SECRET="+commandtest.SigningSecret[1:])
		}, "slack.signing_secret", Warning, "does not look like"},
		"a folder missing": {nil, func(p *patient, _ *fakeslack.Server) { p.Lines[2] = "storage: file:/nowhere/x.db" }, "storage", Failure, "Make the folder"},
		"a folder as file": {nil, func(p *patient, _ *fakeslack.Server) { p.Lines[2] = "storage: file:" + filepath.Dir(p.Path) }, "storage", Failure, "is a folder"},
		"no Redis":         {nil, func(p *patient, _ *fakeslack.Server) { p.Lines[2] = "storage: redis://:tiger@127.0.0.1:1" }, "storage", Failure, "refused"},
		"a mistake":        {nil, func(p *patient, _ *fakeslack.Server) { p.Lines = append(p.Lines, "  mode: web") }, "configuration", Failure, "secadvisor.yaml:7: slack.mode must be"},
	} {
		t.Run(name, func(t *testing.T) {
			s := fakeslack.Start(t, append(row.options, fakeslack.WithTokens(commandtest.BotToken, commandtest.AppToken))...)
			p := healthy(t, s)
			if row.change != nil {
				row.change(p, s)
			}
			d := p.examined()
			finds(t, d, row.check, row.is, row.says)
			if d.State != row.is {
				t.Errorf("all in all %s: %+v", d.State, d.Checks)
			}
		})
	}
}

func TestContentWhoseSourcesWereReadLongAgoIsWarnedOf(t *testing.T) {
	x := examination{config: config.Defaults(), now: func() time.Time { return time.Now().AddDate(5, 0, 0) }}
	finds(t, x.conclude(x.content(t.Context())), "content", Warning, "read long ago")
}

func TestSecretsThatAGroupCanReadAreWarnedOf(t *testing.T) {
	p := healthy(t, commandtest.Workspace(t))
	p.examined()
	if err := os.Chmod(filepath.Join(filepath.Dir(p.Path), "secrets.env"), 0o640); err != nil {
		t.Fatal(err)
	}
	p.Hidden = nil
	finds(t, p.examined(), "secrets", Warning, "chmod 600")
}

func TestAStoreThatARunningServerHoldsIsWell(t *testing.T) {
	p := healthy(t, commandtest.Workspace(t))
	path := strings.TrimPrefix(p.Lines[2], "storage: file:")
	store, err := embedded.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	held := p.examined()
	finds(t, held, "storage", Good, "held by a running server")
	finds(t, held, "storage.documents", Good, "was not looked at") // what a trial file beside it has is not told as if it were there
	finds(t, held, "keys", Good, "What is written is sealed")
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	d := p.examined()
	finds(t, d, "storage", Good, "can be opened")
	finds(t, d, "storage.trial", Good, "removed")
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
	finds(t, p.examined(), "storage", Warning, "weak spots")
}

func TestDoctorLooksAtRedis(t *testing.T) {
	server := redistest.Start(t)
	client := server.Client()
	defer client.Close()
	restore := map[string]string{"maxmemory-policy": "noeviction", "appendonly": "yes", "appendfsync": "everysec"}
	for _, row := range []struct {
		setting, value string
		is             State
		says           string
	}{
		{"appendonly", "yes", Good, "Redis "},
		{"maxmemory-policy", "allkeys-lru", Failure, "noeviction"},
		{"appendonly", "no", Failure, "appendonly"},
		{"appendfsync", "no", Warning, "everysec"},
	} {
		client.ConfigSet(t.Context(), row.setting, row.value)
		p := healthy(t, commandtest.Workspace(t))
		p.Lines[2] = "storage: " + server.URL()
		d := p.examined()
		finds(t, d, "storage", row.is, row.says)
		if row.is == Good {
			finds(t, d, "storage.trial", Good, "removed")
		}
		client.ConfigSet(t.Context(), row.setting, restore[row.setting])
	}
}

func TestDoctorJudgesWhatARedisTells(t *testing.T) {
	for _, row := range []struct {
		server   redis.Server
		replicas int // that are waited for
		is       State
		says     string
	}{
		{redis.Server{Version: "7.0.1", Fsync: "everysec", Used: 70 << 20, Limit: 100 << 20}, 0, Good, "Redis 7.0.1"},
		{redis.Server{Fsync: "everysec", Used: 90 << 20, Limit: 100 << 20}, 0, Warning, "90 of the 100 MB"},
		{redis.Server{Fsync: "always", Replicas: 1}, 0, Warning, "wait_replicas: 1"},
		{redis.Server{Fsync: "always", Replicas: 1}, 1, Good, ""},
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
	p.Lines[2] = "storage: " + strings.Replace(server.URL(), "://", "://bot:tiger@", 1)
	d := p.examined()
	finds(t, d, "storage", Warning, "noeviction")
	finds(t, d, "storage", Good, "Redis ")
	finds(t, d, "secrets", Failure, "What is secret in it: storage")
	p.Lines[2] = strings.Replace(p.Lines[2], "tiger", "lion", 1)
	finds(t, p.examined(), "storage", Failure, "WRONGPASS")
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
	p.Lines[2], p.Lines[5] = "storage: redis://"+at, "  api_url: http://"+at+"/api/"
	begun := time.Now()
	d := p.examined()
	if took := time.Since(begun); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
	for _, check := range []string{"storage", "slack.bot_token", "slack.app_token"} {
		finds(t, d, check, Failure, "")
	}
	finds(t, d, "slack.bot_token", Failure, "no answer came in time")
	finds(t, d, "clock", Warning, "Nobody could be asked")
	finds(t, d, "content", Good, "topics")
}

// A check that hangs whatever its time is over is named.
func TestACheckThatHangsIsNamed(t *testing.T) {
	x := examination{limit: 10 * time.Millisecond}
	never := make(chan struct{})
	defer close(never)
	found := x.all(t.Context(), []group{
		{"slow", func(context.Context) []Finding { <-never; return nil }},
		{"quick", func(context.Context) []Finding { return []Finding{{Check: "quick", State: Good}} }},
	})
	if len(found) != 2 || found[0].Check != "slow" || found[0].State != Failure || found[1].State != Good {
		t.Errorf("%+v", found)
	}
}
