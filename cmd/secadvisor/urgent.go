package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"secadvisor/cmd/secadvisor/config"
	"secadvisor/flows/company"
	"secadvisor/storage"
)

// firstNumber saves whom the configuration says that staff phone first, once:
// a company that has an emergency card keeps its own.
func (s *server) firstNumber(ctx context.Context, tenant string) error {
	if s.config.Urgent.Phone == "" {
		return nil
	}
	docs, err := s.store.Get(ctx, tenant, company.ContactsOf.Key(company.ContactsID))
	if err != nil {
		return fmt.Errorf("read the emergency card: %w", err)
	}
	if docs[0].Version != 0 {
		return nil
	}
	body, err := company.ContactsOf.Encode(company.Contacts{
		Incident: company.Contact{Name: s.config.Urgent.Name, Phone: s.config.Urgent.Phone},
		Changed:  map[string]company.Change{"incident": {At: time.Now(), By: config.ByOperator}},
	})
	if err != nil {
		return fmt.Errorf("keep the emergency number: %w", err)
	}
	_, err = s.store.Apply(ctx, tenant, storage.Change{Put: []storage.Write{{Key: docs[0].Key, Body: body}}})
	if errors.Is(err, storage.ErrConflict) || errors.Is(err, storage.ErrErased) {
		return nil // somebody saved one at this moment, or the company is gone
	}
	if err != nil {
		return fmt.Errorf("keep the emergency number: %w", err)
	}
	return nil
}
