package slack

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest/fakeslack"
)

// answersOnce is a bot whose answer is ready.
type answersOnce struct{ view bot.View }

func (a answersOnce) Handle(context.Context, bot.Event) (bot.Reply, error) {
	return bot.Reply{View: &a.view}, nil
}

// anAnswer is as long as the answer to "/sec who handles printers?".
var anAnswer = bot.View{
	Title: "Printers and scanners: IT support",
	Gist:  "Printers and scanners: IT support handles it. Ask them to fix it.",
	Blocks: []bot.Block{
		bot.Say("IT support handles printers: setting them up, paper jams, drivers, and who may print where."),
		bot.Head("What to do first"),
		bot.Steps("Turn it off and on again.", "Check that it has paper and ink, and that the cable sits.", "Tell IT support the name on the printer & what its screen says."),
		bot.Small("Security looks in when a printer keeps copies of confidential papers."),
		bot.Row(bot.Press("It is something else", bot.Do("who", "other")), bot.Press("Who does what?", bot.Do("explain", "page", "start")), bot.Behind("Why?", bot.Do("who", "why", "printer-scanner")), bot.Behind("Help", bot.Do("menu", "help"))),
	},
}

// A whole command: read, verify, decode, draw, encode. The person and the
// place are remembered, and the bot's answer is ready.
func BenchmarkCommand(b *testing.B) {
	p, err := New(Config{Mode: "http", SigningSecret: fakeslack.SigningSecret, BotToken: "xoxb-1"}, "/sec", answersOnce{anAnswer}, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	p.people.known.keep(fakeslack.Team+"/"+fakeslack.Staff, profile{Person: bot.Person{ID: fakeslack.Staff, Name: "Sam", Affiliation: bot.Home}})
	p.people.known.fresh, p.places.known.fresh = time.Hour, time.Hour
	p.places.known.keep(tenant(fakeslack.Team)+"/"+fakeslack.General, bot.Room{Kind: bot.Channel})
	mux := http.NewServeMux()
	p.Routes(mux)
	body := "token=abcdefghijklmnopqrstuvwx&team_id=T0FAKE&team_domain=fake&channel_id=C0GENERAL&channel_name=general&user_id=U0STAFF&user_name=sam&command=%2Fsec&text=who+handles+printers%3F&api_app_id=A0FAKE&is_enterprise_install=false&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT0FAKE%2F123456789012%2Fabcdefghijklmnopqrstuvwx&trigger_id=1234567890123.123456789012.abcdef0123456789abcdef0123456789"
	r := httptest.NewRequest(http.MethodPost, "/slack/commands", nil)
	r.Header = headers(time.Now(), body, formType)
	b.ReportAllocs()
	for b.Loop() {
		r.Body = reader{strings.NewReader(body)}
		w := quiet{header: http.Header{}}
		mux.ServeHTTP(&w, r)
		if w.status != 0 || w.n == 0 {
			b.Fatalf("status %d, %d bytes", w.status, w.n)
		}
	}
}

func BenchmarkRender(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Render(anAnswer)
	}
}

type reader struct{ *strings.Reader }

func (reader) Close() error { return nil }

type quiet struct {
	header    http.Header
	status, n int
}

func (q *quiet) Header() http.Header         { return q.header }
func (q *quiet) WriteHeader(status int)      { q.status = status }
func (q *quiet) Write(p []byte) (int, error) { q.n += len(p); return len(p), nil }
