package stores_test

import (
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/storage/embedded"
	"secadvisor/storage/redis/redistest"
)

// refuses fails the test unless a store does not open, and what is said ends with
// what to do.
func refuses(t *testing.T, address, mend string) {
	t.Helper()
	c := config.Defaults()
	c.Storage = address
	store, err := stores.Open(t.Context(), c, func() time.Duration { return 0 }, slog.New(slog.DiscardHandler))
	if err == nil {
		store.Close()
		t.Errorf("%s opens", address)
		return
	}
	_, last, _ := strings.Cut(err.Error(), "\n")
	if !strings.Contains(last, mend) {
		t.Errorf("%s: it says %q, and not %q on its own line", address, err, mend)
	}
	if strings.Contains(err.Error(), "lion") {
		t.Errorf("the password is told: %v", err)
	}
}

func TestAFileThatDoesNotOpenSaysWhatToDo(t *testing.T) {
	folder := t.TempDir()
	junk, held := filepath.Join(folder, "junk.db"), filepath.Join(folder, "held.db")
	if err := os.WriteFile(junk, []byte(strings.Repeat("hello ", 2000)), 0o600); err != nil {
		t.Fatal(err)
	}
	store, err := embedded.Open(held)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	refuses(t, "file:"+held, "Stop the other one")
	refuses(t, "file:"+junk, "put a backup back")
	refuses(t, "file:"+folder, "Name a file in that folder")
	refuses(t, "file:"+filepath.Join(folder, "missing", "x.db"), "Make its folder first")
	if os.Getuid() == 0 {
		return // root may do everything
	}
	if err := os.Chmod(folder, 0o500); err != nil {
		t.Fatal(err)
	}
	refuses(t, "file:"+filepath.Join(folder, "x.db"), "read and write the file and its folder")
}

func TestARedisThatDoesNotOpenSaysWhatToDo(t *testing.T) {
	plain, secure := redistest.Start(t), redistest.StartTLS(t)
	client := plain.Client()
	defer client.Close()
	for mend, do := range map[string][2]string{
		"raise maxmemory":               {"config set maxmemory 1", "config set maxmemory 0"},
		"is the replica of another one": {"replicaof 127.0.0.1 1", "replicaof no one"},
	} {
		for i, command := range do {
			var words []any
			for _, word := range strings.Fields(command) {
				words = append(words, word)
			}
			if err := client.Do(t.Context(), words...).Err(); err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				refuses(t, plain.URL(), mend)
			}
		}
	}
	open := "://:tiger@" + plain.Addr()
	if err := client.ConfigSet(t.Context(), "requirepass", "tiger").Err(); err != nil {
		t.Fatal(err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	free.Close()
	refuses(t, "redis://"+free.Addr().String(), "Nothing answers there")
	refuses(t, "redis://"+plain.Addr(), "This Redis wants a password")
	refuses(t, "redis://:lion@"+plain.Addr(), "Look at user and password")
	refuses(t, "redis+cluster"+open, "begin the address with redis://")
	refuses(t, "rediss"+open, "begin the address with redis://")
	refuses(t, "redis://"+secure.Addr(), "begins with rediss://")
	refuses(t, "rediss://"+secure.Addr(), "?ca_file=FILE")
	shut := closing(t)
	refuses(t, "redis://"+shut, "begins with rediss://")
	refuses(t, "rediss://"+shut, "begin the address with redis://")
	refuses(t, "redis://no-such-host.invalid:6379", "Mend the name")
}

// closing is the address of something that says nothing and closes at once.
func closing(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			c.Close()
		}
	}()
	return l.Addr().String()
}
