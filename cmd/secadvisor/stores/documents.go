package stores

import (
	"context"

	"secadvisor/storage"
)

// atOnce is how many documents are asked for.
const atOnce = 500

// Documents are all documents of a company, in order of their keys.
func Documents(ctx context.Context, store storage.Store, tenant string) (all []storage.Doc, err error) {
	for after, more := "", true; more; {
		var page []storage.Doc
		if page, more, err = store.List(ctx, tenant, "", after, atOnce); err != nil {
			return nil, err
		}
		if all = append(all, page...); len(all) > 0 {
			after = all[len(all)-1].Key
		}
	}
	return all, nil
}
