package kept

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/flows/archive"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
	"secadvisor/storage"
)

// Import reads such an archive into a store that has nothing of the company.
type Import struct {
	File string `arg:"" help:"An archive that export wrote." type:"path"`
	stores.Place
}

// Help is printed below the options.
func (Import) Help() string {
	return `Reads an archive of "secadvisor export" into a store that has nothing of this
company yet. Everything in it is checked before anything is written; an import
that was interrupted goes on where it stopped when it is started again with the
same file. Archives of older versions are read.

A reminder whose time has passed meanwhile comes late, and says so; of several,
one comes every ten minutes. Do it before the server runs, or at a quiet time; on a
server for many companies in Slack, before the company installs the bot there.
Who handles what alone: "secadvisor company import".`
}

func (c Import) Run(ctx context.Context, out io.Writer) error {
	a, sum, err := c.read()
	if err != nil {
		return err
	}
	_, store, err := c.OpenAs(ctx, true)
	if err != nil {
		return err
	}
	defer store.Close()
	plan, err := c.plan(ctx, store, a, sum, time.Now())
	if err != nil {
		return err
	}
	if err := plan.do(ctx, store, c.Company); err != nil {
		return err
	}
	fmt.Fprintf(out, "Imported %s: %s, %s.\n", c.Company, prose.Count(len(a.Docs)-plan.ended, "document", "documents"), prose.Count(len(a.Timers), "timer", "timers"))
	if n := len(a.Unread); n > 0 {
		fmt.Fprintf(out, "The archive has not all: when it was made, %s could not be read. Its README.txt names them.\n", prose.Count(n, "document", "documents"))
	}
	if plan.ended > 0 {
		fmt.Fprintf(out, "Left out, because their time was over: %s.\n", prose.Count(plan.ended, "document", "documents"))
	}
	if plan.late > 0 {
		fmt.Fprintf(out, "The time of %s has passed since the archive was made. They come one after another, every ten minutes from %s on, when the server runs.\n",
			prose.Count(plan.late, "timer", "timers"), plan.from.Format("15:04 MST"))
	}
	return nil
}

// read reads and checks the archive.
func (c Import) read() (a archive.Archive, sum string, err error) {
	if err := c.WellNamed(); err != nil {
		return a, "", err
	}
	raw, err := os.ReadFile(c.File)
	if errors.Is(err, fs.ErrNotExist) {
		return a, "", fmt.Errorf("there is no file %s", c.File)
	} else if err != nil {
		return a, "", fmt.Errorf("read %s: %w", c.File, err)
	}
	a, err = archive.Read(bytes.NewReader(raw), int64(len(raw)), kinds(), archive.Limits{Key: storage.MaxKey, Body: storage.MaxBody})
	if err != nil {
		return a, "", fmt.Errorf("nothing was imported: %s: %w", c.File, err)
	}
	if a.Company != c.Company {
		return a, "", fmt.Errorf("nothing was imported: %s is of %s. What one company keeps is not for another: people and channels have other ids there", c.File, a.Company)
	}
	hash := sha256.Sum256(raw)
	return a, hex.EncodeToString(hash[:]), nil
}

// empty is nil for a company that has nothing but what a server makes when it
// starts, and when somebody first looks at the bot.
func (c Import) empty(ctx context.Context, store storage.Store) error {
	docs, err := stores.Documents(ctx, store, c.Company)
	if err != nil {
		return fmt.Errorf("look for the company: %w", err)
	}
	if err := storage.Unread(docs...); err != nil {
		return fmt.Errorf("nothing was imported: %w", err)
	}
	for _, d := range docs {
		if !byItself(d) {
			k, _ := kinds().Of(d.Key)
			return fmt.Errorf("nothing was imported: the store has data of %s already (%s). Import into an empty store, or erase the company first: secadvisor erase", c.Company, cmp.Or(k.What, d.Key))
		}
	}
	return nil
}

// byItself reports whether a document comes into being before anybody has
// entered anything.
func byItself(d storage.Doc) bool {
	switch k, _ := kinds().Of(d.Key); k.Name {
	case "claim-code", "welcome", "reach", "cards", "paused", "undelivered":
		return true
	case "contacts":
		contacts, err := company.ContactsOf.Decode(d.Body)
		for _, change := range contacts.Changed {
			if change.By != config.ByOperator {
				return false
			}
		}
		return err == nil && len(contacts.Changed) > 0
	case "audit":
		return strings.Contains(string(d.Body), `"where":"the server"`)
	}
	return false
}
