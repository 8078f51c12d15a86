package redis

import (
	"context"
	"crypto/sha1"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"secadvisor/storage"
)

// waitFor bounds how long a change waits for its replicas.
const waitFor = time.Second

// What a script answers with when it wrote nothing, as in common.lua.
const (
	conflict = 1 + iota
	lost
	erased
	erasing
	seen
	busy
	damaged
)

var errErasing = errors.New("the tenant is being erased")

var (
	//go:embed lua/common.lua
	commonLua string
	//go:embed lua/apply.lua
	applyLua string
	//go:embed lua/claim.lua
	claimLua string
	//go:embed lua/extend.lua
	extendLua string
	//go:embed lua/erase_begin.lua
	eraseBeginLua string
	//go:embed lua/erase_some.lua
	eraseSomeLua string
	//go:embed lua/erase_end.lua
	eraseEndLua string
)

// script is a Lua script and its SHA-1, by which Redis finds it again.
// https://redis.io/docs/latest/commands/evalsha/
type script struct{ source, sha string }

type scripts struct{ apply, claim, extend, eraseBegin, eraseSome, eraseEnd script }

func newScripts() scripts {
	load := func(source string) script {
		source = commonLua + source
		sum := sha1.Sum([]byte(source))
		return script{source, hex.EncodeToString(sum[:])}
	}
	return scripts{load(applyLua), load(claimLua), load(extendLua), load(eraseBeginLua), load(eraseSomeLua), load(eraseEndLua)}
}

// loadScripts shows the scripts to every primary.
func (s *Store) loadScripts(ctx context.Context) error {
	return s.primaries(ctx, func(ctx context.Context, server *goredis.Client) error {
		_, err := server.Pipelined(ctx, func(pipe goredis.Pipeliner) error {
			for _, known := range []script{s.scripts.apply, s.scripts.claim, s.scripts.extend} {
				pipe.ScriptLoad(ctx, known.source)
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("load scripts into %s: %w", server.Options().Addr, err)
		}
		return nil
	})
}

// call is one run of a script: EVALSHA, digest, number of keys, keys and the
// other arguments.
type call []any

func (sc script) call(keys []string, args ...any) call {
	c := make(call, 0, 3+len(keys)+len(args))
	c = append(c, "evalsha", sc.sha, len(keys))
	for i := range keys {
		c = append(c, &keys[i]) // unlike a string, a pointer to one needs no memory of its own here
	}
	return append(c, args...)
}

// keys are those that the script is given.
func (c call) keys() (all []string) {
	for _, arg := range c[3 : 3+c[2].(int)] {
		all = append(all, *arg.(*string))
	}
	return all
}

// whole is the call for a server that has forgotten the script.
func (sc script) whole(c call) call {
	return append(call{"eval", sc.source}, c[2:]...)
}

// run runs a script on the primary that has its keys and returns the list that
// it answers with. Nothing that Redis may have done is repeated.
func (s *Store) run(ctx context.Context, sc script, c call) ([]any, error) {
	var answer any
	err := s.retry(ctx, notDone, func() error {
		server, err := s.primary(ctx, *c[3].(*string))
		if err != nil {
			return err
		}
		answer, err = s.evaluate(ctx, server, c)
		if goredis.HasErrorPrefix(err, "NOSCRIPT") {
			answer, err = s.evaluate(ctx, server, sc.whole(c))
		}
		return err
	})
	if err != nil {
		return nil, s.named(ctx, err, c.keys()...)
	}
	return refused(answer)
}

// evaluate runs a script and, where replicas must confirm, waits for them on
// the same connection: WAIT is about what that connection wrote.
// https://redis.io/docs/latest/commands/wait/
func (s *Store) evaluate(ctx context.Context, server *goredis.Client, c call) (any, error) {
	cmd := goredis.NewCmd(ctx, c...)
	if s.replicas == 0 {
		if err := s.ask(ctx, server, once{cmd}); err != nil {
			return nil, err
		}
		return cmd.Result()
	}
	pipe := server.Pipeline()
	_ = pipe.Process(ctx, once{cmd})
	confirmed := pipe.Do(ctx, "wait", s.replicas, waitFor.Milliseconds())
	exec(ctx, pipe)
	answer, err := cmd.Result()
	if _, refused := answer.(int64); err != nil || refused {
		return answer, err
	}
	if n, err := confirmed.Int(); err != nil || n < s.replicas {
		return nil, fmt.Errorf("done, but %d of %d replicas confirmed it within %v: %w", n, s.replicas, waitFor, errors.Join(err, errUnconfirmed))
	}
	return answer, nil
}

// errUnconfirmed: the change stands for now, a failover may lose it.
var errUnconfirmed = errors.New("too few replicas")

// refused takes apart the answer of a script.
func refused(answer any) ([]any, error) {
	switch a := answer.(type) {
	case []any:
		return a, nil
	case int64:
		switch a {
		case conflict:
			return nil, storage.ErrConflict
		case lost:
			return nil, storage.ErrLost
		case erased:
			return nil, storage.ErrErased
		case erasing:
			return nil, errErasing
		case seen:
			return nil, storage.ErrSeen
		case busy:
			return nil, storage.ErrBusy
		case damaged:
			return nil, fmt.Errorf("%w: %w", errState, storage.ErrDamaged)
		}
	}
	return nil, fmt.Errorf("a script answered with an unexpected %T", answer)
}

// primary is the server that has a key.
func (s *Store) primary(ctx context.Context, key string) (*goredis.Client, error) {
	if cluster, ok := s.client.(*goredis.ClusterClient); ok {
		return cluster.MasterForKey(ctx, key)
	}
	return s.client.(*goredis.Client), nil
}

// primaries does something with every server that has data of its own.
func (s *Store) primaries(ctx context.Context, do func(context.Context, *goredis.Client) error) error {
	if cluster, ok := s.client.(*goredis.ClusterClient); ok {
		return cluster.ForEachMaster(ctx, do)
	}
	return do(ctx, s.client.(*goredis.Client))
}
