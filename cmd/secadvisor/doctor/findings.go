package doctor

import (
	"fmt"
	"io"

	"secadvisor/cmd/secadvisor/refused"
	"secadvisor/cmd/secadvisor/version"
	"secadvisor/flows/prose"
)

// State is how a check ended.
type State string

const (
	Good    State = "ok"
	Warning State = "warning"
	Failure State = "failure"
)

// Finding is the outcome of one check. The names are stable: scripts read
// them.
type Finding struct {
	Check string `json:"check"`
	State State  `json:"state"`
	Says  string `json:"says"`
	Mend  string `json:"mend,omitempty"`
}

// refusedAt is the finding that a value was refused.
func refusedAt(r refused.Reason, check string) Finding {
	return Finding{check, Failure, r.Says, r.Mend}
}

// Diagnosis is everything that doctor found.
type Diagnosis struct {
	State  State         `json:"state"` // the worst of all
	Config string        `json:"config,omitempty"`
	Build  version.Build `json:"version"`
	Checks []Finding     `json:"checks"`
}

func (x examination) conclude(found []Finding) Diagnosis {
	r := Diagnosis{State: Good, Config: x.path, Build: version.This(), Checks: found}
	for _, f := range found {
		if f.State == Failure || f.State == Warning && r.State == Good {
			r.State = f.State
		}
	}
	return r
}

// print writes a line for each check, and what to do below it.
func (r Diagnosis) print(out io.Writer) {
	counts := map[State]int{}
	for _, f := range r.Checks {
		counts[f.State]++
		fmt.Fprintf(out, "%-8s %-20s %s\n", f.State, f.Check, f.Says)
		if f.Mend != "" {
			fmt.Fprintf(out, "%-8s %-20s -> %s\n", "", "", f.Mend)
		}
	}
	fmt.Fprintf(out, "\n%s: %d ok, %d to look at, %d failing.\n", prose.Count(len(r.Checks), "check", "checks"), counts[Good], counts[Warning], counts[Failure])
}
