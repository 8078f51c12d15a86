package redis

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"

	"secadvisor/storage"
)

// Apply does the whole change with one script, or nothing of it.
//
// An error other than storage's own leaves it open whether the change was
// made: the connection broke, or replicas did not confirm in time. Applying
// the same change again is then safe as far as it protects itself, by jobs
// with Dedupe, by versions and by a claim.
func (s *Store) Apply(ctx context.Context, tenant string, c storage.Change) (storage.Applied, error) {
	applied, err := s.apply(ctx, tenant, c)
	for errors.Is(err, errErasing) {
		if err = s.erase(ctx, tenant); err == nil {
			applied, err = s.apply(ctx, tenant, c)
		}
	}
	if err != nil {
		return storage.Applied{}, fmt.Errorf("storage/redis: apply: %w", err)
	}
	return applied, nil
}

func (s *Store) apply(ctx context.Context, tenant string, c storage.Change) (storage.Applied, error) {
	if err := validChange(tenant, c); err != nil {
		return storage.Applied{}, err
	}
	if c.Held != nil && c.Held.Token == 0 {
		return storage.Applied{}, storage.ErrLost
	}
	answer, err := s.run(ctx, s.scripts.apply, s.applyCall(tenant, c))
	if err != nil {
		return storage.Applied{}, err
	}
	return s.readApplied(tenant, c, answer)
}

// applyCall arranges a change as apply.lua expects it.
func (s *Store) applyCall(tenant string, c storage.Change) call {
	p, scope := s.part(tenant), scope(tenant)
	keys := make([]string, 8, 9+len(c.Check)+len(c.Put)+len(c.Jobs)+len(c.Take))
	copy(keys, []string{p.due, p.held, p.version, p.tenants, p.names, p.index + scope, p.ends + scope, p.seen + scope})
	if heldLane(c) {
		keys = append(keys, p.job+scope+c.Held.Lane)
	}
	for _, v := range c.Check {
		keys = append(keys, p.doc+scope+v.Key)
	}
	for _, w := range c.Put {
		keys = append(keys, p.doc+scope+w.Key)
	}
	for _, j := range c.Jobs {
		keys = append(keys, p.job+scope+j.Lane)
	}
	for _, lane := range c.Take {
		keys = append(keys, p.job+scope+lane)
	}
	for _, key := range c.Read {
		keys = append(keys, p.doc+scope+key)
	}
	if c.Once != nil {
		keys = append(keys, p.job+scope+c.Once.Lane)
	}
	member, token := heldMember(scope, c.Held)
	args := make([]any, 0, 7+len(c.Put)+2*len(c.Jobs)+2*len(c.Timers))
	args = append(args, s.applyNumbers(c, len(p.doc)+len(scope), len(p.job)), tenant, member, token, versions(c), ttls(c.Put))
	for _, w := range c.Put {
		args = append(args, w.Body)
	}
	for _, j := range c.Jobs {
		args = append(args, packJob(j), seenID(j))
	}
	for _, t := range c.Timers {
		args = append(args, string(timerKind)+scope+t.Name, timerScore(t))
	}
	if c.Once != nil {
		args = append(args, c.Once.ID)
	}
	return s.scripts.apply.call(keys, args...)
}

// applyNumbers has the numbers of a change in the order of apply.lua.
func (s *Store) applyNumbers(c storage.Change, docPrefix, jobPrefix int) []byte {
	var release storage.Release
	if c.Release != nil {
		release = *c.Release
	}
	big := binary.BigEndian
	b := make([]byte, 0, 64)
	b = big.AppendUint64(b, uint64(s.setTime()))
	b = big.AppendUint64(b, uint64(milliseconds(c.Lease)))
	b = big.AppendUint64(b, uint64(milliseconds(release.After)))
	b = big.AppendUint64(b, uint64(storage.SeenFor.Milliseconds()))
	for _, is := range []bool{c.Install, c.Done, c.Release != nil, release.Uncounted, s.replicas > 0, heldLane(c), c.Once != nil} {
		b = append(b, bit(is))
	}
	for _, n := range []int{len(c.Check), len(c.Put), len(c.Jobs), len(c.Timers), len(c.Take), len(c.Read)} {
		b = big.AppendUint32(b, uint32(n))
	}
	b = big.AppendUint16(b, uint16(docPrefix))
	return big.AppendUint16(b, uint16(jobPrefix))
}

func bit(is bool) byte {
	if is {
		return 1
	}
	return 0
}

func heldLane(c storage.Change) bool { return c.Held != nil && c.Held.Lane != "" }

// heldMember names a claim as due does, and its token as held does.
func heldMember(scope string, held *storage.Claim) (member string, token []byte) {
	switch {
	case held == nil:
		return "", nil
	case held.Lane != "":
		return string(laneKind) + scope + held.Lane, packNumber(held.Token)
	default:
		return string(timerKind) + scope + held.Timer, packNumber(held.Token)
	}
}

func packNumber(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

// versions of the documents to check and to put.
func versions(c storage.Change) []byte {
	b := make([]byte, 0, 8*(len(c.Check)+len(c.Put)))
	for _, v := range c.Check {
		b = binary.BigEndian.AppendUint64(b, uint64(v.Version))
	}
	for _, w := range c.Put {
		b = binary.BigEndian.AppendUint64(b, uint64(w.Version))
	}
	return b
}

// ttls in milliseconds; -1 deletes the document.
func ttls(puts []storage.Write) []byte {
	b := make([]byte, 0, 8*len(puts))
	for _, w := range puts {
		ttl := milliseconds(w.TTL)
		if w.Body == nil {
			ttl = -1
		}
		b = binary.BigEndian.AppendUint64(b, uint64(ttl))
	}
	return b
}

// packJob is a job as its list keeps it: the length of its id, id and body.
func packJob(j storage.Job) []byte {
	b := make([]byte, 0, 2+len(j.ID)+len(j.Body))
	b = binary.BigEndian.AppendUint16(b, uint16(len(j.ID)))
	b = append(b, j.ID...)
	return append(b, j.Body...)
}

// unpackJob reads a job, or says why it will never be read.
func unpackJob(b string) (id string, body []byte, fault error) {
	if len(b) < 2 {
		return "", nil, storage.ErrDamaged
	}
	end := 2 + int(binary.BigEndian.Uint16([]byte(b[:2])))
	if len(b) < end {
		return "", nil, storage.ErrDamaged
	}
	return b[2:end], []byte(b[end:]), nil
}

func seenID(j storage.Job) string {
	if j.Dedupe {
		return j.ID
	}
	return ""
}

func timerScore(t storage.Timer) string {
	if t.At.IsZero() {
		return ""
	}
	return strconv.FormatInt(t.At.UnixMilli(), 10)
}
