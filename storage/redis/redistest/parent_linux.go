package redistest

import (
	"os/exec"
	"syscall"
)

// endWithParent ends the server even if the test is killed and cannot do it.
func endWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
