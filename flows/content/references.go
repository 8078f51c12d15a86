package content

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
)

// Reference is a point of a framework that a question rests on.
type Reference struct {
	Framework Framework
	ID        string // "PR.AA-03"
	Title     string // in the framework's words; empty where we have none, or its licence keeps them
}

// Framework is a public list of good practice in one version. The version
// is part of it because another one uses the same ids for other things.
type Framework struct {
	Mark    string // before the colon of a reference: "CSF2"
	Name    string
	Version string
	Rights  string // a sentence to print where its ids or titles stand
}

// Frameworks are those that questions may name, in the order in which they
// are shown.
func Frameworks() []Framework {
	return []Framework{
		{"CSF2", "NIST Cybersecurity Framework", "2.0", "The NIST Cybersecurity Framework is a work of the US Government."},
		{"CPG2", "CISA Cross-Sector Cybersecurity Performance Goals", "2.0", "The CISA Cybersecurity Performance Goals are a work of the US Government."},
		// CC BY-NC-ND and terms of its own: no title of it may stand here.
		{"CIS81", "CIS Critical Security Controls", "8.1", "CIS Controls are named by number only; their text is the Center for Internet Security's, at cisecurity.org."},
		{"CE33", "Cyber Essentials: Requirements for IT infrastructure", "3.3", "Cyber Essentials is Crown copyright. Contains public sector information licensed under the Open Government Licence v3.0."},
		{"E8", "Essential Eight", "November 2023", "The Essential Eight are of the Australian Signals Directorate, Commonwealth of Australia, used under a Creative Commons Attribution licence (CC BY)."},
		{"FTC", "FTC Cybersecurity for Small Business", "2018", "Cybersecurity for Small Business is a work of the US Government (Federal Trade Commission)."},
	}
}

// Reference finds what a reference such as "CSF2:PR.AA-03" stands for.
func (lib *Library) Reference(code string) (Reference, bool) {
	if !reference.MatchString(code) {
		return Reference{}, false
	}
	mark, id, _ := strings.Cut(code, ":")
	for _, f := range Frameworks() {
		if f.Mark == mark {
			return Reference{Framework: f, ID: id, Title: lib.references[code]}, true
		}
	}
	return Reference{}, false
}

// reference is the mark of a framework, and an identifier as it writes them.
var reference = regexp.MustCompile(`^(CSF2:[A-Z]{2}\.[A-Z]{2}-\d\d|CPG2:\d\.[A-Z]|CIS81:\d+\.\d+|CE33:CE-[A-Z]+|E8:E8-[1-8]|FTC:FTC-\d\d)$`)

// loadReferences reads the titles of what our questions rest on.
func (lib *Library) loadReferences(from fs.FS) error {
	raw, err := fs.ReadFile(from, "references.tsv")
	if err != nil {
		return fmt.Errorf("read the references: %w", err)
	}
	lib.references = map[string]string{}
	for _, row := range strings.Split(strings.TrimSpace(string(raw)), "\n")[1:] {
		code, title, _ := strings.Cut(row, "\t")
		lib.references[code] = title
	}
	return nil
}
