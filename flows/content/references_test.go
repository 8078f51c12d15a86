package content

import (
	"strings"
	"testing"
)

// Every reference of the bank has a row, and every row a question; a row has
// a title unless the licence of its framework keeps that.
func TestReferencesAreThoseOfTheBank(t *testing.T) {
	lib, err := Load(Settings{})
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, q := range lib.Questions {
		for _, code := range q.References {
			used[code] = true
			if title, ok := lib.references[code]; !ok {
				t.Errorf("%s rests on %s, which has no row in references.tsv", q.ID, code)
			} else if (title == "") != strings.HasPrefix(code, "CIS81:") {
				t.Errorf("%s has the title %q", code, title)
			}
			if _, ok := lib.Reference(code); !ok {
				t.Errorf("%s stands for nothing", code)
			}
		}
	}
	for code := range lib.references {
		if !used[code] {
			t.Errorf("no question rests on %s", code)
		}
	}
}

func TestAReferenceNamesItsFrameworkAndVersion(t *testing.T) {
	lib, err := Load(Settings{})
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string][4]string{
		"CPG2:3.F":      {"CISA Cross-Sector Cybersecurity Performance Goals", "2.0", "3.F", "Implement Multifactor Authentication (MFA)"},
		"CIS81:6.3":     {"CIS Critical Security Controls", "8.1", "6.3", ""},
		"CSF2:PR.AA-06": {"NIST Cybersecurity Framework", "2.0", "PR.AA-06", ""}, // of an installation's own question
	} {
		got, ok := lib.Reference(code)
		if !ok || [4]string{got.Framework.Name, got.Framework.Version, got.ID, got.Title} != want {
			t.Errorf("%s: got %v %t, want %v", code, got, ok, want)
		}
	}
	for _, code := range []string{"", "CPG1:2.F", "CSF2", "CSF2:", "CSF2:6.3"} {
		if got, ok := lib.Reference(code); ok {
			t.Errorf("%q stands for %v", code, got)
		}
	}
}

// What a licence asks to be said stands beside the framework it is asked for.
func TestFrameworksSayWhoseTheyAre(t *testing.T) {
	wants := map[string]string{
		"CE33": "Open Government Licence v3.0", "E8": "Creative Commons Attribution", "CIS81": "by number only",
		"CSF2": "US Government", "CPG2": "US Government", "FTC": "US Government",
	}
	for _, f := range Frameworks() {
		if want, ok := wants[f.Mark]; !ok || !strings.Contains(f.Rights, want) || f.Name == "" || f.Version == "" {
			t.Errorf("%+v: want %q in what it says of rights", f, want)
		}
	}
	if got := len(Frameworks()); got != len(wants) {
		t.Errorf("%d frameworks, want %d", got, len(wants))
	}
}
