package doctor

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"secadvisor/flows/prose"
	"secadvisor/storage"
	"secadvisor/storage/sealed"
)

const (
	// mostRead and lookFor bound how many documents are looked at: a doctor is
	// waited for.
	mostRead = 50_000
	lookFor  = 4 * time.Second
	// mostNamed is how many damaged places are named.
	mostNamed = 10
)

// damage is what was found on the way through the documents of all companies.
type damage struct {
	read   int
	whole  bool // everything was looked at
	places []string
}

// documents looks whether everything that is stored can be read. It names
// places, never what is there.
func (x examination) documents(ctx context.Context, store *sealed.Store) Finding {
	d := damage{whole: true}
	short, cancel := context.WithTimeout(ctx, lookFor)
	defer cancel()
	err := d.companies(short, store)
	if errors.Is(err, context.DeadlineExceeded) {
		err, d.whole = nil, false
	}
	if err != nil {
		return Finding{"storage.documents", Failure, "What is stored cannot be looked through: " + err.Error() + ".", "Look at the disk or at Redis."}
	}
	far := ""
	if !d.whole {
		far = " so far; it is too much to look at all of it here"
	}
	if len(d.places) == 0 {
		return Finding{"storage.documents", Good, prose.Count(d.read, "document", "documents") + " can be read" + far + ".", ""}
	}
	more := ""
	if n := len(d.places) - mostNamed; n > 0 {
		more = fmt.Sprintf("; and %d more", n)
	}
	return Finding{"storage.documents", Failure,
		"This cannot be read: " + strings.Join(d.places[:min(len(d.places), mostNamed)], "; ") + more + ". Everything else works" + far + ".",
		"Put a backup back. Without one: secadvisor export takes what can be read, secadvisor erase removes all of a company."}
}

func (d *damage) companies(ctx context.Context, store *sealed.Store) error {
	for after, more := "", true; more && d.whole; {
		var ids []string
		var err error
		if ids, more, err = store.Tenants(ctx, after, 500); err != nil {
			return err
		}
		for _, id := range ids {
			after = id
			err := d.company(ctx, store, id)
			if errors.Is(err, storage.ErrDamaged) {
				d.places = append(d.places, id+": "+err.Error())
			} else if err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *damage) company(ctx context.Context, store *sealed.Store, id string) error {
	for after, more := "", true; more; {
		if d.whole = d.read < mostRead; !d.whole {
			return nil
		}
		var docs []storage.Doc
		var err error
		if docs, more, err = store.List(ctx, id, "", after, 500); err != nil {
			return err
		}
		for _, doc := range docs {
			after = doc.Key
			d.read++
			if doc.Fault != nil && !otherwiseTold(doc.Fault) {
				d.places = append(d.places, fmt.Sprintf("%s %s (%v)", id, doc.Key, doc.Fault))
			}
		}
	}
	return nil
}

// otherwiseTold reports what the finding about keys tells of, or what is being
// erased just now.
func otherwiseTold(fault error) bool {
	return slices.ContainsFunc([]error{sealed.ErrNoKey, sealed.ErrPlain, sealed.ErrErasing}, func(e error) bool { return errors.Is(fault, e) })
}
