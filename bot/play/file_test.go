package play

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"secadvisor/bot"
)

func TestFilesThatAreNoTextAreSaved(t *testing.T) {
	folder := t.TempDir()
	f := bot.File{Name: "../../report.pdf", Type: "application/pdf", Body: []byte("%PDF")}
	if got := saved(f, folder); got != "Saved as "+filepath.Join(folder, "report.pdf") {
		t.Error(got)
	}
	if body, err := os.ReadFile(filepath.Join(folder, "report.pdf")); err != nil || string(body) != "%PDF" {
		t.Errorf("%q, %v", body, err)
	}
	if got := saved(f, ""); !strings.Contains(got, "--files") {
		t.Error(got)
	}
	if got := saved(f, filepath.Join(folder, "nowhere")); !strings.Contains(got, "could not be saved") {
		t.Error(got)
	}
}
