// Package keys looks after the master keys under which everything is sealed: how
// each company is sealed, whether these keys open it, and how they are replaced.
package keys

import (
	"context"
	"errors"
	"fmt"
	"io"

	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/storage/sealed"
)

// Command is "secadvisor keys".
type Command struct {
	New    New    `cmd:"" help:"Print a new master key."`
	List   List   `cmd:"" help:"List how each company is sealed."`
	Rotate Rotate `cmd:"" help:"Seal every company anew, under the current master key, while servers run."`
}

// New prints a new master key.
type New struct{}

// Help is printed below the options.
func (New) Help() string {
	return `Write it into the secrets file as SECADVISOR_KEYS_MASTER=..., or into a file of its
own that keys.file names. Whoever loses it loses everything that is sealed under it;
keep a copy where you keep passwords, and never beside the backups.`
}

func (New) Run(out io.Writer) error {
	_, err := fmt.Fprintln(out, sealed.NewKey())
	return err
}

// List prints how each company is sealed.
type List struct {
	Config string `help:"Configuration file; without it, the environment alone." placeholder:"FILE" type:"path"`
}

// Run prints a line for each company.
func (c List) Run(ctx context.Context, out io.Writer) error {
	k, err := openKeys(ctx, c.Config, false)
	if err != nil {
		return err
	}
	defer k.store.Close()
	all, err := Survey(ctx, k.store)
	if err != nil {
		return err
	}
	if current := k.keys.Current(); current == "" {
		fmt.Fprintln(out, "There is no master key here.")
	} else {
		fmt.Fprintf(out, "Master keys here: %s. The first seals.\n", k.keys)
	}
	for _, one := range all {
		fmt.Fprintf(out, "%s  %s\n", one.ID, one.says())
	}
	if len(all) == 0 {
		fmt.Fprintln(out, "There is no company yet.")
	}
	return nil
}

// says how a company is sealed.
func (c Company) says() string {
	switch {
	case errors.Is(c.Fault, sealed.ErrNoKey):
		return "sealed under " + c.Under + ", which is not here"
	case c.Fault != nil:
		return "its keys cannot be opened: " + c.Fault.Error()
	case c.Erasing:
		return "its keys are destroyed, but it is not erased yet: start secadvisor erase again"
	case !c.Sealed && c.Plain:
		return "not sealed"
	case !c.Sealed:
		return "nothing to seal yet"
	}
	text := "sealed under " + c.Under + ", data key of " + c.Made.Format("2 January 2006")
	if c.Partly || c.Rotating {
		text += ", not all of it yet"
	}
	if c.Older > 0 {
		text += fmt.Sprintf(", older data keys kept: %d", c.Older)
	}
	return text
}

// keyWork is the configured store and its keys.
type keyWork struct {
	config config.Config
	keys   sealed.Keys
	store  *sealed.Store
}

func openKeys(ctx context.Context, path string, plain bool) (k keyWork, err error) {
	if k.config, err = config.Load(path); err != nil {
		return k, err
	}
	k.config.Keys.Plain = k.config.Keys.Plain || plain
	if k.keys, err = k.config.Keys.Read(); err != nil {
		return k, err
	}
	k.store, err = stores.OpenAlone(ctx, k.config, false)
	return k, err
}

// OpenReadable opens the configured store, if its master keys open every company
// that is not damaged.
func OpenReadable(ctx context.Context, path string) (*sealed.Store, error) {
	k, err := openKeys(ctx, path, false)
	if err != nil {
		return nil, err
	}
	all, err := Survey(ctx, k.store)
	if err == nil {
		err = LockedOut(all, k.keys)
	}
	if err != nil {
		return nil, errors.Join(err, k.store.Close())
	}
	return k.store, nil
}
