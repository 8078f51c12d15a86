package keys

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/flows/prose"
	"secadvisor/storage"
	"secadvisor/storage/sealed"
)

// Rotate seals every company anew.
type Rotate struct {
	Config string        `help:"Configuration file; without it, the environment alone." placeholder:"FILE" type:"path"`
	Plain  bool          `help:"Seal companies that are not sealed yet, too: when sealing is turned on."`
	Rewrap bool          `help:"Only put the data keys under the current master key: quick, but whoever had the old one and the store may have the data keys."`
	Wait   time.Duration `help:"How long to wait for messages on their way, which need the older data keys." default:"1m"`
}

// Help is printed below the options.
func (Rotate) Help() string {
	return `Every company gets a new data key under the current master key, and all its documents
are sealed anew; then the files on the disk are written anew. Servers may run
meanwhile, where the store is Redis. If it is interrupted, start it again.

To replace a master key: put the new one first and the old one second on every
server, one server after another with the new one second at first; rotate; then take
the old one out. Backups from before need the old one.`
}

func (c Rotate) Run(ctx context.Context, out io.Writer) error {
	k, err := openKeys(ctx, c.Config, c.Plain)
	if err != nil {
		return err
	}
	defer k.store.Close()
	if k.keys.Current() == "" {
		return errors.New("there is no master key: \"secadvisor keys new\" prints one; write it into the secrets file as SECADVISOR_KEYS_MASTER=")
	}
	all, err := Survey(ctx, k.store)
	if err != nil {
		return err
	}
	if err := LockedOut(all, k.keys); err != nil {
		return err
	}
	for _, id := range Damaged(all) {
		fmt.Fprintf(out, "%s: its keys are damaged, so it was left as it is. Put a backup back, or erase it.\n", id)
	}
	all = slices.DeleteFunc(all, func(one Company) bool { return one.Fault != nil || !one.Sealed && !one.Plain })
	var plain []string
	for _, one := range all {
		if one.unsealed() {
			plain = append(plain, one.ID)
		}
	}
	if len(plain) > 0 && !k.config.Keys.Plain {
		return fmt.Errorf("%s not wholly sealed yet. If you have just turned sealing on, add --plain; if not, somebody wrote there past the program: put a backup back", Are(plain))
	}
	for i, one := range all {
		if err := c.rotate(ctx, k.store, one.ID, out); err != nil {
			return fmt.Errorf("%s, %d of %d (start it again, and it goes on): %w", one.ID, i+1, len(all), err)
		}
	}
	if c.Rewrap {
		fmt.Fprintf(out, "%s under the key %s now.\n", companies(len(all)), k.keys.Current())
		return nil
	}
	waiting, err := c.settle(ctx, k.store, all)
	if err != nil {
		return err
	}
	return c.finish(ctx, k, len(all), waiting, out)
}

func companies(n int) string { return prose.Count(n, "company", "companies") }

// rotate does one company.
func (c Rotate) rotate(ctx context.Context, store *sealed.Store, id string, out io.Writer) error {
	if c.Rewrap {
		return store.Rewrap(ctx, id)
	}
	done, err := store.Rotate(ctx, id)
	if errors.Is(err, storage.ErrErased) {
		return nil // at this moment
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: %s sealed anew\n", id, prose.Count(done.Resealed, "document", "documents"))
	if len(done.Unread) > 0 {
		fmt.Fprintf(out, "%s: no key opens these, so they were left as they are: %s\n", id, strings.Join(done.Unread, ", "))
	}
	if id == stores.Lobby { // no company, so there is no log
		return nil
	}
	line, err := stores.OnServer("rotated", "the keys")
	if err == nil {
		_, err = store.Apply(ctx, id, storage.Change{Put: []storage.Write{line}})
	}
	if errors.Is(err, storage.ErrErased) {
		return nil
	}
	return err
}

// settlePause is between two looks at what is on its way.
const settlePause = 100 * time.Millisecond

// settle drops the older data keys of companies in which nothing is on its way,
// and returns those in which something is for as long as it waits.
func (c Rotate) settle(ctx context.Context, store *sealed.Store, all []Company) (waiting []string, err error) {
	for _, one := range all {
		waiting = append(waiting, one.ID)
	}
	until := time.Now().Add(c.Wait)
	for {
		var still []string
		for _, id := range waiting {
			settled, _, err := store.Settle(ctx, id)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", id, err)
			}
			if !settled {
				still = append(still, id)
			}
		}
		if waiting = still; len(waiting) == 0 || time.Now().After(until) {
			return waiting, nil
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(settlePause):
		}
	}
}

func (c Rotate) finish(ctx context.Context, k keyWork, n int, waiting []string, out io.Writer) error {
	says, err := stores.Rewrite(ctx, k.config, k.store, "what was there before")
	fmt.Fprintf(out, "%s sealed under the key %s. On the disk: %s.\n", companies(n), k.keys.Current(), says)
	if len(waiting) > 0 {
		fmt.Fprintf(out, "In %d of them, such as %s, something is still on its way, which was queued before. The server drops what it needed some minutes after that has arrived; if it does not run, start it, with SECADVISOR_KEYS_PLAIN=true if it says that not all is sealed.\n", len(waiting), waiting[0])
	} else if ids := k.keys.IDs(); len(ids) > 1 {
		fmt.Fprintf(out, "Nothing needs %s any more but backups from before: take it out of the configuration.\n", strings.Join(ids[1:], ", "))
	}
	return err
}
