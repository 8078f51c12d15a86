package explain

import (
	"slices"

	"secadvisor/flows/content"
	"secadvisor/flows/match"
)

// phrase is one way to ask for a page of the tour.
type phrase struct {
	key  []uint32
	page string
}

// pagePhrases lists how people ask for pages.
func pagePhrases(lib *content.Library) []phrase {
	var all []phrase
	for _, p := range lib.Pages {
		for _, says := range append([]string{p.Title, p.Button}, p.Phrases...) {
			if key := match.Key(says); len(key) > 0 {
				all = append(all, phrase{key, p.ID})
			}
		}
	}
	return all
}

// pageCalled finds the page that a text asks for: most of the words of one of
// its phrases are there, and few others.
func (t *turn) pageCalled(text string) (content.Page, bool) {
	const alike = 0.6
	key := match.Key(text)
	best, at := 0.0, ""
	for _, p := range t.says {
		if a := likeness(key, p.key); a > best {
			best, at = a, p.page
		}
	}
	if best < alike {
		return content.Page{}, false
	}
	return t.lib.Page(at)
}

// likeness is how many of the words of two keys both have, 0 to 1.
func likeness(a, b []uint32) float64 {
	both := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			both++
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}
