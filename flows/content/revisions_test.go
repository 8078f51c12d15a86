package content

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the record of what questions mean")

const revisions = "testdata/revisions.tsv"

// record is what a question meant when it was last looked at. A question
// that was taken out stays recorded: its id must not come back as another.
type record struct {
	revision int
	meaning  string
}

// Whoever answered a question answered what it meant then. So a question
// that asks something else needs a higher revision.
func TestARevisionRisesWithTheMeaning(t *testing.T) {
	lib, err := Load(Settings{})
	if err != nil {
		t.Fatal(err)
	}
	recorded := readRevisions(t)
	for _, id := range sortedIDs(lib.Questions) {
		q := lib.Questions[id]
		if fault := revised(q, recorded[id]); fault != "" && !*update {
			t.Errorf("%s: %s", id, fault)
		}
		recorded[id] = record{q.Revision, q.meaning()}
	}
	if *update {
		writeRevisions(t, recorded)
	}
}

// revised tells what to do about a question that is not as recorded.
func revised(q Question, was record) string {
	const again = "go test ./flows/content -run Revision -update"
	switch {
	case was.revision == 0:
		return "it is new: record it with " + again
	case q.Revision < was.revision:
		return fmt.Sprintf("its revision was %d already: it never falls", was.revision)
	case q.meaning() != was.meaning && q.Revision == was.revision:
		return fmt.Sprintf("what it asks, or what its answers say, was changed. Raise its revision to %d if earlier answers may no longer be true; then, or if this only mends a word, record it with %s", was.revision+1, again)
	case q.meaning() != was.meaning || q.Revision != was.revision:
		return "its revision was raised: record it with " + again
	}
	return ""
}

func TestAChangedMeaningIsFound(t *testing.T) {
	q := Question{Revision: 2, Kind: Choice, Ask: "Is it?", YesMeans: "All.", Choices: []Option{{"a", "A", 100}, {"b", "B", 0}}}
	was := record{2, q.meaning()}
	for name, c := range map[string]struct {
		change func(*Question)
		want   string
	}{
		"nothing":    {func(*Question) {}, ""},
		"why":        {func(q *Question) { q.Why = "Another reason." }, ""},
		"ask":        {func(q *Question) { q.Ask = "Was it?" }, "Raise its revision to 3"},
		"yes means":  {func(q *Question) { q.YesMeans = "Most." }, "Raise its revision to 3"},
		"kind":       {func(q *Question) { q.Kind = Date }, "Raise its revision to 3"},
		"credit":     {func(q *Question) { q.Choices = []Option{{"a", "A", 50}, {"b", "B", 0}} }, "Raise its revision to 3"},
		"raised":     {func(q *Question) { q.Ask, q.Revision = "Was it?", 3 }, "record it with"},
		"fell":       {func(q *Question) { q.Revision = 1 }, "it never falls"},
		"all in all": {func(q *Question) { q.Ask, q.Revision = "Was it?", 1 }, "it never falls"},
	} {
		now := q
		c.change(&now)
		if got := revised(now, was); (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	if got := revised(q, record{}); !strings.Contains(got, "it is new") {
		t.Errorf("a new question: got %q", got)
	}
}

func readRevisions(t *testing.T) map[string]record {
	t.Helper()
	raw, err := os.ReadFile(revisions)
	if err != nil && !*update {
		t.Fatal(err)
	}
	all := map[string]record{}
	for i, row := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		cells := strings.Split(row, "\t")
		if i == 0 {
			continue
		}
		revision, err := strconv.Atoi(cells[1])
		if err != nil || len(cells) != 3 {
			t.Fatalf("%s:%d: want id, revision and meaning, got %q", revisions, i+1, row)
		}
		all[cells[0]] = record{revision, cells[2]}
	}
	return all
}

func writeRevisions(t *testing.T, all map[string]record) {
	t.Helper()
	text := "question\trevision\tmeaning\n"
	for _, id := range sortedIDs(all) {
		text += fmt.Sprintf("%s\t%d\t%s\n", id, all[id].revision, all[id].meaning)
	}
	if err := os.WriteFile(revisions, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
