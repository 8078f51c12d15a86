package embedded_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"secadvisor/storage"
	"secadvisor/storage/embedded"
	"secadvisor/storage/storagetest"
)

func opener() storagetest.Opener {
	return storagetest.Opener{
		Fresh: func(tb testing.TB) string { return filepath.Join(tb.TempDir(), "store.db") },
		Open: func(where string, offset func() time.Duration) (storage.Store, error) {
			return embedded.Open(where, embedded.ClockOffset(offset))
		},
		Size: func(where string) (memory, disk int64, err error) {
			info, err := os.Stat(where)
			if err != nil {
				return 0, 0, err
			}
			return 0, info.Size(), nil
		},
	}
}

func TestMain(m *testing.M) { os.Exit(storagetest.Main(m, opener())) }

func TestStore(t *testing.T) { storagetest.Run(t, opener()) }

func BenchmarkStore(b *testing.B) { storagetest.Bench(b, opener()) }
