package storage_test

import (
	"context"
	"testing"
	"time"

	"secadvisor/storage"
)

type keeper struct{ storage.Store }

func (keeper) Ends(context.Context, string, ...string) ([]time.Time, error) { return nil, nil }
func (keeper) Waiting(context.Context, string) (storage.Waiting, error) {
	return storage.Waiting{}, nil
}

type around struct{ storage.Store }

func (a around) Unwrap() storage.Store { return a.Store }

func TestWhatAStoreCanDoIsFoundInside(t *testing.T) {
	type silent struct{ storage.Store }
	for name, c := range map[string]struct {
		store storage.Store
		want  bool
	}{
		"itself":             {keeper{}, true},
		"two around it":      {around{around{keeper{}}}, true},
		"one that is silent": {silent{keeper{}}, false},
		"nothing inside":     {around{}, false},
	} {
		if _, ok := storage.As[storage.Keeper](c.store); ok != c.want {
			t.Errorf("%s: found %v, want %v", name, ok, c.want)
		}
	}
}
