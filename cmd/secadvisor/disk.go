package main

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/storage/embedded"
)

// clearEvery is how often Redis writes its files anew at most, because a company
// was erased: it forks for that, and writes all that it has.
const clearEvery = 10 * time.Minute

// clearDisk has the disk cleared of companies that were erased while serving.
// Redis does that beside its work. A file would have to stand still for it, so
// it is done when the server starts next: see clearFile.
func (s *server) clearDisk(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.erased:
		}
		if config.StorageKind(s.config.Storage) == "file" {
			s.log.Info("what was erased is cleared from the file when the server starts next")
			continue
		}
		says, err := stores.Rewrite(ctx, s.config, s.store, "what was erased")
		if err != nil {
			s.log.Warn("old bytes of what was erased may be left on the disk", "err", err)
		} else {
			s.log.Info("the disk was cleared", "result", says)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(clearEvery):
		}
	}
}

// clearFile writes the file anew before it is served, if a company was erased
// since the last time. Where that cannot be, such as on a full disk, the server
// starts all the same, if it can open the file.
func clearFile(c config.Config, log *slog.Logger) error {
	path, ok := strings.CutPrefix(c.Storage, "file:")
	if !ok {
		return nil
	}
	begun := time.Now()
	done, err := embedded.CompactErased(path)
	if done {
		log.Info("the file was written anew, without what was erased", "took", time.Since(begun))
	}
	return err
}
