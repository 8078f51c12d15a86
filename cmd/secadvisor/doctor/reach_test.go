package doctor

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"secadvisor/bot/bottest/faketeams"
	"secadvisor/bot/teams"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/config"
)

func TestAPortThatIsTakenIsLookedAt(t *testing.T) {
	for says, row := range map[string]struct {
		health, ready int
		is            State
	}{
		"is ready": {200, 200, Good}, "it is not ready: why": {200, 503, Failure}, "no server of ours": {404, 404, Failure},
	} {
		mux := http.NewServeMux()
		mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(row.health) })
		mux.HandleFunc("/readyz", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "why", row.ready) })
		server := httptest.NewServer(mux)
		p := healthy(t, commandtest.Workspace(t))
		p.Lines[1] = "listen: " + server.Listener.Addr().String()
		finds(t, p.examined(), "listen", row.is, says)
		server.Close()
	}
}

// health says what the server lacks: the alerts send people to it.
func TestHealthTellsWhatTheServerLacks(t *testing.T) {
	for status, says := range map[int]string{
		http.StatusOK: "", http.StatusServiceUnavailable: "not ready: the storage cannot be reached", http.StatusNotFound: "is no secadvisor serve",
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "the storage cannot be reached", status) }))
		t.Setenv("SECADVISOR_LISTEN", server.Listener.Addr().String())
		err := Health{}.Run(t.Context())
		if (err == nil) != (says == "") || err != nil && !strings.Contains(err.Error(), says) {
			t.Errorf("%d: %v, want %q", status, err, says)
		}
		server.Close()
	}
}

// The port of the figures is looked at, too: the server would not start.
func TestAPortOfFiguresThatIsTaken(t *testing.T) {
	taken := httptest.NewServer(http.NotFoundHandler())
	defer taken.Close()
	p := healthy(t, commandtest.Workspace(t))
	p.Lines = append([]string{"metrics: " + taken.Listener.Addr().String()}, p.Lines...)
	finds(t, p.examined(), "metrics", Failure, "under metrics")
	p.Lines[0] = "metrics: " + commandtest.FreeAddress(t)
	finds(t, p.examined(), "metrics", Good, "is free")
}

// Whoever leaves --config out beside the file reads that it was not read.
func TestAConfigurationThatWasNotNamed(t *testing.T) {
	p := healthy(t, commandtest.Workspace(t))
	p.Write()
	t.Chdir(filepath.Dir(p.Path))
	x := examination{now: p.now, limit: p.limit}
	finds(t, silent(p, x.run(t.Context())), "configuration", Warning, "add --config secadvisor.yaml")
}

// forTeams is an examination of an installation for Teams alone.
func forTeams(t *testing.T, fake *faketeams.Server) examination {
	x := examination{config: config.Defaults(), now: time.Now, limit: checkLimit}
	x.config.Listen = commandtest.FreeAddress(t)
	x.config.Teams = teams.Config{TokenURL: fake.LoginURL(), MetadataURL: fake.MetadataURL(), Plain: true,
		Bots: []teams.Bot{{AppID: faketeams.App, Tenant: faketeams.Org, Secret: commandtest.ClientSecret}}}
	return x
}

