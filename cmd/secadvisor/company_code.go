package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"secadvisor/cmd/secadvisor/installs"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/flows/company"
	"secadvisor/storage"
)

type companyCode struct {
	stores.Place
}

// Help is printed below the options.
func (companyCode) Help() string {
	return `For a company that has lost its code or all its owners. Whoever types it first in
that company becomes an owner, and the owners there are, if any, are told. It
works once and for a day, and takes the place of a code that waits. It stands in
the company's log that one was made.`
}

func (c companyCode) Run(ctx context.Context, out io.Writer) error {
	config, store, err := c.OpenKnown(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	docs, err := store.Get(ctx, c.Company, company.Codes.Key(company.CodeID))
	if err != nil {
		return fmt.Errorf("read the claim code: %w", err)
	}
	code, put, err := installs.ClaimCode(docs[0], time.Now())
	if err != nil {
		return err
	}
	line, err := stores.OnServer("made", "a claim code")
	if err != nil {
		return err
	}
	_, err = store.Apply(ctx, c.Company, storage.Change{Put: []storage.Write{put, line}})
	if errors.Is(err, storage.ErrConflict) {
		return errors.New("somebody used or made a code at this moment: try again")
	}
	if err != nil {
		return fmt.Errorf("keep the claim code: %w", err)
	}
	fmt.Fprintf(out, "\nThe owner types this, once, until tomorrow:\n\n    %s claim %s\n\n", config.Command, code)
	return nil
}
