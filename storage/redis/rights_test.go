package redis_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	goredis "github.com/redis/go-redis/v9"

	"secadvisor/storage/redis"
	"secadvisor/storage/redis/redistest"
)

// allow gives a new user rights, and returns the address for them.
func allow(t *testing.T, admin *goredis.Client, url, name string, rule ...string) (address string) {
	t.Helper()
	set := []any{"acl", "setuser", name, "reset", "on", ">tiger"}
	for _, word := range rule {
		set = append(set, word)
	}
	if err := admin.Do(t.Context(), set...).Err(); err != nil {
		t.Fatalf("%v: %v", rule, err)
	}
	return strings.Replace(url, "://", "://"+name+":tiger@", 1)
}

// Each command that OPERATING.md lists is missed where it is not given, by its
// name, and nothing else.
func TestEachRightThatIsMissingIsNamed(t *testing.T) {
	server := redistest.Start(t)
	admin := server.Client()
	defer admin.Close()
	rule, commands := documented(t)
	rule = rule[slices.Index(rule, "resetchannels"):] // what comes after name and password
	lacks := func(name, url string, rule ...string) []redis.Lack {
		t.Helper()
		got, err := redis.Rights(t.Context(), allow(t, admin, url, name, rule...), 1)
		if err != nil {
			t.Fatalf("%v: %v", rule, err)
		}
		return got
	}
	if got := lacks("whole", server.URL(), rule...); got != nil {
		t.Errorf("all that is documented is not enough: %+v", got)
	}
	if got := lacks("admin", server.URL(), "~*", "+@all"); got != nil {
		t.Errorf("everything is not enough: %+v", got)
	}
	for _, command := range commands {
		var others []string
		for _, word := range rule {
			if word != "+"+command {
				others = append(others, word)
			}
		}
		got := lacks("bot", server.URL(), others...)
		want := redis.Lack{Address: server.Addr(), User: "bot", Needed: []string{"+" + command}}
		switch command {
		case "config|get", "bgrewriteaof", "bgsave", "scan", "type", "hgetall":
			want.Needed, want.Useful = nil, want.Needed
		case "eval", "wait", "info", "time", "script|load":
		default:
			want.Needed = []string{"~secadvisor*", "+" + command}
		}
		if diff := cmp.Diff([]redis.Lack{want}, got); diff != "" {
			t.Errorf("without %s (-want +got):\n%s", command, diff)
		}
		// What is said to be missing is all that has to be given.
		if got := lacks("bot", server.URL(), append(others, slices.Concat(want.Needed, want.Useful)...)...); got != nil {
			t.Errorf("%s was given, and still %+v", command, got)
		}
	}
	otherKeys := slices.Clone(rule)
	otherKeys[slices.Index(rule, "~secadvisor*")] = "~other*"
	if got := lacks("bot", server.URL(), otherKeys...); len(got) != 1 || got[0].Needed[0] != "~secadvisor*" || len(got[0].Useful) > 0 {
		t.Errorf("keys of others: %+v", got)
	}
	if got := lacks("bot", server.URL()+"?prefix=other", otherKeys...); got != nil {
		t.Errorf("with that prefix: %+v", got)
	}
	if got := lacks("bot", strings.TrimSuffix(server.URL(), "/0")+"/2", rule...); len(got) != 1 || !slices.Equal(got[0].Needed, []string{"+select"}) || got[0].User != "bot" {
		t.Errorf("a database of its own: %+v", got)
	}
	if keys, err := admin.DBSize(t.Context()).Result(); err != nil || keys != 0 {
		t.Errorf("%d keys are there now, %v", keys, err)
	}
	if n, err := admin.Info(t.Context(), "commandstats").Result(); err != nil || strings.Contains(n, "cmdstat_bgrewriteaof:calls") || strings.Contains(n, "cmdstat_set:calls") {
		t.Errorf("something was run: %v\n%s", err, n)
	}
}

func TestACommandThatTheServerDoesNotHave(t *testing.T) {
	server := redistest.Start(t, "--rename-command", "BGREWRITEAOF", "")
	got, err := redis.Rights(t.Context(), server.URL(), 0)
	if err != nil || len(got) != 1 || !slices.Equal(got[0].Absent, []string{"bgrewriteaof"}) || len(got[0].Needed)+len(got[0].Useful) > 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestRightsInACluster(t *testing.T) {
	t.Parallel()
	cluster := redistest.StartCluster(t)
	rule, _ := documented(t)
	rule = rule[slices.Index(rule, "resetchannels"):]
	url := ""
	for i, server := range cluster.Primaries {
		admin := server.Client()
		more := []string{"+cluster|slots"}
		if i == 0 {
			more = append(more, "-bgsave")
		}
		url = allow(t, admin, cluster.URL(), "bot", append(slices.Clone(rule), more...)...)
		admin.Close()
	}
	got, err := redis.Rights(t.Context(), url, 0)
	if err != nil || len(got) != 1 || got[0].Address != cluster.Primaries[0].Addr() || !slices.Equal(got[0].Useful, []string{"+bgsave"}) {
		t.Errorf("%+v, %v", got, err)
	}
	for _, server := range cluster.Primaries {
		admin := server.Client()
		allow(t, admin, cluster.URL(), "bot", rule...)
		admin.Close()
	}
	if got, err = redis.Rights(t.Context(), url, 0); err != nil || len(got) != 1 || !slices.Equal(got[0].Needed, []string{"+cluster|slots"}) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestRightsAreNotToldByWhoCannotBeAsked(t *testing.T) {
	for _, address := range []string{"redis://:tiger@127.0.0.1:1", "redis+cluster://:tiger@127.0.0.1:1", "mysql://tiger"} {
		if got, err := redis.Rights(t.Context(), address, 0); err == nil || got != nil || errors.Is(err, redis.ErrUntold) || strings.Contains(err.Error(), "tiger") {
			t.Errorf("%+v, %v", got, err)
		}
	}
}
