package sealed_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"secadvisor/storage"
	"secadvisor/storage/embedded"
	"secadvisor/storage/redis"
	"secadvisor/storage/redis/redistest"
	"secadvisor/storage/sealed"
	"secadvisor/storage/storagetest"
)

// fixedKey is the master key of the suite, whose processes share it.
const fixedKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

func keys(t testing.TB, texts ...string) sealed.Keys {
	t.Helper()
	k, err := sealed.ParseKeys(texts...)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// around opens sealed stores where o opens plain ones.
func around(o storagetest.Opener, opts ...sealed.Option) storagetest.Opener {
	open := o.Open
	o.Open = func(where string, offset func() time.Duration) (storage.Store, error) {
		inner, err := open(where, offset)
		if err != nil {
			return nil, err
		}
		k, err := sealed.ParseKeys(fixedKey)
		return sealed.New(inner, k, opts...), err
	}
	return o
}

func inFile() storagetest.Opener {
	return storagetest.Opener{
		Fresh: func(tb testing.TB) string { return filepath.Join(tb.TempDir(), "store.db") },
		Open: func(where string, offset func() time.Duration) (storage.Store, error) {
			return embedded.Open(where, embedded.ClockOffset(offset))
		},
	}
}

func inRedis(url string) storagetest.Opener {
	var cases atomic.Int32
	return storagetest.Opener{
		Fresh: func(testing.TB) string { return fmt.Sprintf("%s?prefix=case%d:", url, cases.Add(1)) },
		Open: func(where string, offset func() time.Duration) (storage.Store, error) {
			return redis.Open(context.Background(), where, redis.ClockOffset(offset))
		},
		Shared: true,
	}
}

// anywhere is for the process that the suite starts in order to kill it.
func anywhere() storagetest.Opener {
	return storagetest.Opener{Open: func(where string, offset func() time.Duration) (storage.Store, error) {
		switch {
		case strings.HasPrefix(where, "redis://"):
			return around(inRedis("")).Open(where, offset)
		case strings.HasSuffix(where, unsealedStore):
			return without(inFile()).Open(where, offset)
		}
		return around(inFile()).Open(where, offset)
	}}
}

func TestMain(m *testing.M) { os.Exit(storagetest.Main(m, anywhere())) }

func TestStoreInAFile(t *testing.T) { storagetest.Run(t, around(inFile())) }

// Without keys, and while sealing is turned on, it is a store like any other.
func TestStoreWithoutASeal(t *testing.T) {
	storagetest.Run(t, without(inFile()))
}

func without(o storagetest.Opener) storagetest.Opener {
	open := o.Open
	o.Fresh = func(tb testing.TB) string { return filepath.Join(tb.TempDir(), unsealedStore) }
	o.Open = func(where string, offset func() time.Duration) (storage.Store, error) {
		inner, err := open(where, offset)
		if err != nil {
			return nil, err
		}
		return sealed.New(inner, sealed.Keys{}), nil
	}
	return o
}

const unsealedStore = "unsealed.db"

func TestStoreWhileSealingIsTurnedOn(t *testing.T) {
	storagetest.Run(t, around(inFile(), sealed.AcceptPlain()))
}

func TestStoreInRedis(t *testing.T) {
	t.Parallel()
	storagetest.Run(t, around(inRedis(redistest.Start(t).URL())))
}

func BenchmarkSealed(b *testing.B) { storagetest.Bench(b, around(inRedis(redistest.Start(b).URL()))) }

func BenchmarkPlain(b *testing.B) { storagetest.Bench(b, inRedis(redistest.Start(b).URL())) }
