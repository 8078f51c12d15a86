package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"secadvisor/bot/bottest/faketeams"
	"secadvisor/bot/engine"
	"secadvisor/bot/teams"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/storage/redis/redistest"
)

// The bot is killed every 0.2 to 0.8 s while people in Teams ask and one is
// assessed, every event comes again until it is acknowledged, and one call of
// the connector in a hundred fails. Nothing is lost and the order holds; what
// comes twice are posts whose outcome nobody can know.
func TestKilledInTeams(t *testing.T) {
	if *killEvents == 0 {
		t.Skip("runs with -kill-events 10000, for about a minute")
	}
	t.Run("bbolt", func(t *testing.T) { killInTeams(t, 1, "file:"+filepath.Join(t.TempDir(), "kill.db")) })
	t.Run("redis, two bots", func(t *testing.T) { killInTeams(t, 2, redistest.Start(t).URL()) })
}

// What a process that serves a fake is told.
const (
	fakeTeamsAt = "SECADVISOR_TEST_FAKE_TEAMS" // where the fake is
	aheadBy     = "SECADVISOR_TEST_AHEAD"      // how much its clock is ahead; empty: not at all
	leaseOf     = "SECADVISOR_TEST_LEASE"      // how long what a killed bot held is out of reach; empty: as usual
)

