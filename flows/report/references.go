package report

import (
	"cmp"
	"slices"
	"strings"

	"secadvisor/flows/content"
)

// Framework is a public list of good practice that the questions rest on, in
// the version that is meant, with its points.
type Framework struct {
	content.Framework
	Points []Reference
}

// Reference is one point of a framework.
type Reference struct {
	ID     string
	Title  string // in the framework's words; empty where its licence keeps them
	Places []int  // of the questions in the pack, from 1
}

// references are the points that a pack's questions rest on, by framework.
func references(lib *content.Library, pack content.Pack) []Framework {
	points := map[string]map[string]Reference{}
	for i, pq := range pack.Questions {
		for _, code := range lib.Questions[pq.ID].References {
			ref, known := lib.Reference(code)
			if !known {
				continue
			}
			mark := ref.Framework.Mark
			if points[mark] == nil {
				points[mark] = map[string]Reference{}
			}
			p := points[mark][ref.ID]
			points[mark][ref.ID] = Reference{ref.ID, ref.Title, append(p.Places, i+1)}
		}
	}
	var all []Framework
	for _, f := range content.Frameworks() {
		if len(points[f.Mark]) == 0 {
			continue
		}
		one := Framework{Framework: f}
		for _, p := range points[f.Mark] {
			one.Points = append(one.Points, p)
		}
		slices.SortFunc(one.Points, func(a, b Reference) int { return compareIDs(a.ID, b.ID) })
		all = append(all, one)
	}
	return all
}

// compareIDs puts 6.3 before 11.1: what stands between the points is a
// number if it looks like one.
func compareIDs(a, b string) int {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(x), len(y)) {
		if c := cmp.Or(cmp.Compare(digits(x[i]), digits(y[i])), cmp.Compare(x[i], y[i])); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(x), len(y))
}

// digits is how long a number is; 0: it is none.
func digits(s string) int {
	if strings.Trim(s, "0123456789") != "" {
		return 0
	}
	return len(s)
}
