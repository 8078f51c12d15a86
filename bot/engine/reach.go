package engine

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"

	"secadvisor/bot"
	"secadvisor/storage"
)

// reached is what a platform needs to write to an address again.
type reached struct {
	Reach string `json:"reach"`
}

func reachKey(to bot.Address) string { return "reach/" + to.Lane() }

// reachOf is where the reach of an event is kept: with the person, of a
// conversation that is theirs alone.
func reachOf(e bot.Event) string {
	if e.Place.Kind == bot.Direct || e.Place.Channel == "" {
		return reachKey(bot.To(e.From.ID))
	}
	return reachKey(bot.Address{Channel: e.Place.Channel})
}

// reachKeys are where what an event tells of reaching somebody is kept.
func reachKeys(e bot.Event) (keys []string) {
	if e.Reach != "" {
		keys = append(keys, reachOf(e))
	}
	if own := reachKey(bot.To(e.From.ID)); e.From.Reach != "" && !slices.Contains(keys, own) {
		keys = append(keys, own)
	}
	return keys
}

// keepReach writes what a read-only event tells of reaching somebody. Where
// that fails, the next event tells it again.
func (g *Engine) keepReach(ctx context.Context, docs *bot.Docs, e bot.Event) {
	writes := newReach(docs, e)
	if len(writes) == 0 {
		return
	}
	_, err := g.Store.Apply(ctx, e.Tenant, storage.Change{Put: writes})
	if err != nil && !errors.Is(err, storage.ErrConflict) && !errors.Is(err, storage.ErrErased) {
		g.Log.Warn("how to reach somebody was not kept", "tenant", e.Tenant, "err", err)
	}
}

// newReach are the writes that keep what an event tells of reaching somebody;
// none where it is known. A conversation that a person already has with the
// bot is better than a way to open one.
func newReach(docs *bot.Docs, e bot.Event) (writes []storage.Write) {
	for _, key := range reachKeys(e) {
		now, firstOnly := e.Reach, false
		if e.Reach == "" || key != reachOf(e) {
			now, firstOnly = e.From.Reach, true
		}
		known := docs.Stored(key)
		body, _ := json.Marshal(reached{now}) // a struct of a string always encodes
		if bytes.Equal(known.Body, body) || firstOnly && reachable(known) {
			continue
		}
		writes = append(writes, storage.Write{Key: key, Version: known.Version, Body: body})
	}
	return writes
}

// reachable reports whether a document tells how to reach somebody; what cannot
// be read is written anew.
func reachable(doc bot.Stored) bool {
	var known reached
	return json.Unmarshal(doc.Body, &known) == nil && known.Reach != ""
}
