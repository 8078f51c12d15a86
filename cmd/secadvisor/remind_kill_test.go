package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/bot/engine"
	slackbot "secadvisor/bot/slack"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/storage/redis/redistest"
)

var reminders = flag.Int("reminders", 0, "reminders of TestRemindersComeOnce; the full test has 5000")

// Every owner's quarterly reminder is due when the bots start, and they are
// killed and started again while they come: each must come once. On a cluster of
// three primaries with replicas a primary dies in the middle, too.
func TestRemindersComeOnce(t *testing.T) {
	if *reminders == 0 {
		t.Skip("runs with -reminders 5000, for ten minutes")
	}
	t.Run("a file, one bot", func(t *testing.T) {
		remindUnderFire(t, 1, "file:"+filepath.Join(t.TempDir(), "remind.db"), nil)
	})
	t.Run("redis, three bots", func(t *testing.T) { remindUnderFire(t, 3, redistest.Start(t).URL(), nil) })
	t.Run("a cluster, three bots, a primary dies", func(t *testing.T) {
		c := redistest.StartCluster(t)
		remindUnderFire(t, 3, c.URL(), c.Primaries[rand.IntN(len(c.Primaries))].Kill)
	})
}

const aheadAt = "SECADVISOR_TEST_AHEAD" // how much the clock of a served process is ahead

