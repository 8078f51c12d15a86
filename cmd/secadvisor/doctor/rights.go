package doctor

import (
	"context"
	"slices"
	"strings"

	"secadvisor/storage/redis"
)

// rights looks whether Redis lets its user do what the bot needs. That it does
// not tell is no reason to worry anybody: the trial shows the most of it.
func (x examination) rights(ctx context.Context) (found []Finding) {
	lacks, err := redis.Rights(ctx, x.config.Storage, x.config.Replicas)
	if err != nil {
		return nil // opening it says what is the matter
	}
	for _, l := range lacks {
		found = append(found, rightsOn(l)...)
	}
	return found
}

func rightsOn(l redis.Lack) (found []Finding) {
	say := func(is State, does string, rights []string) {
		found = append(found, Finding{"storage.rights", is,
			"Redis at " + l.Address + " does not let its user " + l.User + " " + does + " (missing: " + strings.Join(rights, " ") + ").",
			"Let whoever runs Redis type: ACL SETUSER " + l.User + " " + strings.Join(rights, " ") + ", and then ACL SAVE or CONFIG REWRITE, so that it stays."})
	}
	if len(l.Needed) > 0 {
		say(Failure, "do what the bot needs", l.Needed)
	}
	if len(l.Useful) > 0 {
		say(Warning, purpose(l.Useful), l.Useful)
	}
	if len(l.Absent) > 0 {
		found = append(found, Finding{"storage.rights", Warning,
			"Redis at " + l.Address + " has no " + strings.Join(l.Absent, ", ") + ", as with some providers: the bot cannot " + purpose(l.Absent) + ".",
			"Ask whoever runs Redis whether it can be had."})
	}
	return found
}

// purpose is what some rights are for.
func purpose(rights []string) string {
	var all []string
	for _, r := range rights {
		is := "do its work"
		switch strings.TrimPrefix(r, "+") {
		case "config|get":
			is = "see whether it keeps what it is given"
		case "bgrewriteaof", "bgsave":
			is = "clear what was erased from its disk"
		case "scan", "type", "hgetall":
			is = "name what is damaged, and erase it"
		}
		if !slices.Contains(all, is) {
			all = append(all, is)
		}
	}
	return strings.Join(all, ", or ")
}
