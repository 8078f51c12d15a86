package redis

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	goredis "github.com/redis/go-redis/v9"

	"secadvisor/storage/redis/redistest"
)

// as connects as a user of a test.
func as(t *testing.T, admin *goredis.Client) *goredis.Client {
	options := *admin.Options()
	options.Username, options.Password = "bot", "x"
	one := goredis.NewClient(&options)
	t.Cleanup(func() { one.Close() })
	return one
}

// Before Redis 7.0 rights are found out by queueing: with the same outcome.
func TestQueueingTellsTheSame(t *testing.T) {
	server := redistest.Start(t)
	admin := server.Client()
	defer admin.Close()
	all := rights("secadvisor:rights", 1)
	for _, more := range [][]any{{"+@all"}, {"+@all", "-bgrewriteaof", "-config|get"}, {"-@all", "+eval", "+multi", "+discard", "+get"}, {"+@all", "resetkeys", "~other*"}} {
		rule := append([]any{"acl", "setuser", "bot", "reset", "on", "nopass", "~secadvisor*"}, more...)
		if err := admin.Do(t.Context(), rule...).Err(); err != nil {
			t.Fatal(err)
		}
		one := as(t, admin)
		asked, err1 := allowed(t.Context(), one, all)
		tried, err2 := queued(t.Context(), one, all)
		if diff := cmp.Diff(asked, tried); diff != "" || err1 != nil || err2 != nil || len(tried) != len(all) {
			t.Errorf("%v: asked and tried differ, %v, %v:\n%s", more, err1, err2, diff)
		}
		if n, err := admin.DBSize(t.Context()).Result(); n != 0 || err != nil {
			t.Errorf("%d keys, %v", n, err)
		}
	}
	if err := admin.Do(t.Context(), "acl", "setuser", "bot", "-multi").Err(); err != nil {
		t.Fatal(err)
	}
	if _, err := queued(t.Context(), as(t, admin), all); !errors.Is(err, ErrUntold) {
		t.Errorf("it is not untold: %v", err)
	}
}
