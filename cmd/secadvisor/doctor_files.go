package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
	"github.com/goccy/go-yaml"

	"secadvisor/flows/content"
)

// files looks at where the configuration comes from, and who can read it.
func (x examination) files(context.Context) []finding {
	from := x.path
	if from == "" {
		from = "the environment alone"
	}
	found := []finding{{"configuration", good, "Read from " + from + ".", ""}}
	found = append(found, x.unread()...)
	return append(found, x.secrecy()...)
}

// unread warns of variables that nothing reads: most often a letter is wrong.
func (x examination) unread() []finding {
	hidden, err := readSecrets(x.config.secretsPath(x.path))
	if err != nil {
		return []finding{{"secrets", failure, err.Error(), ""}}
	}
	all := hidden.environment()
	var c config
	fields, err := env.GetFieldParamsWithOptions(&c, env.Options{Prefix: envPrefix, Environment: all})
	if err != nil {
		return nil // the configuration was read, so its names are what they are
	}
	known := []string{secretsVariable}
	for _, f := range fields {
		known = append(known, f.Key)
	}
	var strange []string
	for name := range all {
		if strings.HasPrefix(name, envPrefix) && !slices.Contains(known, name) {
			strange = append(strange, name)
		}
	}
	if strange == nil {
		return nil
	}
	slices.Sort(strange)
	return []finding{{"variables", warning, "Nothing reads " + strings.Join(strange, ", ") + ".", "Look whether a letter is wrong: a name is SECADVISOR_ and the key of deploy/secadvisor.yaml in capitals."}}
}

// secretKeys are keys whose value is a secret.
var secretKeys = []string{"slack.bot_token", "slack.app_token", "slack.signing_secret", "slack.client_secret", "keys.master"}

// secrecy looks who else on this machine can read what is secret.
func (x examination) secrecy() (found []finding) {
	if path := x.config.secretsPath(x.path); path != "" {
		found = append(found, x.seenBy(path))
	}
	if x.path == "" {
		return found
	}
	raw, err := os.ReadFile(x.path)
	if err != nil {
		return append(found, finding{"secrets", warning, "Who can read " + x.path + " is not known.", ""})
	}
	if held := secretsIn(raw, len(x.config.Teams.Bots)); len(held) > 0 {
		f := x.seenBy(x.path)
		if f.State != good {
			f.Says += " It holds " + strings.Join(held, ", ") + "."
		}
		found = append(found, f)
	}
	return found
}

// secretsIn are the keys of a configuration file that hold a secret.
func secretsIn(raw []byte, bots int) (held []string) {
	keys := slices.Clone(secretKeys)
	for i := range bots {
		keys = append(keys, fmt.Sprintf("teams.bots[%d].secret", i))
	}
	for _, key := range keys {
		if lineOf(raw, key) > 0 {
			held = append(held, key)
		}
	}
	var file config
	if err := yaml.Unmarshal(raw, &file); err == nil && withPassword(file.Storage) {
		held = append(held, "storage")
	}
	return held
}

// withPassword reports whether a store's address may hold a password.
func withPassword(storage string) bool {
	return storageKind(storage) == "redis" && strings.Contains(storage, "@")
}

func (x examination) seenBy(path string) finding {
	who, err := readableBy(path)
	mend := "Run chmod 600 " + path + "."
	switch {
	case err != nil:
		return finding{"secrets", warning, "Who can read " + path + " is not known: " + cause(err) + ".", mend}
	case who.others:
		return finding{"secrets", failure, "Everybody on this machine can read " + path + ".", mend + " If others use this machine, make new tokens, too."}
	case who.group:
		return finding{"secrets", warning, "A group of this machine's users can read " + path + ".", mend + " Or leave it, if that group is meant."}
	}
	return finding{"secrets", good, path + " can be read by its owner alone.", ""}
}

// zones looks whether time zones are known, as reminders need them.
func (x examination) zones(context.Context) []finding {
	names := []string{"Europe/Amsterdam", "America/New_York", "Asia/Kolkata"}
	if x.config.Zone != "" {
		names = append(names, x.config.Zone)
	}
	for _, name := range names {
		if _, err := time.LoadLocation(name); err != nil {
			return []finding{{"time_zones", failure, "The time zone " + name + " is not known here.", "Take ZONEINFO out of the environment, if it is set: the program has zones of its own."}}
		}
	}
	says := "Time zones are known."
	if x.config.Zone != "" {
		says = "Time zones are known; people whose profile names none are in " + x.config.Zone + "."
	}
	return []finding{{"time_zones", good, says, ""}}
}

// content looks whether the content can be used and is not too old.
func (x examination) content(context.Context) []finding {
	lib, err := content.Load(x.config.settings())
	if err != nil {
		return []finding{{"content", failure, "The content cannot be used: " + err.Error(), "Mend it there; secadvisor content check " + x.config.Content + " looks again."}}
	}
	found := []finding{{"content", good, fmt.Sprintf("%d topics, %d pages, assessments: %d.", len(lib.Topics), len(lib.Pages), len(lib.Packs)), ""}}
	if old := lib.Old(x.now()); len(old) > 0 {
		found[0] = finding{"content", warning, fmt.Sprintf("Sources were read long ago, %d in all, such as %s.", len(old), old[0]), "Take a newer release; secadvisor content check lists them."}
	}
	return found
}
