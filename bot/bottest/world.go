package bottest

import (
	"cmp"
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"

	"secadvisor/bot"
)

// World plays flows in memory, one event after another: it keeps documents
// and timers, and remembers every button that was ever shown. It is for
// fuzzing steps by the thousand; the engine is tested with real stores.
type World struct {
	Flows   map[string]bot.Flow
	Now     time.Time
	Docs    map[string][]byte
	Timers  map[string]time.Time
	Rooms   map[string]bot.Room // what the platform knows of channels
	Buttons []bot.Button        // shown so far, the latest last
	Forms   []bot.Form
	Texts   []string // the sense of every view so far
	Views   []bot.View

	events int
}

// limits of one step that a person would still bear.
const (
	maxEffects = 12
	maxRounds  = 3 // of reading, as the engine allows
)

// NewWorld begins at a time, without any document.
func NewWorld(flows []bot.Flow, now time.Time) *World {
	w := &World{Flows: map[string]bot.Flow{}, Now: now, Docs: map[string][]byte{}, Timers: map[string]time.Time{}}
	for _, f := range flows {
		w.Flows[f.Name] = f
	}
	return w
}

// Do gives an event to a flow. The error says what no flow may do: panic,
// fail, do nothing at all for a person who pressed something, or show what
// platforms are not to draw.
func (w *World) Do(flow string, e bot.Event) (effects []bot.Effect, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("flow %s panicked at %s %v: %v", flow, e.Kind, e.Action, p)
		}
	}()
	f, known := w.Flows[flow]
	if !known {
		return nil, fmt.Errorf("there is no flow %q for %s %v", flow, e.Kind, e.Action)
	}
	w.events++
	e.ID, e.Tenant, e.Now = fmt.Sprintf("event-%d", w.events), "play", w.Now
	docs := bot.NewDocs()
	for round := 0; ; round++ {
		effects = f.Step(docs, e)
		if len(docs.Needs()) == 0 {
			break
		}
		if round > maxRounds {
			return nil, fmt.Errorf("flow %s asks for documents without end", flow)
		}
		docs = w.supply(docs)
	}
	if err := docs.Err(); err != nil {
		return nil, err
	}
	if len(effects) == 0 && (e.Kind == bot.Click || e.Kind == bot.Submit) {
		return nil, fmt.Errorf("flow %s left a press without an answer: %v", flow, e.Action)
	}
	if len(effects) > maxEffects {
		return nil, fmt.Errorf("flow %s wants %d effects of one event", flow, len(effects))
	}
	w.keep(docs)
	shown := len(w.Views)
	for _, x := range effects {
		w.see(flow, x)
	}
	for _, v := range w.Views[shown:] {
		if err := fits(v); err != nil {
			return nil, fmt.Errorf("flow %s at %s %v shows %q: %w", flow, e.Kind, e.Action, v.Title, err)
		}
	}
	return effects, nil
}

// File makes a file that a flow named.
func (w *World) File(flow string, name bot.Action) (bot.File, error) {
	docs := bot.NewDocs()
	for range maxRounds + 1 {
		f, err := w.Flows[flow].File(docs, name, w.Now)
		if len(docs.Needs()) == 0 {
			return f, errors.Join(err, docs.Err())
		}
		docs = w.supply(docs)
	}
	return bot.File{}, fmt.Errorf("the file of %s asks for documents without end", flow)
}

func (w *World) supply(docs *bot.Docs) *bot.Docs {
	next := docs.Again()
	for _, n := range docs.Needs() {
		if n.Key != "" {
			next.Add(w.stored(n.Key))
			continue
		}
		if n.Room != "" {
			next.AddRoom(n.Room, w.Rooms[n.Room])
			continue
		}
		var found []bot.Stored
		for key := range w.Docs {
			if strings.HasPrefix(key, n.Prefix) {
				found = append(found, w.stored(key))
			}
		}
		sort.Slice(found, func(i, j int) bool { return found[i].Key < found[j].Key })
		next.AddList(n, found[:min(len(found), n.Limit)])
	}
	return next
}

func (w *World) stored(key string) bot.Stored {
	body, ok := w.Docs[key]
	if !ok {
		return bot.Stored{Key: key}
	}
	return bot.Stored{Key: key, Version: 1, Body: body}
}

func (w *World) keep(docs *bot.Docs) {
	for _, c := range docs.Changes() {
		if c.Body == nil {
			delete(w.Docs, c.Key)
			continue
		}
		w.Docs[c.Key] = c.Body
	}
}

func (w *World) see(flow string, effect bot.Effect) {
	switch x := effect.(type) {
	case bot.Answer:
		w.show(x.View)
	case bot.Show:
		w.show(x.View)
	case bot.Send:
		w.show(x.View)
	case bot.Open:
		w.Forms = append(w.Forms, x.Form)
	case bot.Set:
		name := cmp.Or(x.Flow, flow) + "/" + x.Name
		w.Timers[name] = x.At
		if x.At.IsZero() {
			delete(w.Timers, name)
		}
	}
}

func (w *World) show(v bot.View) {
	w.Buttons = append(w.Buttons, v.Actions()...)
	if v.Fresh.Flow != "" {
		w.Buttons = append(w.Buttons, bot.Press("as it is now", v.Fresh))
	}
	w.Texts = append(w.Texts, v.Sense())
	w.Views = append(w.Views, v)
}

// Explore presses every button that it can find, as one person, until it
// has pressed so many different ones. The latest are pressed first, but for
// those that it has pressed under the same name again and again: cards that
// lead to one another in circles would keep it for ever.
func (w *World) Explore(who bot.Person, at bot.Place, most int) (pressed int, err error) {
	const often = 30
	done, times := map[string]bool{}, map[[3]string]int{}
	for len(w.Buttons) > 0 && len(done) < most {
		last := w.Buttons[len(w.Buttons)-1]
		w.Buttons = w.Buttons[:len(w.Buttons)-1]
		same := [3]string{last.Action.Flow, last.Action.Verb, last.Label}
		if key := last.Action.String(); !done[key] && times[same] < often {
			done[key] = true
			times[same]++
			if _, err := w.Do(last.Action.Flow, bot.Event{Kind: bot.Click, Action: last.Action, From: who, Place: at, Inline: true}); err != nil {
				return len(done), err
			}
		}
	}
	return len(done), nil
}

// Fire moves to the next timer and lets it fire; false if there is none.
func (w *World) Fire() (bool, error) {
	next := ""
	for name, at := range w.Timers {
		if next == "" || at.Before(w.Timers[next]) || at.Equal(w.Timers[next]) && name < next {
			next = name
		}
	}
	if next == "" {
		return false, nil
	}
	if at := w.Timers[next]; at.After(w.Now) {
		w.Now = at
	}
	delete(w.Timers, next)
	flow, rest, _ := strings.Cut(next, "/")
	_, err := w.Do(flow, bot.Event{Kind: bot.Timer, Timer: rest})
	return true, err
}
