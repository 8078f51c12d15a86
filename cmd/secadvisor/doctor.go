package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"secadvisor/bot/slack"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/version"
	"secadvisor/flows/prose"
)

type doctorCommand struct {
	Config string `help:"Configuration file; without it, the environment alone." placeholder:"FILE" type:"path"`
	JSON   bool   `name:"json" help:"For scripts: state, and for each check its name, state, says and mend."`
}

// Help tells what comes back.
func (doctorCommand) Help() string {
	return "Checks what an operator would check before and after serving: the configuration, tokens and permissions, " +
		"storage, clock, content and addresses. No secret is printed. It changes nothing, but for a trial document " +
		"that it writes to the storage and removes.\n\nExit status: 0 all is well, 1 something fails, 2 nothing fails but something deserves a look."
}

// Run examines the installation.
func (d doctorCommand) Run(ctx context.Context) error {
	goredis.SetLogger(quiet{})
	found := examination{path: d.Config, now: time.Now, limit: checkLimit}.run(ctx)
	if d.JSON {
		if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
			return err
		}
	} else {
		found.print(os.Stdout)
	}
	switch found.State {
	case failure:
		return exitStatus(1)
	case warning:
		return exitStatus(2)
	}
	return nil
}

// exitStatus ends the program without another word.
type exitStatus int

func (e exitStatus) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// state is how a check ended.
type state string

const (
	good    state = "ok"
	warning state = "warning"
	failure state = "failure"
)

// finding is the outcome of one check. The names are stable: scripts read
// them.
type finding struct {
	Check string `json:"check"`
	State state  `json:"state"`
	Says  string `json:"says"`
	Mend  string `json:"mend,omitempty"`
}

func (r refusal) finding(check string) finding { return finding{check, failure, r.says, r.mend} }

// diagnosis is everything that doctor found.
type diagnosis struct {
	State  state         `json:"state"` // the worst of all
	Config string        `json:"config,omitempty"`
	Build  version.Build `json:"version"`
	Checks []finding     `json:"checks"`
}

// checkLimit is how long one group of checks may take. They run at once.
const checkLimit = 8 * time.Second

// examination is one look at an installation.
type examination struct {
	path   string // of the configuration; empty: the environment alone
	config config.Config
	now    func() time.Time
	limit  time.Duration

	slackSays func() installed // asked once, for all who want to know
}

// installed is what Slack says of the bot token.
type installed struct {
	slack.Installation
	at  time.Time // when the answer came, by this machine's clock
	err error
}

// run loads the configuration and makes all checks that go with it. Without
// a configuration there is nothing else to check.
func (x examination) run(ctx context.Context) diagnosis {
	c, err := config.Load(x.path)
	if err != nil {
		return x.conclude([]finding{{"configuration", failure, err.Error(), "Mend it there; deploy/secadvisor.yaml shows every key."}})
	}
	x.config = c
	ctx, cancel := context.WithTimeout(ctx, x.limit)
	defer cancel()
	x.slackSays = sync.OnceValue(func() installed {
		i, err := c.Slack.Installed(ctx)
		return installed{i, x.now(), err}
	})
	return x.conclude(x.all(ctx, []group{
		{"configuration", x.files},
		{"time_zones", x.zones},
		{"content", x.content},
		{"storage", x.storage},
		{"slack", x.slack},
		{"teams", x.teams},
		{"clock", x.clock},
		{"certificate", x.certificate},
		{"listen", x.listens},
		{"address", x.address},
	}))
}

// group is checks that belong together; its name is told if they do not end.
type group struct {
	name string
	make func(context.Context) []finding
}

// all makes the groups at once, and lists what they found in order.
func (x examination) all(ctx context.Context, groups []group) (found []finding) {
	results := make([]chan []finding, len(groups))
	for i, g := range groups {
		results[i] = make(chan []finding, 1)
		go func() { results[i] <- g.make(ctx) }()
	}
	late := time.After(x.limit + time.Second)
	over := false
	for i, g := range groups {
		if !over {
			select {
			case f := <-results[i]:
				found = append(found, f...)
				continue
			case <-late:
				over = true
			}
		}
		select {
		case f := <-results[i]:
			found = append(found, f...)
		default:
			found = append(found, finding{g.name, failure, "This did not end within " + x.limit.String() + ".", "Try again; if it stays so, look at this machine's disk and network."})
		}
	}
	return found
}

func (x examination) conclude(found []finding) diagnosis {
	r := diagnosis{State: good, Config: x.path, Build: version.This(), Checks: found}
	for _, f := range found {
		if f.State == failure || f.State == warning && r.State == good {
			r.State = f.State
		}
	}
	return r
}

// print writes a line for each check, and what to do below it.
func (r diagnosis) print(out io.Writer) {
	counts := map[state]int{}
	for _, f := range r.Checks {
		counts[f.State]++
		fmt.Fprintf(out, "%-8s %-20s %s\n", f.State, f.Check, f.Says)
		if f.Mend != "" {
			fmt.Fprintf(out, "%-8s %-20s -> %s\n", "", "", f.Mend)
		}
	}
	fmt.Fprintf(out, "\n%s: %d ok, %d to look at, %d failing.\n", prose.Count(len(r.Checks), "check", "checks"), counts[good], counts[warning], counts[failure])
}
