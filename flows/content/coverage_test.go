package content

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// Every line of the text that the split comes from has a place where people
// meet it; a point of a list has one outside of the tour, since most people
// never take the tour.
func TestEveryLineOfTheSourceHasAPlace(t *testing.T) {
	lib, err := Load(Settings{})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("coverage.tsv")
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSpace(string(raw)), "\n")[1:]
	if want := 74; len(rows) != want {
		t.Errorf("%d lines, want %d", len(rows), want)
	}
	places := map[string]map[string]bool{}
	for i, row := range rows {
		cells := strings.Split(row, "\t")
		if len(cells) != 3 || cells[0] != strconv.Itoa(i+1) {
			t.Errorf("row %d: want its number, the text and the places, got %q", i+1, row)
			continue
		}
		checkPlaces(t, lib, cells[0], cells[1], strings.Fields(cells[2]))
		places[cells[0]] = map[string]bool{}
		for _, place := range strings.Fields(cells[2]) {
			places[cells[0]][place] = true
		}
	}
	for _, q := range lib.Questions {
		for _, line := range q.SourceLines {
			if !places[strconv.Itoa(line)]["question:"+q.ID] {
				t.Errorf("%s follows line %d, and is no place of it", q.ID, line)
			}
		}
	}
}

func checkPlaces(t *testing.T, lib *Library, line, text string, places []string) {
	t.Helper()
	outside := false
	for _, place := range places {
		kind, id, _ := strings.Cut(place, ":")
		if !exists(lib, kind, id) {
			t.Errorf("line %s: there is no %s", line, place)
		}
		outside = outside || kind != "page"
	}
	if len(places) == 0 {
		t.Errorf("line %s has no place: %s", line, text)
	}
	if strings.HasPrefix(text, "- ") && !outside {
		t.Errorf("line %s is met on the tour alone: %s", line, text)
	}
}

// exists reports whether a place is there: a topic, a page of the tour, or a
// question of an assessment.
func exists(lib *Library, kind, id string) (ok bool) {
	switch kind {
	case "topic":
		_, ok = lib.Topic(id)
	case "page":
		_, ok = lib.Page(id)
	case "question":
		_, ok = lib.Questions[id]
	}
	return ok
}
