package trial

import (
	"os"
	"os/exec"
	"runtime"

	"golang.org/x/term"
)

// openBrowser opens an address in the browser of whoever sits at this
// terminal. Where nobody does, or there is no browser, the printed address is
// enough.
func openBrowser(address string) {
	if os.Getenv("CI") != "" || !term.IsTerminal(int(os.Stdin.Fd())) || !term.IsTerminal(int(os.Stdout.Fd())) {
		return
	}
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	case "linux":
		if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
			return
		}
	}
	command := exec.Command(name, args...)
	if command.Start() == nil {
		go command.Wait() // its end says nothing
	}
}
