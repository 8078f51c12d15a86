package doctor

import (
	"strings"
	"testing"

	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/storage/redis/redistest"
)

// Which right is missing is said before anything fails for it, with the line to
// type; what it is for is said where the bot works without.
func TestDoctorLooksAtTheRightsInRedis(t *testing.T) {
	server := redistest.Start(t)
	client := server.Client()
	defer client.Close()
	for name, row := range map[string]struct {
		rule       string
		is         State
		says, mend string
	}{
		"all":         {"~* +@all", "", "", ""},
		"no erasing":  {"~* +@all -bgrewriteaof", Warning, "clear what was erased from its disk (missing: +bgrewriteaof)", "ACL SETUSER bot +bgrewriteaof, and then ACL SAVE"},
		"blind":       {"~* +@all -config|get -bgsave", Warning, "clear what was erased from its disk, or see whether it keeps", "+bgsave +config|get"},
		"no scripts":  {"~* +@all -eval", Failure, "let its user bot do what the bot needs (missing: +eval)", "ACL SETUSER bot +eval"},
		"few":         {"~* +@all -zadd -hset", Failure, "+hset +zadd", "ACL SETUSER bot ~secadvisor* +hset +zadd"},
		"other's":     {"~other* +@all", Failure, "~secadvisor*", "~secadvisor*"},
		"hardly more": {"~* -@all +info", Failure, "+eval", "+eval"},
	} {
		rule := []any{"acl", "setuser", "bot", "reset", "on", ">tiger"}
		for _, word := range strings.Fields(row.rule) {
			rule = append(rule, word)
		}
		if err := client.Do(t.Context(), rule...).Err(); err != nil {
			t.Fatal(err)
		}
		p := healthy(t, commandtest.Workspace(t))
		p.Lines[2] = "storage: " + strings.Replace(server.URL(), "://", "://bot:tiger@", 1)
		d := p.examined()
		var got []Finding
		for _, f := range d.Checks {
			if f.Check == "storage.rights" {
				got = append(got, f)
			}
		}
		if row.is == "" {
			if len(got) != 0 {
				t.Errorf("%s: %+v", name, got)
			}
			finds(t, d, "storage.trial", Good, "removed")
			continue
		}
		if len(got) != 1 || got[0].State != row.is || !strings.Contains(got[0].Says, row.says) || !strings.Contains(got[0].Mend, row.mend) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
