package engine

import (
	"encoding/json"

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

// newReach is the write that keeps an event's reach; none where it is known.
func newReach(docs *bot.Docs, e bot.Event) (w storage.Write, changed bool) {
	if e.Reach == "" {
		return w, false
	}
	w.Key = reachOf(e)
	for _, doc := range docs.Read() {
		if doc.Key != w.Key {
			continue
		}
		var known reached
		if json.Unmarshal(doc.Body, &known) == nil && known.Reach == e.Reach {
			return w, false
		}
		w.Version = doc.Version
	}
	w.Body, _ = json.Marshal(reached{e.Reach}) // a struct of a string always encodes
	return w, true
}
