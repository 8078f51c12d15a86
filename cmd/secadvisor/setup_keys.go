package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/storage/sealed"
)

// keysVariable holds the master keys, in the secrets file or the environment.
const keysVariable = config.Prefix + "KEYS_MASTER"

// askKeys makes a master key. It keeps those of the secrets file that is there,
// for what is stored is sealed under them, and asks for the key of a store that is
// sealed under another one.
func (s *setup) askKeys(ctx context.Context) error {
	if old := config.SecretAt(s.secretsPath(), keysVariable); old != "" {
		s.config.Keys.Master = strings.Split(old, ",")
	}
	under, plain, err := s.look(ctx)
	if err != nil {
		return err
	}
	s.unsealed = plain
	switch {
	case under != "":
		key, err := s.answer(ctx, prompt{
			about: "What is stored there is sealed under the master key " + under + ". Without that\n" +
				"key nobody can read it: it stands in the secrets file of the server that used\nit, as " + keysVariable + ".",
			ask: "The key", secret: true, check: s.checkKey,
		})
		if err != nil {
			return err
		}
		s.config.Keys.Master = append([]string{key}, s.config.Keys.Master...)
	case len(s.config.Keys.Master) == 0:
		s.config.Keys.Master = []string{sealed.NewKey()}
	}
	return nil
}

func (s *setup) checkKey(ctx context.Context, text string) opinion {
	if _, err := sealed.ParseKeys(text); err != nil {
		return no("That is no key: a key has 43 or 44 letters, digits and signs.")
	}
	were := s.config.Keys.Master
	s.config.Keys.Master = append([]string{text}, were...)
	under, _, err := s.look(ctx)
	s.config.Keys.Master = were
	switch {
	case err != nil:
		return no(err.Error() + ".")
	case under != "":
		return no("That is another key: what is stored needs " + under + ".")
	}
	return take(text)
}

// look opens what is stored already, if that can be done. Under is a master key
// that it needs and that is not here; plain, that some of it is not sealed.
func (s *setup) look(ctx context.Context) (under string, plain bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	if path, ok := strings.CutPrefix(s.config.Storage, "file:"); ok {
		if _, err := os.Stat(path); err != nil {
			return "", false, nil
		}
	}
	if _, err := s.config.Keys.Read(); err != nil {
		return "", false, fmt.Errorf("the keys in %s cannot be used: %w", s.secretsPath(), err)
	}
	store, err := stores.OpenAlone(ctx, s.config, true)
	if err != nil {
		return "", false, nil // somebody gave the address twice, to go on without it
	}
	defer store.Close()
	all, err := survey(ctx, store)
	if err != nil {
		return "", false, nil
	}
	for _, c := range all {
		if errors.Is(c.Fault, sealed.ErrNoKey) { // what is damaged needs a backup, and no key
			under = c.Under
		}
	}
	return under, len(unsealed(all)) > 0, nil
}
