package commandtest

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/play"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/storage"
)

// Docs are all documents of the company of the terminal.
func (k Kept) Docs() []storage.Doc {
	k.Helper()
	_, store, err := k.Place().Open(k.Context())
	if err != nil {
		k.Fatal(err)
	}
	defer store.Close()
	docs, err := stores.Documents(k.Context(), store, play.Tenant)
	if err != nil {
		k.Fatal(err)
	}
	return docs
}

// Words are long ones that the company's documents have: what a search of the
// disk looks for.
func Words(docs []storage.Doc) []string {
	found := map[string]bool{}
	for _, d := range docs {
		if !strings.HasPrefix(d.Key, "sent/") {
			for _, w := range regexp.MustCompile(`[A-Za-z:-]{8,}`).FindAllString(d.Key+string(d.Body), -1) {
				found[w] = w != "expiring" && w != "tombstones" // the file's own
			}
		}
	}
	var all []string
	for w, ours := range found {
		if ours {
			all = append(all, w)
		}
	}
	return all
}

// Readable are those of the words that stand in a file.
func Readable(t *testing.T, path string, words []string) (found []string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range words {
		if bytes.Contains(raw, []byte(w)) {
			found = append(found, w)
		}
	}
	return found
}

// Contents are the files of an archive, without what tells of its own making.
func Contents(t *testing.T, path string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, line := range strings.Split(string(raw), "\n") {
			if !strings.Contains(line, bot.OnServer) { // each export and import adds its own line to the audit log
				lines = append(lines, strings.TrimSuffix(line, ","))
			}
		}
		all[f.Name] = strings.Join(lines, "\n")
	}
	delete(all, "manifest.json")
	delete(all, "README.txt")
	return all
}
