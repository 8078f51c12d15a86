package bot

import "sync"

// Seen remembers what document bodies decode to, for steps that read the same
// large document again and again. The same body is the same value, whoever's
// it is. The zero value is ready; many may use it at once.
type Seen[T any] struct {
	mu sync.RWMutex
	of map[string]*T
}

// mostSeen bounds what is remembered.
const mostSeen = 256

// See is Get for a step that changes nothing of what it reads: the value is
// shared with others.
func (t Doc[T]) See(d *Docs, id string, seen *Seen[T]) (v *T, ok bool) {
	body := d.body(t.Key(id))
	if body == nil {
		return new(T), false
	}
	seen.mu.RLock()
	v, ok = seen.of[string(body)]
	seen.mu.RUnlock()
	if ok {
		return v, true
	}
	decoded, err := t.Decode(body)
	if err != nil {
		d.fail(documentFault(t.Key(id), err))
		return new(T), false
	}
	seen.mu.Lock()
	defer seen.mu.Unlock()
	if seen.of == nil || len(seen.of) >= mostSeen {
		seen.of = map[string]*T{}
	}
	seen.of[string(body)] = &decoded
	return &decoded, true
}
