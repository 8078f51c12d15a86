package storagetest

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"secadvisor/storage"
)

func killCases() []scenario {
	return []scenario{
		{"turn atomic under kill", turnUnderKill},
		{"erase completes after a kill", eraseUnderKill},
	}
}

// turnUnderKill lets a process commit turns until it is killed, at a random
// moment, and then looks for half a turn and for one that was acknowledged
// and is not there.
func turnUnderKill(s *scene) {
	acknowledged := 0
	for range 6 {
		s.close()
		p := s.startVictim("turns")
		time.Sleep(time.Duration(5+rand.IntN(60)) * time.Millisecond)
		if n, err := strconv.Atoi(p.kill()); err == nil {
			acknowledged = n
		}
		s.open()
		s.move(2 * lease)
		if n := s.wholeTurn(); n < acknowledged {
			s.Fatalf("turn %d was acknowledged, found turn %d", acknowledged, n)
		}
	}
	if acknowledged == 0 {
		s.Fatal("no process lived long enough to finish a turn")
	}
}

// wholeTurn expects the traces of one turn everywhere, and returns which.
func (s *scene) wholeTurn() int {
	s.Helper()
	docs, err := s.store.Get(s.Context(), acme, victimKeys()...)
	if err != nil {
		s.Fatalf("get: %v", err)
	}
	turn, _ := strconv.Atoi(string(docs[0].Body))
	for _, d := range docs {
		if string(d.Body) != string(docs[0].Body) {
			s.Fatalf("half a turn: %s is of turn %q, %s of turn %q", d.Key, d.Body, docs[0].Key, docs[0].Body)
		}
	}
	if turn == 0 {
		return 0
	}
	claims := s.claim()
	if len(claims) != 2 {
		s.Fatalf("turn %d left %+v, want one job and one timer", turn, claims)
	}
	for _, c := range claims {
		if c.Timer != "" {
			continue
		}
		if c.ID != strconv.Itoa(turn) {
			s.Fatalf("turn %d left the job of turn %s", turn, c.ID)
		}
	}
	for _, c := range claims {
		s.release(c, storage.Release{})
	}
	return turn
}

// eraseUnderKill kills a process that erases, and completes what it began.
func eraseUnderKill(s *scene) {
	for range 4 {
		s.fill(acme, 1500)
		s.close()
		p := s.startVictim("erase")
		time.Sleep(time.Duration(rand.IntN(15)) * time.Millisecond)
		p.kill()
		s.open()
		s.erase(acme)
		if items := s.stats().Items; items != 0 {
			s.Fatalf("%d items are left", items)
		}
		s.nothingOf(acme)
		s.apply(acme, storage.Change{Install: true})
		s.nothingOf(acme)
	}
}

// process is a second copy of this test program, at work on the same data.
type process struct {
	cmd *exec.Cmd
	out *bufio.Reader
}

// startVictim returns once the process has opened the store.
func (s *scene) startVictim(work string) *process {
	s.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), victimWork+"="+work, victimWhere+"="+s.where, victimOffset+"="+s.offset().String())
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		s.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		s.Fatal(err)
	}
	p := &process{cmd, bufio.NewReader(out)}
	if line, err := p.out.ReadString('\n'); line != victimReady+"\n" {
		p.kill()
		s.Fatalf("the process to be killed said %q (%v): does TestMain call storagetest.Main?", line, err)
	}
	return p
}

// kill ends the process at once and returns the last whole line it wrote.
func (p *process) kill() string {
	_ = p.cmd.Process.Kill()
	rest, _ := io.ReadAll(p.out)
	_ = p.cmd.Wait()
	lines := strings.Split(string(rest), "\n")
	if len(lines) < 2 {
		return ""
	}
	return lines[len(lines)-2]
}

func victimKeys() []string {
	var keys []string
	for i := range 20 {
		keys = append(keys, fmt.Sprint("part ", i))
	}
	return keys
}
