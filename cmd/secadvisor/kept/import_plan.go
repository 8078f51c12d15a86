package kept

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/flows/archive"
	"secadvisor/storage"
)

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
		return m, 0, fmt.Errorf("look for an import: %w", bot.Unquoted(err))
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
