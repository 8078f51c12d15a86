package archive

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"secadvisor/bot"
)

// Kind is a type of document that a company can have.
type Kind struct {
	Name  string                  // of its file: "runs"
	Key   string                  // where it lies; with a slash at the end, the beginning of many keys
	What  string                  // for people: what it tells
	Kept  time.Duration           // after the last change; 0: until it is changed or erased
	Over  time.Duration           // after it is over, where that comes sooner; 0: never sooner
	Stays string                  // why it does not travel; empty: it does
	Check func(body []byte) error // whether this program can read it, at any of its versions
}

// Kinds are all there are.
type Kinds []Kind

// Of finds the kind of a document.
func (all Kinds) Of(key string) (Kind, bool) {
	for _, k := range all {
		if key == k.Key || strings.HasSuffix(k.Key, "/") && strings.HasPrefix(key, k.Key) {
			return k, true
		}
	}
	return Kind{}, false
}

// sort puts documents to their kinds.
func (all Kinds) sort(docs []Doc) (map[string][]Doc, error) {
	found := map[string][]Doc{}
	for _, d := range docs {
		k, ok := all.Of(d.Key)
		if !ok {
			return nil, fmt.Errorf("archive: this program does not know the document %q: use the version that wrote it", d.Key)
		}
		found[k.Name] = append(found[k.Name], d)
	}
	return found, nil
}

// Single is a kind of which there is one document.
func Single[T any](name string, doc bot.Doc[T], id, what string) Kind {
	return Kind{Name: name, Key: doc.Key(id), What: what, Check: readable(doc)}
}

// Many is a kind of which there are many.
func Many[T any](name string, doc bot.Doc[T], what string) Kind {
	return Kind{Name: name, Key: doc.Key(""), What: what, Check: readable(doc)}
}

// Plain is a kind that the engine keeps for itself.
func Plain(name, prefix, what string) Kind {
	return Kind{Name: name, Key: prefix + "/", What: what, Check: func(body []byte) error {
		var fields map[string]any
		return bot.Unquoted(json.Unmarshal(body, &fields))
	}}
}

// For says how long it is kept.
func (k Kind) For(d time.Duration) Kind {
	k.Kept = d
	return k
}

// OnceOver says how long it is kept after it is over.
func (k Kind) OnceOver(d time.Duration) Kind {
	k.Over = d
	return k
}

// StaysBehind says why it does not travel.
func (k Kind) StaysBehind(why string) Kind {
	k.Stays = why
	return k
}

func readable[T any](doc bot.Doc[T]) func([]byte) error {
	return func(body []byte) error {
		_, err := doc.Decode(body)
		return err
	}
}
