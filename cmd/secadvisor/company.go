package main

import (
	"context"
	"fmt"
	"io"

	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/roster"
	"secadvisor/storage"
)

type companyCommand struct {
	List   companyList   `cmd:"" help:"List the companies that are kept, and how each stands."`
	Import companyImport `cmd:"" help:"Write who handles what, from a YAML or CSV file."`
	Export companyExport `cmd:"" help:"Print who handles what, in the form that import reads."`
	Code   companyCode   `cmd:"" help:"Print a code that makes whoever types it first an owner of a company."`
	Topics companyTopics `cmd:"" help:"List what can be assigned in such a file."`
}

type companyExport struct {
	stores.Place
	Format string `help:"yaml or csv." enum:"yaml,csv" default:"yaml"`
}

func (c companyExport) Run(ctx context.Context, out io.Writer) error {
	_, store, err := c.Open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	m, _, err := mapOf(ctx, c.Place, store)
	if err != nil {
		return err
	}
	_, err = out.Write(roster.Print(m, c.Format))
	return err
}

// mapOf is the company's map, and its version in the store.
func mapOf(ctx context.Context, p stores.Place, store storage.Store) (company.Map, int64, error) {
	if err := p.WellNamed(); err != nil {
		return company.Map{}, 0, err
	}
	docs, err := store.Get(ctx, p.Company, company.Maps.Key(company.MapID))
	if err != nil {
		return company.Map{}, 0, fmt.Errorf("read the company's map: %w", err)
	}
	if docs[0].Version == 0 {
		return company.Map{}, 0, p.Known(ctx, store)
	}
	if err := storage.Unread(docs...); err != nil {
		return company.Map{}, 0, fmt.Errorf("read the company's map: %w", err)
	}
	m, err := company.Maps.Decode(docs[0].Body)
	if err != nil {
		return company.Map{}, 0, fmt.Errorf("read the company's map: %w", err)
	}
	return m, docs[0].Version, nil
}

type companyTopics struct {
	Content string `help:"Content of your own, over the built-in one." placeholder:"DIR"`
}

// Run lists the groups, and the topics by side.
func (c companyTopics) Run() error {
	lib, err := content.Load(content.Settings{Folder: c.Content})
	if err != nil {
		return err
	}
	for _, id := range []string{company.GroupIT, company.GroupBoth, company.GroupSecurity, company.GroupEmergency} {
		fmt.Printf("%-28s %s\n", id, "a group")
	}
	for _, side := range []content.Side{content.IT, content.Both, content.Security} {
		for _, t := range lib.Topics {
			if t.Side == side {
				fmt.Printf("%-28s %s: %s\n", t.ID, side.Word(), t.Title)
			}
		}
	}
	return nil
}
