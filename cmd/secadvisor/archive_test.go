package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/bot/engine"
	"secadvisor/bot/play"
	"secadvisor/cmd/secadvisor/knowledge"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/cmd/secadvisor/trial"
	"secadvisor/flows"
	"secadvisor/flows/content"
	"secadvisor/storage"
	"secadvisor/storage/embedded"
)

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
	var files []string
	for _, story := range stories {
		files = append(files, "../../flows/"+story+".txt")
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if _, err := talk(path, typedIn(string(raw))); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	if err := owned(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// robin is an owner who has a part in nearly everything.
const robin = "it:Robin"

// owned gives the company owners of its own: the terminal knows them without.
func owned(path string) error {
	store, err := embedded.Open(path, embedded.Volatile())
	if err != nil {
		return err
	}
	defer store.Close()
	body, err := bot.RolesDoc.Encode(bot.Roles{People: map[string]bot.Member{
		play.Owner: {Role: bot.Owner, Name: "Alex", Since: monday}, robin: {Role: bot.Owner, Name: "Robin", Since: monday},
	}})
	if err != nil {
		return err
	}
	_, err = store.Apply(context.Background(), play.Tenant, storage.Change{Put: []storage.Write{{Key: bot.RolesDoc.Key(bot.RolesID), Body: body}}})
	return err
}

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

func talk(path, lines string) (shown string, err error) {
	var out bytes.Buffer
	err = trial.Command{Command: "/sec", Country: "GB", Data: path}.Play(context.Background(), strings.NewReader(lines), &out, play.Style{}, &engine.Clock{})
	return out.String(), err
}

// company1 is a copy of what was lived, and its configuration.
func company1(t *testing.T) kept {
	t.Helper()
	raw, err := lived()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "secadvisor.db")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return kept{t, path, written(t, "storage: file:"+path+"\n")}
}

// in is another store, with its configuration.
func (k kept) in(address string) kept {
	return kept{k.T, strings.TrimPrefix(address, "file:"), written(k.T, "storage: "+address+"\n")}
}

func (k kept) place() stores.Place { return stores.Place{Company: play.Tenant, Config: k.config} }

// allOf is everything in the store.
func allOf(k kept) taken {
	k.Helper()
	_, store, err := k.place().Open(k.Context())
	if err != nil {
		k.Fatal(err)
	}
	defer store.Close()
	t, err := takeAll(k.Context(), store, play.Tenant)
	if err != nil {
		k.Fatal(err)
	}
	return t
}

// did runs a command that must succeed.
func did(t *testing.T, run func(context.Context, io.Writer) error) string {
	t.Helper()
	var out bytes.Buffer
	if err := run(t.Context(), &out); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	return out.String()
}

// refused runs a command that must fail, with words that tell what to do.
func refused(t *testing.T, run func(context.Context, io.Writer) error, want string) {
	t.Helper()
	var out bytes.Buffer
	if err := run(t.Context(), &out); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("it says %v, want %q", err, want)
	}
}

func exportOf(k kept) string {
	k.Helper()
	path := filepath.Join(k.TempDir(), "company.zip")
	did(k.T, exportCommand{k.place(), path}.Run)
	return path
}

// Every document that a conversation leaves is of a kind that is written down,
// can be read, and vanishes when it is said to.
func TestEveryKindOfDocumentIsWrittenDown(t *testing.T) {
	all := allOf(company1(t))
	longest := map[string]time.Duration{}
	n := map[string]int{}
	for i, d := range all.docs {
		k, ok := kinds().Of(d.Key)
		if !ok {
			t.Errorf("no kind is named for %s", d.Key)
			continue
		}
		if err := k.Check(d.Body); err != nil {
			t.Errorf("%s: %v", d.Key, err)
		}
		n[k.Name]++
		if k.Over > 0 && !all.until[i].IsZero() {
			if left := time.Until(all.until[i]); left > k.Over {
				t.Errorf("%s is over and kept for %v; it is said to be kept %v", d.Key, left, k.Over)
			}
			continue
		}
		if all.until[i].IsZero() != (k.Kept == 0) {
			t.Errorf("%s vanishes %v; it is said to be kept %s", d.Key, all.until[i], keptFor(k.Kept))
		}
		if !all.until[i].IsZero() {
			longest[k.Name] = max(longest[k.Name], time.Until(all.until[i]))
		}
	}
	for _, name := range []string{"roles", "map", "contacts", "profile", "taught", "answers", "run-index", "runs", "fixes", "sides", "interviews", "schedules", "attention", "handoffs", "audit", "cards"} {
		if n[name] == 0 {
			t.Errorf("the conversations leave none of %s: the test shows less than it should", name)
		}
	}
	for _, k := range kinds() {
		left, found := longest[k.Name]
		if off := k.Kept - left; found && (off < 0 || off > time.Hour) {
			t.Errorf("%s is kept for %v; it is said to be kept %s", k.Name, left, keptFor(k.Kept))
		}
	}
}

var (
	madeDoc  = regexp.MustCompile(`bot\.Doc\[[^\]]+\]\{\s*Prefix:\s*"([a-z-]+)"`)
	singleID = regexp.MustCompile(`ID\s+= "([a-z-]+)"`)
)

// What nobody leaves in those conversations is found in the sources.
func TestNoTypeOfDocumentLacksAKind(t *testing.T) {
	found := 0
	err := filepath.WalkDir("../..", func(path string, d os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git"):
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range madeDoc.FindAllStringSubmatch(string(raw), -1) {
			found++
			if _, ok := kinds().Of(m[1] + "/x"); !ok && m[1] != "company" {
				t.Errorf("%s makes documents under %s/, and no kind says what they tell", path, m[1])
			}
		}
		if strings.Contains(path, "flows/company/") {
			for _, m := range singleID.FindAllStringSubmatch(string(raw), -1) {
				if _, ok := kinds().Of("company/" + m[1]); !ok {
					t.Errorf("%s makes company/%s, and no kind says what it tells", path, m[1])
				}
			}
		}
		return nil
	})
	if err != nil || found < 15 {
		t.Errorf("%d types were found, %v", found, err)
	}
}

// world has all flows, in memory.
func world(t *testing.T) *bottest.World {
	t.Helper()
	lib, matcher, err := knowledge.Load(content.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	return bottest.NewWorld(flows.All(lib, matcher, func(string) []string { return []string{play.Owner} }), time.Now())
}
