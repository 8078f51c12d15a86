package setup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/keys"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/flows/prose"
	"secadvisor/storage/sealed"
)

// askKeys makes a master key. It keeps those of the secrets file that is there,
// for what is stored is sealed under them, and asks for those of a store that is
// sealed under others.
func (s *conversation) askKeys(ctx context.Context) error {
	if old := config.SecretAt(s.secretsPath(), config.KeysVariable); old != "" {
		s.config.Keys.Master = strings.Split(old, ",")
	}
	missing, plain, err := s.look(ctx)
	if err != nil {
		return err
	}
	s.unsealed = plain
	switch {
	case len(missing) > 0:
		q := prompt{
			about: "What is stored there is sealed under the master key " + missing[0] + ". Without that\n" +
				"key nobody can read it: it stands in the secrets file of the server that used\nit, as " + config.KeysVariable + ". To leave it and begin anew, stop with Ctrl-C and name\nanother file, or another prefix (?prefix=NAME) in Redis, as the storage.",
			ask: "The key", secret: true, check: s.checkKeys,
		}
		if n := len(missing); n > 1 {
			q.about = fmt.Sprintf("What is stored there is sealed under %d master keys:\n%s. Without them nobody can read it: they stand\n"+
				"in the secrets file of the server that used them, as\n%s.", n, prose.And(missing), config.KeysVariable)
			q.ask = "The keys, in one line with commas between"
		}
		typed, err := s.answer(ctx, q)
		if err != nil {
			return err
		}
		s.config.Keys.Master = append(strings.Split(typed, ","), s.config.Keys.Master...)
	case len(s.config.Keys.Master) == 0:
		s.config.Keys.Master = []string{sealed.NewKey()}
	}
	return nil
}

// checkKeys takes one key or several, also as they stand in a secrets file.
func (s *conversation) checkKeys(ctx context.Context, text string) opinion {
	given, bad := s.newKeys(text)
	switch {
	case bad > 0 && len(given) == 0:
		return no("That is no key: a key has 43 or 44 letters, digits and signs.")
	case bad > 0:
		return no(fmt.Sprintf("Number %d of them is no key: a key has 43 or 44 letters, digits and signs.", bad))
	}
	before, _, err := s.look(ctx)
	if err != nil {
		return no(err.Error() + ".")
	}
	were := s.config.Keys.Master
	s.config.Keys.Master = append(slices.Clone(given), were...)
	missing, _, err := s.look(ctx)
	s.config.Keys.Master = were
	kept := strings.Join(given, ",")
	switch {
	case err != nil:
		return no(err.Error() + ".")
	case len(missing) == len(before):
		return no("That is another key: what is stored needs " + prose.And(missing) + ".")
	case len(missing) > 0:
		return opinion{value: kept, doubt: true, refused: "Still missing: " + prose.And(missing) + ". Please give all in one line, with commas between. " +
			"The server does not start while one is missing."}
	}
	return take(kept)
}

// newKeys are the keys in a text that are not known yet, once each. Bad is the
// first that is no key, counted from 1; 0: none.
func (s *conversation) newKeys(text string) (given []string, bad int) {
	all := s.config.Keys.Master
	text = strings.TrimPrefix(text, config.KeysVariable+"=")
	for i, key := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' }) {
		if _, err := sealed.ParseKeys(key); err != nil {
			return given, i + 1
		}
		if _, err := sealed.ParseKeys(append(slices.Clone(all), key)...); err == nil { // else it is there twice
			given, all = append(given, key), append(slices.Clone(all), key)
		}
	}
	return given, 0
}

// look opens what is stored already, if that can be done. Missing are the master
// keys that it needs and that are not here; plain, that some of it is not sealed.
func (s *conversation) look(ctx context.Context) (missing []string, plain bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	if path, ok := strings.CutPrefix(s.config.Storage, "file:"); ok {
		if _, err := os.Stat(path); err != nil {
			return nil, false, nil
		}
	}
	if _, err := s.config.Keys.Read(); err != nil {
		return nil, false, fmt.Errorf("the keys in %s cannot be used: %w", s.secretsPath(), err)
	}
	store, err := stores.OpenAlone(ctx, s.config, true)
	if err != nil {
		return nil, false, nil // somebody gave the address twice, to go on without it
	}
	defer store.Close()
	all, err := keys.Survey(ctx, store)
	if err != nil {
		return nil, false, nil
	}
	for _, c := range all {
		if errors.Is(c.Fault, sealed.ErrNoKey) { // what is damaged needs a backup, and no key
			missing = append(missing, c.Under)
		}
	}
	slices.Sort(missing)
	return slices.Compact(missing), len(keys.Unsealed(all)) > 0, nil
}
