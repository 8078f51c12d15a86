package trial

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"secadvisor/bot/engine"
	"secadvisor/bot/play"
	"secadvisor/storage/embedded"
)

// A file that cannot be used is a sentence with what to do, in the terminal and
// on the page.
func TestAFileThatCannotBeUsedSaysWhatToDo(t *testing.T) {
	dir := t.TempDir()
	held := filepath.Join(dir, "held.db")
	store, err := embedded.Open(held)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := os.WriteFile(filepath.Join(dir, "letter.txt"), []byte("Dear all,\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		filepath.Join(dir, "none", "x.db"):       "there is no folder " + filepath.Join(dir, "none") + ": make it first (mkdir -p ",
		dir:                                      dir + " is a folder: name a file in it, such as --data " + filepath.Join(dir, "play.db"),
		held:                                     held + " is open in another secadvisor: end that one",
		filepath.Join(dir, "letter.txt"):         "letter.txt is no company that secadvisor has kept",
		filepath.Join(dir, "letter.txt", "x.db"): "cannot be written by you",
	} {
		err := Command{Command: "/sec", Country: "GB", Data: path}.Play(t.Context(), strings.NewReader(""), io.Discard, play.Style{}, &engine.Clock{})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "--data") || strings.Contains(err.Error(), "embedded") {
			t.Errorf("%s: got %v, want %s", path, err, want)
		}
	}
	if kept, err := os.ReadFile(filepath.Join(dir, "letter.txt")); err != nil || string(kept) != "Dear all,\n" {
		t.Errorf("the file is %q now, %v", kept, err)
	}
}
