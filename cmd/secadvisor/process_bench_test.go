package main

import (
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"sync"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/storage/redis/redistest"
)

// How long after the process starts a question is answered, and how much
// memory it takes at most while 32 callers ask and press.
func BenchmarkProcess(b *testing.B) {
	b.Setenv("CGO_ENABLED", "0") // as it is released
	binary := build(b)
	slack := fakeslack.Start(b, fakeslack.WithSigningSecret(signingSecret), fakeslack.WithLoad())
	for i := range callers {
		slack.AddUser(userID(i))
	}
	s := &bench{slack: slack, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 2 * callers}, Timeout: 5 * time.Second}}
	var first time.Duration
	peak := 0
	storage := redistest.Start(b).URL()
	for range b.N {
		p := &process{t: b, binary: binary, storage: storage, slack: slack, listen: commandtest.FreeAddress(b)}
		s.addr = p.listen
		who := s.who()
		start := time.Now()
		p.start()
		for who.send(0, 0) != nil {
			time.Sleep(time.Millisecond)
		}
		first += time.Since(start)
		hammer(b, who, s.messages())
		peak = max(peak, memory(b, p.cmd.Process.Pid))
		p.kill()
	}
	b.ReportMetric(float64(first.Milliseconds())/float64(b.N), "ms/first-answer")
	b.ReportMetric(float64(peak)/1024, "MB/peak")
	b.ReportMetric(0, "ns/op")
}

// hammer lets all callers work for a while.
func hammer(b *testing.B, loads ...load) {
	b.Helper()
	var all sync.WaitGroup
	start := time.Now()
	for c := range callers {
		all.Go(func() {
			for n := 0; time.Since(start) < 5*time.Second; n++ {
				if err := loads[n%len(loads)].send(c, n); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}

// messages are questions typed to the bot directly: each a durable turn and
// a post.
func (s *bench) messages() load {
	return load{send: func(c, n int) error {
		return s.send("http://"+s.addr+"/slack/events", "application/json", question(c, n+int(time.Now().UnixNano()%1e9), questions[n%len(questions)].text))
	}}
}

// memory is the most that a process had in memory, in KB.
func memory(b *testing.B, pid int) int {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Skip("memory is known on Linux only")
	}
	m := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(status)
	if m == nil {
		b.Fatal("no VmHWM")
	}
	kb, _ := strconv.Atoi(string(m[1]))
	return kb
}
