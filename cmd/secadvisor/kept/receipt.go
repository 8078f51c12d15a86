package kept

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/cmd/secadvisor/version"
)

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
	if path == "-" {
		e.where = "in the output"
		return nil
	}
	file, err := newFile(path)
	if err != nil {
		return fmt.Errorf("nothing was erased, because the receipt needs a place (--receipt FILE, or - for the output): %w", err)
	}
	e.file, e.where = file, path
	return nil
}

// unclosed is an output that is not ours to close.
type unclosed struct{ io.Writer }

func (unclosed) Close() error { return nil }

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
	fmt.Fprintf(e.out, "The receipt is %s.\n", e.where)
	return diskErr
}
