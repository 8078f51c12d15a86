package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/cmd/secadvisor/commandtest"
)

var fromClone = flag.Bool("clone", false, "TestFromCloneToTheFirstAnswer clones the repository and builds it with an empty cache")

// From nothing to the first answer, as README tells it: build, setup, doctor,
// serve, claim, ask. With -v it prints how long each step takes; what people
// do in Slack's own pages is not in it.
func TestFromCloneToTheFirstAnswer(t *testing.T) {
	s := commandtest.Workspace(t)
	w := &newcomer{T: t, folder: t.TempDir(), environment: append(os.Environ(), "SECADVISOR_SLACK_API_URL="+s.APIURL(), "SECADVISOR_LISTEN="+commandtest.FreeAddress(t))}
	w.step("clone and build", func() { w.binary = w.built() })

	var said string
	w.step("setup", func() {
		answers := []string{"slack", "socket", "xoxb-not-this-one", commandtest.BotToken, commandtest.AppToken, "", "", "GB", "Europe/London", "+44 20 7946 0000", "Lakeside IT"}
		said, _ = w.run(strings.Join(answers, "\n")+"\n", 0, "setup")
	})
	w.has(said, "Slack does not know this bot token", "Slack knows it: Fake Company", "doctor --config secadvisor.yaml", "/sec claim CODE")

	w.step("doctor", func() { said, _ = w.run("", 0, "doctor", "--config", "secadvisor.yaml") })
	w.has(said, "0 to look at, 0 failing")

	var code string
	w.step("serve, until Slack is connected", func() {
		code = w.serve("--config", "secadvisor.yaml")
		w.until(func() bool { return len(s.Sockets()) > 0 })
	})
	w.step("claim", func() { w.answer(s.Command(fakeslack.Owner, "", "/sec", "claim "+code), "You are an owner now") })
	w.step("first answer", func() {
		w.answer(s.Command(fakeslack.Staff, fakeslack.General, "/sec", "who handles printers?"), "Printers and scanners")
	})
	w.until(func() bool {
		m, ok := s.Command(fakeslack.Staff, "", "/sec", "i typed my password into that sharepoint thing").Answer()
		return ok && strings.Contains(m.Shown(), "Lakeside IT")
	})

	said, _ = w.run("", 0, "doctor", "--config", "secadvisor.yaml")
	w.has(said, "held by a running server", "is ready")
	s.Revoke("token_revoked")
	_, raw := w.run("", 1, "doctor", "--config", "secadvisor.yaml", "--json")
	var found struct {
		State  string
		Checks []struct{ Check, State, Says, Mend string }
	}
	if err := json.Unmarshal(raw, &found); err != nil || found.State != "failure" || len(found.Checks) < 8 {
		t.Errorf("%v: %s", err, raw)
	}
	s.Revoke("")
	w.environment = append(w.environment, "SECADVISOR_SLAK_MODE=http")
	w.run("", 2, "doctor", "--config", "secadvisor.yaml")
	t.Logf("%-34s %8.2fs", "all in all", w.total.Seconds())
}

// newcomer is somebody who installs the program and runs it.
type newcomer struct {
	*testing.T
	folder, binary string
	environment    []string
	total          time.Duration
}

func (w *newcomer) step(name string, do func()) {
	w.Helper()
	begun := time.Now()
	do()
	took := time.Since(begun)
	w.total += took
	w.Logf("%-34s %8.2fs", name, took.Seconds())
}

// built builds the program; with -clone from a clone, as somebody would who
// never built it before.
func (w *newcomer) built() string {
	w.Helper()
	if !*fromClone {
		return build(w)
	}
	source, binary := filepath.Join(w.TempDir(), "source"), filepath.Join(w.folder, "secadvisor")
	for _, c := range []*exec.Cmd{
		exec.Command("git", "clone", "--quiet", "../..", source),
		exec.Command("go", "build", "-o", binary, "./cmd/secadvisor"),
	} {
		if c.Args[0] == "go" {
			c.Dir, c.Env = source, append(os.Environ(), "GOCACHE="+w.TempDir())
		}
		if out, err := c.CombinedOutput(); err != nil {
			w.Fatalf("%v: %v\n%s", c.Args, err, out)
		}
	}
	return binary
}

func (w *newcomer) command(ctx context.Context, arguments ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, w.binary, arguments...)
	c.Dir, c.Env = w.folder, w.environment
	return c
}

// run runs the program to its end, which must come with a status. No secret
// may be in what it says.
func (w *newcomer) run(in string, status int, arguments ...string) (said string, out []byte) {
	w.Helper()
	c := w.command(w.Context(), arguments...)
	c.Stdin = strings.NewReader(in)
	var errors bytes.Buffer
	c.Stderr = &errors
	out, err := c.Output()
	said = string(out) + errors.String()
	if got := c.ProcessState.ExitCode(); got != status {
		w.Fatalf("%v ends with %d (%v), want %d:\n%s", arguments, got, err, status, said)
	}
	if strings.Contains(said, commandtest.BotToken) || strings.Contains(said, commandtest.AppToken) {
		w.Errorf("%v tells a secret:\n%s", arguments, said)
	}
	return said, out
}

// serve runs the server until the test ends, and returns the code that it
// prints.
func (w *newcomer) serve(arguments ...string) string {
	w.Helper()
	c := w.command(context.WithoutCancel(w.Context()), append([]string{"serve"}, arguments...)...)
	printed, err := c.StdoutPipe()
	if err != nil {
		w.Fatal(err)
	}
	c.Stderr = logTo(w.T)
	if err := c.Start(); err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() {
		_ = c.Process.Signal(os.Interrupt)
		_, _ = io.Copy(io.Discard, printed)
		if err := c.Wait(); err != nil {
			w.Error(fmt.Errorf("serve ended: %w", err))
		}
	})
	return codeIn(w.T, printed)
}

func (w *newcomer) has(text string, parts ...string) {
	w.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			w.Errorf("it does not say %q:\n%s", part, text)
		}
	}
}

func (w *newcomer) until(is func() bool) {
	w.Helper()
	for end := time.Now().Add(10 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			w.Fatal("it did not come to that")
		}
	}
}

func (w *newcomer) answer(d *fakeslack.Delivery, words string) {
	w.Helper()
	m, ok := d.Answer()
	if !d.Acked() || !ok || !strings.Contains(m.Shown(), words) {
		w.Fatalf("acknowledged %v, problem %q, answered %q, want %q", d.Acked(), d.Problem(), m.Shown(), words)
	}
}
