package embedded

import (
	"context"
	"time"

	"secadvisor/storage"
)

// Apply returns when the change is on the disk. It may have shared a
// transaction with others, but it fails alone.
func (s *Store) Apply(ctx context.Context, tenant string, c storage.Change) (storage.Applied, error) {
	if err := changeFits(tenant, c); err != nil {
		return storage.Applied{}, err
	}
	var applied storage.Applied
	err := s.write(ctx, func(t *txn) error {
		if err := t.allows(tenant, c); err != nil {
			return err
		}
		applied = t.apply(tenant, c)
		return nil
	})
	if err != nil {
		return storage.Applied{}, err
	}
	return applied, nil
}

// allows is everything that can speak against a change; it only reads.
func (t *txn) allows(tenant string, c storage.Change) error {
	if t.get(tombstones, []byte(tenant)) != nil && !c.Install {
		return storage.ErrErased
	}
	own, _ := t.space(tenant)
	if c.Held != nil && !t.holds(own, *c.Held) {
		return storage.ErrLost
	}
	if c.Once != nil {
		if t.knows(own, c.Once.ID) {
			return storage.ErrSeen
		}
		if _, waiting := t.item(own.lane(c.Once.Lane)); waiting {
			return storage.ErrBusy
		}
	}
	for _, v := range c.Check {
		if t.document(own, v.Key).version != v.Version {
			return storage.ErrConflict
		}
	}
	for _, w := range c.Put {
		if t.document(own, w.Key).version != w.Version {
			return storage.ErrConflict
		}
	}
	return nil
}

// holds says whether a claim still holds its item. A lease that has run out
// holds until somebody else claims the item.
func (t *txn) holds(own space, c storage.Claim) bool {
	i, ok := t.item(claimed(own, c))
	return ok && i.held() && i.token == c.Token
}

// claimed is the key of the item that a claim is of.
func claimed(own space, c storage.Claim) []byte {
	if c.Timer != "" {
		return own.timer(c.Timer)
	}
	return own.lane(c.Lane)
}

func (t *txn) apply(tenant string, c storage.Change) storage.Applied {
	if c.Install && t.get(tombstones, []byte(tenant)) != nil {
		t.delete(tombstones, []byte(tenant))
	}
	own, ok := t.space(tenant)
	if !ok && adds(c) {
		own = t.addTenant(tenant)
	}
	t.giveUp(own, c)
	if c.Once != nil {
		t.remember(own, c.Once.ID)
	}
	var applied storage.Applied
	for _, w := range c.Put {
		applied.Versions = append(applied.Versions, t.write(own, w))
	}
	for _, j := range c.Jobs {
		if !t.addJob(own, j) {
			applied.Dropped = append(applied.Dropped, j.ID)
		}
	}
	for _, timer := range c.Timers {
		t.setTimer(own, timer)
	}
	applied.Taken = t.take(tenant, own, c.Take, c.Lease)
	for _, key := range c.Read {
		applied.Read = append(applied.Read, t.document(own, key).doc(key))
	}
	return applied
}

// adds says whether a change leaves a tenant with data.
func adds(c storage.Change) bool {
	for _, w := range c.Put {
		if w.Body != nil {
			return true
		}
	}
	for _, timer := range c.Timers {
		if !timer.At.IsZero() {
			return true
		}
	}
	return len(c.Jobs) > 0 || c.Once != nil
}

func (t *txn) giveUp(own space, c storage.Change) {
	switch {
	case c.Done:
		t.finish(claimed(own, *c.Held))
	case c.Release != nil:
		t.release(claimed(own, *c.Held), *c.Release)
	}
}

func (t *txn) write(own space, w storage.Write) (version int64) {
	if w.Body == nil {
		t.dropDocument(own.key(w.Key))
		return 0
	}
	return t.putDocument(own, w)
}

func (t *txn) setTimer(own space, timer storage.Timer) {
	if timer.At.IsZero() {
		t.dropItem(own.timer(timer.Name))
		return
	}
	t.putItem(own.timer(timer.Name), idle(timer.At.UnixMilli()))
}

// take claims those of the lanes that are due: neither held, nor waiting
// after a release, nor empty.
func (t *txn) take(tenant string, own space, lanes []string, lease time.Duration) []storage.Claim {
	var taken []storage.Claim
	for _, lane := range lanes {
		if i, ok := t.item(own.lane(lane)); ok && i.at <= t.now {
			taken = append(taken, t.hold(tenant, own.lane(lane), lease))
		}
	}
	return taken
}
