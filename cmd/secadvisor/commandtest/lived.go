package commandtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/engine"
	"secadvisor/bot/play"
	"secadvisor/cmd/secadvisor/keys"
	"secadvisor/cmd/secadvisor/trial"
	"secadvisor/storage"
	"secadvisor/storage/embedded"
)

// Lived is a copy of what was lived, and its configuration.
func Lived(t *testing.T) Kept {
	t.Helper()
	raw, err := lived()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "secadvisor.db")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return At(t, path)
}

// Sealed is the company that lived, sealed afterwards.
func Sealed(t *testing.T) Kept {
	t.Helper()
	k := Lived(t).Keyed("", Key)
	Did(t, keys.Rotate{Config: k.Config, Plain: true}.Run)
	return k
}

var saidLine = regexp.MustCompile(`(?m)^[\w ()#-]+?> (.*)$`)

// stories are recorded conversations that leave documents of nearly every kind.
var stories = []string{
	"fixes/testdata/story", "fixes/testdata/risk", "assess/testdata/ask", "assess/testdata/together", "handoff/testdata/normal", "handoff/testdata/channel",
	"teach/testdata/teach", "sides/testdata/differ", "interview/testdata/story", "remind/testdata/kinds", "remind/testdata/passed-on",
	"duty/testdata/assign", "duty/testdata/introduce", "emergency/testdata/card", "menu/testdata/menu",
}

// lived is a store in which these conversations took place, one after another,
// all of them now: the company of the terminal. It is made once, and copied.
var lived = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "lived")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "lived.db")
	flows, err := folderOf("flows")
	if err != nil {
		return nil, err
	}
	for _, story := range stories {
		file := filepath.Join(flows, story+".txt")
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if _, err := Talk(path, typedIn(string(raw))); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	if err := owned(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// Robin is an owner who has a part in nearly everything.
const Robin = "it:Robin"

// owned gives the company owners of its own: the terminal knows them without.
func owned(path string) error {
	store, err := embedded.Open(path, embedded.Volatile())
	if err != nil {
		return err
	}
	defer store.Close()
	body, err := bot.RolesDoc.Encode(bot.Roles{People: map[string]bot.Member{
		play.Owner: {Role: bot.Owner, Name: "Alex", Since: theirFirst}, Robin: {Role: bot.Owner, Name: "Robin", Since: theirFirst},
	}})
	if err != nil {
		return err
	}
	_, err = store.Apply(context.Background(), play.Tenant, storage.Change{Put: []storage.Write{{Key: bot.RolesDoc.Key(bot.RolesID), Body: body}}})
	return err
}

// theirFirst is the day when they became owners.
var theirFirst = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)

// typedIn are the lines that somebody typed in a transcript, but none that
// moved the clock: what is kept for a time is kept from now on.
func typedIn(transcript string) string {
	var lines strings.Builder
	for _, m := range saidLine.FindAllStringSubmatch(transcript, -1) {
		if !strings.HasPrefix(m[1], ":clock") {
			lines.WriteString(m[1] + "\n")
		}
	}
	return lines.String()
}

// folderOf finds a folder of the project from the one that a test runs in.
func folderOf(name string) (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; ; folder = filepath.Dir(folder) {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return filepath.Join(folder, name), nil
		}
		if folder == filepath.Dir(folder) {
			return "", errors.New("no folder above has a go.mod")
		}
	}
}

// Talk plays lines to the company in a file, and returns what is shown.
func Talk(path, lines string) (shown string, err error) {
	var out bytes.Buffer
	err = trial.Command{Command: "/sec", Country: "GB", Data: path}.Play(context.Background(), strings.NewReader(lines), &out, play.Style{}, &engine.Clock{})
	return out.String(), err
}
