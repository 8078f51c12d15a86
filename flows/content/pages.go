package content

import (
	"errors"
	"fmt"
	"io/fs"
)

// Audience is for whom a part of a page is written.
type Audience string

const (
	ForAll   Audience = ""
	ForOwner Audience = "owner"
	ForStaff Audience = "staff" // everybody who is not an owner
)

// Page is one page of the tour of who does what.
type Page struct {
	ID      string      `yaml:"id"`
	Title   string      `yaml:"title"`
	Button  string      `yaml:"button"` // what a button that leads here says
	Blocks  []PageBlock `yaml:"blocks"`
	Next    string      `yaml:"next"`    // the page after this one; empty: the last
	Back    string      `yaml:"back"`    // the page above this one; empty: the first
	Pages   []string    `yaml:"pages"`   // other pages that it leads to
	Topics  []string    `yaml:"topics"`  // "ask who handles ..."
	Check   string      `yaml:"check"`   // the assessment that an owner can start here
	Partner bool        `yaml:"partner"` // names the configured security partner
	Phrases []string    `yaml:"phrases"` // how people ask for it
}

// PageBlock is one part of a page: exactly one of the texts is set.
type PageBlock struct {
	For     Audience `yaml:"for"`
	Text    string   `yaml:"text"`
	Heading string   `yaml:"heading"`
	Points  []string `yaml:"points"`
	Copy    string   `yaml:"copy"` // to be copied as it is
}

// FirstPage is where the tour begins.
const FirstPage = "start"

// Page finds a page by its id.
func (lib *Library) Page(id string) (Page, bool) {
	i, ok := lib.pages[id]
	if !ok {
		return Page{}, false
	}
	return lib.Pages[i], true
}

// Has reports whether a block is for an owner, or for anybody else.
func (b PageBlock) Has(owner bool) bool {
	switch b.For {
	case ForOwner:
		return owner
	case ForStaff:
		return !owner
	}
	return true
}

func (lib *Library) loadPages(from fs.FS) error {
	lib.pages = map[string]int{}
	err := decode(lib, from, "explain", func(name string, p Page) error {
		if want := "explain/" + p.ID + ".yaml"; name != want {
			return fmt.Errorf("id is %q, so the file must be named %s", p.ID, want)
		}
		lib.pages[p.ID] = len(lib.Pages)
		lib.Pages = append(lib.Pages, p)
		return nil
	})
	if err != nil {
		return err
	}
	return lib.checkPages(from)
}

func (lib *Library) checkPages(from fs.FS) error {
	var all []error
	if _, ok := lib.pages[FirstPage]; !ok {
		all = append(all, fmt.Errorf("explain/%s.yaml: the tour begins with this page", FirstPage))
	}
	for _, p := range lib.Pages {
		w := &wording{}
		lib.checkPage(w, p)
		all = append(all, blame(from, "explain/"+p.ID+".yaml", w.faults))
	}
	return errors.Join(all...)
}

func (lib *Library) checkPage(w *wording, p Page) {
	w.id("id", p.ID)
	w.text("title", p.Title, 60)
	w.text("button", p.Button, 30)
	if len(p.Blocks) == 0 {
		w.add("blocks", "say something on this page")
	}
	for i, b := range p.Blocks {
		checkBlock(w, fmt.Sprintf("blocks[%d]", i), b)
	}
	lib.checkLink(w, "next", p.Next, p.ID)
	lib.checkLink(w, "back", p.Back, p.ID)
	for i, id := range p.Pages {
		lib.checkLink(w, fmt.Sprintf("pages[%d]", i), id, p.ID)
	}
	for i, id := range p.Topics {
		if _, ok := lib.topics[id]; !ok {
			w.add(fmt.Sprintf("topics[%d]", i), "%q is not a topic", id)
		}
	}
	if _, ok := lib.packs[p.Check]; p.Check != "" && !ok {
		w.add("check", "%q is not an assessment", p.Check)
	}
}

// checkLink checks that a link, where there is one, leads to another page.
func (lib *Library) checkLink(w *wording, path, to, self string) {
	if _, ok := lib.pages[to]; to != "" && (!ok || to == self) {
		w.add(path, "%q is not another page", to)
	}
}

func checkBlock(w *wording, path string, b PageBlock) {
	if b.For != ForAll && b.For != ForOwner && b.For != ForStaff {
		w.add(path+".for", "choose owner or staff, or leave it out for everybody")
	}
	texts := 0
	for _, part := range []struct {
		name, text string
		most       int
	}{{"text", b.Text, 400}, {"heading", b.Heading, 80}, {"copy", b.Copy, 1000}} {
		if part.text != "" {
			texts++
			w.text(path+"."+part.name, part.text, part.most)
		}
	}
	if len(b.Points) > 0 {
		texts++
		w.list(path+".points", b.Points, 8, 250)
	}
	if texts != 1 {
		w.add(path, "each block holds one of text, heading, points, copy")
	}
}
