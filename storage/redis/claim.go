package redis

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"secadvisor/storage"
)

const (
	// claimed is how many values claim.lua answers with for each claim.
	claimed = 5

	// claimMost bounds how long one run of claim.lua keeps others waiting.
	claimMost = 250
)

// Claim looks at the head of every partition, in one pipeline, and then runs
// the script where something is due. If the answer of Redis is lost, what was
// claimed is claimed again after the lease.
func (s *Store) Claim(ctx context.Context, max int, lease time.Duration) ([]storage.Claim, error) {
	if lease <= 0 {
		return nil, fmt.Errorf("storage/redis: claim for %v", lease)
	}
	claims, err := s.claim(ctx, max, milliseconds(lease))
	if len(claims) > 0 {
		if err != nil {
			s.partly.Do(func() { s.log.WarnContext(ctx, "some of what is due could not be claimed", "error", err) })
		}
		return claims, nil
	}
	if err != nil {
		return nil, fmt.Errorf("storage/redis: claim: %w", err)
	}
	return nil, nil
}

func (s *Store) claim(ctx context.Context, max int, lease int64) ([]storage.Claim, error) {
	parts, err := s.duePartitions(ctx)
	var claims []storage.Claim
	for len(parts) > 0 && len(claims) < max {
		var got []storage.Claim
		var problem error
		got, parts, problem = s.claimFrom(ctx, parts, max-len(claims), lease)
		claims, err = append(claims, got...), errors.Join(err, problem)
	}
	return claims, err
}

// duePartitions returns the partitions that have something due, the one with
// the oldest item first. A part of a cluster that does not answer is left out.
func (s *Store) duePartitions(ctx context.Context) ([]*partition, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	pipe := s.client.Pipeline()
	clock := pipe.Time(ctx)
	heads := make([]*goredis.ZSliceCmd, partitions)
	for i := range s.parts {
		heads[i] = pipe.ZRangeWithScores(ctx, s.parts[i].due, 0, 0)
	}
	exec(ctx, pipe)
	now, err := s.readTime(clock)
	if err != nil {
		return nil, err
	}
	type due struct {
		part  *partition
		since float64
	}
	var all []due
	for i, head := range heads {
		items, problem := head.Result()
		if problem != nil {
			err = s.named(ctx, problem, s.parts[i].due)
		} else if len(items) > 0 && items[0].Score <= float64(now) {
			all = append(all, due{&s.parts[i], items[0].Score})
		}
	}
	slices.SortFunc(all, func(a, b due) int { return cmp.Compare(a.since, b.since) })
	parts := make([]*partition, len(all))
	for i, d := range all {
		parts[i] = d.part
	}
	return parts, err
}

// claimFrom shares max among partitions, and returns those that may have more.
func (s *Store) claimFrom(ctx context.Context, parts []*partition, max int, lease int64) (claims []storage.Claim, more []*partition, err error) {
	asked := parts[:min(len(parts), max)]
	share := min(max/len(asked), claimMost)
	answers := s.claimScripts(ctx, asked, share, lease)
	for i, cmd := range answers {
		got, full, problem := s.readClaims(ctx, asked[i], cmd, share)
		err = errors.Join(err, problem)
		claims = append(claims, got...)
		if full {
			more = append(more, asked[i])
		}
	}
	return claims, append(more, parts[len(asked):]...), err
}

