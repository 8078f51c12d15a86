package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/storage/redis/redistest"
)

var killEvents = flag.Int("kill-events", 0, "events of TestKilledAgainAndAgain; the full test has 10000")

// The bot is killed every 0.2 to 0.8 s while Slack sends it questions, one
// in ten of them twice, and Slack itself fails one request in a hundred.
// Every question must be answered once, in the order of its conversation.
func TestKilledAgainAndAgain(t *testing.T) {
	if *killEvents == 0 {
		t.Skip("runs with -kill-events 10000, for about a minute")
	}
	binary := build(t)
	t.Run("bbolt", func(t *testing.T) {
		killStory(t, binary, 1, "file:"+filepath.Join(t.TempDir(), "kill.db"))
	})
	t.Run("redis, two bots", func(t *testing.T) {
		killStory(t, binary, 2, redistest.Start(t).URL())
	})
}

func build(t testing.TB) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "secadvisor")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return binary
}

const (
	signingSecret = "a-signing-secret-for-tests"
	people        = 40 // who ask
	assessed      = 4  // owners who press through an assessment
)

func killStory(t *testing.T, binary string, bots int, storage string) {
	slack := fakeslack.Start(t, fakeslack.WithSigningSecret(signingSecret))
	for i := range people + assessed {
		slack.AddUser(userID(i))
	}
	slack.FailRate(0.01)
	var running []*process
	for range bots {
		p := &process{t: t, binary: binary, storage: storage, slack: slack, listen: commandtest.FreeAddress(t), more: []string{config.KeysVariable + "=" + commandtest.Key}}
		p.start()
		t.Cleanup(p.kill)
		running = append(running, p)
	}
	for _, p := range running {
		p.waitReady()
	}

	describeCompany(t, slack, running)
	killing, stopKilling := context.WithCancel(t.Context())
	var killer sync.WaitGroup
	kills := 0
	killer.Go(func() { kills = killOften(killing, running) })
	var assessments sync.WaitGroup
	for i := range assessed {
		assessments.Go(func() { assessUnderFire(t, slack, running, people+i) })
	}
	asked := sendAll(t, running)
	assessments.Wait()
	stopKilling()
	killer.Wait()
	compare(t, slack, asked)
	t.Logf("%d kills; Slack failed: %d times 429, %d times 500, %d times 500 although it took the message",
		kills, slack.Struck("429"), slack.Struck("500"), slack.Struck("accepted but 500"))
	if kills == 0 {
		t.Error("nothing was killed: send more events")
	}
}

// killOften kills one process after another, by its id, and counts. The first is
// killed early: a fast machine is done with all events in less than a second.
func killOften(ctx context.Context, running []*process) (kills int) {
	for wait := 50 * time.Millisecond; ; kills++ {
		select {
		case <-ctx.Done():
			return kills
		case <-time.After(wait):
		}
		wait = 200*time.Millisecond + time.Duration(rand.IntN(600))*time.Millisecond
		p := running[rand.IntN(len(running))]
		p.kill()
		p.start()
	}
}

// questions are texts whose answers begin differently.
var questions = []struct{ text, answer string }{
	{"printer-scanner", "Printers"}, {"penetration-testing", "Penetration"}, {"wifi-network", "Wi-Fi"},
	{"password-reset", "password"}, {"cyber-insurance", "insurance"}, {"firewall", "Firewall"},
}

// sendAll asks as every person at once, each one question after another, and
// tells what each has asked.
func sendAll(t *testing.T, running []*process) map[string][]int {
	return sendEach(t, running, max(1, *killEvents/people))
}

// sendEach asks so many questions a person.
func sendEach(t *testing.T, running []*process, each int) map[string][]int {
	asked := map[string][]int{}
	var mu sync.Mutex
	var senders sync.WaitGroup
	for i := range people {
		senders.Go(func() {
			var mine []int
			for n := range each {
				q := rand.IntN(len(questions))
				body := question(i, n, questions[q].text)
				deliver(t, running, "/slack/events", "application/json", body)
				if rand.IntN(10) == 0 {
					deliver(t, running, "/slack/events", "application/json", body)
				}
				mine = append(mine, q)
			}
			mu.Lock()
			defer mu.Unlock()
			asked[userID(i)] = mine
		})
	}
	senders.Wait()
	return asked
}

