package kept

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/storage"
	"secadvisor/storage/sealed"
)

// Erase erases a company, or one person, and leaves a receipt.
type Erase struct {
	stores.Place
	Person  string `help:"Erase one person instead: their id, such as U0123ABCD." placeholder:"ID"`
	Yes     bool   `help:"Really do it. Without it, nothing is erased."`
	Receipt string `help:"Where the receipt goes, as JSON (- is the output); otherwise a file named after the company and the time." placeholder:"FILE" type:"path"`
}

// Help is printed below the options.
func (Erase) Help() string {
	return `Erases everything of a company, its keys first, looks that nothing is left, and has the files on
the disk written anew, so that nobody can read it there. What it did stands in a
receipt, without contents. If it is interrupted, start it again. It cannot be
taken back: "secadvisor export" first keeps a copy.

With --person it erases one person: their role, their duties, how they are
reached, their reminders and open assessments. What they decided, answered or
fixed for the company stays and says "somebody"; words that people typed stay as
they are. The log says "erased" in place of their id.

A server that keeps its data in a file must be stopped for it; with Redis it can
run. Messages that the bot posted lie with Slack or Teams, and backups and
archives lie where you put them: erase those there.`
}

func (c Erase) Run(ctx context.Context, out io.Writer) error {
	if err := c.WellNamed(); err != nil {
		return err
	}
	config, store, err := c.Open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	e := erasing{Erase: c, config: config, store: store, out: out}
	if c.Receipt == "-" {
		e.out, e.file = os.Stderr, unclosed{out}
	}
	if c.Person != "" {
		return e.person(ctx)
	}
	return e.company(ctx)
}

// erasing is one erasure at work.
type erasing struct {
	Erase
	config  config.Config
	store   storage.Store
	out     io.Writer // what is told
	receipt receipt
	file    io.WriteCloser // of the receipt
	where   string         // that is
}

// company erases all of it.
func (e *erasing) company(ctx context.Context) error {
	tomb, err := e.tombstone(ctx)
	if err != nil {
		return err
	}
	if !tomb {
		if err := e.Known(ctx, e.store); err != nil {
			return err
		}
	}
	t, err := takeAll(ctx, e.store, e.Company)
	if err != nil && !errors.Is(err, storage.ErrDamaged) {
		return err
	}
	e.receipt = receipt{Erased: "company", Company: e.Company, Documents: t.counts(), Timers: len(t.Timers), Waiting: t.Lanes, Continued: tomb}
	if err != nil {
		e.receipt.Uncounted = err.Error()
	}
	if e.receipt.Keys, err = e.keys(ctx); err != nil {
		return err
	}
	if err := e.agreed(); err != nil {
		return err
	}
	if err := e.store.Erase(ctx, e.Company); err != nil {
		return fmt.Errorf("erase %s (start it again, and it goes on): %w", e.Company, err)
	}
	if err := e.nothingLeft(ctx); err != nil {
		return err
	}
	e.receipt.Checked = "nothing of the company is in the store"
	e.receipt.Stays = []string{
		"the company's id, so that late events do not bring it back before it is installed anew",
		"what the bot posted: it lies with Slack or Teams",
		"backups, archives and snapshots of the disk: erase them where they are. A backup can be read with the master key of its time",
	}
	return e.finish(ctx)
}

// keys says what becomes of a sealed company's keys.
func (e *erasing) keys(ctx context.Context) (string, error) {
	store, ok := storage.As[*sealed.Store](e.store)
	if !ok {
		return "", nil
	}
	st, err := store.State(ctx, e.Company)
	if err != nil && !errors.Is(err, storage.ErrDamaged) {
		return "", err
	}
	if st.Sealed || st.Erasing {
		return "destroyed before anything else", nil
	}
	return "", nil
}

// tombstone reports whether the company was erased already: then what is left
// to do is done.
func (e *erasing) tombstone(ctx context.Context) (bool, error) {
	_, err := e.store.Apply(ctx, e.Company, storage.Change{})
	if errors.Is(err, storage.ErrErased) {
		return true, nil
	}
	if err != nil && !errors.Is(err, storage.ErrDamaged) {
		return false, fmt.Errorf("look for the company: %w", err)
	}
	return false, nil
}

func (e *erasing) nothingLeft(ctx context.Context) error {
	t, err := takeAll(ctx, e.store, e.Company)
	if err != nil {
		return err
	}
	tomb, err := e.tombstone(ctx)
	if err != nil {
		return err
	}
	if left := len(t.docs) + len(t.Timers) + t.Lanes; left > 0 || !tomb {
		return fmt.Errorf("something of %s is there again: it was installed anew at this moment. Take the bot out of the workspace or the organisation first, then erase again", e.Company)
	}
	return nil
}