// claimScripts runs the script for several partitions at once, and again where
// the server did not know it. Each primary is asked for its own: by itself the
// client of a cluster goes on to where a slot is moving to, and a lane that is
// not there yet would seem lost.
func (s *Store) claimScripts(ctx context.Context, parts []*partition, share int, lease int64) []*goredis.Cmd {
	run := func(parts []*partition, calls []call) []*goredis.Cmd {
		pipes := map[*goredis.Client]goredis.Pipeliner{}
		cmds := make([]*goredis.Cmd, len(parts))
		for i, p := range parts {
			cmds[i] = goredis.NewCmd(ctx, calls[i]...)
			server, err := s.primary(ctx, p.due)
			if err != nil {
				cmds[i].SetErr(err)
				continue
			}
			if pipes[server] == nil {
				pipes[server] = server.Pipeline()
			}
			_ = pipes[server].Process(ctx, once{cmds[i]})
		}
		var group sync.WaitGroup
		for _, pipe := range pipes {
			group.Go(func() { exec(ctx, pipe) })
		}
		group.Wait()
		return cmds
	}
	calls := make([]call, len(parts))
	for i, p := range parts {
		calls[i] = s.scripts.claim.call([]string{p.due, p.held, p.version}, s.setTime(), share, lease, p.job)
	}
	cmds := run(parts, calls)
	for i, cmd := range cmds {
		if goredis.HasErrorPrefix(cmd.Err(), "NOSCRIPT") {
			cmds[i] = run(parts[i:i+1], []call{s.scripts.claim.whole(calls[i])})[0]
		}
	}
	return cmds
}

// readClaims reads the answer of claim.lua. Full says that there may be more.
func (s *Store) readClaims(ctx context.Context, p *partition, cmd *goredis.Cmd, share int) (claims []storage.Claim, full bool, err error) {
	values, err := cmd.Slice()
	if err != nil {
		return nil, false, s.named(ctx, err, p.due, p.held, p.version)
	}
	r := reader{values: values}
	n := len(values) / claimed
	for range n {
		c, err := readClaim(r.text(), r.text(), r.number(), r.number(), r.text())
		if err != nil { // it stays, and is looked at again after the lease
			s.log.ErrorContext(ctx, "an entry of a sorted set is none of ours, or damaged: look what writes there, and remove it", "key", p.due, "err", err)
			continue
		}
		claims = append(claims, c)
	}
	return claims, n == share, r.err
}

func readClaim(member, score string, token, attempts int64, job string) (storage.Claim, error) {
	kind, tenant, name, err := splitMember(member)
	if err != nil {
		return storage.Claim{}, err
	}
	since, err := strconv.ParseFloat(score, 64)
	if err != nil {
		return storage.Claim{}, err
	}
	c := storage.Claim{Tenant: tenant, Due: timeOf(since), Token: token}
	if kind == timerKind {
		c.Timer = name
		return c, nil
	}
	c.Lane, c.Attempts = name, int(attempts)
	c.ID, c.Body, c.Fault = unpackJob(job)
	return c, nil
}

// timeOf is the time of a score in ms. What is before or after all times that
// can be written is the first or the last of them.
func timeOf(score float64) time.Time {
	const last = 253402300799999 // the end of the year 9999
	return time.UnixMilli(int64(min(max(score, 0), last)))
}

// Extend gives a claim a new token and a new lease.
func (s *Store) Extend(ctx context.Context, c storage.Claim, lease time.Duration) (storage.Claim, error) {
	extended, err := s.extend(ctx, c, lease)
	if err != nil {
		return storage.Claim{}, fmt.Errorf("storage/redis: extend: %w", err)
	}
	return extended, nil
}

func (s *Store) extend(ctx context.Context, c storage.Claim, lease time.Duration) (storage.Claim, error) {
	if lease <= 0 {
		return storage.Claim{}, fmt.Errorf("for %v", lease)
	}
	if c.Token == 0 {
		return storage.Claim{}, storage.ErrLost
	}
	p := s.part(c.Tenant)
	member, token := heldMember(scope(c.Tenant), &c)
	answer, err := s.run(ctx, s.scripts.extend,
		s.scripts.extend.call([]string{p.due, p.held, p.version}, s.setTime(), member, token, milliseconds(lease)))
	if err != nil {
		return storage.Claim{}, err
	}
	r := reader{values: answer}
	c.Token = r.number()
	return c, r.err
}
