package kept

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/cmd/secadvisor/version"
	"secadvisor/storage"
	"secadvisor/storage/sealed"
)

// Erase erases a company, or one person, and leaves a receipt.
type Erase struct {
	stores.Place
	Person  string `help:"Erase one person instead: their id, such as U0123ABCD." placeholder:"ID"`
	Yes     bool   `help:"Really do it. Without it, nothing is erased."`
	Receipt string `help:"Where the receipt goes, as JSON; otherwise a file named after the company and the time." placeholder:"FILE" type:"path"`
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
	out     io.Writer
	receipt receipt
	file    *os.File // of the receipt
}

// receipt says what was erased, never contents.
type receipt struct {
	Erased    string         `json:"erased"` // "company" or "person"
	Company   string         `json:"company"`
	Person    string         `json:"person,omitempty"`
	Begun     time.Time      `json:"begun"`
	Ended     time.Time      `json:"ended"`
	By        string         `json:"by"` // the program's version
	Documents map[string]int `json:"documents"`
	Changed   map[string]int `json:"changed,omitempty"` // documents without the person now
	Timers    int            `json:"timers"`
	Waiting   int            `json:"waiting,omitempty"` // conversations in which something was on its way
	Continued bool           `json:"continued,omitempty"`
	Uncounted string         `json:"uncounted,omitempty"` // why nobody knows what there was; empty: it is known
	Keys      string         `json:"keys,omitempty"`      // of a sealed company: what became of them
	Checked   string         `json:"checked"`
	Disk      string         `json:"disk"`
	Stays     []string       `json:"stays"`
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

// agreed says what is going to happen. Without --yes that is all; else there is
// a file for the receipt before anything is gone.
func (e *erasing) agreed() error {
	what := "everything of " + e.Company
	if e.receipt.Person != "" {
		what = e.receipt.Person + " from " + e.Company
	}
	fmt.Fprintf(e.out, "To erase: %s\n%s", what, e.receipt.list())
	if !e.Yes {
		return errors.New("nothing was erased. It cannot be taken back; if you want it, add --yes")
	}
	path := e.Receipt
	e.receipt.Begun = time.Now().UTC()
	if path == "" {
		path = "erased-" + e.Company + "-" + e.receipt.Begun.Format("20060102T150405Z") + ".json"
	}
	file, err := newFile(path)
	if err != nil {
		return fmt.Errorf("nothing was erased: %w", err)
	}
	e.file = file
	return nil
}

// list is what a receipt counts, a kind a line.
func (r receipt) list() string {
	var b strings.Builder
	for _, some := range []struct {
		counts map[string]int
		what   string
	}{{r.Documents, ""}, {r.Changed, ", changed: they stay without the person"}} {
		for _, name := range slices.Sorted(maps.Keys(some.counts)) {
			what := name
			for _, k := range kinds() {
				if k.Name == name {
					what = k.What
				}
			}
			fmt.Fprintf(&b, "%6d  %s (%s)%s\n", some.counts[name], what, name, some.what)
		}
	}
	if r.Uncounted != "" {
		fmt.Fprintf(&b, "        what there is cannot be counted, and goes all the same: %s\n", r.Uncounted)
	}
	if r.Timers > 0 {
		fmt.Fprintf(&b, "%6d  what comes up later by itself\n", r.Timers)
	}
	return b.String()
}

// finish has the disk written anew, and writes the receipt.
func (e *erasing) finish(ctx context.Context) error {
	disk, err := stores.Rewrite(ctx, e.config, e.store, "what was erased")
	var diskErr error
	if err != nil {
		diskErr = fmt.Errorf("it is erased, but %w", err)
	}
	e.receipt.By, e.receipt.Ended, e.receipt.Disk = version.This().Release, time.Now().UTC(), disk
	text, err := json.MarshalIndent(e.receipt, "", "  ")
	if err == nil {
		_, err = e.file.Write(append(text, '\n'))
	}
	if err = errors.Join(err, e.file.Close()); err != nil {
		return fmt.Errorf("it is erased; the receipt could not be written: %w", err)
	}
	fmt.Fprintf(e.out, "\nErased. Checked: %s.\nOn the disk: %s.\nWhat stays:\n", e.receipt.Checked, disk)
	for _, s := range e.receipt.Stays {
		fmt.Fprintln(e.out, "  - "+s)
	}
	fmt.Fprintf(e.out, "The receipt is %s.\n", e.file.Name())
	return diskErr
}
