package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"secadvisor/bot/bottest/faketeams"
	"secadvisor/cmd/secadvisor/commandtest"
)

// arrivesLate is a post that Teams takes when whoever sent it is dead already.
var arrivesLate = faketeams.Fault{Wait: time.Second, Effect: true, Drop: true}

// The story of an owner whose bot is killed at every turn of it: asked,
// assessed, reminded, and passed on. Nothing is lost; what comes twice is as
// many posts as were under way when it was killed, and they do no harm.
func TestTheStoryInTeamsIsKilled(t *testing.T) {
	s := beginKilled(t)
	owner, staff, robin := faketeams.Owner, faketeams.Staff, "29:robin"
	s.AddUser(robin)

	s.Say(staff, "who handles printers?")
	s.killed("")
	s.Press(staff, "Printers and scanners", "Why IT?")

	s.atPost(owner, func() { s.Say(owner, "/sec assess") }, "")
	s.twice(owner, "How many people")
	first := s.Chat(owner)[0]
	s.Press(owner, "How many people", "11 to 49")
	s.See(owner, "Who looks after your computers")
	s.Use(owner, first, "250 or more", nil) // the one that came twice is late
	s.Press(owner, "Who looks after your computers", "An IT provider")
	s.Press(owner, "Who looks after security", "IT alone")
	for i, label := range workedExample {
		s.Press(owner, fmt.Sprintf(" %d of 10", i+1), label)
		if i%4 == 3 {
			s.killed("")
		}
	}
	if result := s.See(owner, " of 100, weak").Shown(); !strings.Contains(result, "45 of 100") || !strings.Contains(result, "Right for your size: keep IT for the daily work") {
		t.Errorf("the result is %q", result)
	}

	s.Press(owner, " of 100, weak", "Remind me every quarter")
	s.Press(owner, "every three months", "Set it")
	s.killed("")
	s.See(owner, "Set: Quick check")
	ahead := toNoon(122).String()
	s.atPost(owner, func() { s.killed(ahead) }, ahead)
	s.twice(owner, "I was not running then")
	cards := s.Chat(owner)
	s.Use(owner, cards[len(cards)-1], "Skip this time", nil)
	s.Use(owner, cards[len(cards)-2], "Ask me in a week", nil)
	s.Say(owner, "/sec status")
	if said := s.See(owner, "skipped").Shown(); strings.Contains(said, "put off") {
		t.Errorf("the reminder that came twice goes on after it was skipped: %q", said)
	}

	s.Say(owner, "/sec assign printers")
	s.Press(owner, "Nobody has it yet", "A person here")
	s.Fill(owner, "Who does it?", "Save", map[string]string{"user": robin + "-oid", "phone": "555 0122"})
	s.See(owner, "Saved: Printers and scanners")
	s.Say(staff, "who handles printers?")
	s.Press(staff, "Printers and scanners", "Tell them")
	s.Fill(staff, "What shall they read?", "Show me", map[string]string{"text": "It jams again"})
	s.atPost(robin, func() { s.Press(staff, "It jams again", "Send") }, ahead)
	s.twice(robin, "It jams again")
	for _, c := range s.Chat(robin) {
		s.Use(robin, c, "I have it", nil)
	}
	s.See(staff, robin+" has it")
	if n := s.times(staff, robin+" has it"); n != 1 {
		t.Errorf("the sender reads %d times that somebody has it", n)
	}
	doubles := s.doubles()
	t.Logf("killed %d times; %d posts came twice", s.kills, doubles)
	if doubles > s.kills {
		t.Errorf("%d posts came twice after %d kills", doubles, s.kills)
	}
}

// killed is a company in a fake Teams, whose bot is killed and started again.
type killed struct {
	*faketeams.Server
	t       *testing.T
	process *process
	ahead   string

	kills int
}

func beginKilled(t *testing.T) *killed {
	s := &killed{Server: faketeams.Start(t), t: t}
	s.Patience(time.Minute)
	storage := "file:" + filepath.Join(t.TempDir(), "killed.db")
	p := &process{t: t, listen: commandtest.FreeAddress(t)}
	p.command = func() *exec.Cmd {
		cmd := exec.Command(os.Args[0], "-test.run=^TestServesTeamsUntilKilled$")
		cmd.Env = append(os.Environ(), fakeTeamsAt+"="+s.URL, leaseOf+"=2s", aheadBy+"="+s.ahead, "SECADVISOR_STORAGE="+storage, "SECADVISOR_LISTEN="+p.listen)
		return cmd
	}
	s.process = p
	p.start()
	t.Cleanup(p.kill)
	p.waitReady()
	s.Connect("http://" + p.listen)
	return s
}

// killed kills the bot, and starts it again with its clock ahead.
func (s *killed) killed(ahead string) {
	s.t.Helper()
	s.kills++
	s.process.kill()
	s.ahead = ahead
	s.process.start()
	s.process.waitReady()
}

// atPost kills the bot while what comes of something is being posted to
// somebody.
func (s *killed) atPost(user string, something func(), ahead string) {
	s.t.Helper()
	post := faketeams.In("a:"+user, faketeams.Post)
	before := s.Count(post)
	s.FailAt(post, arrivesLate, 1)
	something()
	for end := time.Now().Add(time.Minute); s.Count(post) == before; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			s.t.Fatal("nothing is posted")
		}
	}
	s.killed(ahead)
}

// twice waits until somebody has two cards that say the same.
func (s *killed) twice(user, words string) {
	s.t.Helper()
	for end := time.Now().Add(time.Minute); s.times(user, words) < 2; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			s.t.Fatalf("%s has %q %d times", user, words, s.times(user, words))
		}
	}
	if n := s.times(user, words); n > 2 {
		s.t.Errorf("%s has %q %d times", user, words, n)
	}
}

func (s *killed) times(user, words string) (n int) {
	for _, c := range s.Chat(user) {
		if strings.Contains(c.Shown(), words) {
			n++
		}
	}
	return n
}

// doubles counts the posts that say what an earlier one in the same
// conversation said already.
func (s *killed) doubles() (n int) {
	seen := map[string]bool{}
	for _, p := range s.Posted() {
		if p.Method != http.MethodPost || !strings.HasSuffix(p.Path, "/activities") {
			continue
		}
		if seen[p.Path+p.Raw] {
			n++
		}
		seen[p.Path+p.Raw] = true
	}
	return n
}
