package engine

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"secadvisor/storage"
)

// age is how long a post has been in the outbox. Clocks of several machines
// differ a little; less than nothing stands for not known.
func (p post) age(now time.Time) time.Duration {
	if p.Since.IsZero() {
		return -1
	}
	return max(0, now.Sub(p.Since))
}

// settled writes the end of a post.
func (g *Engine) settled(held storage.Claim, p post, how string, c storage.Change) error {
	err := g.finish(held, c)
	if errors.Is(err, storage.ErrErased) {
		how = "dropped"
	} else if err != nil {
		return err
	}
	g.Watch.Settled(held.Tenant, how, p.age(g.Now()))
	return err
}

// later leaves a post in the outbox for another time.
func (g *Engine) later(held storage.Claim, p post, why string, r storage.Release) error {
	if err := g.finish(held, storage.Change{Held: &held, Release: &r}); err != nil {
		return err
	}
	g.Watch.PutOff(held.Tenant, why, p.age(g.Now()))
	return nil
}

// tellPutOff tells of a claim that its company had no worker for, if it is a
// post. Of the job only the time is read.
func (g *Engine) tellPutOff(c storage.Claim) {
	if !strings.HasPrefix(c.Lane, outbox) {
		return
	}
	var j struct {
		Post *struct {
			Since time.Time `json:"since"`
		} `json:"post"`
	}
	if json.Unmarshal(c.Body, &j) == nil && j.Post != nil {
		g.Watch.PutOff(c.Tenant, "share", post{Since: j.Post.Since}.age(g.Now()))
	}
}
