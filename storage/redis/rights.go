package redis

import (
	"cmp"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	goredis "github.com/redis/go-redis/v9"
)

// Lack is what the user of the address may not do on one server, each as ACL
// SETUSER takes it: "+zadd" or "~secadvisor*".
type Lack struct {
	Address string
	User    string
	Needed  []string // without which the store does not work
	Useful  []string // without which less can be checked or cleared away
	Absent  []string // commands that the server does not have, as with some providers
}

// ErrUntold: the server does not tell what its user may do.
var ErrUntold = errors.New("it does not tell what its user may do")

// a right is a command that the store uses, in a form that needs every
// permission which the store's own uses need. It is never run.
type right struct {
	name   string
	args   []any
	useful bool // the store works without it
	keyed  bool
}

// rights are all that the store may need. Key is one of the store's own.
func rights(key string, replicas int) []right {
	all := []right{
		{name: "info"}, {name: "time"}, {name: "eval", args: []any{"return 1", 1, key}, keyed: true}, {name: "evalsha", args: []any{"0", 1, key}, keyed: true},
		{name: "script|load", args: []any{"return 1"}},
		{name: "config|get", args: []any{"save"}, useful: true}, {name: "bgrewriteaof", useful: true}, {name: "bgsave", useful: true},
		{name: "scan", args: []any{0}, useful: true}, {name: "type", args: []any{key}, useful: true, keyed: true}, {name: "hgetall", args: []any{key}, useful: true, keyed: true},
	}
	for name, args := range map[string][]any{
		"get": nil, "mget": nil, "getrange": {0, 1}, "set": {"x"}, "del": nil, "unlink": nil,
		"zadd": {0, "x"}, "zrem": {"x"}, "zcard": nil, "zscore": {"x"}, "zrange": {0, 1}, "zrangebylex": {"-", "+"}, "zrangebyscore": {0, 1}, "zscan": {0},
		"hget": {"x"}, "hset": {"x", "y"}, "hdel": {"x"}, "llen": nil, "lpop": nil, "lindex": {0}, "rpush": {"x"}, "pttl": nil, "pexpire": {1},
	} {
		all = append(all, right{name: name, args: append([]any{key}, args...), keyed: true})
	}
	if replicas > 0 {
		all = append(all, right{name: "wait", args: []any{1, 1}})
	}
	slices.SortFunc(all, func(a, b right) int { return cmp.Compare(a.name, b.name) })
	return all
}

// command is the right's, as it is sent.
func (r right) command() []any {
	var c []any
	for _, word := range strings.Split(r.name, "|") {
		c = append(c, word)
	}
	return append(c, r.args...)
}

// Rights asks each server what the user of an address may not do there. Nothing
// is written, nothing is begun, and the user needs no right to ask. Only servers
// where something is lacking are returned. ErrUntold may be among the errors.
func Rights(ctx context.Context, address string, replicas int) (lacks []Lack, err error) {
	t, err := parseAddress(address)
	if err != nil {
		return nil, fmt.Errorf("storage/redis: %w", err)
	}
	s := &Store{client: t.client(), replicas: max(t.replicas, replicas)}
	defer s.client.Close()
	var mu sync.Mutex
	err = s.primaries(ctx, func(ctx context.Context, server *goredis.Client) error {
		l, err := lacking(ctx, server, t.prefix, rights(t.prefix+":rights", s.replicas))
		mu.Lock()
		defer mu.Unlock()
		if len(l.Needed)+len(l.Useful)+len(l.Absent) > 0 {
			lacks = append(lacks, l)
		}
		return err
	})
	if name := forbidden(err); name != "" { // before anything could be asked
		return []Lack{{Address: t.where(), User: t.user(), Needed: []string{"+" + name}}}, nil
	}
	slices.SortFunc(lacks, func(a, b Lack) int { return cmp.Compare(a.Address, b.Address) })
	return lacks, err
}

// refusal is how Redis refuses a command that a user may not run.
var refusal = regexp.MustCompile(`NOPERM .*run the '([a-z0-9_|-]+)' command`)

// forbidden is the command that an error says may not be run.
func forbidden(err error) string {
	if err == nil {
		return ""
	}
	if found := refusal.FindStringSubmatch(err.Error()); found != nil {
		return found[1]
	}
	return ""
}

const (
	may    = 1
	mayNot = 0
	absent = -1
)

func lacking(ctx context.Context, server *goredis.Client, prefix string, all []right) (Lack, error) {
	l := Lack{Address: server.Options().Addr, User: cmp.Or(server.Options().Username, "default")}
	answers, err := allowed(ctx, server, all)
	if err != nil {
		return l, err
	}
	reaches := false // at least some keys
	for i, r := range all {
		reaches = reaches || r.keyed && answers[i] == may
	}
	for i, r := range all {
		switch {
		case answers[i] == absent:
			l.Absent = append(l.Absent, r.name)
		case answers[i] == may:
		case r.useful && r.keyed && !reaches: // for want of the keys
		case r.useful:
			l.Useful = append(l.Useful, "+"+r.name)
		default:
			l.Needed = append(l.Needed, "+"+r.name)
			if r.keyed && !slices.Contains(l.Needed, "~"+prefix+"*") { // that, or the command: nobody says which
				l.Needed = append([]string{"~" + prefix + "*"}, l.Needed...)
			}
		}
	}
	return l, nil
}

//go:embed lua/rights.lua
var rightsLua string

// allowed asks in a script, which Redis lets find out since 7.0, and before
// that by queueing commands which are then dropped: Redis refuses to queue what
// may not be run.
// https://redis.io/docs/latest/develop/programmability/lua-api/#redis.acl_check_cmd
func allowed(ctx context.Context, server *goredis.Client, all []right) ([]int64, error) {
	var args []any
	for _, r := range all {
		c := r.command()
		args = append(append(args, len(c)), c...)
	}
	answers, err := server.Eval(ctx, rightsLua, nil, args...).Int64Slice()
	if err != nil || len(answers) == len(all) {
		return answers, err
	}
	return queued(ctx, server, all)
}

// queued finds out in a transaction that never runs.
// https://redis.io/docs/latest/develop/using-commands/transactions/
func queued(ctx context.Context, server *goredis.Client, all []right) (answers []int64, err error) {
	conn := server.Conn()
	defer conn.Close()
	switch err := conn.Do(ctx, "multi").Err(); {
	case forbidden(err) != "":
		return nil, ErrUntold
	case err != nil:
		return nil, err
	}
	for _, r := range all {
		err := conn.Do(ctx, r.command()...).Err()
		switch {
		case err == nil:
			answers = append(answers, may)
		case !isReply(err):
			return nil, err // the connection ends, and with it the transaction
		case goredis.HasErrorPrefix(err, "NOPERM"):
			answers = append(answers, mayNot)
		case strings.Contains(err.Error(), "unknown command"):
			answers = append(answers, absent)
		default: // refused in a transaction only
			answers = append(answers, may)
		}
	}
	if err := conn.Do(ctx, "discard").Err(); err != nil {
		return nil, errors.Join(err, ErrUntold)
	}
	return answers, nil
}
