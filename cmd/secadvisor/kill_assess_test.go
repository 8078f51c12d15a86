package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/cmd/secadvisor/commandtest"
)

// assessUnderFire presses through a quick check while the bot is killed, each
// press until it is acknowledged and one in five twice. Every press must
// count exactly once: the result is the one of these answers, on one card.
func assessUnderFire(t *testing.T, slack *fakeslack.Server, running []*process, c int) {
	if c > people {
		startAssessment(t, running, c, "start", "") // the first owner's is open already
	}
	pressAll(t, slack, running, c, "partly", "yes", "seen", "no", "seen", "dont-know", "no", "seen", "no", "no")
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		cards, finished := 0, false
		for _, m := range slack.DM(userID(c)) {
			if strings.Contains(m.Text, "Quick check") {
				cards++
				finished = strings.Contains(m.Text, "45 of 100")
			}
		}
		if finished {
			if cards != 1 {
				t.Errorf("%s: the assessment lies in %d messages", userID(c), cards)
			}
			return
		}
	}
	t.Errorf("%s: the assessment did not come to 45 of 100: %v", userID(c), slack.DM(userID(c)))
}

// The bot is killed at every question of the longest check, rests between its
// blocks included, and started again: the question still stands there, once, a
// press that comes a second time does nothing, and the next one goes on.
func TestKilledAtEveryQuestion(t *testing.T) {
	const owner, pack, of = people, "quarterly-essentials", 25
	slack := fakeslack.Start(t, fakeslack.WithSigningSecret(signingSecret))
	slack.AddUser(userID(owner))
	p := &process{t: t, storage: "file:" + filepath.Join(t.TempDir(), "kill.db"), slack: slack, listen: commandtest.FreeAddress(t)}
	p.command = func() *exec.Cmd {
		cmd := p.serveSlack()
		cmd.Path, cmd.Args = os.Args[0], []string{os.Args[0], "-test.run=^TestServesSlackUntilKilled$"}
		cmd.Env = append(cmd.Env, aheadAt+"=0s")
		return cmd
	}
	p.start()
	t.Cleanup(p.kill)
	p.waitReady()
	running := []*process{p}
	startAssessment(t, running, owner, "killed", pack)
	pressAll(t, slack, running, owner, "size/%d/11-49", "it/%d/provider", "by/%d/it")
	var last []byte
	presses := func(pattern string) {
		t.Helper()
		m, value := offered(t, slack, owner, pattern)
		last = press(owner, m.TS, value, step(value))
		deliver(t, running, "/slack/actions", urlEncoded, last)
	}
	for n := 1; n <= of; n++ {
		here := fmt.Sprintf(" %d of %d", n, of)
		shows(t, slack, owner, here)
		for _, killed := range []bool{false, true} {
			if killed {
				p.kill()
				p.start()
				p.waitReady()
				if last != nil {
					deliver(t, running, "/slack/actions", urlEncoded, last)
				}
			}
			if m := shownOnce(t, slack, owner, "Quarterly essentials"); !strings.Contains(m.Shown(), here) {
				t.Fatalf("killed %v, at %s: %s", killed, here, m.Shown())
			}
		}
		presses(`assess/answer/\w+/\d+/[\w-]+/yes`)
		if n%5 == 0 && n < of { // between two blocks
			offered(t, slack, owner, `assess/go-on/\w+/\d+`)
			p.kill()
			p.start()
			p.waitReady()
			presses(`assess/go-on/\w+/\d+`)
		}
	}
	shows(t, slack, owner, "100 of 100, good")
	shownOnce(t, slack, owner, "Quarterly essentials")
}

// offered waits for a button whose action is of a form.
func offered(t *testing.T, slack *fakeslack.Server, c int, pattern string) (m fakeslack.Message, value string) {
	t.Helper()
	action := regexp.MustCompile(`"(` + pattern + `)"`)
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		for _, m := range slack.DM(userID(c)) {
			if found := action.FindSubmatch(m.Blocks); found != nil {
				return m, string(found[1])
			}
		}
	}
	t.Fatalf("%s is not offered %s: %v", userID(c), pattern, slack.DM(userID(c)))
	return m, ""
}

// shows waits until a message says one of these.
func shows(t *testing.T, slack *fakeslack.Server, c int, words ...string) {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		for _, m := range slack.DM(userID(c)) {
			if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(m.Shown(), w) }) {
				return
			}
		}
	}
	t.Fatalf("%s sees none of %q: %v", userID(c), words, slack.DM(userID(c)))
}

