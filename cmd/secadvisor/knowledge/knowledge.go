// Package knowledge loads what the advisor knows, for every command that answers.
package knowledge

import (
	"os"
	"path/filepath"

	"secadvisor/flows/content"
	"secadvisor/flows/match"
)

// Load loads what the advisor knows and how it understands questions.
// What is learned of added content is kept in the user's cache.
func Load(s content.Settings) (*content.Library, *match.Matcher, error) {
	s.Cache = CacheDir()
	lib, err := content.Load(s)
	if err != nil {
		return nil, nil, err
	}
	m, err := match.New(lib)
	return lib, m, err
}

// CacheDir is where things are kept that can be made again; empty: nowhere.
func CacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "secadvisor")
}
