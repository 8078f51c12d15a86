package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

// secrets are the lines of a file that only whoever runs the server may read:
// NAME=VALUE, as systemd's EnvironmentFile and docker's env_file read them.
type secrets struct {
	path  string
	value map[string]string
	line  map[string]int
}

// secretsVariable names the file in the environment; empty there, it says
// that somebody else hands the secrets over.
const secretsVariable = Prefix + "SECRETS"

// SecretsPath is where the configuration's secrets lie: beside its own file,
// unless it says otherwise. Empty: there is no such file.
func (c Config) SecretsPath(configFile string) string {
	if path, ok := os.LookupEnv(secretsVariable); ok {
		return path
	}
	return beside(configFile, c.Secrets)
}

// beside is a path that is meant from where the configuration lies.
func beside(configFile, path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(configFile), path)
}

var secretName = regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`)

// readSecrets reads the file; an empty path is a file without lines. Its
// errors never hold a value.
func readSecrets(path string) (secrets, error) {
	s := secrets{path: path, value: map[string]string{}, line: map[string]int{}}
	if path == "" {
		return s, nil
	}
	raw, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return s, fmt.Errorf("there is no secrets file %s: secadvisor setup writes one, or take secrets out of the configuration", path)
	case errors.Is(err, fs.ErrPermission):
		return s, fmt.Errorf("the secrets file %s cannot be read by this user; where somebody else hands the secrets over, as systemd does, set %s to nothing", path, secretsVariable)
	case err != nil:
		return s, fmt.Errorf("read secrets: %w", err)
	}
	if mode, err := ReadableBy(path); err != nil {
		return s, fmt.Errorf("read secrets: %w", err)
	} else if mode.Others {
		return s, fmt.Errorf("everybody on this machine can read the secrets file %s: run chmod 600 %[1]s, and make new tokens if that is not you alone", path)
	}
	for i, text := range strings.Split(string(raw), "\n") {
		text = strings.TrimSpace(text)
		if text == "" || text[0] == '#' || text[0] == ';' {
			continue
		}
		name, value, ok := strings.Cut(text, "=")
		if value, ok = unquoted(value, ok); !ok || !secretName.MatchString(name) {
			return s, fmt.Errorf("%s:%d: write NAME=VALUE, without spaces around the = and on one line, such as SECADVISOR_SLACK_BOT_TOKEN=xoxb-...", path, i+1)
		}
		if !strings.HasPrefix(name, Prefix) {
			return s, fmt.Errorf("%s:%d: names begin with %s here", path, i+1, Prefix)
		}
		s.value[name], s.line[name] = value, i+1
	}
	return s, nil
}

// SecretAt is one secret of such a file; empty: it has none, or cannot be read.
func SecretAt(path, name string) string {
	s, err := readSecrets(path)
	if err != nil {
		return ""
	}
	return s.value[name]
}

// unquoted takes the quotes off a value. What systemd, docker and we would
// read in different ways is not taken.
func unquoted(value string, ok bool) (string, bool) {
	for _, quote := range []string{`'`, `"`} {
		if inner, began := strings.CutPrefix(value, quote); began {
			inner, ended := strings.CutSuffix(inner, quote)
			return inner, ok && ended && !strings.Contains(inner, quote) && !strings.Contains(inner, `\`)
		}
	}
	return value, ok && !strings.HasSuffix(value, `\`) && !strings.HasPrefix(value, " ")
}

// environment is everything that wins over the configuration file: the
// secrets, and over them the variables that are set.
func (s secrets) environment() map[string]string {
	all := map[string]string{}
	for name, value := range s.value {
		all[name] = value
	}
	for _, variable := range os.Environ() {
		if name, value, _ := strings.Cut(variable, "="); value != "" {
			all[name] = value
		}
	}
	return all
}

// plainValue needs no quotes in any reader of such lines.
var plainValue = regexp.MustCompile(`^[A-Za-z0-9_./:@%+,=~?&!*-]+$`)

// SecretLine is a line for the file. A value that its readers would read in
// different ways is not ok.
func SecretLine(name, value string) (line string, ok bool) {
	switch {
	case plainValue.MatchString(value):
		return name + "=" + value, true
	case value == "" || strings.ContainsAny(value, "'\\\n\r\x00"):
		return "", false
	}
	return name + "='" + value + "'", true
}

// Readers tells who beside its owner can read a file.
type Readers struct{ Group, Others bool }

// ReadableBy looks at a file's mode. Windows has none: there it is for the
// folder's settings to say.
func ReadableBy(path string) (Readers, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Readers{}, err
	}
	if runtime.GOOS == "windows" {
		return Readers{}, nil
	}
	return Readers{Group: info.Mode().Perm()&0o070 != 0, Others: info.Mode().Perm()&0o007 != 0}, nil
}
