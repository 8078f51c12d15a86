package main

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/bot/engine"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/storage/redis/redistest"
)

// The main job through Slack: claim, ask, be assessed with a restart in the
// middle, be reminded; over HTTP and over sockets, on bbolt and on Redis.
func TestTheStoryInSlack(t *testing.T) {
	for name, storage := range map[string]func(t *testing.T) string{
		"bbolt": func(t *testing.T) string { return "file:" + filepath.Join(t.TempDir(), "story.db") },
		"redis": func(t *testing.T) string { return redistest.Start(t).URL() },
	} {
		for _, mode := range []string{"http", "socket"} {
			t.Run(mode+" on "+name, func(t *testing.T) {
				t.Parallel()
				tellStory(newStage(t, mode, storage(t)))
			})
		}
	}
}

// workedExample are the presses of the first worked example, after the note
// on the first question.
var workedExample = []string{"Partly", "Yes, I believe so", "Yes, I've seen it", "Longer ago, or never",
	"Yes, I've seen it", "Don't know", "No", "Within a year, I've seen it", "No", "Longer ago, or never"}

func tellStory(s *stage) {
	s.start()
	owner, staff := fakeslack.Owner, fakeslack.Staff
	s.slack.HomeOpened(owner)
	s.dm(owner, "ask who handles something")
	s.until("the bot's own page", func() bool { _, ok := s.slack.Home(owner); return ok })

	s.answered(s.slack.Command(owner, "", "/sec", "claim WRONG-CODE-HERE"), "That is not the code")
	s.answered(s.slack.Command(owner, "", "/sec", "claim "+s.code), "You are an owner now")

	s.answered(s.slack.Command(staff, fakeslack.General, "/sec", "who handles printers?"), "Printers and scanners")
	s.answered(s.slack.Command(staff, fakeslack.General, "/sec", "assess"), "Only an owner")
	s.answered(s.slack.Command(owner, fakeslack.Shared, "/sec", "assess"), "people of other companies")

	s.acked(s.slack.Command(owner, "", "/sec", "assess"))
	s.press(owner, "How many people", "11 to 49")
	s.press(owner, "Who looks after your computers", "An IT provider")
	s.press(owner, "Who looks after security", "IT alone")
	s.acked(s.slack.Select(owner, s.dm(owner, "1 of 10"), "Add a note"))
	form := s.form(owner)
	s.acked(s.slack.SubmitForm(owner, form, map[string]string{"note": "Robin has the list"}))
	s.dm(owner, "Robin has the list")
	for i, label := range workedExample {
		if i == 4 {
			s.stop()
			s.start()
		}
		s.press(owner, []string{"1 of 10", "2 of 10", "3 of 10", "4 of 10", "5 of 10", "6 of 10", "7 of 10", "8 of 10", "9 of 10", "10 of 10"}[i], label)
	}
	result := s.dm(owner, "45 of 100, weak (could be up to 53")
	if cards := s.count(owner, "Quick check"); cards != 1 {
		s.Errorf("the assessment lies in %d messages, want one that is edited", cards)
	}

	s.acked(s.slack.Press(owner, result, "Remind me every quarter"))
	s.acked(s.slack.Press(owner, s.ephemeral(owner, "every three months"), "Set it"))
	due := s.due(s.ephemeral(owner, "Set: Quick check").Shown())
	s.stop()
	s.clock.Move(due.Add(3 * time.Hour))
	s.start()
	late := s.dm(owner, "I was not running then")
	s.acked(s.slack.Press(owner, late, "Ask me in a week"))
	s.dm(owner, "I'll ask again on")

	s.answered(s.slack.Command(staff, fakeslack.General, "/sec", "i typed my password into that sharepoint thing"), "Act now")
	s.dm(staff, "Act now")
	s.acked(s.slack.DMText(staff, "who handles the wifi?"))
	s.dm(staff, "Wi-Fi")
	s.acked(s.slack.Mention(staff, fakeslack.General, "who handles the firewall?"))
	s.ephemeral(staff, "irewall")
	asked := s.slack.Say(owner, fakeslack.General, "the printer on the second floor prints only stripes")
	s.acked(s.slack.Shortcut(staff, asked, "who_handles"))
	s.ephemeral(staff, "Printers")
	s.stop()
}

// stage is a company in a fake Slack, and a bot that can be stopped and
// started again on the same store.
type stage struct {
	*testing.T
	slack  *fakeslack.Server
	config config.Config
	clock  *engine.Clock
	code   string // that the server printed

	address string

	cancel  context.CancelFunc
	running sync.WaitGroup
}

