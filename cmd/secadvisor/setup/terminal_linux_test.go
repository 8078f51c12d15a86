package setup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/term"

	"secadvisor/cmd/secadvisor/commandtest"
)

// screen is a terminal: what a person types goes in by keys, and everything
// that shows, echo included, can be read.
type screen struct {
	*testing.T
	keys  *os.File
	tty   *os.File
	mu    sync.Mutex
	shown bytes.Buffer
}

// newScreen opens a pseudo-terminal. https://man7.org/linux/man-pages/man7/pty.7.html
func newScreen(t *testing.T) *screen {
	t.Helper()
	keys, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skipf("there are no terminals here: %v", err)
	}
	t.Cleanup(func() { keys.Close() })
	var number, unlock int32
	for request, value := range map[uintptr]*int32{syscall.TIOCSPTLCK: &unlock, syscall.TIOCGPTN: &number} {
		if _, _, no := syscall.Syscall(syscall.SYS_IOCTL, keys.Fd(), request, uintptr(unsafe.Pointer(value))); no != 0 {
			t.Fatal(no)
		}
	}
	tty, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tty.Close() })
	s := &screen{T: t, keys: keys, tty: tty}
	go func() {
		for some := make([]byte, 1024); ; {
			n, err := keys.Read(some)
			if err != nil {
				return
			}
			s.mu.Lock()
			s.shown.Write(some[:n])
			s.mu.Unlock()
		}
	}()
	return s
}

func (s *screen) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shown.String()
}

func (s *screen) until(shows string) {
	s.Helper()
	for end := time.Now().Add(5 * time.Second); !strings.Contains(s.text(), shows); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			s.Fatalf("%q does not show:\n%s", shows, s.text())
		}
	}
}

// types waits for a prompt, and until the terminal is as silent as it should
// be, and types a line.
func (s *screen) types(prompt, line string) {
	s.Helper()
	s.until(prompt)
	time.Sleep(50 * time.Millisecond) // echo is switched off just after the prompt shows
	if _, err := s.keys.WriteString(line + "\n"); err != nil {
		s.Fatal(err)
	}
}

func TestASecretDoesNotShowOnATerminal(t *testing.T) {
	screen := newScreen(t)
	i := installing(t, commandtest.Workspace(t))
	i.in, i.terminal = screen.tty, int(screen.tty.Fd())
	i.conversation.out = screen.tty
	done := make(chan error, 1)
	go func() { done <- i.run(t.Context()) }()
	screen.types("slack, teams or both [slack]: ", "slack")
	screen.types("socket, http or many [socket]: ", "")
	screen.types("Bot token (it does not show): ", commandtest.BotToken)
	screen.types("App token (it does not show): ", commandtest.AppToken)
	for _, prompt := range []string{"Member id of the owner", "Storage [", "Two letters", "Time zone", "as you would dial it [none]: "} {
		screen.types(prompt, "")
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	screen.until("Written: ")
	if shown := screen.text(); strings.Contains(shown, "abcdef") || !strings.Contains(shown, "[slack]: slack") {
		t.Errorf("a secret shows, or an answer does not:\n%s", shown)
	}
	if c := i.loaded(); c.Slack.BotToken != commandtest.BotToken || c.Slack.AppToken != commandtest.AppToken {
		t.Errorf("%+v", c.Slack)
	}
}

// Ctrl-C while a secret is typed leaves a terminal that shows again what is
// typed.
func TestCtrlCLeavesTheTerminalAsItWas(t *testing.T) {
	screen := newScreen(t)
	fd := int(screen.tty.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		t.Fatal(err)
	}
	i := installing(t, commandtest.Workspace(t))
	i.in, i.terminal, i.conversation.out = screen.tty, fd, screen.tty
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- i.run(ctx) }()
	screen.types("[slack]: ", "")
	screen.types("[socket]: ", "")
	screen.until("Bot token")
	time.Sleep(50 * time.Millisecond)
	if silent, err := term.GetState(fd); err != nil || *silent == *before {
		t.Fatalf("the terminal still shows what is typed (%v)", err)
	}
	stop()
	if err := <-done; !errors.Is(err, errStopped) || i.left() != nil {
		t.Errorf("%v, left %v", err, i.left())
	}
	if after, err := term.GetState(fd); err != nil || *after != *before {
		t.Errorf("the terminal is not as it was (%v)", err)
	}
}
