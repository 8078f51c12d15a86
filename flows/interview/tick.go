package interview

import (
	"slices"
	"strconv"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// list goes back to all four, open to one of them.
func (t *turn) list() []bot.Effect { return t.turnTo("") }

func (t *turn) open() []bot.Effect { return t.turnTo(t.event.Action.Arg(2)) }

// turnTo shows a topic, or with none how all four stand.
func (t *turn) turnTo(topic string) []bot.Effect {
	if _, _, known := t.topic(topic); !known {
		topic = ""
	}
	t.in.Topic = topic
	t.keep()
	return []bot.Effect{t.card()}
}

func (t *turn) askReply() []bot.Effect {
	topic, _, known := t.topic(t.event.Action.Arg(2))
	if !known {
		return t.turnTo("")
	}
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title: "Their reply", Intro: topic.Ask, Submit: "Keep it", Action: t.act("pasted", topic.ID),
		Fields: []bot.Input{{ID: "reply", Label: "What did they answer?", Hint: "No passwords or codes, and nobody's private matters", Value: t.in.Replies[topic.ID].Pasted, Lines: true, Max: maxReply}},
	}}}
}

// pasted keeps what the owner brought. It stands beside what the provider's
// person typed themselves, and replaces none of it.
func (t *turn) pasted() []bot.Effect {
	topic, _, known := t.topic(t.event.Action.Arg(2))
	text := strings.TrimSpace(t.event.Values["reply"])
	switch {
	case !known:
		return t.turnTo("")
	case text == "":
		return refuse("reply", "Please paste what they answered, in any words.")
	}
	if text == t.in.Replies[topic.ID].Pasted {
		return t.turnTo(topic.ID)
	}
	t.reply(topic.ID, func(r *company.InterviewReply) { r.Pasted, r.Version = text, r.Version+1 })
	return append(t.turnTo(topic.ID), t.wait(never))
}

// tick sets one of the four, or takes it away.
func (t *turn) tick() []bot.Effect {
	a := t.event.Action
	topic, _, known := t.topic(a.Arg(2))
	mark, on := a.Arg(3), a.Arg(4) == "on"
	switch {
	case !known || !slices.Contains(content.Ticks(), content.Tick(mark)):
		return t.turnTo("")
	case a.Arg(5) != strconv.Itoa(t.in.Replies[topic.ID].Version):
		return t.newerReply(topic.ID)
	}
	t.reply(topic.ID, func(r *company.InterviewReply) {
		was := r.Ticks
		r.Ticks, r.Seen = nil, r.Version
		for _, one := range content.Ticks() {
			has := slices.Contains(was, string(one))
			if string(one) == mark {
				has = on
			}
			if has {
				r.Ticks = append(r.Ticks, string(one))
			}
		}
		if !slices.Equal(was, r.Ticks) {
			t.in.Changed = t.event.Now
		}
	})
	return t.turnTo(topic.ID)
}

// newerReply answers a press on words that have changed since.
func (t *turn) newerReply(topic string) []bot.Effect {
	return append(t.turnTo(topic), bot.Tell("There is a newer reply", "Nothing was ticked. Please look at it once more.")...)
}

// next goes on to the following topic; after the last it says what it means.
func (t *turn) next() []bot.Effect {
	topic, at, known := t.topic(t.event.Action.Arg(2))
	switch {
	case !known:
		return t.turnTo("")
	case t.event.Action.Arg(3) != strconv.Itoa(t.in.Replies[topic.ID].Version):
		return t.newerReply(topic.ID)
	}
	t.reply(topic.ID, func(r *company.InterviewReply) {
		if !looked(*r) {
			t.in.Changed = t.event.Now
		}
		r.Looked, r.Seen = true, r.Version
	})
	if all := t.lib.Interview.Topics; at+1 < len(all) {
		return t.turnTo(all[at+1].ID)
	}
	return t.judge()
}

// judge says what the ticks come to, once all four were looked at.
func (t *turn) judge() []bot.Effect {
	if !t.verdict().Complete {
		return append(t.turnTo(t.firstOpen()), bot.Tell("Look at all four first", "A topic without a tick counts, too: press Next on each.")...)
	}
	effects := []bot.Effect{t.wait(never)}
	if t.in.Judged.IsZero() {
		t.in.Judged = t.event.Now
		effects = append(effects, bot.Audit{Verb: "judged", Object: object})
	}
	return append(effects, t.turnTo("")...)
}
