// Package commandtest is what the tests of commands share: a store in which much has
// happened, its keys, a workspace, and how a command is run.
package commandtest

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"secadvisor/bot/play"
	"secadvisor/cmd/secadvisor/stores"
)

// Kept is a store in a file that has one company, and its configuration.
type Kept struct {
	*testing.T
	Path   string // of the store
	Config string // its path
}

// At is the store of that file.
func At(t *testing.T, path string) Kept {
	t.Helper()
	return Kept{t, path, Written(t, "storage: file:"+path+"\n")}
}

// Two master keys.
const (
	Key        = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
	AnotherKey = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8"
)

// Written is a configuration file.
func Written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "secadvisor.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// In is another store, with its configuration.
func (k Kept) In(address string) Kept {
	return Kept{k.T, strings.TrimPrefix(address, "file:"), Written(k.T, "storage: "+address+"\n")}
}

// Keyed is the same store, with master keys in the configuration.
func (k Kept) Keyed(more string, keys ...string) Kept {
	raw, err := os.ReadFile(k.Config)
	if err != nil {
		k.Fatal(err)
	}
	text, _, _ := strings.Cut(string(raw), "keys:")
	return Kept{k.T, k.Path, Written(k.T, text+"keys:\n  master: ["+strings.Join(keys, ", ")+"]\n"+more)}
}

// Place is the company of the terminal.
func (k Kept) Place() stores.Place { return stores.Place{Company: play.Tenant, Config: k.Config} }

// File is another file.
func (k Kept) File(name, text string) string {
	k.Helper()
	path := filepath.Join(k.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		k.Fatal(err)
	}
	return path
}

// Did runs a command that must succeed.
func Did(t *testing.T, run func(context.Context, io.Writer) error) string {
	t.Helper()
	var out bytes.Buffer
	if err := run(t.Context(), &out); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	return out.String()
}

// Refused runs a command that must fail, with words that tell what to do.
func Refused(t *testing.T, run func(context.Context, io.Writer) error, want string) {
	t.Helper()
	var out bytes.Buffer
	if err := run(t.Context(), &out); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("it says %v, want %q", err, want)
	}
}
