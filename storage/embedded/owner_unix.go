//go:build unix

package embedded

import (
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// sameOwner gives a fresh file to whom the old one belongs, with its rights:
// whoever works on a server's file as root must not keep the server from it. It
// follows no link: the folder is the server's, and root would give away whatever
// file a link in it names.
func sameOwner(fresh, old string) error {
	was, err := os.Stat(old)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(fresh, os.O_RDWR|syscall.O_NOFOLLOW, 0)
	if err != nil {
		return err
	}
	defer file.Close()
	is, err := file.Stat()
	if err != nil {
		return err
	}
	user, group := owner(was)
	if u, g := owner(is); u != user || g != group {
		if err := file.Chown(user, group); err != nil {
			return fmt.Errorf("the file is that of user %d, group %d: work on it as they or as root: %w", user, group, err)
		}
	}
	return file.Chmod(was.Mode().Perm())
}

func owner(info fs.FileInfo) (user, group int) {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(stat.Uid), int(stat.Gid)
	}
	return -1, -1
}
