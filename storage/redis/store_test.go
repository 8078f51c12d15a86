package redis_test

import (
	"context"
	"fmt"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"secadvisor/storage"
	"secadvisor/storage/redis"
	"secadvisor/storage/redis/redistest"
	"secadvisor/storage/storagetest"
)

// opener gives each case a prefix of its own on the server at url.
func opener(url string) storagetest.Opener {
	var cases atomic.Int32
	return storagetest.Opener{
		Fresh: func(testing.TB) string { return fmt.Sprintf("%s?prefix=case%d:", url, cases.Add(1)) },
		Open: func(where string, offset func() time.Duration) (storage.Store, error) {
			return redis.Open(context.Background(), where, redis.ClockOffset(offset))
		},
		Shared: true,
	}
}

func TestMain(m *testing.M) { os.Exit(storagetest.Main(m, opener(""))) }

func TestStoreOnOneServer(t *testing.T) {
	t.Parallel()
	storagetest.Run(t, opener(redistest.Start(t).URL()))
}

func BenchmarkOneServer(b *testing.B) {
	server := redistest.Start(b)
	o := opener(server.URL())
	o.Size = func(string) (memory, disk int64, err error) { return server.Size() }
	storagetest.Bench(b, o)
}

func BenchmarkCluster(b *testing.B) { storagetest.Bench(b, opener(redistest.StartCluster(b).URL())) }
