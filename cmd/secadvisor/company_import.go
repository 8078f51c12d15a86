package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"time"

	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/duty"
	"secadvisor/flows/roster"
	"secadvisor/storage"
)

type companyImport struct {
	File string `arg:"" help:"Its name ends with .yaml or .csv." type:"path"`
	stores.Place
	DryRun bool `help:"Show what would change, and change nothing."`
}

// Help is printed below the options.
func (companyImport) Help() string {
	return `A file is a list of rows: who handles one topic. In YAML:

    # people.yaml
    - topic: group.it            # or a topic such as printer-scanner
      name: Acme IT
      phone: "+1 555 0100"
      hours: Mon-Fri 8-18
      provider: yes              # they look after our IT
      deputy: Robin
    - topic: data-leak
      name: Robin
      user: U0123ABCD            # the member id of somebody here
      shown: emergency           # who sees how to reach them: staff, emergency, owners
      accountable: Kim           # who answers for it, where that is somebody else
    - topic: wifi-network
      name: "-"                  # it needs an owner
    - name: Kim                  # no topic: only who it is
      user: U0456EFGH
      partner: yes               # our security partner

In CSV the first line names the columns, in any order: topic, name, user,
channel, phone, email, hours, shown, provider, partner, deputy, accountable.

A person has a user, a channel has a channel, a company outside has neither.
Describe each once; other rows need only the name. What is empty or left out
stays as it is saved, a dash (in YAML: "-") clears it, and topics that the file
does not name stay with whom they are. "company topics" lists the topics.`
}

func (c companyImport) Run(ctx context.Context, out io.Writer) error {
	raw, err := os.ReadFile(c.File)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no file %s", c.File)
	} else if err != nil {
		return fmt.Errorf("read %s: %w", c.File, err)
	}
	file, err := roster.Read(c.File, raw)
	if err != nil {
		return fmt.Errorf("nothing was changed:\n%w", err)
	}
	config, store, err := c.Open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	lib, err := content.Load(content.Settings{Command: config.Command, Folder: config.Content})
	if err != nil {
		return err
	}
	target := roster.Target{Now: time.Now()}
	target.User, target.Channel = idsOf(c.Company)
	for _, t := range lib.Topics {
		target.Topics = append(target.Topics, t.ID)
	}
	const again = 5 // people change the map in chat at the same time
	for range again {
		if err = c.write(ctx, store, file, target, out); !errors.Is(err, storage.ErrConflict) {
			return err
		}
	}
	return err
}

// write puts a file into the store once, and tells what changes.
func (c companyImport) write(ctx context.Context, store storage.Store, file roster.File, target roster.Target, out io.Writer) error {
	old, version, err := mapOf(ctx, c.Place, store)
	if err != nil {
		return err
	}
	m, err := file.Apply(old, target)
	if err != nil {
		return fmt.Errorf("nothing was changed:\n%w", err)
	}
	changes := roster.Differences(old, m)
	if len(changes) > 0 && !c.DryRun {
		body, err := company.Maps.Encode(m)
		if err != nil {
			return fmt.Errorf("import: %w", err)
		}
		_, err = store.Apply(ctx, c.Company, storage.Change{
			Put:    []storage.Write{{Key: company.Maps.Key(company.MapID), Version: version, Body: body}},
			Timers: []storage.Timer{{Name: duty.Imported, At: target.Now}},
		})
		if errors.Is(err, storage.ErrErased) {
			return fmt.Errorf("%s was erased: it must be installed again first", c.Company)
		}
		if err != nil {
			return fmt.Errorf("import: %w", err)
		}
	}
	for _, line := range changes {
		fmt.Fprintln(out, line)
	}
	fmt.Fprintln(out, c.summary(len(changes), m))
	return nil
}

func (c companyImport) summary(changes int, m company.Map) string {
	switch {
	case changes == 0:
		return "Nothing to change: the company's map says the same."
	case c.DryRun:
		return fmt.Sprintf("%d would change; nothing was written.", changes)
	case m.Introduced.IsZero():
		return fmt.Sprintf("%d changed. Nobody is asked before an owner introduces it in chat.", changes)
	}
	return fmt.Sprintf("%d changed. People who are new to a duty are asked at once, or when the server runs.", changes)
}

// The forms of ids in Slack. https://docs.slack.dev/reference/objects
var (
	slackUser    = regexp.MustCompile(`^[UW][A-Z0-9]{2,20}$`)
	slackChannel = regexp.MustCompile(`^[CG][A-Z0-9]{2,20}$`)
)

// idsOf are checks of what a file gives as ids of people and channels.
func idsOf(tenant string) (user, channel func(id string) string) {
	if !strings.HasPrefix(tenant, "slack.") {
		return nil, nil
	}
	form := func(r *regexp.Regexp, mend string) func(string) string {
		return func(id string) string {
			if r.MatchString(id) {
				return ""
			}
			return mend
		}
	}
	return form(slackUser, "write the member id, such as U0123ABCD: in Slack, open the profile, then More, then Copy member ID"),
		form(slackChannel, "write the channel's id, such as C0123ABCD: in Slack, open the channel's details; it stands at the bottom of About")
}
