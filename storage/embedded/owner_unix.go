//go:build unix

package embedded

import (
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// sameOwner gives a fresh file to whom the old one belongs, with its rights:
// whoever works on a server's file as root must not keep the server from it.
func sameOwner(fresh, old string) error {
	was, err := os.Stat(old)
	if err != nil {
		return err
	}
	is, err := os.Stat(fresh)
	if err != nil {
		return err
	}
	user, group := owner(was)
	if u, g := owner(is); u != user || g != group {
		if err := os.Chown(fresh, user, group); err != nil {
			return fmt.Errorf("the file is that of user %d, group %d: work on it as they or as root: %w", user, group, err)
		}
	}
	return os.Chmod(fresh, was.Mode().Perm())
}

func owner(info fs.FileInfo) (user, group int) {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(stat.Uid), int(stat.Gid)
	}
	return -1, -1
}
