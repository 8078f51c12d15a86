package engine

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"secadvisor/bot"
	"secadvisor/storage"
)

// sent says where a key is shown.
type sent struct {
	Receipt string `json:"receipt"`
}

// target counts the posts in a row that an address refused.
type target struct {
	Dead int `json:"dead"`
}

// address is what the store knows of where a post goes.
type address struct {
	sent      sent
	target    target
	reached   reached
	sentKey   string
	targetKey string
	versions  map[string]int64
}

// delivery is a post, and what is known of its address.
type delivery struct {
	post
	docs []storage.Doc // as keys names them
}

// keys names the documents that tell of a post's address.
func (p post) keys() []string {
	reach := reachKey(p.To)
	if p.To.User != "" {
		reach = reachKey(bot.To(p.To.User))
	}
	return []string{sentKey(p.Key, p.To), "target/" + p.To.Lane(), reach}
}

// addressDocs is how many documents keys names.
const addressDocs = 3

// addressOf reads what is known; what cannot be read is written anew.
func addressOf(docs []storage.Doc) (a address) {
	a.sentKey, a.targetKey = docs[0].Key, docs[1].Key
	a.versions = map[string]int64{a.sentKey: docs[0].Version, a.targetKey: docs[1].Version}
	for i, v := range []any{&a.sent, &a.target, &a.reached} {
		if docs[i].Version != 0 && docs[i].Fault == nil {
			_ = json.Unmarshal(docs[i].Body, v)
		}
	}
	return a
}

// sentKey does not show what a card is about: names of documents are not
// encrypted.
func sentKey(key string, to bot.Address) string {
	sum := sha256.Sum256([]byte(key))
	return "sent/" + to.Lane() + "/" + hex.EncodeToString(sum[:12])
}

// write is a change of one of the address's documents.
func (a address) write(key string, v any, ttl time.Duration) storage.Write {
	w := storage.Write{Key: key, Version: a.versions[key], TTL: ttl}
	if v != nil {
		w.Body, _ = json.Marshal(v) // a struct of a string or a number always encodes
	}
	return w
}
