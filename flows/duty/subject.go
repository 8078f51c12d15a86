package duty

import (
	"slices"
	"strings"

	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// subject is what somebody can be given: a topic, or a group of topics.
type subject struct {
	id    string
	title string
	side  content.Side // of a topic; empty: a group
	ids   []string     // the duties that count for it, the closest first
}

// own is the side of topics that only this company has.
const own content.Side = "own"

// groups in the order in which an owner best assigns them.
var groups = [...]subject{
	{id: company.GroupIT, title: "Everything for IT support"},
	{id: company.GroupSecurity, title: "Everything for security"},
	{id: company.GroupBoth, title: "Everything for both together"},
	{id: company.GroupEmergency, title: "All emergencies"},
}

// sides in the order of the map, with what their duties are called.
var sides = [...]struct {
	side   content.Side
	duties string
}{
	{content.Security, "security duties"},
	{content.Both, "shared duties"},
	{content.IT, "IT duties"},
	{own, "duties of your own"},
}

func dutiesOf(side content.Side) (name string, ok bool) {
	for _, s := range sides {
		if s.side == side {
			return s.duties, true
		}
	}
	return "", false
}

// subject finds what an id means; what a button carries may be anything.
func (t *turn) subject(id string) (subject, bool) {
	if topic, ok := t.lib.Topic(id); ok {
		return ofTopic(topic), true
	}
	if o, ok := t.m.Own[id]; ok {
		return subject{id, o.Title, own, []string{id}}, true
	}
	for _, g := range groups {
		if g.id == id {
			g.ids = []string{id}
			return g, true
		}
	}
	return subject{}, false
}

func ofTopic(topic content.Topic) subject {
	return subject{topic.ID, topic.Title, topic.Side, company.Levels(topic.ID, string(topic.Side), topic.Urgency == content.Emergency)}
}

// title is what a duty is for, as a person reads it. A topic may have gone
// since it was assigned.
func (t *turn) title(id string) string {
	if s, ok := t.subject(id); ok {
		return s.title
	}
	return "a topic that is no longer there"
}

// titles joins what duties are for; of many it names the first three.
func (t *turn) titles(ids []string) string {
	var all []string
	for _, id := range ids {
		all = append(all, inside(t.title(id)))
	}
	return apart(all, 3)
}

// all lists every topic, the company's own last.
func (t *turn) all() []subject {
	var all []subject
	for _, topic := range t.lib.Topics {
		all = append(all, ofTopic(topic))
	}
	var mine []subject
	for id, o := range t.m.Own {
		mine = append(mine, subject{id, o.Title, own, []string{id}})
	}
	slices.SortFunc(mine, func(a, b subject) int { return strings.Compare(a.title+a.id, b.title+b.id) })
	return append(all, mine...)
}
