// Package contenttest reads the content once for all tests of a package:
// loading takes a twentieth of a second, and with the race detector half a
// second.
package contenttest

import (
	"maps"
	"slices"
	"sync"
	"testing"

	"secadvisor/flows/content"
)

var (
	mu     sync.Mutex
	loaded = map[content.Settings]*content.Library{}
)

// Library is what content.Load gives for the settings. Topics, pages, packs
// and questions may be put in, taken out and replaced: no other test sees it.
func Library(t testing.TB, s content.Settings) *content.Library {
	t.Helper()
	mu.Lock()
	defer mu.Unlock()
	lib, known := loaded[s]
	if !known {
		var err error
		if lib, err = content.Load(s); err != nil {
			t.Fatal(err)
		}
		loaded[s] = lib
	}
	own := *lib
	own.Topics, own.Pages, own.Packs, own.Questions = slices.Clone(lib.Topics), slices.Clone(lib.Pages), slices.Clone(lib.Packs), maps.Clone(lib.Questions)
	for i, p := range own.Packs {
		own.Packs[i].Questions = slices.Clone(p.Questions)
	}
	return &own
}

// BuiltIn is the content as it comes, with nothing set.
func BuiltIn(t testing.TB) *content.Library {
	t.Helper()
	return Library(t, content.Settings{})
}
