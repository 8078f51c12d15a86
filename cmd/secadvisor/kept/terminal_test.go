package kept

import (
	"os"
	"strings"
	"testing"

	"golang.org/x/term"

	"secadvisor/cmd/secadvisor/stores"
)

// "docker compose exec" without -T puts a terminal there, which writes other bytes
// into the file that the output is sent to.
func TestAnArchiveGoesToNoTerminal(t *testing.T) {
	terminal, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil || !term.IsTerminal(int(terminal.Fd())) {
		t.Skip("no terminal can be made here:", err)
	}
	defer terminal.Close()
	err = Export{stores.Place{Company: "play"}, "-"}.Run(t.Context(), terminal)
	if err == nil || !strings.Contains(err.Error(), "-T") {
		t.Errorf("got %v, want what to do", err)
	}
}
