package content

import (
	"strings"
	"testing"
	"testing/fstest"
)

const page = `id: start
title: Where it begins
button: Begin
blocks:
  - text: Hello.
  - for: owner
    points: [One., Two.]
  - heading: And so on
  - copy: |
      Copy {command} this.
next: start2
pages: [start2]
topics: []
`

func loadPage(text string) (*Library, error) {
	lib := &Library{Settings: Settings{Command: "/ask"}}
	second := strings.NewReplacer("id: start\n", "id: start2\n", "start2\n", "start\n", "[start2]", "[start]").Replace(page)
	return lib, lib.loadPages(fstest.MapFS{"explain/start.yaml": {Data: []byte(text)}, "explain/start2.yaml": {Data: []byte(second)}})
}

func TestAGoodPageLoads(t *testing.T) {
	lib, err := loadPage(page)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := lib.Page(FirstPage)
	if got, want := p.Blocks[3].Copy, "Copy /ask this.\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if owner, staff := p.Blocks[1].Has(true), p.Blocks[1].Has(false); !owner || staff {
		t.Errorf("the second block is for an owner: %v, for staff: %v", owner, staff)
	}
}

func TestMistakesOfAPageAreNamedByLine(t *testing.T) {
	for _, m := range []struct{ old, new, want string }{
		{"next: start2", "next: nowhere", `explain/start.yaml:11: next: "nowhere" is not another page`},
		{"pages: [start2]", "pages: [start]", `explain/start.yaml:12: pages[0]: "start" is not another page`},
		{"topics: []", "topics: [cats]", `explain/start.yaml:13: topics[0]: "cats" is not a topic`},
		{"topics: []", "check: cats", `explain/start.yaml:13: check: "cats" is not an assessment`},
		{"for: owner", "for: cats", "explain/start.yaml:6: blocks[1].for: choose owner or staff"},
		{"- text: Hello.", "- text: Hello.\n    heading: Hello", "blocks[0]: each block holds one of"},
		{"- text: Hello.", "- text: Nobody is liable.", `explain/start.yaml:5: blocks[0].text: say it without "liable"`},
		{"button: Begin", "button: Begin here and go on to the end", "explain/start.yaml:3: button: shorten this to 30"},
		{"button: Begin", "buton: Begin", `explain/start.yaml:3: unknown field "buton"`},
	} {
		text := strings.Replace(page, m.old, m.new, 1)
		if text == page {
			t.Fatalf("%q is not on the page", m.old)
		}
		if _, err := loadPage(text); err == nil || !strings.Contains(err.Error(), m.want) {
			t.Errorf("%q instead of %q: got %v, want %s", m.new, m.old, err, m.want)
		}
	}
}

func TestTheTourNeedsItsFirstPage(t *testing.T) {
	lib := &Library{}
	err := lib.loadPages(fstest.MapFS{"explain/other.yaml": {Data: []byte(strings.NewReplacer("id: start", "id: other", "next: start2\npages: [start2]\n", "").Replace(page))}})
	if err == nil || !strings.Contains(err.Error(), "explain/start.yaml: the tour begins with this page") {
		t.Errorf("got %v", err)
	}
}