func TestEachFaultOfATeamsInstallationIsFound(t *testing.T) {
	const unknown = "99999999-9999-9999-9999-999999999999"
	for name, row := range map[string]struct {
		change func(b *teams.Bot, s *faketeams.Server)
		check  string
		is     State
		says   string
	}{
		"nothing":      {func(*teams.Bot, *faketeams.Server) {}, "teams.bots[0]", Good, "tokens"},
		"the keys":     {func(*teams.Bot, *faketeams.Server) {}, "teams.keys", Good, "fetched"},
		"the secret":   {func(b *teams.Bot, _ *faketeams.Server) { b.Secret = "lion" }, "teams.bots[0]", Failure, "client secret"},
		"the app":      {func(b *teams.Bot, _ *faketeams.Server) { b.AppID = unknown }, "teams.bots[0]", Failure, "does not know this app"},
		"the tenant":   {func(b *teams.Bot, _ *faketeams.Server) { b.Tenant = unknown }, "teams.bots[0]", Failure, "no organisation"},
		"the form":     {func(b *teams.Bot, _ *faketeams.Server) { b.Tenant = "contoso" }, "teams", Failure, "teams.bots[0].tenant"},
		"Microsoft":    {func(_ *teams.Bot, s *faketeams.Server) { s.FailAt(faketeams.Token, faketeams.Broken(503), 1) }, "teams.bots[0]", Failure, "503"},
		"keys unfound": {func(_ *teams.Bot, s *faketeams.Server) { s.FailAt(faketeams.Metadata, faketeams.Broken(500), 1) }, "teams.keys", Failure, "could not be fetched"},
	} {
		t.Run(name, func(t *testing.T) {
			fake := faketeams.Start(t)
			fake.Secret(commandtest.ClientSecret)
			x := forTeams(t, fake)
			row.change(&x.config.Teams.Bots[0], fake)
			finds(t, silent(t, x.conclude(x.teams(t.Context()))), row.check, row.is, row.says)
		})
	}
	fake := faketeams.Start(t)
	x := forTeams(t, fake)
	finds(t, x.conclude(x.clock(t.Context())), "clock", Good, "Microsoft's")
	finds(t, x.conclude(x.address(t.Context())), "address", Warning, "teams.address is not set")
	if found := x.slack(t.Context()); found != nil {
		t.Errorf("Slack is looked at: %+v", found)
	}
}

func TestThePublicAddressIsTried(t *testing.T) {
	x := forTeams(t, faketeams.Start(t))
	answer := http.HandlerFunc(nil)
	front := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { answer(w, r) }))
	front.Config.ErrorLog = log.New(io.Discard, "", 0)
	front.StartTLS()
	defer front.Close()
	x.config.Teams.HTTP = front.Client()
	status := func(code int, head ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i+1 < len(head); i += 2 {
				w.Header().Set(head[i], head[i+1])
			}
			w.WriteHeader(code)
		}
	}
	bot := http.NewServeMux()
	bot.HandleFunc("POST /api/messages", status(200))
	for says, row := range map[string]struct {
		answer  http.HandlerFunc
		address string
		is      State
	}{
		"leads to the bot":      {bot.ServeHTTP, front.URL + "/", Good},
		"no server runs behind": {status(502), front.URL, Warning},
		"but not the bot":       {status(404), front.URL, Failure},
		"sends visitors":        {status(301, "Location", "/x"), front.URL, Failure},
		"status 200, which is":  {status(200), front.URL, Failure},
		"status 405, which is":  {status(405), front.URL, Failure},
		"is not known":          {bot.ServeHTTP, "https://no-such-host.invalid", Failure},
		"connection refused":    {bot.ServeHTTP, "https://127.0.0.1:1", Failure},
	} {
		answer, x.config.Teams.Address = row.answer, row.address
		finds(t, x.conclude(x.address(t.Context())), "address", row.is, says)
	}
	x.config.Teams.HTTP, x.config.Teams.Address = nil, front.URL // its certificate is its own
	finds(t, x.conclude(x.address(t.Context())), "address", Failure, "certificate")

	// A bot runs, and the proxy does not find it.
	running := httptest.NewServer(status(200))
	defer running.Close()
	x.config.Teams.HTTP, x.config.Listen, answer = front.Client(), running.Listener.Addr().String(), status(502)
	finds(t, x.conclude(x.address(t.Context())), "address", Failure, "does not find the bot")

	// Slack over HTTP takes another path.
	x.config.Slack.Mode, x.config.Slack.BotToken, answer = "http", commandtest.BotToken, bot.ServeHTTP
	finds(t, x.conclude(x.address(t.Context())), "address", Failure, "/slack/events")
}
