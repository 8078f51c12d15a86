package match

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"secadvisor/bot/bottest"
	"secadvisor/flows/content"
	"secadvisor/flows/content/contenttest"
)

// Whoever changes a phrase builds the model anew.
func TestTheModelIsWhatTheContentTeaches(t *testing.T) {
	// The race detector takes minutes for it; it sees a small catalog learned
	// below.
	if !bottest.Race && !bytes.Equal(Build(contenttest.BuiltIn(t)), built) {
		t.Error("the content has changed since the model was built: run go generate ./flows/match and commit model.bin")
	}
	const most = 2 << 20
	if len(built) > most {
		t.Errorf("the model has %d bytes, want %d at most", len(built), most)
	}
}

// small is a catalog of two topics.
func small(t testing.TB, cache string) *content.Library {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"topics/tea.yaml":   "id: tea\nside: it\nurgency: normal\nphrases: [who makes the tea, the kettle is cold, tea please]\n",
		"topics/fire.yaml":  "id: fire\nside: security\nurgency: emergency\nphrases: [it burns, there is smoke, flames everywhere]\n",
		"phrases/none.txt":  "hello\nnice weather\n",
		"phrases/fire.txt":  "the roof is on fire\n",
		"topics/notes.text": "not a topic",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	lib, err := content.Catalog(content.Settings{Folder: dir, Cache: cache})
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func TestAnyCatalogIsLearnedAndKept(t *testing.T) {
	cache := t.TempDir()
	lib := small(t, cache)
	m, err := New(lib)
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Find("smoke and flames on the roof"); !got.Emergency || got.Best[0].Topic != "fire" {
		t.Errorf("got %v", got)
	}
	kept, err := filepath.Glob(filepath.Join(cache, "model-*.bin"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("kept %v %v", kept, err)
	}
	whole, err := os.ReadFile(kept[0])
	if err != nil {
		t.Fatal(err)
	}
	for name, damaged := range map[string][]byte{"cut": whole[:len(whole)/2], "empty": nil, "longer": append(bytes.Clone(whole), 0), "other": []byte("secadvisor model\n")} {
		if err := os.WriteFile(kept[0], damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := New(lib); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if mended, _ := os.ReadFile(kept[0]); !bytes.Equal(mended, whole) {
			t.Errorf("%s: the kept model was not mended", name)
		}
	}
}

func TestLearningDoesNotDependOnTheProcessors(t *testing.T) {
	lib := small(t, "")
	want := Build(lib)
	old := runtime.GOMAXPROCS(1)
	alone := Build(lib)
	runtime.GOMAXPROCS(7)
	many := Build(lib)
	runtime.GOMAXPROCS(old)
	if !bytes.Equal(want, alone) || !bytes.Equal(want, many) {
		t.Error("the same content was learned differently")
	}
}

func FuzzReadModel(f *testing.F) {
	lib := small(f, "")
	print := fingerprint(lib)
	good := Build(lib)
	f.Add(good[len(magic)+len(print):])
	f.Add([]byte{})
	f.Add(bytes.Repeat([]byte{0xff}, 64))
	f.Fuzz(func(t *testing.T, body []byte) {
		l, err := read(append(append([]byte(magic), print...), body...), print)
		if err != nil {
			return
		}
		m, err := newMatcher(lib, l)
		if err != nil {
			return
		}
		m.Find("smoke and flames on the roof")
	})
}
