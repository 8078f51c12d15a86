package report

import (
	"cmp"
	"slices"
	"strings"

	"secadvisor/flows/content"
)

// Framework is a public list of good practice that the questions rest on,
// with the version that is meant: the same id can mean another thing in
// another version.
type Framework struct {
	Name    string
	Version string
	Rights  string // whose text it is, and under which terms
	Points  []Reference
}

// Reference is one point of a framework.
type Reference struct {
	ID     string
	Titles []string // of what the pack asks about it
}

// frameworks are those that questions may name, by the mark before the colon.
func frameworks() map[string]Framework {
	return map[string]Framework{
		"CSF2":  {Name: "NIST Cybersecurity Framework", Version: "2.0", Rights: "a work of the US Government"},
		"CPG2":  {Name: "CISA Cybersecurity Performance Goals", Version: "2.0", Rights: "a work of the US Government"},
		"CIS81": {Name: "CIS Critical Security Controls", Version: "8.1", Rights: "identifiers only"},
		"CE33":  {Name: "Cyber Essentials, requirements for IT infrastructure", Version: "3.3", Rights: "Crown copyright; contains public sector information licensed under the Open Government Licence v3.0"},
		"E8":    {Name: "Essential Eight, Australian Signals Directorate", Version: "November 2023", Rights: "CC BY 4.0"},
		"FTC":   {Name: "FTC Cybersecurity for Small Business", Version: "2018", Rights: "a work of the US Government"},
	}
}

// references are the points that a pack's questions rest on, by framework.
func references(lib *content.Library, pack content.Pack) []Framework {
	titles := map[string]map[string][]string{}
	for _, pq := range pack.Questions {
		q := lib.Questions[pq.ID]
		for _, ref := range q.References {
			mark, id, _ := strings.Cut(ref, ":")
			if titles[mark] == nil {
				titles[mark] = map[string][]string{}
			}
			titles[mark][id] = append(titles[mark][id], q.Fix.Title)
		}
	}
	var all []Framework
	for _, mark := range []string{"CSF2", "CPG2", "CIS81", "CE33", "E8", "FTC"} {
		f := frameworks()[mark]
		for id, of := range titles[mark] {
			f.Points = append(f.Points, Reference{id, of})
		}
		slices.SortFunc(f.Points, func(a, b Reference) int { return cmp.Or(compareIDs(a.ID, b.ID), cmp.Compare(a.ID, b.ID)) })
		if len(f.Points) > 0 {
			all = append(all, f)
		}
	}
	return all
}

// compareIDs puts 6.3 before 11.1: numbers count as numbers.
func compareIDs(a, b string) int {
	digits := func(r rune) bool { return r < '0' || r > '9' }
	x, y := strings.FieldsFunc(a, digits), strings.FieldsFunc(b, digits)
	if strings.Trim(a, "0123456789.") != "" {
		return cmp.Compare(a, b)
	}
	for i := range min(len(x), len(y)) {
		if c := cmp.Or(cmp.Compare(len(x[i]), len(y[i])), cmp.Compare(x[i], y[i])); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(x), len(y))
}
