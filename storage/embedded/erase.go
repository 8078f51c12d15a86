package embedded

import "context"

// eraseChunk is how many entries of each kind one transaction removes: it
// bounds how long others wait.
const eraseChunk = 500

// erasedMark is in meta where old bytes of an erased tenant may be in the file.
var erasedMark = []byte("erased")

// Erase cuts the tenant off in one transaction, after which nothing of it can
// be seen, and then removes its data in bounded ones. If it is interrupted,
// later changes remove the rest little by little. The file does not shrink,
// and pages that are free keep old bytes until they are used again, or until
// Compact; CompactErased knows that it is needed.
func (s *Store) Erase(ctx context.Context, tenant string) error {
	if err := nameFits("tenant", tenant); err != nil {
		return err
	}
	if err := s.write(ctx, func(t *txn) error { t.bury(tenant); return nil }); err != nil {
		return err
	}
	for more := true; more; {
		err := s.write(ctx, func(t *txn) error {
			more = t.dig(eraseChunk)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// bury leaves a tombstone and gives up the tenant's space.
func (t *txn) bury(tenant string) {
	t.put(tombstones, []byte(tenant), nil)
	own, ok := t.space(tenant)
	if !ok {
		return
	}
	t.put(graves, []byte(own), nil)
	t.put(meta, erasedMark, nil)
	t.delete(spaces, []byte(own))
	t.delete(tenants, []byte(tenant))
	t.count(tenants, -1)
}

// dig removes at most n entries of each kind from the first grave, and says
// whether there may be more in any.
func (t *txn) dig(n int) bool {
	found := t.first(graves, nil, 1)
	if len(found) == 0 {
		return false
	}
	left := false
	for b, drop := range map[bucket]func(key []byte){
		docs:  t.dropDocument,
		items: t.dropItem,
		seen:  t.forget,
		jobs:  func(key []byte) { t.delete(jobs, key) },
	} {
		keys := t.first(b, found[0], n)
		for _, key := range keys {
			drop(key)
		}
		left = left || len(keys) == n
	}
	if !left {
		t.delete(graves, found[0])
	}
	return left || len(t.first(graves, nil, 1)) > 0
}

// sweep removes at most n of each: ids that may be forgotten, documents that
// have expired, what is left of erased tenants.
func (t *txn) sweep(n int) {
	for _, k := range t.past(forgetting, n) {
		t.delete(forgetting, k)
		if key := k[8:]; !t.remembers(key) {
			t.delete(seen, key)
		}
	}
	for _, k := range t.past(expiring, n) {
		t.expire(k)
	}
	t.dig(n)
}
