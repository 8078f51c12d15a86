package bot

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

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
