package content

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
)

// meaning is a mark of what a question asks and what its answers say. When
// it changes, earlier answers are answers to something else, and the
// revision must rise.
func (q Question) meaning() string {
	raw, err := json.Marshal([]any{q.Ask, q.YesMeans, q.Kind, q.Choices})
	if err != nil {
		panic("content: a question is plain text: " + err.Error())
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:6])
}

// checkRevision holds a question of an installation against the built-in one
// that it replaces.
func (lib *Library) checkRevision(w *wording, from fs.FS, name string, q Question) {
	l, layered := from.(*layers)
	if !layered || !l.has(name) {
		return
	}
	raw, err := fs.ReadFile(l.own, name)
	if err != nil {
		return // it replaces none
	}
	var ours Question
	if err := lib.unmarshal(raw, &ours); err != nil {
		return // not this file's fault, and said elsewhere
	}
	if q.meaning() != ours.meaning() && q.Revision <= ours.Revision {
		w.add("revision", "this no longer means what the built-in question means, so write %d or more: else earlier answers would count as answers to it", ours.Revision+1)
	}
}