// TestServesTeamsUntilKilled is no test: it is the bot that others kill.
func TestServesTeamsUntilKilled(t *testing.T) {
	fake := os.Getenv(fakeTeamsAt)
	if fake == "" {
		t.Skip("runs as a process of TestKilledInTeams")
	}
	c, err := config.Load("")
	if err != nil {
		t.Fatal(err)
	}
	c.Teams = teamsAt(fake+"/metadata", fake+"/token")
	c.Teams.Bots[0].Owners = []string{"olga-oid"}
	clock := &engine.Clock{}
	if ahead, err := time.ParseDuration(os.Getenv(aheadBy)); err == nil {
		clock.Move(time.Now().Add(ahead))
	}
	s, err := newServer(context.Background(), c, clock, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if lease, err := time.ParseDuration(os.Getenv(leaseOf)); err == nil {
		s.engine.Lease = lease
	}
	if err := s.run(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// teamsAt is the configuration of a bot whose Teams is a fake.
func teamsAt(metadata, token string) teams.Config {
	fake, err := url.Parse(metadata)
	if err != nil {
		panic(err)
	}
	return teams.Config{
		Hosts: []string{fake.Host},
		Bots:  []teams.Bot{{AppID: faketeams.App, Secret: "x", Tenant: faketeams.Org}},
		Plain: true, MetadataURL: metadata, TokenURL: token,
	}
}

var unclear = []faketeams.Fault{faketeams.AcceptedBut(http.StatusInternalServerError), faketeams.CutAfter()}

func killInTeams(t *testing.T, bots int, storage string) {
	fake := faketeams.Start(t)
	fake.Patience(2 * time.Minute) // what a killed bot held is free after its lease
	for i := range people {
		fake.AddUser(teamsUser(i))
	}
	fake.FailRate(0.01, append(unclear, faketeams.TooMany("1"), faketeams.Broken(http.StatusPreconditionFailed), faketeams.Broken(http.StatusBadGateway))...)
	var running []*process
	for range bots {
		p := &process{t: t, listen: commandtest.FreeAddress(t)}
		p.command = func() *exec.Cmd {
			cmd := exec.Command(os.Args[0], "-test.run=^TestServesTeamsUntilKilled$")
			cmd.Env = append(os.Environ(), fakeTeamsAt+"="+fake.URL, "SECADVISOR_STORAGE="+storage, "SECADVISOR_LISTEN="+p.listen)
			return cmd
		}
		p.start()
		t.Cleanup(p.kill)
		running = append(running, p)
	}
	for _, p := range running {
		p.waitReady()
	}

	killing, stopKilling := context.WithCancel(t.Context())
	var killer, all sync.WaitGroup
	kills := 0
	killer.Go(func() { kills = killOften(killing, running) })
	all.Go(func() { assessInTeams(t, fake, running) })
	each := max(6, *killEvents/people)
	for i := range people {
		all.Go(func() {
			for n := range each {
				q := questions[n%len(questions)]
				body := fake.Ask(teamsUser(i), fmt.Sprintf("q%d", n), q.text)
				p := tell(t, fake, running, body)
				if rand.IntN(10) == 0 {
					again(t, fake, p, body)
				}
			}
		})
	}
	all.Wait()
	stopKilling()
	killer.Wait()
	twice := compareInTeams(t, fake, each)
	ambiguous := kills * (people + 2) // a kill may hit every conversation at its post
	known := 0
	for _, fault := range unclear {
		known += fake.Struck(fault)
	}
	t.Logf("%d events, %d kills, %d posts failed although Teams took them; %d posts came twice", each*people, kills, known, twice)
	if kills == 0 {
		t.Error("nothing was killed: send more events")
	}
	if twice > known+ambiguous {
		t.Errorf("%d posts came twice, at most %d had an unclear outcome", twice, known+ambiguous)
	}
}

func teamsUser(i int) string { return fmt.Sprintf("29:kill%03d", i) }

// tell sends an activity as Teams does: again, until it is acknowledged. It
// returns the bot that did.
func tell(t *testing.T, fake *faketeams.Server, running []*process, body []byte) *process {
	for ; t.Context().Err() == nil; time.Sleep(20 * time.Millisecond) {
		if p := running[rand.IntN(len(running))]; again(t, fake, p, body) {
			return p
		}
	}
	return running[0]
}

// again sends an activity once, and reports whether it was acknowledged.
func again(t *testing.T, fake *faketeams.Server, p *process, body []byte) bool {
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+p.listen+"/api/messages", bytes.NewReader(body))
	if err != nil {
		t.Error(err)
		return true
	}
	r.Header.Set("Authorization", "Bearer "+fake.Token(nil))
	response, err := sender.Do(r)
	if err != nil {
		return false
	}
	response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// compareInTeams waits for all answers, holds them against the questions, and
// counts those that came twice.
func compareInTeams(t *testing.T, fake *faketeams.Server, each int) (twice int) {
	lost, disordered := 0, 0
	deadline := time.Now().Add(2 * time.Minute)
	for i := range people {
		var cards []faketeams.Card
		for len(distinct(cards)) < each && time.Now().Before(deadline) {
			time.Sleep(50 * time.Millisecond)
			cards = fake.Chat(teamsUser(i))
		}
		got := distinct(cards)
		twice += len(cards) - len(got)
		lost += max(0, each-len(got))
		for n := range min(each, len(got)) {
			if got[n] != questions[n%len(questions)].answer {
				disordered++
				t.Logf("%s: answer %d is about %s", teamsUser(i), n, got[n])
				break
			}
		}
	}
	t.Logf("%d lost, %d conversations out of order", lost, disordered)
	if lost+disordered > 0 {
		t.Fail()
	}
	return twice
}

// distinct is what the cards of a chat are about, without those that repeat
// the one before: nobody asks the same twice in a row here.
func distinct(cards []faketeams.Card) (about []string) {
	for _, c := range cards {
		is := c.Shown()
		for _, q := range questions {
			if strings.Contains(is, q.answer) {
				is = q.answer
				break
			}
		}
		if len(about) == 0 || about[len(about)-1] != is {
			about = append(about, is)
		}
	}
	return about
}

// assessInTeams lets an owner press through the worked example, and looks for
// the result on one card.
func assessInTeams(t *testing.T, fake *faketeams.Server, running []*process) {
	owner := faketeams.Owner
	tell(t, fake, running, fake.Ask(owner, "assess", "/sec assess"))
	for i, step := range append([][2]string{{"How many people", "11 to 49"}, {"Who looks after your computers", "An IT provider"}, {"Who looks after security", "IT alone"}}, answersOfExample()...) {
		fake.See(owner, step[0])
		tell(t, fake, running, fake.PressBody(owner, step[0], step[1], fmt.Sprintf("press-%d", i)))
	}
	if result := fake.See(owner, " of 100, weak").Shown(); !strings.Contains(result, "45 of 100") {
		t.Errorf("the assessment ends at %.60q", result)
	}
	t.Logf("the assessment lies on %d cards", len(fake.Chat(owner))) // two, if its first post was unclear
}

func answersOfExample() (steps [][2]string) {
	for i, label := range workedExample {
		steps = append(steps, [2]string{fmt.Sprintf(" %d of 10", i+1), label})
	}
	return steps
}
