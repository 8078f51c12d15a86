package engine

import (
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/storage"
)

// queue turns effects into jobs, timers and documents of a change.
type queue struct {
	request
	change *storage.Change
	now    time.Time
	reply  bot.Reply
	lanes  []string
	posts  []queued
	n      int
	err    error
}

// queued is a post of this change, by the id of its job.
type queued struct {
	id string
	post
}

// known is what need not be read again to deliver a lane's head: the post,
// and the documents of its address. Nil: it is an earlier job.
func (q *queue) known(c storage.Claim, read []storage.Doc) *delivery {
	for i, p := range q.posts {
		if p.id == c.ID && addressDocs*(i+1) <= len(read) {
			return &delivery{p.post, read[addressDocs*i : addressDocs*(i+1)]}
		}
	}
	return nil
}

// AuditFor is how long audit lines are kept.
const AuditFor = 3 * 366 * 24 * time.Hour

// repeated reports whether an answer would lie in the asker's direct messages
// beside a view that is shown to them there, and is the same.
func repeated(e bot.Event, effect bot.Effect, among []bot.Effect) bool {
	answer, is := effect.(bot.Answer)
	return is && e.Aside && slices.ContainsFunc(among, func(other bot.Effect) bool {
		shown, is := other.(bot.Show)
		return is && shown.To == bot.To(e.From.ID) && reflect.DeepEqual(shown.View, answer.View)
	})
}

func (q *queue) add(effect bot.Effect) {
	switch x := effect.(type) {
	case bot.Answer:
		if q.inline {
			q.reply.View = &x.View
			return
		}
		if q.shown != "" && q.shown == digest(x.View) {
			return
		}
		q.post("", asker(q.event), x.View, nil)
	case bot.Show:
		q.reply.Shown = append(q.reply.Shown, x)
		q.post(x.Key, x.To, x.View, nil)
	case bot.Send:
		q.post(x.Key, x.To, x.View, &x.File)
	case bot.End:
		q.job(postLane(x.To), job{End: &end{x.Key, x.To}})
	case bot.Set:
		flow := cmp.Or(x.Flow, q.flow)
		q.change.Timers = append(q.change.Timers, storage.Timer{Name: flow + "/" + x.Name, At: Spread(q.event.Tenant, flow, x)})
	case bot.Audit:
		line := bot.AuditLine{At: q.event.Now, By: q.event.From.ID, Name: q.event.From.Name, Verb: x.Verb, Object: x.Object, Where: q.event.Place.Where()}
		q.write(bot.AuditDoc.Key(bot.AuditID(line.At, q.id())), line, AuditFor)
	case bot.Open, bot.Refuse:
		q.err = fmt.Errorf("engine: flow %q opens a form in a step that changes something", q.flow)
	}
}

func (q *queue) post(key string, to bot.Address, v bot.View, file *bot.Action) {
	p := post{Flow: q.flow, Key: key, To: to, View: v, File: file, Last: q.event.Kind == bot.Failed, Unasked: q.event.Kind == bot.Timer, Since: q.now}
	id := q.job(postLane(to), job{Post: &p})
	q.posts = append(q.posts, queued{id, p})
}

func (q *queue) job(lane string, j job) (id string) {
	body, err := encodeJob(j)
	if err != nil {
		q.err = err
		return ""
	}
	id = q.id()
	q.change.Jobs = append(q.change.Jobs, storage.Job{ID: id, Lane: lane, Body: body})
	q.lanes = append(q.lanes, lane)
	return id
}

func (q *queue) write(key string, v any, ttl time.Duration) {
	body, err := json.Marshal(v)
	if err != nil {
		q.err = err
		return
	}
	q.change.Put = append(q.change.Put, storage.Write{Key: key, Body: body, TTL: ttl})
}

func (q *queue) id() string {
	q.n++
	return postID(q.event, q.n)
}

// asker is where an answer goes that cannot go out in the response: to the
// one who asked, unseen by others.
func asker(e bot.Event) bot.Address {
	if e.Place.Channel == "" || e.Place.Kind == bot.Direct {
		return bot.To(e.From.ID)
	}
	return bot.Address{Channel: e.Place.Channel, Thread: e.Place.Thread, User: e.From.ID}
}
