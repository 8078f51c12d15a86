package stores

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"secadvisor/cmd/secadvisor/config"
	"secadvisor/storage"
	"secadvisor/storage/embedded"
	"secadvisor/storage/redis"
)

// Rewrite has the files on the disk written anew, without old bytes in them;
// without names those. It closes a store in a file for that.
func Rewrite(ctx context.Context, c config.Config, store storage.Store, without string) (says string, err error) {
	if path, ok := strings.CutPrefix(c.Storage, "file:"); ok {
		if err := errors.Join(store.Close(), embedded.Compact(path)); err != nil {
			return "the file was not written anew, so old bytes may be left in it", fmt.Errorf("the file could not be written anew (start it again): %w", err)
		}
		return "the file was written anew, without " + without, nil
	}
	server, ok := storage.As[*redis.Store](store)
	if !ok {
		return "not looked after: the store does not tell where it is", nil
	}
	if err := server.Rewrite(ctx); err != nil {
		return "Redis did not write its files anew, so old bytes may be left in them until it does",
			fmt.Errorf("Redis did not write its files anew: let whoever runs it do BGREWRITEAOF, and BGSAVE if it makes snapshots, on every server: %w", err)
	}
	return "Redis and its replicas wrote their files anew, without " + without, nil
}
