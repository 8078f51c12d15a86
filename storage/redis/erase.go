package redis

import (
	"context"
	"errors"
	"fmt"
	"strings"

	goredis "github.com/redis/go-redis/v9"

	"secadvisor/storage"
)

// eraseMost bounds how long one step of an erasure keeps others waiting.
const eraseMost = 500

// searchMost is how many keys are looked at in one step.
const searchMost = 5000

// Erase marks the tenant and then removes its data in small steps. Whoever
// calls it while it is at work, or after it was interrupted, takes part in the
// same erasure; so does an Apply with Install.
func (s *Store) Erase(ctx context.Context, tenant string) error {
	if err := errors.Join(validName("tenant", tenant), ctx.Err()); err != nil {
		return fmt.Errorf("storage/redis: erase: %w", err)
	}
	if err := s.erase(ctx, tenant); err != nil {
		return fmt.Errorf("storage/redis: erase: %w", err)
	}
	return nil
}

func (s *Store) erase(ctx context.Context, tenant string) error {
	e, err := s.beginErase(ctx, tenant)
	if err != nil {
		return err
	}
	return e.run(ctx)
}

// beginErase marks the tenant, or finds the mark of an erasure that was begun.
func (s *Store) beginErase(ctx context.Context, tenant string) (*erasure, error) {
	p := s.part(tenant)
	answer, err := s.run(ctx, s.scripts.eraseBegin,
		s.scripts.eraseBegin.call([]string{p.tenants, p.version}, tenant))
	if err != nil {
		return nil, err
	}
	r := reader{values: answer}
	number := r.text()
	return &erasure{store: s, part: p, tenant: tenant, scope: scope(tenant), number: number}, r.err
}

// erasure is one tenant's, by its number.
type erasure struct {
	store                 *Store
	part                  *partition
	tenant, scope, number string
	unlisted              bool // the index cannot be read
}

func (e *erasure) run(ctx context.Context) error {
	for _, step := range []func(context.Context) error{e.documents, e.items, e.search, e.end} {
		err := step(ctx)
		if errors.Is(err, storage.ErrErased) {
			return nil // somebody else has completed it
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// documents are removed together with their names in the index. What is not
// listed there, or no index any more, is left to search.
func (e *erasure) documents(ctx context.Context) error {
	for {
		names, err := e.store.names(ctx, e.tenant, "-", "+", eraseMost)
		if isKind(err) {
			e.unlisted = true
			return nil
		}
		if err != nil || len(names) == 0 {
			return err
		}
		keys := make([]string, len(names))
		for i, name := range names {
			keys[i] = e.part.doc + e.scope + name
		}
		if err := e.some(ctx, e.part.index+e.scope, "index", names, keys); err != nil {
			return err
		}
	}
}

// items are the tenant's lanes and timers among those of the partition. They
// are looked for until none is found: a scan that met a failover is not whole.
func (e *erasure) items(ctx context.Context) error {
	pattern := "[" + string(laneKind) + string(timerKind) + "]" + escapeGlob(e.scope) + "*"
	for found := true; found; {
		found = false
		for cursor, more := uint64(0), true; more; more = cursor != 0 {
			members, next, err := e.scan(ctx, cursor, pattern)
			if err != nil {
				return err
			}
			if err := e.itemsFound(ctx, members); err != nil {
				return err
			}
			cursor, found = next, found || len(members) > 0
		}
	}
	return nil
}

// scan reads members of due with their scores.
// https://redis.io/docs/latest/commands/scan/
func (e *erasure) scan(ctx context.Context, cursor uint64, pattern string) (members []string, next uint64, err error) {
	err = e.store.read(ctx, e.part.due, func(server *goredis.Client) error {
		members, next, err = server.ZScan(ctx, e.part.due, cursor, pattern, eraseMost).Result()
		return err
	})
	return members, next, e.store.named(ctx, err, e.part.due)
}

// itemsFound removes members of due, which come with their scores.
func (e *erasure) itemsFound(ctx context.Context, found []string) error {
	for len(found) > 0 {
		step := found[:min(len(found), 2*eraseMost)]
		found = found[len(step):]
		var names, keys []string
		for i := 0; i < len(step); i += 2 {
			names = append(names, step[i])
			if step[i][0] == laneKind {
				keys = append(keys, e.part.job+step[i][1:])
			}
		}
		if err := e.some(ctx, e.part.due, "due", names, keys); err != nil {
			return err
		}
	}
	return nil
}

// some removes names from a sorted set and what belongs to them.
func (e *erasure) some(ctx context.Context, set, kind string, names, keys []string) error {
	args := make([]any, 0, 3+len(names))
	args = append(args, e.tenant, e.number, kind)
	for _, name := range names {
		args = append(args, name)
	}
	keys = append([]string{e.part.tenants, set, e.part.held}, keys...)
	_, err := e.store.run(ctx, e.store.scripts.eraseSome, e.store.scripts.eraseSome.call(keys, args...))
	return err
}

// search looks through all keys of the server for documents and lanes that
// nothing leads to any more, so that an erasure is whole even where something
// was damaged. A user who may not look gets by without, unless it is needed.
// https://redis.io/docs/latest/commands/scan/
func (e *erasure) search(ctx context.Context) error {
	pattern := escapeGlob(strings.TrimSuffix(e.part.doc, "doc:")) + "???:" + escapeGlob(e.scope) + "*"
	for cursor, more := uint64(0), true; more; more = cursor != 0 {
		var keys []string
		err := e.store.read(ctx, e.part.doc, func(server *goredis.Client) (err error) {
			keys, cursor, err = server.Scan(ctx, cursor, pattern, searchMost).Result()
			return err
		})
		if forbidden(err) != "" && !e.unlisted {
			return nil
		}
		if err == nil && len(keys) > 0 {
			err = e.some(ctx, e.part.names, "names", nil, keys)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (e *erasure) end(ctx context.Context) error {
	keys := []string{e.part.tenants, e.part.names, e.part.index + e.scope, e.part.ends + e.scope, e.part.seen + e.scope}
	_, err := e.store.run(ctx, e.store.scripts.eraseEnd, e.store.scripts.eraseEnd.call(keys, e.tenant, e.number))
	return err
}

// escapeGlob makes a pattern that matches a text literally.
// https://redis.io/docs/latest/commands/keys/
func escapeGlob(text string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`, `]`, `\]`).Replace(text)
}