// shownOnce is the one message that says something.
func shownOnce(t *testing.T, slack *fakeslack.Server, c int, words string) (found fakeslack.Message) {
	t.Helper()
	n := 0
	for _, m := range slack.DM(userID(c)) {
		if strings.Contains(m.Shown(), words) {
			found, n = m, n+1
		}
	}
	if n != 1 {
		t.Fatalf("%q is shown %d times: %v", words, n, slack.DM(userID(c)))
	}
	return found
}

func startAssessment(t *testing.T, running []*process, c int, trigger, pack string) {
	for {
		command := url.Values{
			"team_id": {fakeslack.Team}, "user_id": {userID(c)}, "channel_id": {fakeslack.Direct(userID(c))},
			"command": {"/sec"}, "text": {"assess " + pack}, "trigger_id": {fmt.Sprint(trigger, ".", c)},
		}
		answer := deliver(t, running, "/slack/commands", urlEncoded, []byte(command.Encode()))
		if !bytes.Contains(answer, []byte(justNow)) {
			return
		}
		trigger += "again"
	}
}

// justNow is what somebody reads of whom Slack did not tell, and who is to try
// once more.
const justNow = "tell just now whether you belong"

// describeCompany answers what the first assessment asks about the company.
func describeCompany(t *testing.T, slack *fakeslack.Server, running []*process) {
	startAssessment(t, running, people, "describe", "")
	pressAll(t, slack, running, people, "size/%d/11-49", "it/%d/provider", "by/%d/it")
}

// pressAll presses one button after another, each once it is offered, and waits
// until it did something.
func pressAll(t *testing.T, slack *fakeslack.Server, running []*process, c int, codes ...string) {
	last := ""
	for n, code := range codes {
		m, value := nextPress(t, slack, c, last, code)
		if value == "" {
			t.Errorf("%s: press %d, %s, is not offered", userID(c), n, code)
			return
		}
		for try := 0; pressOnce(t, slack, running, c, m, value, try); try++ {
		}
		last = value
	}
}

// pressOnce presses a button, one time in five twice, and reports whether it is
// to be pressed once more.
func pressOnce(t *testing.T, slack *fakeslack.Server, running []*process, c int, m fakeslack.Message, value string, try int) (again bool) {
	refused := func() (n int) {
		for _, m := range slack.DM(userID(c)) {
			n += strings.Count(m.Shown(), justNow)
		}
		return n
	}
	before := refused()
	body := press(c, m.TS, value, step(value)+1000*try)
	deliver(t, running, "/slack/actions", urlEncoded, body)
	if rand.IntN(5) == 0 {
		deliver(t, running, "/slack/actions", urlEncoded, body)
	}
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if now, _ := slack.Message(m.Channel, m.TS); !bytes.Contains(now.Blocks, []byte(value)) {
			return false
		}
		if refused() > before {
			return true
		}
	}
	t.Errorf("%s: the press of %s does nothing: %v", userID(c), value, slack.DM(userID(c)))
	return false
}

// nextPress waits for a card that is newer than the last press, and finds
// the value of the button that is to be pressed.
func nextPress(t *testing.T, slack *fakeslack.Server, c int, last, code string) (fakeslack.Message, string) {
	t.Helper()
	wanted := regexp.MustCompile(`"(assess/answer/\w+/\d+/[\w-]+/` + code + `)"`)
	if verb, rest, profile := strings.Cut(code, "/%d/"); profile {
		wanted = regexp.MustCompile(`"(assess/` + verb + `/\w+/\d+/` + rest + `)"`)
	}
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		for _, m := range slack.DM(userID(c)) {
			found := wanted.FindSubmatch(m.Blocks)
			if found != nil && step(string(found[1])) > step(last) {
				return m, string(found[1])
			}
		}
	}
	return fakeslack.Message{}, ""
}

// step is the number that a press carries, so that it counts once.
func step(value string) int {
	parts := strings.Split(value, "/")
	if len(parts) < 4 {
		return 0
	}
	n, _ := strconv.Atoi(parts[3])
	return n
}

func ownerIDs() []string {
	var ids []string
	for i := range assessed {
		ids = append(ids, userID(people+i))
	}
	return ids
}
