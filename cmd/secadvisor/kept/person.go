package kept

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/flows/archive"
	"secadvisor/flows/prose"
	"secadvisor/storage"
)

// personTries is how often an erasure begins again because a document changed
// meanwhile.
const personTries = 5

// personPage is how many documents change at once. An erasure that is
// interrupted between two pages goes on when it is started again.
const personPage = 300

// person takes one person out of a company.
func (e *erasing) person(ctx context.Context) error {
	if strings.ContainsAny(e.Person, "/ \t\n@") || len(e.Person) > storage.MaxKey {
		return fmt.Errorf("--person must be the id of a person, such as U0123ABCD in Slack or the object id in Teams; it is %.60q", e.Person)
	}
	if err := e.Known(ctx, e.store); err != nil {
		return err
	}
	if marker, _, err := underWay(ctx, e.store, e.Company); err != nil || marker.Archive != "" {
		return errors.Join(err, errors.New("an import of this company is not finished: finish it first, with the same file"))
	}
	t, out, err := e.forgotten(ctx)
	if err != nil {
		return err
	}
	if len(out.Changed)+len(out.Timers) == 0 {
		return fmt.Errorf("nothing of %s is kept at %s: nothing was erased", e.Person, e.Company)
	}
	e.receipt = e.personReceipt(t, out)
	if err := e.agreed(); err != nil {
		return err
	}
	for range personTries {
		if err = e.apply(ctx, t, out); !errors.Is(err, storage.ErrConflict) {
			break
		}
		if t, out, err = e.forgotten(ctx); err != nil {
			return err
		}
	}
	if err != nil {
		return fmt.Errorf("erase %s (start it again, and it goes on): %w", e.Person, err)
	}
	t, left, err := e.forgotten(ctx)
	if err != nil {
		return err
	}
	if len(left.Changed)+len(left.Timers) > 0 {
		return fmt.Errorf("%s used the bot at this moment, so something is kept again: start it again", e.Person)
	}
	e.receipt.Checked = "no document of the company holds the person any more"
	if len(t.unread) > 0 {
		e.receipt.Checked = "no document of the company that can be read holds the person any more"
	}
	e.stays(t, out)
	return e.finish(ctx)
}

// forgotten works out what erasing the person comes to now.
func (e *erasing) forgotten(ctx context.Context) (taken, archive.Forgotten, error) {
	t, err := takeRead(ctx, e.store, e.Company)
	if err != nil {
		return t, archive.Forgotten{}, err
	}
	docs, timers := t.archived()
	out, err := archive.Forget(docs, timers, e.Person)
	return t, out, err
}

func (e *erasing) personReceipt(t taken, out archive.Forgotten) receipt {
	r := receipt{Erased: "person", Company: e.Company, Person: e.Person, Documents: map[string]int{}, Changed: map[string]int{}, Timers: len(out.Timers), Waiting: t.Lanes}
	for _, d := range out.Changed {
		k, _ := kinds().Of(d.Key)
		if d.Body == nil {
			r.Documents[k.Name]++
		} else {
			r.Changed[k.Name]++
		}
	}
	return r
}

// apply writes it, with one line in the audit log that says so.
func (e *erasing) apply(ctx context.Context, t taken, out archive.Forgotten) error {
	at := map[string]int{}
	for i, d := range t.docs {
		at[d.Key] = i
	}
	now := time.Now()
	var writes []storage.Write
	for _, d := range out.Changed {
		i := at[d.Key]
		w := storage.Write{Key: d.Key, Version: t.docs[i].Version, Body: d.Body}
		if until := t.until[i]; d.Body != nil && !until.IsZero() {
			w.TTL = max(until.Sub(now), time.Millisecond)
		}
		writes = append(writes, w)
	}
	line, err := stores.OnServer("erased", "one person")
	if err != nil {
		return err
	}
	writes = append(writes, line)
	var timers []storage.Timer
	for _, name := range out.Timers {
		timers = append(timers, storage.Timer{Name: name})
	}
	for page := range slices.Chunk(writes, personPage) {
		if _, err := e.store.Apply(ctx, e.Company, storage.Change{Put: page, Timers: timers}); err != nil {
			return err
		}
		timers = nil
	}
	return nil
}

// stays lists what is left that has to do with the person, and why.
func (e *erasing) stays(t taken, out archive.Forgotten) {
	e.receipt.Stays = []string{
		"what they decided, answered or fixed for the company: it says \"somebody\" now, for the company needs it",
		"what the bot posted: it lies with Slack or Teams",
		"backups, archives and snapshots of the disk: erase them where they are",
	}
	if out.Runs > 0 {
		e.receipt.Stays = append(e.receipt.Stays, prose.Count(out.Runs, "finished assessment", "finished assessments")+" that they started: nobody reads them in chat now, they count for comparisons")
	}
	if n := len(out.Named); n > 0 {
		byKind := map[string]bool{}
		for _, key := range out.Named {
			k, _ := kinds().Of(key)
			byKind[k.Name] = true
		}
		var names []string
		for name := range byKind {
			names = append(names, name)
		}
		slices.Sort(names)
		e.receipt.Stays = append(e.receipt.Stays, "words that people typed: "+prose.Count(n, "document", "documents")+" may name them ("+strings.Join(names, ", ")+"); read them, and change what has to go")
	}
	if slices.Contains(e.config.Slack.Owners, e.Person) || e.inTeams() {
		e.receipt.Stays = append(e.receipt.Stays, "an owner by the configuration file: take them out there, and start the server again")
	}
	if n := len(t.unread); n > 0 {
		e.receipt.Stays = append(e.receipt.Stays, prose.Count(n, "document", "documents")+" that cannot be read any more, so that nobody can tell whether the person is in it ("+strings.Join(t.unreadKeys(), ", ")+"): they go when the company is erased")
	}
	if t.Lanes > 0 {
		e.receipt.Stays = append(e.receipt.Stays, "what is on its way in "+prose.Count(t.Lanes, "conversation", "conversations")+": it is gone when it is delivered")
	}
}

func (e *erasing) inTeams() bool {
	for _, b := range e.config.Teams.Bots {
		if slices.Contains(b.Owners, e.Person) {
			return true
		}
	}
	return false
}
