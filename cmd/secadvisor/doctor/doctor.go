// Package doctor looks at an installation as an operator would, and says of each
// thing how it is and what mends it.
package doctor

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"time"

	"secadvisor/bot/slack"
	"secadvisor/cmd/secadvisor/config"
)

// Command is "secadvisor doctor". Its Run ends with a Status.
type Command struct {
	Config string `help:"Configuration file; without it, the environment alone." placeholder:"FILE" type:"path"`
	JSON   bool   `name:"json" help:"For scripts: state, and for each check its name, state, says and mend."`
}

// Help tells what comes back.
func (Command) Help() string {
	return "Checks what an operator would check before and after serving: the configuration, tokens and permissions, " +
		"storage, clock, content and addresses. No secret is printed. It changes nothing, but for a trial document " +
		"that it writes to the storage and removes.\n\nExit status: 0 all is well, 1 something fails, 2 nothing fails but something deserves a look."
}

// Run examines the installation.
func (d Command) Run(ctx context.Context, out io.Writer) error {
	found := Examine(ctx, d.Config)
	if d.JSON {
		if err := json.NewEncoder(out).Encode(found); err != nil {
			return err
		}
	} else {
		found.print(out)
	}
	switch found.State {
	case Failure:
		return Status(1)
	case Warning:
		return Status(2)
	}
	return nil
}

// Examine looks at the installation that a configuration file describes; an empty
// path: the environment alone.
func Examine(ctx context.Context, path string) Diagnosis {
	return examination{path: path, now: time.Now, limit: checkLimit}.run(ctx)
}

// TryStorage looks at the store that c names, and tries it.
func TryStorage(ctx context.Context, c config.Config) []Finding {
	return examination{config: c, now: time.Now}.storage(ctx)
}

// TryAddress looks whether an address leads to the bot that c describes; path is
// its last part.
func TryAddress(ctx context.Context, c config.Config, address, path string) Finding {
	return examination{config: c, now: time.Now}.reach(ctx, address, path)
}

// Status ends the program without another word.
type Status int

func (e Status) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

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
func (x examination) run(ctx context.Context) Diagnosis {
	c, err := config.Load(x.path)
	if err != nil {
		return x.conclude([]Finding{{"configuration", Failure, err.Error(), "Mend it there; deploy/secadvisor.yaml shows every key."}})
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
	make func(context.Context) []Finding
}

// all makes the groups at once, and lists what they found in order.
func (x examination) all(ctx context.Context, groups []group) (found []Finding) {
	results := make([]chan []Finding, len(groups))
	for i, g := range groups {
		results[i] = make(chan []Finding, 1)
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
			found = append(found, Finding{g.name, Failure, "This did not end within " + x.limit.String() + ".", "Try again; if it stays so, look at this machine's disk and network."})
		}
	}
	return found
}
