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

// settings are what the content needs to know of an installation.
func (c config) settings() content.Settings {
	return content.Settings{
		Command: c.Command, Operator: c.Operator, Sealed: c.Keys.on() && !c.Keys.Plain, Growing: c.Growing, Country: c.Country, Folder: c.Content,
		Partner: content.Partner{Name: c.Partner.Name, Contact: c.Partner.Contact},
	}
}

// cacheDir is where things are kept that can be made again; empty: nowhere.
func cacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "secadvisor")
}
