package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"secadvisor/storage/sealed"
)

// Keys are the master keys, under which everything is sealed.
type Keys struct {
	Master []string `yaml:"master" env:"MASTER"` // the current one first, the others for reading
	File   string   `yaml:"file" env:"FILE"`     // more of them, one a line
	Plain  bool     `yaml:"plain" env:"PLAIN"`   // companies that are not sealed stay so until keys rotate
}

// KeysVariable holds the master keys, in the secrets file or the environment.
const KeysVariable = Prefix + "KEYS_MASTER"

// Read are all master keys. Its errors hold none.
func (k Keys) Read() (sealed.Keys, error) {
	all := k.Master
	if k.File != "" {
		more, err := keysIn(k.File)
		if err != nil {
			return sealed.Keys{}, err
		}
		all = append(all[:len(all):len(all)], more...)
	}
	keys, err := sealed.ParseKeys(all...)
	if err != nil {
		return keys, fmt.Errorf("keys: %w", err)
	}
	return keys, nil
}

// On reports whether anything is to be sealed.
func (k Keys) On() bool { return len(k.Master) > 0 || k.File != "" }

// keysIn are the lines of a file of keys.
func keysIn(path string) (lines []string, err error) {
	raw, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no file of keys %s: \"secadvisor keys new\" prints a key to write into it, or take keys.file out of the configuration", path)
	case errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("the file of keys %s cannot be read by this user: let whoever runs the server own it (chown), or hand the keys over as %s", path, KeysVariable)
	case err != nil:
		return nil, fmt.Errorf("read the keys: %w", err)
	}
	if who, err := ReadableBy(path); err != nil {
		return nil, fmt.Errorf("read the keys: %w", err)
	} else if who.Others {
		return nil, fmt.Errorf("everybody on this machine can read the file of keys %s: run chmod 600 %[1]s, and replace the key if that is not you alone: secadvisor keys rotate", path)
	}
	for _, line := range strings.Split(string(raw), "\n") {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return nil, fmt.Errorf("the file of keys %s has none: \"secadvisor keys new\" prints one", path)
	}
	return lines, nil
}
