package main

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/bot/engine"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/storage"
	"secadvisor/storage/redis/redistest"
)

// traffic is everything that a test of load needs: a cluster, replicas of the
// bot as processes, and a Slack with many companies.
type traffic struct {
	hosting
	cluster   *redistest.Cluster
	store     storage.Store // that the replicas use, to make timers due
	bots      []*process
	figures   []string // where each bot tells its own
	companies []*customer
	client    *http.Client

	acks  acks
	kills kills
	rung  atomic.Int64

	questions, messages, pressed, timers, sorry, refused atomic.Int64
}

const (
	bots    = 3
	setters = 16 // companies that settle at once
)

func newLoad(t *testing.T, companies int) *traffic {
	stores.Quiet()
	l := &traffic{client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 200}, Timeout: 3 * time.Second}}
	l.hosting = hosting{T: t, clock: &engine.Clock{}, config: config.Defaults(), spaces: map[string]*fakeslack.Server{}}
	l.hub = fakeslack.StartHub(t, fakeslack.WithSigningSecret(signingSecret), fakeslack.WithLoad())
	l.hub.Rotate(0) // the bots' clocks will be months ahead
	l.cluster = redistest.StartCluster(t)
	l.config.Storage, l.config.Replicas = l.cluster.URL(), 1
	for range companies {
		c := &customer{load: l, team: fmt.Sprintf("T0LOAD%04d", len(l.companies))}
		c.space = l.hub.Workspace(c.team, "Company "+c.team)
		l.spaces[c.team] = c.space
		l.companies = append(l.companies, c)
	}
	for range bots {
		l.bots = append(l.bots, &process{t: t, listen: commandtest.FreeAddress(t)})
		l.figures = append(l.figures, commandtest.FreeAddress(t))
	}
	l.config.Slack.Address = "http://" + l.bots[0].listen
	return l
}

// serve starts the bots, lets every company settle, and starts them again on
// the day of their reminders.
func (l *traffic) serve() {
	begun := time.Now()
	var err error
	if l.store, err = stores.Open(l.Context(), l.config, l.clock.Offset, slog.New(slog.DiscardHandler)); err != nil {
		l.Fatal(err)
	}
	l.Cleanup(func() { l.store.Close() })
	l.starts(0)
	next := make(chan *customer)
	var settling sync.WaitGroup
	for range setters {
		settling.Go(func() {
			for c := range next {
				c.settles()
			}
		})
	}
	for _, c := range l.companies {
		next <- c
	}
	close(next)
	settling.Wait()
	if l.Failed() {
		l.FailNow()
	}
	for _, p := range l.bots {
		p.kill()
	}
	ahead := toNoon(100)
	l.clock.Move(time.Now().Add(ahead))
	keeper, ok := storage.As[storage.Keeper](l.store)
	if !ok {
		l.Fatal("the store does not tell what waits")
	}
	for _, c := range l.companies {
		c.silenced(l.Context(), keeper)
	}
	l.starts(ahead)
	l.until("nothing is due any more", func() bool {
		stats, err := l.store.Stats(l.Context())
		return err == nil && stats.Overdue == 0
	})
	for _, c := range l.companies {
		c.space.FailRate(0.01)
	}
	l.Logf("%d companies have installed the bot, described themselves and set a reminder: %.0f s", len(l.companies), time.Since(begun).Seconds())
}

func (l *traffic) starts(ahead time.Duration) {
	var bases []string
	for i, p := range l.bots {
		p.command = func() *exec.Cmd {
			cmd := exec.Command(os.Args[0], "-test.run=^TestServesSlackUntilKilled$")
			cmd.Env = append(os.Environ(), aheadAt+"="+ahead.String(),
				"SECADVISOR_STORAGE="+l.config.Storage, "SECADVISOR_WAIT_REPLICAS=1", "SECADVISOR_LISTEN="+p.listen, "SECADVISOR_METRICS="+l.figures[i],
				"SECADVISOR_SLACK_MODE=http", "SECADVISOR_SLACK_SIGNING_SECRET="+signingSecret, "SECADVISOR_SLACK_API_URL="+l.hub.APIURL(),
				"SECADVISOR_SLACK_CLIENT_ID="+fakeslack.ClientID, "SECADVISOR_SLACK_CLIENT_SECRET="+fakeslack.ClientSecret,
				"SECADVISOR_SLACK_APP_ID="+fakeslack.App, "SECADVISOR_SLACK_ADDRESS="+l.config.Slack.Address)
			return cmd
		}
		p.start()
		l.Cleanup(p.kill)
		bases = append(bases, "http://"+p.listen)
	}
	for _, p := range l.bots {
		p.waitReady()
	}
	l.hub.Connect(bases...)
}

