package embedded

import (
	"encoding/binary"
	"time"

	"secadvisor/storage"
)

// item is a lane with jobs, or a timer.
type item struct {
	at       int64 // when it can be claimed; while it is held, when the lease ends
	since    int64 // when it could be claimed before it was held
	token    int64 // of the claim that holds it, else 0
	attempts int   // of the job at the head
}

func (i item) held() bool { return i.token != 0 }

// index is the bucket that finds the item by its time.
func (i item) index() bucket {
	if i.held() {
		return held
	}
	return due
}

func (i item) encode() []byte {
	b := make([]byte, 0, 28)
	for _, n := range []int64{i.at, i.since, i.token} {
		b = append(b, encodeNumber(n)...)
	}
	return binary.BigEndian.AppendUint32(b, uint32(i.attempts))
}

// decodeItem says no to one that is damaged.
func decodeItem(b []byte) (i item, ok bool) {
	if len(b) != 28 {
		return i, false
	}
	return item{
		at: decodeNumber(b), since: decodeNumber(b[8:]), token: decodeNumber(b[16:]),
		attempts: int(binary.BigEndian.Uint32(b[24:])),
	}, true
}

// idle is an item that can be claimed from a time on.
func idle(ms int64) item { return item{at: ms, since: ms} }

// item is one that can be claimed at once where what is kept of it is damaged:
// its name is all that it needs.
func (t *txn) item(key []byte) (item, bool) {
	b := t.get(items, key)
	if b == nil {
		return item{}, false
	}
	return t.readItem(b), true
}

func (t *txn) readItem(b []byte) item {
	if i, ok := decodeItem(b); ok {
		return i
	}
	return idle(t.now)
}

func (t *txn) putItem(key []byte, i item) {
	if old, ok := t.item(key); ok {
		t.delete(old.index(), at(old.at, key))
	} else {
		t.count(items, 1)
	}
	t.put(items, key, i.encode())
	t.put(i.index(), at(i.at, key), nil)
}

// dropItem removes an item, if there is one. The jobs of a lane stay.
func (t *txn) dropItem(key []byte) {
	old, ok := t.item(key)
	if !ok {
		return
	}
	t.delete(old.index(), at(old.at, key))
	t.delete(items, key)
	t.count(items, -1)
}

// hold claims an item that is due.
func (t *txn) hold(tenant string, key []byte, lease time.Duration) storage.Claim {
	i, _ := t.item(key)
	i.token, i.at = t.next(), t.now+milliseconds(lease)
	_, kind, _ := splitItem(key)
	if kind == laneKind {
		i.attempts++
	}
	t.putItem(key, i)
	return t.describe(tenant, key, i)
}

func (t *txn) describe(tenant string, key []byte, i item) storage.Claim {
	own, kind, name := splitItem(key)
	c := storage.Claim{Tenant: tenant, Attempts: i.attempts, Due: time.UnixMilli(i.since).UTC(), Token: i.token}
	if kind == timerKind {
		c.Timer = name
		return c
	}
	c.Lane = name
	_, c.ID, c.Body, c.Fault = t.head(own, name)
	return c
}

// finish ends the held item: a timer is gone, a lane goes on to its next job.
func (t *txn) finish(key []byte) {
	own, kind, name := splitItem(key)
	if kind == laneKind {
		t.dropHead(own, name)
		if next, _, _, _ := t.head(own, name); next != nil {
			t.putItem(key, idle(t.now))
			return
		}
	}
	t.dropItem(key)
}

// release hands the held item back.
func (t *txn) release(key []byte, r storage.Release) {
	was, _ := t.item(key)
	i := idle(t.now + milliseconds(r.After))
	i.attempts = was.attempts
	if r.Uncounted && i.attempts > 0 {
		i.attempts--
	}
	t.putItem(key, i)
}

// freeClaims makes everything that is held due at once.
func (t *txn) freeClaims() {
	for _, k := range t.first(held, nil, int(t.in(items).Sequence())) {
		key, ok := t.settled(held, k)
		if !ok {
			continue
		}
		i, _ := t.item(key)
		i.token, i.at = 0, min(i.since, t.now)
		t.putItem(key, i)
	}
}
