package checks

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The exposure of the unit is at most 2.0 of 10.
func TestSystemdUnit(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		if os.Getenv("REQUIRE_SYSTEMD") != "" {
			t.Fatal("systemd-analyze is missing")
		}
		t.Skip("systemd-analyze is not on this machine")
	}
	raw, err := os.ReadFile("../systemd/secadvisor.service")
	if err != nil {
		t.Fatal(err)
	}
	// The program itself is not installed here.
	unit := filepath.Join(t.TempDir(), "secadvisor.service")
	if err := os.WriteFile(unit, bytes.Replace(raw, []byte("/usr/local/bin/secadvisor"), []byte("/bin/true"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"verify", unit}, {"security", "--offline=true", "--no-pager", "--threshold=20", unit}} {
		if out, err := exec.Command(analyze, args...).CombinedOutput(); err != nil {
			t.Errorf("%v: %v\n%s", args, err, out)
		}
	}
}
