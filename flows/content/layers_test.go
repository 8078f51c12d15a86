package content

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A folder that changes nothing, because a name in it is mistyped or it is not the
// one that was meant, is refused: else nobody would know.
func TestAFolderOfWhichNothingIsReadIsRefused(t *testing.T) {
	folder := t.TempDir()
	if err := os.MkdirAll(filepath.Join(folder, "topcs"), 0o700); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{folder: "nothing in this folder is read", filepath.Join(folder, "nowhere"): "there is no such folder"} {
		if _, err := Load(Settings{Folder: path}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
	if err := os.Rename(filepath.Join(folder, "topcs"), filepath.Join(folder, "topics")); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(Settings{Folder: folder}); err != nil {
		t.Error(err)
	}
}