func newStage(t *testing.T, mode, storage string) *stage {
	s := &stage{T: t, slack: fakeslack.Start(t, fakeslack.WithTimeScale(0.01)), clock: &engine.Clock{}, config: config.Defaults()}
	s.config.Storage, s.config.Listen = storage, "127.0.0.1:0"
	s.config.Slack.Mode, s.config.Slack.APIURL = mode, s.slack.APIURL()
	s.config.Slack.BotToken, s.config.Slack.AppToken, s.config.Slack.SigningSecret = fakeslack.BotToken, fakeslack.AppToken, fakeslack.SigningSecret
	return s
}

func (s *stage) start() {
	s.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	server, err := newServer(ctx, s.config, s.clock, slog.New(slog.NewTextHandler(logTo(s.T), nil)))
	if err != nil {
		s.Fatal(err)
	}
	printed, out := io.Pipe()
	server.out, s.cancel, s.address = out, cancel, server.listen.Addr().String()
	s.running.Go(func() {
		if err := server.run(ctx); err != nil {
			s.Error(err)
		}
	})
	if s.code == "" {
		s.code = codeIn(s.T, printed)
	}
	if s.config.Slack.Mode == "http" {
		s.slack.Connect("http://" + s.address)
		return
	}
	s.until("the socket is open", func() bool { return len(s.slack.Sockets()) > 0 })
}

// codeIn waits for the claim code that a new server prints.
func codeIn(t *testing.T, printed io.Reader) string {
	t.Helper()
	text := make([]byte, 400)
	n, err := printed.Read(text)
	m := regexp.MustCompile(`claim (\S+)`).FindSubmatch(text[:n])
	if err != nil || m == nil {
		t.Fatalf("no claim code was printed, but %q (%v)", text[:n], err)
	}
	return string(m[1])
}

func (s *stage) stop() {
	s.cancel()
	s.running.Wait()
}

// logTo shows the log where a test is verbose.
func logTo(t *testing.T) io.Writer {
	if testing.Verbose() {
		return t.Output()
	}
	return io.Discard
}

func (s *stage) until(what string, is func() bool) {
	s.Helper()
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if is() {
			return
		}
	}
	s.Fatalf("%s: it did not come to that", what)
}

func (s *stage) acked(d *fakeslack.Delivery) {
	s.Helper()
	if !d.Acked() || d.Problem() != "" {
		s.Fatalf("acknowledged %v, problem %q, %+v", d.Acked(), d.Problem(), d.Last())
	}
}

func (s *stage) answered(d *fakeslack.Delivery, words string) {
	s.Helper()
	s.acked(d)
	m, ok := d.Answer()
	if !ok || !strings.Contains(m.Shown(), words) {
		s.Fatalf("answered %v %q, want %q", ok, m.Shown(), words)
	}
}

// dm waits for a direct message that says something, as it is now.
func (s *stage) dm(user, words string) fakeslack.Message {
	s.Helper()
	return s.find("direct message", words, func() []fakeslack.Message { return s.slack.DM(user) })
}

func (s *stage) ephemeral(user, words string) fakeslack.Message {
	s.Helper()
	return s.find("message for one", words, func() []fakeslack.Message { return s.slack.Ephemerals(user) })
}

func (s *stage) find(what, words string, list func() []fakeslack.Message) (found fakeslack.Message) {
	s.Helper()
	s.until(what+" with "+words, func() bool {
		for _, m := range list() {
			if strings.Contains(m.Shown(), words) {
				found = m
				return true
			}
		}
		return false
	})
	return found
}

func (s *stage) count(user, words string) int {
	n := 0
	for _, m := range s.slack.DM(user) {
		if strings.Contains(m.Shown(), words) {
			n++
		}
	}
	return n
}

// press presses a button of the card, once it shows something.
func (s *stage) press(user, words, label string) {
	s.Helper()
	s.acked(s.slack.Press(user, s.dm(user, words), label))
}

func (s *stage) form(user string) (v fakeslack.View) {
	s.Helper()
	s.until("a form", func() bool {
		var ok bool
		v, ok = s.slack.View(user)
		return ok
	})
	return v
}

// due reads the date that a reminder was set for.
func (s *stage) due(text string) time.Time {
	s.Helper()
	return dateIn(s, text)
}

var spelledDate = regexp.MustCompile(`\w+ (\d+ \w+ \d{4}), (\d+:\d+) \((\S+)\)`)

// dateIn reads the first date of a text.
func dateIn(t testing.TB, text string) time.Time {
	t.Helper()
	m := spelledDate.FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("no date in %q", text)
	}
	loc, err := time.LoadLocation(m[3])
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2 January 2006 15:04", m[1]+" "+m[2], loc)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
