package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/installs"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/flows/prose"
	"secadvisor/storage"
)

type companyList struct {
	Config string `help:"Configuration file; without it, the environment alone." placeholder:"FILE" type:"path"`
	JSON   bool   `name:"json" help:"For scripts: company, name, since, owners, left, erased_on and unread, a line each."`
}

// Help is printed below the options.
func (companyList) Help() string {
	return `Each line is a company: its id, as other commands take it; its name, where it
installed the bot itself; how many owners it has, or that nobody has claimed it yet;
and when it took the bot out, and is erased for it.`
}

// listed is what is said of a company. It holds no token, and nothing that the
// company saved.
type listed struct {
	Company string    `json:"company"`
	Name    string    `json:"name,omitempty"` // of its workspace
	Since   time.Time `json:"since,omitzero"`
	Owners  int       `json:"owners"`
	Left    time.Time `json:"left,omitzero"`
	Erased  time.Time `json:"erased_on,omitzero"`
	Unread  string    `json:"unread,omitempty"` // why nothing more is known
}

func (c companyList) Run(ctx context.Context, out io.Writer) error {
	settings, err := config.Load(c.Config)
	if err != nil {
		return err
	}
	store, err := stores.OpenAlone(ctx, settings, false)
	if err != nil {
		return err
	}
	defer store.Close()
	none := true
	err = stores.Companies(ctx, store, func(id string) error {
		none = false
		one, err := list(ctx, store, id)
		if err != nil {
			return err
		}
		if c.JSON {
			return json.NewEncoder(out).Encode(one)
		}
		_, err = fmt.Fprintln(out, one)
		return err
	})
	if err == nil && none && !c.JSON {
		_, err = fmt.Fprintln(out, "There is no company yet.")
	}
	return err
}

// list looks at one company. What cannot be read hides no other.
func list(ctx context.Context, store storage.Store, id string) (listed, error) {
	one := listed{Company: id}
	docs, err := store.Get(ctx, id, installs.Installations.Key(installs.InstallationID), bot.RolesDoc.Key(bot.RolesID))
	if err != nil {
		return one, fmt.Errorf("%s: %w", id, err)
	}
	if err := storage.Unread(docs...); err != nil {
		one.Unread = err.Error()
		return one, nil
	}
	if docs[0].Version != 0 {
		c, err := installs.Installations.Decode(docs[0].Body)
		if err != nil {
			one.Unread = err.Error()
			return one, nil
		}
		one.Name, one.Since = bot.OneLine(c.Name), c.Since.UTC()
		if c.Gone != nil {
			one.Left, one.Erased = c.Gone.At.UTC(), c.Gone.Erase.UTC()
		}
	}
	if docs[1].Version != 0 {
		roles, err := bot.RolesDoc.Decode(docs[1].Body)
		if err != nil {
			one.Unread = err.Error()
			return one, nil
		}
		for _, m := range roles.People {
			if m.Role == bot.Owner {
				one.Owners++
			}
		}
	}
	return one, nil
}

func (l listed) String() string {
	const day = "2 January 2006"
	said := []string{l.Company}
	if l.Name != "" {
		said = append(said, l.Name)
	}
	switch {
	case l.Unread != "":
		return strings.Join(append(said, "cannot be read: "+l.Unread), "  ")
	case l.Owners == 0:
		said = append(said, "nobody is its owner yet")
	default:
		said = append(said, prose.Count(l.Owners, "owner", "owners"))
	}
	if !l.Since.IsZero() {
		said = append(said, "since "+l.Since.Format(day))
	}
	if !l.Left.IsZero() {
		said = append(said, "took the bot out on "+l.Left.Format(day)+", is erased on "+l.Erased.Format(day))
	}
	return strings.Join(said, "  ")
}
