package trial

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"secadvisor/storage/embedded"
)

// unopened says why the file of --data cannot be used, and what to do.
func unopened(path string, err error) error {
	folder := filepath.Dir(path)
	info, missing := os.Stat(path)
	beside, lost := os.Stat(folder)
	switch {
	case errors.Is(err, embedded.ErrInUse):
		return fmt.Errorf("%s is open in another secadvisor: end that one, or name another file with --data", path)
	case missing == nil && info.IsDir():
		return fmt.Errorf("%s is a folder: name a file in it, such as --data %s", path, filepath.Join(path, "play.db"))
	case errors.Is(lost, fs.ErrNotExist):
		return fmt.Errorf("there is no folder %s: make it first (mkdir -p %s), or name a file elsewhere with --data", folder, folder)
	case lost != nil || !beside.IsDir() || missing != nil || errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s cannot be written by you: name a file in a folder of yours with --data", path)
	}
	return fmt.Errorf("%s is no company that secadvisor has kept, or it is damaged, and was left as it is: name another file, or one that is not there yet, with --data", path)
}
