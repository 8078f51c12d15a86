package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"secadvisor/bot/engine"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/config"
)

// The benchmarks compare the bot with a floor in the same run: a server that
// checks the signature, makes one pipelined round trip to Redis and writes
// fixed bytes. "ratio" is the bot's requests a second by the floor's, the
// median of rounds in which both are measured in turn, by the same callers.
const (
	callers = 32
	rounds  = 7
	round   = 700 * time.Millisecond
)

// load is what callers do: caller c sends its nth request, and waits until
// all that it caused is done.
type load struct{ send func(c, n int) error }

// compareRates measures floor and subject in turn.
func compareRates(b *testing.B, floor, subject load) {
	var ratios []float64
	var fast, slow float64
	for range rounds {
		f, s := rate(b, floor), rate(b, subject)
		ratios = append(ratios, s/f)
		fast, slow = fast+f/rounds, slow+s/rounds
	}
	slices.Sort(ratios)
	b.ReportMetric(ratios[len(ratios)/2], "ratio")
	b.ReportMetric(fast, "floor/s")
	b.ReportMetric(slow, "subject/s")
	b.ReportMetric(0, "ns/op") // the ratio counts
}

// rate is how many requests a second all callers together get done.
func rate(b *testing.B, work load) float64 {
	b.Helper()
	var done atomic.Int64
	var failed atomic.Pointer[error]
	var all sync.WaitGroup
	start := time.Now()
	for c := range callers {
		all.Go(func() {
			for n := 0; time.Since(start) < round; n++ {
				if err := work.send(c, n); err != nil {
					failed.Store(&err)
					return
				}
				done.Add(1)
			}
		})
	}
	all.Wait()
	if err := failed.Load(); err != nil {
		b.Fatal(*err)
	}
	return float64(done.Load()) / time.Since(start).Seconds()
}

// serveBench starts the bot, and says at which address. It is sealed, but where
// that is to be compared.
func serveBench(b *testing.B, c config.Config, unsealed bool) string {
	b.Helper()
	if !unsealed {
		c.Keys.Master = []string{commandtest.Key}
	}
	ctx, stop := context.WithCancel(context.Background())
	server, err := newServer(ctx, c, &engine.Clock{}, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	var running sync.WaitGroup
	running.Go(func() {
		if err := server.run(ctx); err != nil {
			b.Error(err)
		}
	})
	b.Cleanup(func() { stop(); running.Wait() })
	return server.listen.Addr().String()
}

// serveFloor starts a server that does the least, and says at which address.
func serveFloor(b *testing.B, least http.HandlerFunc) string {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	server := &http.Server{Handler: least}
	go server.Serve(l)
	b.Cleanup(func() { server.Close() })
	return "http://" + l.Addr().String() + "/"
}

// floorRedis is how a floor reaches the bot's own Redis.
func floorRedis(b *testing.B, address string) *goredis.Client {
	b.Helper()
	options, err := goredis.ParseURL(address)
	if err != nil {
		b.Fatal(err)
	}
	client := goredis.NewClient(options)
	b.Cleanup(func() { client.Close() })
	return client
}

// callersClient keeps a connection for each caller.
func callersClient() *http.Client {
	return &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 2 * callers}, Timeout: 10 * time.Second}
}

// post sends a request that must be answered by 200 or 201.
func post(client *http.Client, address string, body []byte, headers map[string]string) error {
	r, err := http.NewRequest(http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	response, err := client.Do(r)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK && response.StatusCode != http.StatusCreated {
		return fmt.Errorf("%s answered %s", address, response.Status)
	}
	return nil
}
