package kept

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
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

// marker says how far an import is. It is there until the last step.
type marker struct {
	Archive string    `json:"archive"` // SHA-256 of the file
	Done    int       `json:"done"`    // steps
	Begun   time.Time `json:"begun"`   // late timers are counted from here
}

const markerKey = importPrefix + "/marker"

func underWay(ctx context.Context, store storage.Store, tenant string) (m marker, version int64, err error) {
	docs, err := store.Get(ctx, tenant, markerKey)
	if err != nil {
		return m, 0, fmt.Errorf("look for an import: %w", err)
	}
	if err := storage.Unread(docs...); err != nil {
		return m, 0, fmt.Errorf("look for an import: %w", err)
	}
	if docs[0].Version == 0 {
		return m, 0, nil
	}
	if err := json.Unmarshal(docs[0].Body, &m); err != nil {
		return m, 0, fmt.Errorf("look for an import: %w", err)
	}
	return m, docs[0].Version, nil
}

// importPlan is what is written, in steps of which each is all or nothing.
type importPlan struct {
	marker
	version int64 // of the marker
	steps   []storage.Change
	ended   int // documents whose time is over
	late    int // timers whose time has passed
	from    time.Time
}

// What one step writes at most.
const (
	stepDocs   = 400
	stepBytes  = 4 << 20
	stepTimers = 1000
)

// plan looks whether the company is empty, and divides the work.
func (c Import) plan(ctx context.Context, store storage.Store, a archive.Archive, sum string, now time.Time) (*importPlan, error) {
	m, version, err := underWay(ctx, store, c.Company)
	switch {
	case err != nil:
		return nil, err
	case version == 0:
		m = marker{Archive: sum, Begun: now.UTC()}
		if err := c.empty(ctx, store); err != nil {
			return nil, err
		}
	case m.Archive != sum:
		return nil, errors.New("nothing was imported: an import of another archive was begun and is not finished. Finish it with that file, or erase the company first")
	}
	p := &importPlan{marker: m, version: version, from: m.Begun.Add(firstLate)}
	versions, err := versionsOf(ctx, store, c.Company)
	if err != nil {
		return nil, err
	}
	p.documents(a, versions, now)
	p.timers(a)
	line, err := stores.OnServer("imported", "everything, from an archive of "+a.Made.UTC().Format("2 January 2006"))
	if err != nil {
		return nil, err
	}
	p.steps = append(p.steps, storage.Change{Put: []storage.Write{line}})
	return p, nil
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

func versionsOf(ctx context.Context, store storage.Store, tenant string) (map[string]int64, error) {
	docs, err := stores.Documents(ctx, store, tenant)
	if err != nil {
		return nil, fmt.Errorf("look for the company: %w", err)
	}
	versions := map[string]int64{}
	for _, d := range docs {
		versions[d.Key] = d.Version
	}
	return versions, nil
}

// documents are the first steps. They are the same ones each time that the
// import is started, so that it can go on.
func (p *importPlan) documents(a archive.Archive, versions map[string]int64, now time.Time) {
	step, size := storage.Change{}, 0
	for _, d := range a.Docs {
		if len(step.Put) == stepDocs || size+len(d.Body) > stepBytes && size > 0 {
			p.steps = append(p.steps, step)
			step, size = storage.Change{}, 0
		}
		w := storage.Write{Key: d.Key, Version: versions[d.Key], Body: d.Body}
		if !d.Until.IsZero() {
			if !d.Until.After(p.Begun) {
				p.ended++
				continue
			}
			w.TTL = max(d.Until.Sub(now), time.Millisecond)
		}
		step.Put = append(step.Put, w)
		size += len(d.Body)
	}
	p.steps = append(p.steps, step)
}

// Timers whose time has passed come one after another, so that nobody finds a
// heap of messages.
const (
	firstLate = 15 * time.Minute // after the import: time to start the server
	eachLate  = 10 * time.Minute
)

func (p *importPlan) timers(a archive.Archive) {
	var all, late []storage.Timer
	for _, t := range a.Timers {
		timer := storage.Timer{Name: t.Name, At: t.At}
		if t.At.Before(p.Begun) {
			late = append(late, timer)
		} else {
			all = append(all, timer)
		}
	}
	slices.SortStableFunc(late, func(a, b storage.Timer) int { return a.At.Compare(b.At) })
	for i := range late {
		late[i].At = p.from.Add(time.Duration(i) * eachLate)
	}
	p.late = len(late)
	for some := range slices.Chunk(append(all, late...), stepTimers) {
		p.steps = append(p.steps, storage.Change{Timers: some})
	}
}

// do takes the steps that are left. Each notes in the same moment how far it
// is; the last one forgets that.
func (p *importPlan) do(ctx context.Context, store storage.Store, tenant string) error {
	for i := p.Done; i < len(p.steps); i++ {
		step := p.steps[i]
		step.Install = i == 0
		note := storage.Write{Key: markerKey, Version: p.version}
		if i < len(p.steps)-1 {
			p.Done = i + 1
			body, err := json.Marshal(p.marker)
			if err != nil {
				return fmt.Errorf("import: %w", err)
			}
			note.Body = body
		}
		step.Put = append(step.Put, note)
		applied, err := store.Apply(ctx, tenant, step)
		switch {
		case errors.Is(err, storage.ErrConflict):
			return fmt.Errorf("somebody uses the bot at this moment, so the import stopped at step %d of %d: stop the server, and start the import again", i+1, len(p.steps))
		case err != nil:
			return fmt.Errorf("import, step %d of %d (start it again, and it goes on): %w", i+1, len(p.steps), err)
		}
		p.version = applied.Versions[len(applied.Versions)-1]
	}
	return nil
}
