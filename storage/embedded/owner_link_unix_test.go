//go:build unix

package embedded

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// Whoever may write into the folder may put a link where root writes the file anew.
func TestNoFileThatALinkNamesIsGivenAway(t *testing.T) {
	folder := t.TempDir()
	path, link, other := filepath.Join(folder, "x.db"), filepath.Join(folder, "x.db.compact"), filepath.Join(folder, "secret")
	for name, mode := range map[string]os.FileMode{path: 0o666, other: 0o600} {
		if err := errors.Join(os.WriteFile(name, nil, mode), os.Chmod(name, mode)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(other, link); err != nil {
		t.Fatal(err)
	}
	if err := sameOwner(link, path); !errors.Is(err, syscall.ELOOP) {
		t.Errorf("got %v, want that it is a link", err)
	}
	if info, err := os.Stat(other); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("what the link names has mode %v now, %v", info.Mode(), err)
	}
}
