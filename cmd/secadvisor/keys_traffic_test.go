package main

import (
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/storage"
	"secadvisor/storage/redis"
	"secadvisor/storage/redis/redistest"
)

// keyedBots are processes of the bot on one Redis, with master keys.
type keyedBots struct {
	*testing.T
	binary  string
	storage string
	slack   *fakeslack.Server
}

// with starts a process that has these keys.
func (b *keyedBots) with(environment ...string) *process {
	p := &process{t: b.T, binary: b.binary, storage: b.storage, slack: b.slack, listen: commandtest.FreeAddress(b), more: environment}
	p.start()
	b.Cleanup(p.kill)
	p.waitReady()
	return p
}

// keys runs "secadvisor keys" with master keys.
func (b *keyedBots) keys(environment string, args ...string) string {
	b.Helper()
	cmd := exec.Command(b.binary, append([]string{"keys"}, args...)...)
	cmd.Env = append(os.Environ(), "SECADVISOR_STORAGE="+b.storage, environment)
	out, err := cmd.CombinedOutput()
	if err != nil {
		b.Errorf("keys %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// Two processes answer, and people press through assessments, while sealing is
// turned on and the keys are replaced again and again: every question is answered
// once, every click counts, and in the end everything is under the last key.
func TestKeysAreReplacedUnderTraffic(t *testing.T) {
	t.Parallel()
	slack := fakeslack.Start(t, fakeslack.WithSigningSecret(signingSecret))
	for i := range people + assessed {
		slack.AddUser(userID(i))
	}
	b := &keyedBots{T: t, binary: build(t), storage: redistest.Start(t).URL(), slack: slack}
	const (
		first  = config.KeysVariable + "=" + commandtest.Key
		both   = config.KeysVariable + "=" + commandtest.Key + "," + commandtest.AnotherKey
		second = config.KeysVariable + "=" + commandtest.AnotherKey + "," + commandtest.Key
		last   = config.KeysVariable + "=" + commandtest.AnotherKey
	)
	plain := b.with()
	describeCompany(t, slack, []*process{plain}) // before there were keys
	plain.kill()
	turning := "SECADVISOR_KEYS_PLAIN=true"
	running := []*process{b.with(both, turning), b.with(both, turning)}

	rotating := make(chan struct{})
	var rotator sync.WaitGroup
	rotator.Go(func() {
		during := 0
		for n := 0; n < 4 || during == n; n++ {
			select {
			case <-rotating:
			default:
				during = n + 1
			}
			time.Sleep(200 * time.Millisecond)
			b.keys([]string{first, second}[n%2]+map[int]string{0: "," + commandtest.AnotherKey}[n%2], "rotate", "--plain", "--wait", "200ms")
		}
		if t.Logf("%d rotations began under traffic", during); during == 0 {
			t.Error("none did: send more")
		}
	})
	var assessments sync.WaitGroup
	for i := range assessed {
		assessments.Go(func() { assessUnderFire(t, slack, running, people+i) })
	}
	asked := sendEach(t, running, max(12, *killEvents/people))
	assessments.Wait()
	close(rotating)
	rotator.Wait()
	compare(t, slack, asked)

	out := b.keys(second, "rotate", "--wait", "10s")
	if !strings.Contains(out, "take it out of the configuration") {
		t.Errorf("the last rotation says\n%s", out)
	}
	if out := b.keys(last, "list"); !strings.Contains(out, "sealed under") || strings.Contains(out, "not ") || strings.Contains(out, "older") {
		t.Errorf("the list says\n%s", out)
	}
	b.allSealed()
	for _, p := range running {
		p.kill()
	}
	asked = sendEach(t, []*process{b.with(last)}, 0)
	if len(asked) != people {
		t.Error("nobody could ask")
	}
}

// allSealed looks at what lies in the store: every body is sealed under one data
// key, and nothing was given up.
func (b *keyedBots) allSealed() {
	b.Helper()
	raw, err := redis.Open(b.Context(), b.storage)
	if err != nil {
		b.Fatal(err)
	}
	defer raw.Close()
	under := map[string]int{}
	for after, more := "", true; more; {
		var docs []storage.Doc
		if docs, more, err = raw.List(b.Context(), "slack."+fakeslack.Team, "", after, 500); err != nil {
			b.Fatal(err)
		}
		for _, d := range docs {
			if after = d.Key; strings.HasPrefix(d.Key, "dead/") {
				b.Errorf("given up: %s", d.Key)
			}
			if d.Key != "sealed/keys" {
				under[string(d.Body[:min(12, len(d.Body))])]++
			}
		}
	}
	if len(under) != 1 {
		b.Errorf("documents under %d keys, or not sealed: %v", len(under), under)
	}
	for range 100 {
		if stats, err := raw.Stats(b.Context()); err == nil && stats.Overdue == 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.Error("something waits")
}
