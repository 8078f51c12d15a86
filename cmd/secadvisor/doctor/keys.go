package doctor

import (
	"context"
	"strings"

	"secadvisor/cmd/secadvisor/keys"
	"secadvisor/cmd/secadvisor/refused"
	"secadvisor/storage"
	"secadvisor/storage/sealed"
)

// howToSeal is the mend of an installation without a key.
const howToSeal = "Write the output of secadvisor keys new into the secrets file, as SECADVISOR_KEYS_MASTER=..., keep a copy where you keep passwords, and see Keys in deploy/OPERATING.md."

// sealing looks whether the master keys fit what is stored, and tries the store
// with its seal around it.
func (x examination) sealing(ctx context.Context, inner storage.Store) []Finding {
	master, err := x.config.Keys.Read()
	if err != nil {
		return []Finding{{"keys", Failure, err.Error() + ".", "The server does not start before that."}}
	}
	var options []sealed.Option
	if x.config.Keys.Plain {
		options = append(options, sealed.AcceptPlain())
	}
	store := sealed.New(inner, master, options...)
	return []Finding{x.keys(ctx, store, master), x.documents(ctx, store), attempt(ctx, store)}
}

func (x examination) keys(ctx context.Context, store *sealed.Store, master sealed.Keys) Finding {
	all, err := keys.Survey(ctx, store)
	if err != nil {
		return Finding{"keys", Failure, "How companies are sealed cannot be found out: " + refused.Cause(err) + ".", "Look at the disk or at Redis."}
	}
	if err := keys.LockedOut(all, master); err != nil {
		return Finding{"keys", Failure, err.Error() + ".", "The server does not start before that: look in your password safe, or at the other servers of this store."}
	}
	plain, broken := keys.Unsealed(all), keys.Damaged(all)
	switch {
	case len(broken) > 0:
		return Finding{"keys", Failure, "The keys of some companies are damaged or come from elsewhere: " + strings.Join(broken, ", ") + ".", "Put a backup back; all others work."}
	case master.Current() == "":
		return Finding{"keys", Warning, "Nothing is sealed: whoever gets the disk or a backup can read it.", howToSeal}
	case len(plain) > 0 && x.config.Keys.Plain:
		return Finding{"keys", Warning, keys.Are(plain) + " not wholly sealed yet.", "Run secadvisor keys rotate, then take keys.plain out."}
	case len(plain) > 0:
		return Finding{"keys", Failure, keys.Are(plain) + " not wholly sealed yet, and the server does not start before they are.", "With the server stopped, run secadvisor keys rotate --plain; with several servers that go on, see Keys in deploy/OPERATING.md."}
	case x.config.Keys.Plain:
		return Finding{"keys", Warning, "Everything is sealed under the key " + master.Current() + ", but what is not sealed is still taken for true.", "Take keys.plain out of the configuration."}
	}
	return Finding{"keys", Good, "Everything is sealed under the key " + master.Current() + ": keep a copy of it, apart from the backups.", ""}
}