// acknowledged sends something as Slack does through a balancer: to one bot
// after another, until one has taken it. It returns the answer.
func (l *traffic) acknowledged(path, kind string, body []byte) (answer string) {
	begun := time.Now()
	defer l.acks.add(begun)
	for at := rand.IntN(len(l.bots)); l.Context().Err() == nil; at++ {
		answer, err := l.once(l.bots[at%len(l.bots)], path, kind, body)
		if err == nil {
			return answer
		}
		time.Sleep(10 * time.Millisecond)
	}
	return ""
}

func (l *traffic) once(p *process, path, kind string, body []byte) (string, error) {
	stamp := strconv.FormatInt(time.Now().Unix(), 10)
	r, err := http.NewRequestWithContext(l.Context(), http.MethodPost, "http://"+p.listen+path, bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", kind)
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", signature(stamp, body))
	response, err := l.client.Do(r)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	switch {
	case err != nil:
		return "", err
	case response.StatusCode != http.StatusOK:
		return "", fmt.Errorf("status %d", response.StatusCode)
	case strings.Contains(string(raw), tellsSorry):
		l.sorry.Add(1)
		return "", fmt.Errorf("the person is asked to try again")
	}
	return string(raw), nil
}

// settle waits until everything that was acknowledged has had its effect, and
// then a little for what must not come.
func (l *traffic) settle() {
	for _, c := range l.companies {
		for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			if c.posted() >= int(c.written.Load()) && c.at() >= c.step && (!c.rung.Load() || c.reminded() > 0) {
				break
			}
		}
	}
	time.Sleep(2 * time.Second)
}

// report counts what was lost and what came twice, and prints the figures.
func (l *traffic) report(took time.Duration) {
	lost, twice, tooMany := 0, 0, 0
	for _, c := range l.companies {
		asked, posted := int(c.written.Load()), c.posted()
		lost += max(0, asked-posted) + max(0, c.step-c.at())
		tooMany += max(0, posted-asked)
		twice += max(0, c.at()-c.step)
		if c.rung.Load() {
			lost += max(0, 1-c.reminded())
			twice += max(0, c.reminded()-1)
		}
		if posted != asked || c.at() != c.step || c.rung.Load() != (c.reminded() == 1) {
			l.Logf("%s: %d of %d questions answered, at step %d of %d, reminded %d times (rung: %v)", c.team, posted, asked, c.at(), c.step, c.reminded(), c.rung.Load())
		}
	}
	failed := 0
	for _, c := range l.companies {
		failed += c.space.Struck("429") + c.space.Struck("500") + c.space.Struck("accepted but 500")
	}
	outside, within := l.acks.split(&l.kills)
	all := l.acknowledgedAll()
	l.Logf("%d companies, %d bots, a Redis cluster of 3 primaries and 3 replicas, %.0f s; killed: %v", len(l.companies), bots, took.Seconds(), l.kills.names())
	l.Logf("%d events, %.0f a second: %d commands, %d messages, %d clicks, %d timers; Slack failed %d calls", all, float64(all)/took.Seconds(),
		l.questions.Load(), l.messages.Load(), l.pressed.Load(), l.timers.Load(), failed)
	l.Logf("acknowledged and lost: %d; applied twice: %d; posts too many: %d; people who were asked to try again: %d, whom Slack did not name: %d", lost, twice, tooMany, l.sorry.Load(), l.refused.Load())
	l.Logf("acknowledged within %s (half), %s (99 of 100) outside of failovers (%d), %s and %s within (%d)",
		ms(outside.at(50)), ms(outside.at(99)), len(outside), ms(within.at(50)), ms(within.at(99)), len(within))
	if lost+twice+tooMany > 0 {
		l.Error("something was lost or came twice")
	}
	if *loadP99 > 0 && outside.at(99) > *loadP99 {
		l.Errorf("the 99th percentile is %v, want at most %v", outside.at(99), *loadP99)
	}
}
