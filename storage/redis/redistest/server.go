// Package redistest starts real Redis servers for tests: one, or a cluster of
// three primaries with a replica each. Where there is no redis-server, a test
// that asks for one is skipped, or fails if REQUIRE_REDIS is 1.
package redistest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

const (
	// Ports below the range from which systems take those of outgoing
	// connections, 32768 and up. Port+busOffset is the cluster bus.
	// https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#the-cluster-bus
	lowestPort = 12000
	ports      = 10000
	busOffset  = 10000

	readyWithin = 10 * time.Second
	attempts    = 20 // to find a port that nobody else takes meanwhile
)

// Server is a redis-server process of this test's own.
type Server struct {
	tb      testing.TB
	program string
	dir     string
	port    int
	args    []string
	secure  *certificates // nil: without TLS
	process *exec.Cmd
	ended   chan struct{}
}

// Start starts a server that keeps its data as the bot asks for: with an
// append-only file and without eviction. It ends with the test. More are
// arguments of redis-server.
func Start(tb testing.TB, more ...string) *Server {
	tb.Helper()
	return start(tb, program(tb), nil, slices.Concat(asTheBotNeedsIt, more)...)
}

var asTheBotNeedsIt = []string{"--appendonly", "yes", "--maxmemory-policy", "noeviction"}

// program is the redis-server of this machine.
func program(tb testing.TB) string {
	tb.Helper()
	path, err := exec.LookPath("redis-server")
	switch {
	case err == nil:
		return path
	case os.Getenv("REQUIRE_REDIS") == "1":
		tb.Fatal("REDIS WAS NOT TESTED: REQUIRE_REDIS is 1 and there is no redis-server on this machine")
	default:
		tb.Skip("REDIS WAS NOT TESTED: there is no redis-server on this machine")
	}
	return ""
}

func start(tb testing.TB, program string, secure *certificates, args ...string) *Server {
	tb.Helper()
	dir, err := os.MkdirTemp("", "redistest")
	if err != nil {
		tb.Fatal(err)
	}
	s := &Server{tb: tb, program: program, dir: dir, args: args, secure: secure}
	tb.Cleanup(s.end)
	for range attempts {
		s.port = lowestPort + rand.IntN(ports)
		if !free(s.port) || !free(s.port+busOffset) {
			continue
		}
		if s.run() {
			return s
		}
	}
	log, _ := os.ReadFile(s.log())
	tb.Fatalf("redis-server does not start; its log ends with\n%s", log[max(0, len(log)-2000):])
	return nil
}

func free(port int) bool {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return false
	}
	return l.Close() == nil
}

func (s *Server) log() string { return filepath.Join(s.dir, "redis.log") }

// run starts the process and reports whether it became ready.
func (s *Server) run() bool {
	s.tb.Helper()
	port := []string{"--port", strconv.Itoa(s.port)}
	if s.secure != nil {
		port = s.secure.listening(s.port)
	}
	s.process = exec.Command(s.program, append(append(port,
		"--bind", "127.0.0.1", "--dir", s.dir, "--logfile", s.log(), "--save", "", "--daemonize", "no",
		"--repl-diskless-sync-delay", "0",
	), s.args...)...)
	endWithParent(s.process)
	if err := s.process.Start(); err != nil {
		s.tb.Fatalf("start %s: %v", s.program, err)
	}
	process, ended := s.process, make(chan struct{})
	s.ended = ended
	go func() {
		_ = process.Wait()
		close(ended)
	}()
	for deadline := time.Now().Add(readyWithin); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		select {
		case <-ended:
			return false // most likely somebody else took the port
		default:
		}
		if s.listens() && s.ready() {
			return true
		}
	}
	s.Kill()
	return false
}

func (s *Server) listens() bool {
	conn, err := net.Dial("tcp", s.Addr())
	return err == nil && conn.Close() == nil
}

// ready asks whether the process that answers at the port is ours.
func (s *Server) ready() bool {
	client := s.Client()
	defer client.Close()
	info, err := client.InfoMap(context.Background(), "server", "persistence").Result()
	return err == nil && info["Server"]["process_id"] == strconv.Itoa(s.process.Process.Pid) && info["Persistence"]["loading"] == "0"
}

// Client connects to the server.
func (s *Server) Client() *goredis.Client {
	o := &goredis.Options{Addr: s.Addr(), MaxRetries: -1, DialerRetries: 1, DisableIdentity: true}
	if s.secure != nil {
		o.TLSConfig = s.secure.client
	}
	return goredis.NewClient(o)
}

// Addr is host and port.
func (s *Server) Addr() string { return fmt.Sprintf("127.0.0.1:%d", s.port) }

// URL is the server as storage/redis.Open takes it.
func (s *Server) URL() string {
	if s.secure != nil {
		return "rediss://" + s.Addr() + "?ca_file=" + s.secure.authority
	}
	return "redis://" + s.Addr()
}

// Size is how many bytes its data takes in memory, and its append-only file on
// disk.
func (s *Server) Size() (memory, disk int64, err error) {
	client := s.Client()
	defer client.Close()
	info, err := client.InfoMap(context.Background(), "memory", "persistence").Result()
	if err != nil {
		return 0, 0, err
	}
	if memory, err = strconv.ParseInt(info["Memory"]["used_memory"], 10, 64); err != nil {
		return 0, 0, err
	}
	disk, err = strconv.ParseInt(info["Persistence"]["aof_current_size"], 10, 64)
	return memory, disk, err
}

// Kill ends the process at once, as a crash does. Twice does no harm.
func (s *Server) Kill() {
	if s.process == nil {
		return
	}
	_ = s.process.Process.Kill()
	<-s.ended
	s.process = nil
}

// end leaves nothing behind. A child of the server that rewrites the append-only
// file outlives it for a moment and still makes files.
func (s *Server) end() {
	s.Kill()
	var err error
	for range 200 {
		if err = os.RemoveAll(s.dir); err == nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	s.tb.Errorf("clean up: %v", err)
}

// Restart starts the server again, on the same port and with the same data.
func (s *Server) Restart() {
	s.tb.Helper()
	s.Kill()
	if !s.run() {
		s.tb.Fatalf("redis-server does not start again on port %d", s.port)
	}
}
