package engine

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"secadvisor/bot"
)

// job is the body of what waits in a lane: an event to be answered, a view
// to be delivered, or a key to be forgotten.
type job struct {
	Flow  string     `json:"flow,omitempty"` // of the event
	Event *bot.Event `json:"event,omitempty"`
	Shown string     `json:"shown,omitempty"` // the digest of the answer to the event that is there already
	Post  *post      `json:"post,omitempty"`
	End   *end       `json:"end,omitempty"`
}

// post is a view in the outbox. Without a key it is never edited.
type post struct {
	Flow string      `json:"flow"` // that wanted it
	Key  string      `json:"key,omitempty"`
	To   bot.Address `json:"to"`
	View bot.View    `json:"view"`
	File *bot.Action `json:"file,omitempty"` // made when it is delivered
	Last bool        `json:"last,omitempty"` // it tells of a failure: if it fails too, nobody is told

	Unasked bool `json:"unasked,omitempty"` // a timer wanted it: nobody waits, so it keeps the platform's pace

	Since time.Time `json:"since,omitzero"` // when it was put into the outbox; zero: an older program did
}

type end struct {
	Key string      `json:"key"`
	To  bot.Address `json:"to"`
}

func encodeJob(j job) ([]byte, error) {
	body, err := json.Marshal(j)
	if err != nil {
		return nil, fmt.Errorf("engine: encode job: %w", err)
	}
	return body, nil
}

func decodeJob(body []byte) (j job, err error) {
	if err := json.Unmarshal(body, &j); err != nil {
		return j, fmt.Errorf("engine: decode job: %w", bot.Unquoted(err))
	}
	return j, nil
}

// digest is the same for views that look the same.
func digest(v bot.View) string {
	body, _ := json.Marshal(v) // as in every post
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:12])
}

// eventLane keeps the order of what happens in one conversation.
func eventLane(e bot.Event) string {
	if e.Place.Channel != "" {
		return "in/" + e.Place.Channel
	}
	return "in/@" + e.From.ID
}

// postLane keeps the order of what is posted at one address.
func postLane(to bot.Address) string { return outbox + to.Lane() }

// outbox begins the name of each lane of posts.
const outbox = "out/"

// postID names effect i of an event: the same at every attempt.
func postID(e bot.Event, i int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%d", e.Tenant, e.ID, i))
	return hex.EncodeToString(sum[:12])
}
