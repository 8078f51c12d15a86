package main

import (
	"os"
	"path/filepath"

	"secadvisor/flows/content"
	"secadvisor/flows/match"
)

// knowledge loads what the advisor knows and how it understands questions.
// What is learned of added content is kept in the user's cache.
func knowledge(s content.Settings) (*content.Library, *match.Matcher, error) {
	s.Cache = cacheDir()
	lib, err := content.Load(s)
	if err != nil {
		return nil, nil, err
	}
	m, err := match.New(lib)
	return lib, m, err
}

// cacheDir is where things are kept that can be made again; empty: nowhere.
func cacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "secadvisor")
}
