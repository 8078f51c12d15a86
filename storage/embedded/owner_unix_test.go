//go:build unix

package embedded_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"secadvisor/storage/embedded"
)

// Root writes the file of a server anew, which runs as somebody else and must be
// able to open it afterwards.
func TestAFileThatIsWrittenAnewStaysWithItsOwner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	store, err := embedded.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	user, group := os.Getuid(), os.Getgid()
	if user == 0 { // nobody else may give files away
		user, group = 65534, 65534
	}
	if err := os.Chown(path, user, group); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := embedded.Compact(path); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if is := info.Sys().(*syscall.Stat_t); int(is.Uid) != user || int(is.Gid) != group || info.Mode().Perm() != 0o640 {
		t.Errorf("it is user %d's, group %d's, mode %v; it was user %d's, group %d's, mode 640", is.Uid, is.Gid, info.Mode().Perm(), user, group)
	}
}
