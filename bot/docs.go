package bot

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Docs is what a step reads and writes: the documents that the engine has
// read, and the changes that the step makes. A document that is not there
// yet reads as absent and is noted as a need; the engine then reads it,
// throws the changes and effects away and steps again.
type Docs struct {
	have   map[string]*handed
	listed map[Need][]string
	rooms  map[string]Room
	need   map[Need]bool
	writes map[string]Change
	err    error
}

// Stored is a document as the store has it; version 0 is an absent one.
type Stored struct {
	Key     string
	Version int64
	Body    []byte
	Fault   error // why there is no Body, although the document exists
}

// handed is a document that the engine has read.
type handed struct {
	Stored
	used bool // the step looked at it
}

// Need is something a step wants to read: one key, the first Limit documents
// under a prefix, or who can read a channel.
type Need struct {
	Key    string
	Prefix string
	Limit  int
	Room   string
}

func (n Need) name() string { return n.Key + n.Prefix + n.Room }

// Change is one document that a step wrote; a nil Body deletes it.
type Change struct {
	Key  string
	Body []byte
	TTL  time.Duration
}

// NewDocs begins a step with what has been read so far.
func NewDocs() *Docs { return &Docs{have: map[string]*handed{}} }

// Add hands over documents that were read.
func (d *Docs) Add(docs ...Stored) {
	all := make([]handed, len(docs))
	for i, doc := range docs {
		all[i].Stored = doc
		d.have[doc.Key] = &all[i]
	}
}

// AddList hands over what a prefix need found.
func (d *Docs) AddList(n Need, docs []Stored) {
	d.Add(docs...)
	keys := []string{}
	for _, doc := range docs {
		keys = append(keys, doc.Key)
	}
	put(&d.listed, n, keys)
}

// AddRoom hands over what is known of a channel.
func (d *Docs) AddRoom(channel string, r Room) { put(&d.rooms, channel, r) }

// put makes a map when it is first needed: most steps need few of them.
func put[K comparable, V any](m *map[K]V, key K, v V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[key] = v
}

// Room tells who can read a channel now. It is asked of the platform at each
// event, and nothing keeps it.
func (d *Docs) Room(channel string) Room {
	r, ok := d.rooms[channel]
	if !ok {
		put(&d.need, Need{Room: channel}, true)
	}
	return r
}

// Again is the same reading without any of the changes: for another step.
func (d *Docs) Again() *Docs {
	return &Docs{have: d.have, listed: d.listed, rooms: d.rooms}
}

// Needs lists what the step wanted and was not there. While it is not empty,
// nothing the step did counts.
func (d *Docs) Needs() []Need {
	if len(d.need) == 0 {
		return nil
	}
	return slices.SortedFunc(maps.Keys(d.need), func(a, b Need) int { return strings.Compare(a.name(), b.name()) })
}

// Read lists what the step looked at, in order of key: what it was handed and
// did not look at made no difference to it.
func (d *Docs) Read() []Stored {
	all := make([]Stored, 0, len(d.have))
	for _, doc := range d.have {
		if doc.used {
			all = append(all, doc.Stored)
		}
	}
	slices.SortFunc(all, func(a, b Stored) int { return strings.Compare(a.Key, b.Key) })
	return all
}

// Stored is what the step was handed under a key; it does not count as looked
// at. Version 0: it is absent, or was not handed over.
func (d *Docs) Stored(key string) Stored {
	if doc, ok := d.have[key]; ok {
		return doc.Stored
	}
	return Stored{Key: key}
}

// Changes lists what the step wrote, in order of key.
func (d *Docs) Changes() []Change {
	if len(d.writes) == 0 {
		return nil
	}
	return slices.SortedFunc(maps.Values(d.writes), func(a, b Change) int { return strings.Compare(a.Key, b.Key) })
}

// Err is the first document that could not be read or written as its type.
func (d *Docs) Err() error { return d.err }

func documentFault(key string, err error) error { return fmt.Errorf("document %s: %w", key, err) }

func (d *Docs) fail(err error) {
	if d.err == nil {
		d.err = err
	}
}

// body is the current text of a document, the step's own change included.
func (d *Docs) body(key string) []byte {
	if w, ok := d.writes[key]; ok {
		return w.Body
	}
	doc, ok := d.have[key]
	if !ok {
		put(&d.need, Need{Key: key}, true)
		return nil
	}
	doc.used = true
	if doc.Fault != nil {
		d.fail(documentFault(key, doc.Fault))
	}
	return doc.Body
}
