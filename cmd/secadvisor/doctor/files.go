package doctor

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/refused"
	"secadvisor/flows/content"
)

// files looks at where the configuration comes from, and who can read it.
func (x examination) files(context.Context) []Finding {
	found := []Finding{{"configuration", Good, "Read from " + x.path + ".", ""}}
	if x.path == "" {
		found[0].Says = "Read from the environment alone."
		if config.Forgotten() {
			found[0].State, found[0].Mend = Warning, config.NameIt
		}
	}
	found = append(found, x.unread()...)
	return append(found, x.secrecy()...)
}

// unread warns of variables that nothing reads: most often a letter is wrong.
func (x examination) unread() []Finding {
	strange, err := x.config.Unread(x.path)
	if err != nil {
		return []Finding{{"secrets", Failure, err.Error(), ""}}
	}
	if strange == nil {
		return nil
	}
	return []Finding{{"variables", Warning, "Nothing reads " + strings.Join(strange, ", ") + ".", "Look whether a letter is wrong: a name is SECADVISOR_ and the key of deploy/secadvisor.yaml in capitals."}}
}

// secrecy looks who else on this machine can read what is secret.
func (x examination) secrecy() (found []Finding) {
	if path := x.config.SecretsPath(x.path); path != "" {
		found = append(found, x.seenBy(path))
	}
	if x.path == "" {
		return found
	}
	raw, err := os.ReadFile(x.path)
	if err != nil {
		return append(found, Finding{"secrets", Warning, "Who can read " + x.path + " is not known.", ""})
	}
	if held := config.SecretsIn(raw, len(x.config.Teams.Bots)); len(held) > 0 {
		f := x.seenBy(x.path)
		if f.State != Good {
			f.Says += " What is secret in it: " + strings.Join(held, ", ") + "."
		}
		found = append(found, f)
	}
	return found
}

func (x examination) seenBy(path string) Finding {
	who, err := config.ReadableBy(path)
	mend := "Run chmod 600 " + path + "."
	switch {
	case err != nil:
		return Finding{"secrets", Warning, "Who can read " + path + " is not known: " + refused.Cause(err) + ".", mend}
	case who.Others:
		return Finding{"secrets", Failure, "Everybody on this machine can read " + path + ".", mend + " If others use this machine, make new tokens, too."}
	case who.Group:
		return Finding{"secrets", Warning, "A group of this machine's users can read " + path + ".", mend + " Or leave it, if that group is meant."}
	}
	return Finding{"secrets", Good, path + " can be read by its owner alone.", ""}
}

// zones looks whether time zones are known, as reminders need them.
func (x examination) zones(context.Context) []Finding {
	names := []string{"Europe/Amsterdam", "America/New_York", "Asia/Kolkata"}
	if x.config.Zone != "" {
		names = append(names, x.config.Zone)
	}
	for _, name := range names {
		if _, err := time.LoadLocation(name); err != nil {
			return []Finding{{"time_zones", Failure, "The time zone " + name + " is not known here.", "Take ZONEINFO out of the environment, if it is set: the program has zones of its own."}}
		}
	}
	says := "Time zones are known."
	if x.config.Zone != "" {
		says = "Time zones are known; people whose profile names none are in " + x.config.Zone + "."
	}
	return []Finding{{"time_zones", Good, says, ""}}
}

// content looks whether the content can be used and is not too old.
func (x examination) content(context.Context) []Finding {
	lib, err := content.Load(x.config.Settings())
	if err != nil {
		return []Finding{{"content", Failure, "The content cannot be used: " + err.Error(), "Mend it there; secadvisor content check " + x.config.Content + " looks again."}}
	}
	found := []Finding{{"content", Good, fmt.Sprintf("%d topics, %d pages, assessments: %d.", len(lib.Topics), len(lib.Pages), len(lib.Packs)), ""}}
	if old := lib.Old(x.now()); len(old) > 0 {
		found[0] = Finding{"content", Warning, fmt.Sprintf("Sources were read long ago, %d in all, such as %s.", len(old), old[0]), "Take a newer release; secadvisor content check lists them."}
	}
	return found
}
