package kept

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"secadvisor/bot/bottest"
	"secadvisor/bot/play"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/knowledge"
	"secadvisor/flows"
	"secadvisor/flows/content"
)

// allOf is everything in the store.
func allOf(k commandtest.Kept) taken {
	k.Helper()
	_, store, err := k.Place().Open(k.Context())
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

func exportOf(k commandtest.Kept) string {
	k.Helper()
	path := filepath.Join(k.TempDir(), "company.zip")
	commandtest.Did(k.T, Export{k.Place(), path}.Run)
	return path
}

// Every document that a conversation leaves is of a kind that is written down,
// can be read, and vanishes when it is said to.
func TestEveryKindOfDocumentIsWrittenDown(t *testing.T) {
	all := allOf(commandtest.Lived(t))
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
	err := filepath.WalkDir("../../..", func(path string, d os.DirEntry, err error) error {
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
