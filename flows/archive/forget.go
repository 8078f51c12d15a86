package archive

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"secadvisor/bot"
)

// What stands where a person stood: in place of their id, and of their name.
const (
	erased   = "erased"
	somebody = "somebody"
)

// Forgotten is what erasing one person comes to.
type Forgotten struct {
	Changed []Doc    // as they are to be; without a body: deleted
	Timers  []string // to be cancelled
	Named   []string // keys of documents in which somebody's words still name them
	Runs    int      // finished assessments that they started, and that nobody reads in chat now
}

// Forget takes a person out of a company's documents. What they decided, said
// to be done or answered for the company stays, without saying who it was; so
// do words that people typed, which only people can judge. A document without a
// body cannot be read: it goes if it lies where only their own lie.
func Forget(docs []Doc, timers []Timer, person string) (Forgotten, error) {
	f := forgetting{person: person, names: map[string]bool{}}
	for _, d := range docs {
		if d.Body == nil {
			continue
		}
		if err := f.learn(d.Body); err != nil {
			return Forgotten{}, fmt.Errorf("document %s: %w", d.Key, err)
		}
	}
	var out Forgotten
	f.heir = heirOf(docs, person)
	gone := map[string]bool{person: true} // parts of a timer's name that end it
	for _, d := range docs {
		if d.Body == nil && !f.keyIsTheirs(d.Key) {
			continue
		}
		body, err := f.document(d)
		if err != nil {
			return Forgotten{}, fmt.Errorf("document %s: %w", d.Key, err)
		}
		switch {
		case body == nil:
			gone[lastPart(d.Key)] = true
			out.Changed = append(out.Changed, Doc{Key: d.Key})
			continue
		case !bytes.Equal(body, d.Body):
			out.Changed = append(out.Changed, Doc{Key: d.Key, Until: d.Until, Body: body})
		}
		if f.stillNamed(body) {
			out.Named = append(out.Named, d.Key)
		}
		if f.startedRun(d) {
			out.Runs++
		}
	}
	for _, t := range timers {
		if slices.ContainsFunc(strings.Split(t.Name, "/"), func(part string) bool { return gone[part] }) {
			out.Timers = append(out.Timers, t.Name)
		}
	}
	return out, nil
}

// forgetting is one person, and what they are called.
type forgetting struct {
	person string
	names  map[string]bool
	heir   string // another owner; empty: there is none
}

// document is its body without the person; nil: it is to be deleted.
func (f *forgetting) document(d Doc) ([]byte, error) {
	if f.keyIsTheirs(d.Key) {
		return nil, nil
	}
	body := []byte(d.Body)
	for prefix, typed := range f.typed() {
		if d.Key == prefix || strings.HasSuffix(prefix, "/") && strings.HasPrefix(d.Key, prefix) {
			var err error
			if body, err = typed(body); err != nil || body == nil {
				return nil, err
			}
		}
	}
	return rewritten(body, f.sweep)
}

// keyIsTheirs reports whether a document is about this person alone: how to
// reach them, where their cards are, a reminder of theirs.
func (f *forgetting) keyIsTheirs(key string) bool {
	for _, part := range strings.Split(key, "/") {
		if part == f.person || part == "@"+f.person {
			return true
		}
	}
	return strings.HasPrefix(key, "schedule/") && strings.HasSuffix(key, "."+f.person)
}

func lastPart(key string) string { return key[strings.Index(key, "/")+1:] }

// rewritten is a stored body whose contents were changed; the same bytes where
// they were not.
func rewritten(body []byte, change func(any) any) ([]byte, error) {
	tree, err := parse(body)
	if err != nil {
		return nil, err
	}
	was, err := json.Marshal(tree)
	if err != nil {
		return nil, err
	}
	tree = change(tree)
	now, err := json.Marshal(tree)
	if err != nil || bytes.Equal(was, now) {
		return body, err
	}
	if e, ok := tree.(map[string]any); ok && e["v"] != nil && e["d"] != nil {
		return json.Marshal(struct {
			V any `json:"v"`
			D any `json:"d"`
		}{e["v"], e["d"]})
	}
	return now, nil
}

func parse(body []byte) (tree any, err error) {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	err = dec.Decode(&tree)
	return tree, bot.Unquoted(err)
}

// stillNamed reports whether a body has the person's id or name in it.
func (f *forgetting) stillNamed(body []byte) bool {
	if bytes.Contains(body, []byte(f.person)) {
		return true
	}
	for name := range f.names {
		quoted, err := json.Marshal(name)
		if err == nil && len(name) >= 3 && bytes.Contains(body, bytes.Trim(quoted, `"`)) {
			return true
		}
	}
	return false
}