// TestServesSlackUntilKilled is no test: it is the bot that others kill.
func TestServesSlackUntilKilled(t *testing.T) {
	ahead, err := time.ParseDuration(os.Getenv(aheadAt))
	if err != nil {
		t.Skip("runs as a process of TestRemindersComeOnce")
	}
	c, err := config.Load("")
	if err != nil {
		t.Fatal(err)
	}
	clock := &engine.Clock{}
	clock.Move(time.Now().Add(ahead))
	s, err := newServer(context.Background(), c, clock, slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.run(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func remindedUser(i int) string { return fmt.Sprintf("UREM%05d", i) }

func remindUnderFire(t *testing.T, bots int, storage string, die func()) {
	slack := fakeslack.Start(t, fakeslack.WithSigningSecret(signingSecret))
	var owners []string
	for i := range *reminders {
		slack.AddUser(remindedUser(i))
		owners = append(owners, remindedUser(i))
	}
	serve := func(ahead time.Duration) (running []*process) {
		for range bots {
			p := &process{t: t, listen: commandtest.FreeAddress(t)}
			p.command = func() *exec.Cmd {
				cmd := exec.Command(os.Args[0], "-test.run=^TestServesSlackUntilKilled$")
				cmd.Env = append(os.Environ(), aheadAt+"="+ahead.String(),
					"SECADVISOR_STORAGE="+storage, "SECADVISOR_LISTEN="+p.listen, "SECADVISOR_SLACK_OWNERS="+strings.Join(owners, ","),
					"SECADVISOR_SLACK_MODE=http", "SECADVISOR_SLACK_SIGNING_SECRET="+signingSecret, "SECADVISOR_SLACK_BOT_TOKEN="+fakeslack.BotToken,
					"SECADVISOR_SLACK_API_URL="+slack.APIURL())
				if strings.HasPrefix(storage, "redis+cluster") {
					cmd.Env = append(cmd.Env, "SECADVISOR_WAIT_REPLICAS=1")
				}
				return cmd
			}
			p.start()
			running = append(running, p)
		}
		for _, p := range running {
			p.waitReady()
		}
		return running
	}
	running := serve(0)
	setReminders(t, running)
	for _, p := range running {
		p.kill()
	}
	slack.FailRateOf("chat.postMessage", 0.05) // some are taken and answered with 500
	running = serve(toNoon(100))               // every one is due
	for _, p := range running {
		t.Cleanup(p.kill)
	}
	began := time.Now()
	killing, stopKilling := context.WithCancel(t.Context())
	var killer sync.WaitGroup
	kills := 0
	killer.Go(func() { kills = killOften(killing, running) })
	late := awaitReminders(t, slack, began, die, func() {
		stopKilling()
		killer.Wait()
	})
	slices.Sort(late)
	of := func(share int) time.Duration { return late[(len(late)-1)*share/100].Round(time.Millisecond) }
	pace := (&slackbot.Platform{}).Pace().Company * float64(bots)
	t.Logf("%d reminders came; %d kills; late: half %v, p99 %v, the last %v (what a killed bot held waits for its lease, 30s); at %v a second, which the bots keep to, all take %v", len(late), kills,
		of(50), of(99), of(100), pace, time.Duration(float64(len(late))/pace*float64(time.Second)).Round(time.Second))
	t.Logf("Slack failed: %d times 429, %d times 500, %d times 500 although it took the message", slack.Struck("429"), slack.Struck("500"), slack.Struck("accepted but 500"))
	if kills == 0 {
		t.Error("nothing was killed")
	}
}

// toNoon is how far ahead a clock is that shows noon of a working day so many
// days from now, or a little later: people are reminded in working hours.
func toNoon(days int) time.Duration {
	day := time.Now().UTC().AddDate(0, 0, days)
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDate(0, 0, 1)
	}
	return time.Until(day.Truncate(24 * time.Hour).Add(12 * time.Hour))
}

// setButton is the button that sets what was proposed.
var setButton = regexp.MustCompile(`remind/set/[^"\\]+`)

// setReminders sets everybody's, as people do: the words, then the button.
func setReminders(t *testing.T, running []*process) {
	var owners sync.WaitGroup
	next := make(chan int)
	for range 32 {
		owners.Go(func() {
			for i := range next {
				user := remindedUser(i)
				answer := ask(t, running, "/slack/commands", url.Values{
					"team_id": {fakeslack.Team}, "user_id": {user}, "channel_id": {fakeslack.Direct(user)}, "channel_name": {"directmessage"},
					"command": {"/sec"}, "text": {"remind quarterly"}, "trigger_id": {fmt.Sprint("remind.", i)},
				})
				found := setButton.FindString(answer)
				if found == "" {
					t.Errorf("%s is offered no reminder: %.300s", user, answer)
					return
				}
				ask(t, running, "/slack/actions", url.Values{"payload": {fmt.Sprintf(`{"type":"block_actions","trigger_id":"set.%d","team":{"id":%q},
					"user":{"id":%q,"team_id":%q},"channel":{"id":%q,"name":"directmessage"},"container":{"type":"message","message_ts":"1.%d","channel_id":%q,"is_ephemeral":true},
					"response_url":"","actions":[{"type":"button","action_id":"a1","block_id":"b","value":%q,"action_ts":"1"}]}`,
					i, fakeslack.Team, user, fakeslack.Team, fakeslack.Direct(user), i, fakeslack.Direct(user), found)}})
			}
		})
	}
	for i := range *reminders {
		next <- i
	}
	close(next)
	owners.Wait()
}

// ask sends a signed form until it is taken, and returns the answer.
func ask(t *testing.T, running []*process, path string, form url.Values) string {
	for t.Context().Err() == nil {
		p := running[rand.IntN(len(running))]
		body := []byte(form.Encode())
		stamp := strconv.FormatInt(time.Now().Unix(), 10)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+p.listen+path, strings.NewReader(string(body)))
		if err != nil {
			t.Error(err)
			return ""
		}
		r.Header.Set("Content-Type", urlEncoded)
		r.Header.Set("X-Slack-Request-Timestamp", stamp)
		r.Header.Set("X-Slack-Signature", signature(stamp, body))
		response, err := sender.Do(r)
		if err == nil {
			answer, err := io.ReadAll(response.Body)
			response.Body.Close()
			if err == nil && response.StatusCode == http.StatusOK {
				return string(answer)
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	return ""
}

// awaitReminders waits until everybody has one, and a little for what must not
// come, and returns how long each took. Middle is called when a third has come,
// calm when three quarters have.
func awaitReminders(t *testing.T, slack *fakeslack.Server, began time.Time, middle, calm func()) (late []time.Duration) {
	arrived := map[string]time.Duration{}
	for end := began.Add(15 * time.Minute); len(arrived) < *reminders && time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		for i := range *reminders {
			user := remindedUser(i)
			if _, known := arrived[user]; !known && remindedOf(slack, user) > 0 {
				arrived[user] = time.Since(began)
				late = append(late, arrived[user])
			}
		}
		if middle != nil && len(arrived) > *reminders/3 {
			middle()
			middle = nil
		}
		if len(arrived) > *reminders*3/4 {
			calm()
		}
	}
	calm()
	time.Sleep(2 * time.Second)
	twice := 0
	for i := range *reminders {
		twice += max(0, remindedOf(slack, remindedUser(i))-1)
	}
	if lost := *reminders - len(late); lost > 0 || twice > 0 {
		t.Errorf("%d reminders never came, %d came twice", lost, twice)
	}
	if len(late) == 0 {
		t.Fatal("no reminder came")
	}
	return late
}

// remindedOf counts the reminders that somebody got. That one was set is said in
// their direct messages, too.
func remindedOf(slack *fakeslack.Server, user string) (n int) {
	for _, m := range slack.DM(user) {
		if !strings.HasPrefix(m.Text, "Set") {
			n++
		}
	}
	return n
}
