package company_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// kind is a type of document: its version, and how a stored body is read and
// written again.
type kind struct {
	version int
	again   func(body []byte) ([]byte, error)
}

func kindOf[T any](doc bot.Doc[T]) kind {
	return kind{doc.Version, func(body []byte) ([]byte, error) {
		v, err := doc.Decode(body)
		if err != nil {
			return nil, err
		}
		return doc.Encode(v)
	}}
}

// documents are all types that this package declares, and the roles, by the
// name of their record in testdata.
var documents = map[string]kind{
	"Attentions": kindOf(company.Attentions),
	"Banks":      kindOf(company.Banks),
	"Codes":      kindOf(company.Codes),
	"ContactsOf": kindOf(company.ContactsOf),
	"FixesOf":    kindOf(company.FixesOf),
	"Indexes":    kindOf(company.Indexes),
	"Interviews": kindOf(company.Interviews),
	"Maps":       kindOf(company.Maps),
	"Profiles":   kindOf(company.Profiles),
	"Runs":       kindOf(company.Runs),
	"Schedules":  kindOf(company.Schedules),
	"SidesOf":    kindOf(company.SidesOf),
	"Taughts":    kindOf(company.Taughts),
	"Welcomes":   kindOf(company.Welcomes),
	"RolesDoc":   kindOf(bot.RolesDoc),
}

// Documents are kept for years. testdata holds one of each type at each of
// its versions, as it was stored then; all of a type tell the same. Each must
// still be read, and lose nothing. A record is never changed: a new version
// of a type adds one, such as Runs.2.json.
func TestOldDocumentsAreStillRead(t *testing.T) {
	for name, kind := range documents {
		latest := record(t, name, kind.version)
		for version := 1; version <= kind.version; version++ {
			now, err := kind.again(record(t, name, version))
			if err != nil {
				t.Errorf("%s, version %d: %v", name, version, err)
				continue
			}
			if diff := cmp.Diff(loose(t, latest), loose(t, now)); diff != "" {
				t.Errorf("%s, version %d (-recorded +read):\n%s", name, version, diff)
			}
		}
	}
}

func record(t *testing.T, name string, version int) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", fmt.Sprintf("%s.%d.json", name, version)))
	if err != nil {
		t.Fatalf("every version of a type of document is recorded: %v", err)
	}
	return body
}

func loose(t *testing.T, body []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

var declared = regexp.MustCompile(`(\w+)\s+= bot\.Doc\[`)

func TestNoTypeOfDocumentIsForgotten(t *testing.T) {
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, source := range sources {
		raw, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		for _, m := range declared.FindAllStringSubmatch(string(raw), -1) {
			found++
			if _, ok := documents[m[1]]; !ok {
				t.Errorf("%s declares %s, and no record of it is read", source, m[1])
			}
		}
	}
	if found != len(documents)-1 {
		t.Errorf("%d types are declared here, the test knows %d", found, len(documents)-1)
	}
}

func TestIDsHaveTheirForm(t *testing.T) {
	a, b := company.NewID(bot.Event{Tenant: "play", ID: "1"}), company.NewID(bot.Event{Tenant: "play", ID: "2"})
	if a == b || a != company.NewID(bot.Event{Tenant: "play", ID: "1"}) {
		t.Errorf("ids %q and %q", a, b)
	}
	for id, want := range map[string]bool{a: true, b: true, "": false, a + "a": false, a[1:]: false, strings.ToUpper(a): false, a[:11] + "/": false, a + "\n": false} {
		if company.IsID(id) != want {
			t.Errorf("%q is an id: %v, want %v", id, !want, want)
		}
	}
}

func TestIndexFindsRuns(t *testing.T) {
	var x company.Index
	x.Open = map[string]string{company.OpenKey("olga", "p"): "c"}
	for _, run := range []string{"a", "b"} {
		x.Finish("olga", "p", run)
	}
	if x.Open[company.OpenKey("olga", "p")] != "c" {
		t.Error("finishing an older run lost the open one")
	}
	x.Finish("olga", "p", "c")
	x.Finish("olga", "p", "c")
	if len(x.Open) != 0 {
		t.Errorf("still open: %v", x.Open)
	}
	for _, c := range []struct {
		run   string
		limit int
		want  []string
	}{{"", 5, []string{"c", "b", "a"}}, {"c", 5, []string{"b", "a"}}, {"c", 1, []string{"b"}}, {"a", 5, []string{}}} {
		if diff := cmp.Diff(c.want, x.Earlier("p", c.run, c.limit)); diff != "" {
			t.Errorf("before %q: %s", c.run, diff)
		}
	}
}