// question is the event of a direct message, as Slack sends it.
func question(person, n int, text string) []byte {
	ts := fmt.Sprintf("%d.%06d", 1772000000+n, person)
	body, _ := json.Marshal(map[string]any{
		"type": "event_callback", "team_id": fakeslack.Team, "event_id": fmt.Sprintf("Ev%d-%d", person, n), "event_time": 1772000000 + n,
		"event": map[string]any{
			"type": "message", "channel_type": "im", "channel": "D" + userID(person)[1:], "user": userID(person), "text": text, "ts": ts, "event_ts": ts,
		},
	})
	return body
}

// deliver sends an event as Slack does: again, until it is acknowledged. It
// returns the answer.
func deliver(t *testing.T, running []*process, path, kind string, body []byte) []byte {
	for {
		p := running[rand.IntN(len(running))]
		stamp := strconv.FormatInt(time.Now().Unix(), 10)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+p.listen+path, bytes.NewReader(body))
		if err != nil {
			t.Error(err)
			return nil
		}
		r.Header.Set("Content-Type", kind)
		r.Header.Set("X-Slack-Request-Timestamp", stamp)
		r.Header.Set("X-Slack-Signature", signature(stamp, body))
		response, err := sender.Do(r)
		if err == nil {
			answer, _ := io.ReadAll(response.Body)
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return answer
			}
		}
		if t.Context().Err() != nil {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
}

var sender = &http.Client{Timeout: 3 * time.Second}

func signature(stamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(signingSecret))
	fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// compare waits until everything is answered, and then a little for what
// must not come.
func compare(t *testing.T, slack *fakeslack.Server, asked map[string][]int) {
	deadline := time.Now().Add(2 * time.Minute)
	lost, twice, disordered, total := 0, 0, 0, 0
	for user, want := range asked {
		for len(slack.DM(user)) < len(want) && time.Now().Before(deadline) {
			time.Sleep(50 * time.Millisecond)
		}
	}
	time.Sleep(time.Second)
	for user, want := range asked {
		got := slack.DM(user)
		total += len(want)
		lost += max(0, len(want)-len(got))
		twice += max(0, len(got)-len(want))
		for i := range min(len(got), len(want)) {
			if !strings.Contains(got[i].Text, questions[want[i]].answer) {
				disordered++
				t.Logf("%s: answer %d is %q, want one about %s", user, i, got[i].Text, questions[want[i]].answer)
				break
			}
		}
	}
	t.Logf("%d events: %d lost, %d posts too many, %d conversations out of order", total, lost, twice, disordered)
	if lost+twice+disordered > 0 {
		t.Fail()
	}
}

// process is one running bot.
type process struct {
	t       testing.TB
	binary  string
	storage string
	listen  string
	slack   *fakeslack.Server
	command func() *exec.Cmd // nil: the binary, connected to slack
	more    []string         // of its environment

	mu  sync.Mutex
	cmd *exec.Cmd
}

func (p *process) start() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.command != nil {
		p.cmd = p.command()
	} else {
		p.cmd = p.serveSlack()
	}
	if testing.Verbose() {
		p.cmd.Stderr = os.Stderr
	}
	if err := p.cmd.Start(); err != nil {
		p.t.Error(err)
	}
}

func (p *process) serveSlack() *exec.Cmd {
	cmd := exec.Command(p.binary, "serve")
	cmd.Env = append(os.Environ(),
		"SECADVISOR_STORAGE="+p.storage, "SECADVISOR_LISTEN="+p.listen, "SECADVISOR_LOG_LEVEL=error",
		"SECADVISOR_SLACK_OWNERS="+strings.Join(ownerIDs(), ","), "SECADVISOR_SLACK_MODE=http", "SECADVISOR_SLACK_SIGNING_SECRET="+signingSecret,
		"SECADVISOR_SLACK_BOT_TOKEN="+fakeslack.BotToken, "SECADVISOR_SLACK_API_URL="+p.slack.APIURL())
	cmd.Env = append(cmd.Env, p.more...)
	return cmd
}

func (p *process) kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cmd.Process.Kill()
	p.cmd.Wait()
}

func (p *process) waitReady() {
	p.t.Helper()
	for range 200 {
		if response, err := sender.Get("http://" + p.listen + "/readyz"); err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return
			}
		}
		time.Sleep(25 * time.Millisecond)
	}
	p.t.Fatal("the bot did not become ready")
}

func userID(i int) string { return fmt.Sprintf("UKILL%03d", i) }
