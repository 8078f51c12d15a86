// Package kept is everything that is kept of a company: written out as an archive
// and read in again, its log, and the erasing of it or of one person.
package kept

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/flows/archive"
	"secadvisor/storage"
	"secadvisor/storage/sealed"
)

const (
	takePage  = 500 // documents
	takeTries = 5
)

// taken is everything of a company at one moment.
type taken struct {
	docs  []storage.Doc
	until []time.Time // when each vanishes; zero: never
	storage.Waiting

	unread map[string]error // by key, why a document cannot be read
}

// takeAll reads everything of a company. It reads until two readings are the same:
// a server may be at work meanwhile.
func takeAll(ctx context.Context, store storage.Store, tenant string) (t taken, err error) {
	keeper, ok := storage.As[storage.Keeper](store)
	if !ok {
		return t, errors.New("this store does not tell what it keeps")
	}
	was, err := stores.Documents(ctx, store, tenant)
	for range takeTries {
		if err != nil {
			return t, fmt.Errorf("read the company's data: %w", err)
		}
		t = taken{docs: was}
		if t.until, err = ends(ctx, keeper, tenant, was); err == nil {
			t.Waiting, err = keeper.Waiting(ctx, tenant)
		}
		if err != nil {
			return t, fmt.Errorf("read the company's data: %w", err)
		}
		if was, err = stores.Documents(ctx, store, tenant); err == nil && slices.EqualFunc(t.docs, was, sameVersion) {
			return t, nil
		}
	}
	return t, errors.New("the company is being used just now, so its data keep changing: try again in a minute, or stop the server")
}

// takeRead is takeAll, and looks at what each document says. Where only the master
// key is missing, nothing is lost, and nothing is taken.
func takeRead(ctx context.Context, store storage.Store, tenant string) (taken, error) {
	t, err := takeAll(ctx, store, tenant)
	t.unread = map[string]error{}
	for _, d := range t.docs {
		k, known := kinds().Of(d.Key)
		switch {
		case errors.Is(d.Fault, sealed.ErrNoKey):
			return t, fmt.Errorf("document %s: %w: give the key back, under keys.master (SECADVISOR_KEYS_MASTER)", d.Key, d.Fault)
		case d.Fault != nil:
			t.unread[d.Key] = d.Fault
		case known:
			if err := k.Check(d.Body); err != nil {
				t.unread[d.Key] = err
			}
		}
	}
	return t, err
}

// unreadKeys are those of documents that cannot be read, in byte order.
func (t taken) unreadKeys() []string { return slices.Sorted(maps.Keys(t.unread)) }

// mostTold is how many documents that cannot be read are told with their reason.
const mostTold = 20

// tellUnread says which documents cannot be read, and why, a line each. None of
// their contents is in it.
func (t taken) tellUnread() string {
	var b strings.Builder
	keys := t.unreadKeys()
	for _, key := range keys[:min(len(keys), mostTold)] {
		fmt.Fprintf(&b, "\n  %s: %v", key, t.unread[key])
	}
	if more := len(keys) - mostTold; more > 0 {
		fmt.Fprintf(&b, "\n  and %d more", more)
	}
	return b.String()
}

// openAndTake opens the configured store, and takes everything of a company that it
// has.
func openAndTake(ctx context.Context, p stores.Place) (storage.Store, taken, error) {
	_, store, err := p.OpenKnown(ctx)
	if err != nil {
		return nil, taken{}, err
	}
	t, err := takeRead(ctx, store, p.Company)
	if err != nil {
		return nil, t, errors.Join(err, store.Close())
	}
	return store, t, nil
}

func sameVersion(a, b storage.Doc) bool { return a.Key == b.Key && a.Version == b.Version }

func ends(ctx context.Context, keeper storage.Keeper, tenant string, docs []storage.Doc) (all []time.Time, err error) {
	for page := range slices.Chunk(docs, takePage) {
		var keys []string
		for _, d := range page {
			keys = append(keys, d.Key)
		}
		some, err := keeper.Ends(ctx, tenant, keys...)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// archived is what was taken, in the form of an archive; what cannot be read has
// no body. Times at which
// documents vanish are rounded to the hour, so that an archive of what was read
// from an archive is the same again.
func (t taken) archived() (docs []archive.Doc, timers []archive.Timer) {
	for i, d := range t.docs {
		doc := archive.Doc{Key: d.Key, Until: t.until[i].Round(time.Hour), Body: d.Body}
		if t.unread[d.Key] != nil {
			doc.Body = nil
		}
		docs = append(docs, doc)
	}
	for _, timer := range t.Timers {
		timers = append(timers, archive.Timer{Name: timer.Name, At: timer.At})
	}
	return docs, timers
}

// counts are how many documents of each kind there are.
func (t taken) counts() map[string]int {
	n := map[string]int{}
	for _, d := range t.docs {
		if k, ok := kinds().Of(d.Key); ok {
			n[k.Name]++
		} else {
			first, _, _ := strings.Cut(d.Key, "/")
			n[first]++
		}
	}
	return n
}
