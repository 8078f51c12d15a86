package interview

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

const (
	patience = 7 * 24 * time.Hour   // how long silence lasts before it is spoken of
	keepFor  = 400 * 24 * time.Hour // after the last change
	maxReply = 2000                 // characters of a reply or comment
	maxName  = 40                   // characters of a name, so that buttons hold it
)

// keep stores the interview.
func (t *turn) keep() {
	t.in.Step++
	company.Interviews.PutFor(t.d, t.id, t.in, keepFor)
}

// reply changes what is kept of a topic.
func (t *turn) reply(topic string, change func(r *company.InterviewReply)) {
	if t.in.Replies == nil {
		t.in.Replies = map[string]company.InterviewReply{}
	}
	r := t.in.Replies[topic]
	change(&r)
	t.in.Replies[topic] = r
}

// orphaned reports whether whoever asked is an owner no longer: then nobody may
// read the replies.
func (t *turn) orphaned() bool {
	return !slices.Contains(t.owners.Of(t.d, t.event), t.in.Owner)
}

// key is where a card of this passage is posted; cut finds it again.
func (t *turn) key(part string) string {
	return strings.Join([]string{"interview", t.id, t.in.Round, part}, "/")
}

func cut(key string) (id, round, part string) {
	parts := strings.SplitN(key, "/", 4)
	if len(parts) < 4 {
		return "", "", ""
	}
	return parts[1], parts[2], parts[3]
}

// note tells the owner something in a message of its own. It comes after keep:
// each change has at most one.
func (t *turn) note(v bot.View) bot.Show {
	return bot.Show{Key: t.key("note/" + strconv.Itoa(t.in.Step)), To: bot.To(t.in.Owner), View: v}
}

// act is a button of this passage, the owner's or theirs.
func (t *turn) act(verb string, more ...string) bot.Action {
	return bot.Do("interview", verb, append([]string{t.id, t.in.Round}, more...)...)
}

// wait sets the one timer, or with the zero time takes it away.
func (t *turn) wait(until time.Time) bot.Set { return bot.Set{Name: t.id + "/week", At: until} }

// topic is one of the four, and where it stands.
func (t *turn) topic(id string) (topic content.InterviewTopic, at int, found bool) {
	at = slices.IndexFunc(t.lib.Interview.Topics, func(one content.InterviewTopic) bool { return one.ID == id })
	if at < 0 {
		return content.InterviewTopic{}, 0, false
	}
	return t.lib.Interview.Topics[at], at, true
}

// provider is how the provider's person is called in a sentence.
func (t *turn) provider() string {
	if t.in.Name != "" {
		return t.in.Name
	}
	return "your IT provider"
}

// owner is how whoever asked is called in a sentence.
func (t *turn) owner() string {
	if t.in.OwnerName != "" {
		return t.in.OwnerName
	}
	return "the owner"
}
