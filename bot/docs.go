package bot

import (
	"bytes"
	"encoding/json"
	"errors"
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

// Doc is a type of document: its place in the store and its version. Stored
// bodies name the version they were written at; Upgrade[i] turns version i+1
// into version i+2, so that any old document can still be read.
type Doc[T any] struct {
	Prefix  string // keys are Prefix/id
	Version int    // of the type, from 1
	Bare    bool   // stored without a version: what the engine writes, whose fields only ever grow
	Upgrade []func(json.RawMessage) (json.RawMessage, error)
}

type envelope struct {
	Version int             `json:"v"`
	Data    json.RawMessage `json:"d"`
}

// Key is where the document with an id lies.
func (t Doc[T]) Key(id string) string { return t.Prefix + "/" + id }

// Get reads a document; ok is false where there is none.
func (t Doc[T]) Get(d *Docs, id string) (v T, ok bool) {
	body := d.body(t.Key(id))
	if body == nil {
		return v, false
	}
	v, err := t.Decode(body)
	if err != nil {
		d.fail(documentFault(t.Key(id), err))
		return v, false
	}
	return v, true
}

// Put writes a document.
func (t Doc[T]) Put(d *Docs, id string, v T) { t.PutFor(d, id, v, 0) }

// PutFor writes a document that vanishes after ttl (0: never).
func (t Doc[T]) PutFor(d *Docs, id string, v T, ttl time.Duration) {
	body, err := t.Encode(v)
	if err != nil {
		d.fail(documentFault(t.Key(id), err))
		return
	}
	d.body(t.Key(id)) // a change needs the version that it replaces
	put(&d.writes, t.Key(id), Change{Key: t.Key(id), Body: body, TTL: ttl})
}

// Delete removes a document.
func (t Doc[T]) Delete(d *Docs, id string) {
	d.body(t.Key(id))
	put(&d.writes, t.Key(id), Change{Key: t.Key(id)})
}

// List reads the ids of the first limit documents whose ids begin with
// prefix, in order; Get then reads each. One that cannot be opened is left out,
// so that it is not in the way of the others.
func (t Doc[T]) List(d *Docs, prefix string, limit int) []string {
	n := Need{Prefix: t.Key(prefix), Limit: limit}
	keys, ok := d.listed[n]
	if !ok {
		put(&d.need, n, true)
		return nil
	}
	var ids []string
	for _, key := range keys {
		if _, written := d.writes[key]; d.have[key].Fault != nil && !written {
			continue
		}
		if d.body(key) != nil {
			ids = append(ids, strings.TrimPrefix(key, t.Prefix+"/"))
		}
	}
	return ids
}

// Encode is the stored form of a document.
func (t Doc[T]) Encode(v T) ([]byte, error) {
	data, err := json.Marshal(v)
	if err != nil || t.Bare {
		return data, err
	}
	return json.Marshal(envelope{t.Version, data})
}

// Decode reads a stored document of this version or an older one. Its errors
// quote nothing of what stands there.
func (t Doc[T]) Decode(body []byte) (v T, err error) {
	if t.Bare {
		return v, Unquoted(json.Unmarshal(body, &v))
	}
	if data, ok := t.current(body); ok {
		return v, Unquoted(json.Unmarshal(data, &v))
	}
	var e envelope
	if err := json.Unmarshal(body, &e); err != nil {
		return v, Unquoted(err)
	}
	if e.Version < 1 || e.Version > t.Version {
		return v, fmt.Errorf("version %d is not one of 1 to %d: it was written by a newer secadvisor", e.Version, t.Version)
	}
	for ; e.Version < t.Version; e.Version++ {
		if e.Data, err = t.Upgrade[e.Version-1](e.Data); err != nil {
			return v, fmt.Errorf("upgrade from version %d: %w", e.Version, Unquoted(err))
		}
	}
	return v, Unquoted(json.Unmarshal(e.Data, &v))
}

// Unquoted is why something that is stored cannot be decoded, without what
// stands there: errors end up in logs. The package json quotes numbers and single
// letters, and a value that reads itself, such as a time, all of it.
func Unquoted(err error) error {
	switch is := err.(type) {
	case nil:
		return nil
	case *json.SyntaxError:
		return fmt.Errorf("it is no JSON, or cut off, at byte %d", is.Offset)
	case *json.UnmarshalTypeError:
		bare := *is
		bare.Value, _, _ = strings.Cut(is.Value, " ") // "number 5.5"
		return &bare
	}
	return errNotOurs
}

var errNotOurs = errors.New("it has a value that secadvisor does not write there")

// current cuts the data out of a body as Encode writes it at this version,
// which is nearly every body there is.
func (t Doc[T]) current(body []byte) (data []byte, ok bool) {
	data, ok = bytes.CutPrefix(body, fmt.Appendf(nil, `{"v":%d,"d":`, t.Version))
	if !ok || len(data) == 0 || data[len(data)-1] != '}' {
		return nil, false
	}
	return data[:len(data)-1], true
}
