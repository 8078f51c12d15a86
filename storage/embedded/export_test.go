package embedded

import "context"

// BuryOnly is an Erase that is interrupted as early as can be.
func BuryOnly(ctx context.Context, s *Store, tenant string) error {
	return s.write(ctx, func(t *txn) error {
		t.bury(tenant)
		return nil
	})
}
