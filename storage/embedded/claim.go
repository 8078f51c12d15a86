package embedded

import (
	"bytes"
	"context"
	"time"

	"secadvisor/storage"
)

// Claim takes what has been due the longest. To find nothing costs one read
// and no write.
func (s *Store) Claim(ctx context.Context, max int, lease time.Duration) ([]storage.Claim, error) {
	if lease <= 0 {
		return nil, refuse("a lease of %v", lease)
	}
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		anything, err := s.anythingDue()
		if err != nil || !anything || max < 1 {
			return nil, err
		}
		var claims []storage.Claim
		err = s.write(ctx, func(t *txn) error {
			claims = t.claim(max, lease)
			return nil
		})
		if err != nil || len(claims) > 0 {
			return claims, err
		}
		// All that was found is of an erased tenant, or of nothing, and gone now.
	}
}

func (s *Store) anythingDue() (yes bool, err error) {
	err = s.view(func(t *txn) error {
		yes = len(t.past(due, 1)) > 0 || len(t.past(held, 1)) > 0
		return nil
	})
	return yes, err
}

func (t *txn) claim(max int, lease time.Duration) []storage.Claim {
	var claims []storage.Claim
	for _, key := range t.oldest(max) {
		own, _, _ := splitItem(key)
		tenant := t.get(spaces, []byte(own))
		if tenant == nil {
			t.dropItem(key)
			continue
		}
		claims = append(claims, t.hold(string(tenant), key, lease))
	}
	return claims
}

// oldest returns the keys of at most max items that are due, those whose
// lease has run out among them.
func (t *txn) oldest(max int) [][]byte {
	waiting, expired := t.past(due, max), t.past(held, max)
	var keys [][]byte
	for len(keys) < max && len(waiting)+len(expired) > 0 {
		from, index := &waiting, due
		if len(waiting) == 0 || len(expired) > 0 && bytes.Compare(expired[0], waiting[0]) < 0 {
			from, index = &expired, held
		}
		if key, ok := t.settled(index, (*from)[0]); ok {
			keys = append(keys, key)
		}
		*from = (*from)[1:]
	}
	return keys
}

// Extend gets storage.ErrLost for a claim of an erased tenant too.
func (s *Store) Extend(ctx context.Context, c storage.Claim, lease time.Duration) (storage.Claim, error) {
	if lease <= 0 {
		return storage.Claim{}, refuse("a lease of %v", lease)
	}
	err := s.write(ctx, func(t *txn) error {
		own, _ := t.space(c.Tenant)
		if !t.holds(own, c) {
			return storage.ErrLost
		}
		key := claimed(own, c)
		i, _ := t.item(key)
		i.token, i.at = t.next(), t.now+milliseconds(lease)
		t.putItem(key, i)
		c.Token = i.token
		return nil
	})
	if err != nil {
		return storage.Claim{}, err
	}
	return c, nil
}
