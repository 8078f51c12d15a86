package teach

import (
	"slices"
	"strconv"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/match"
)

// ask opens the form in which an owner says what a phrase means. passed is
// the id of the question that it answers; empty: none.
func (t *turn) ask(says, topic, passed string) []bot.Effect {
	var options []bot.Option
	for _, c := range t.lib.Topics {
		options = append(options, bot.Option{Value: c.ID, Label: c.Title})
	}
	m, _ := company.Maps.Get(t.d, company.MapID)
	for _, id := range ownTopics(m) {
		if len(options) < 100 {
			options = append(options, bot.Option{Value: id, Label: m.Own[id].Title})
		}
	}
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title: "Teach me",
		Intro: "Choose what it is about, or name a topic of your own. Who handles it is said afterwards.",
		Fields: []bot.Input{
			{ID: "says", Label: "When somebody asks", Hint: "As people here say it: who handles the alarm code?", Value: says, Max: 150},
			{ID: "topic", Label: "They mean", Hint: "Leave it out for a topic of your own", Value: topic, Options: options, Optional: true},
			{ID: "title", Label: "Or a topic of your own", Hint: "A few words: the alarm code", Max: 40, Optional: true},
			{ID: "note", Label: "What to do first", Hint: "For a topic of your own: one sentence. No codes or passwords here", Max: 200, Optional: true},
		},
		Submit: "Teach",
		Action: bot.Do("teach", "taught", passed),
	}}}
}

// ownTopics lists the company's own topics in order of title.
func ownTopics(m company.Map) []string {
	var ids []string
	for id := range m.Own {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return strings.Compare(m.Own[a].Title+a, m.Own[b].Title+b) })
	return ids
}

// teach keeps a phrase. passed is the question that it answers, if any.
func (t *turn) teach(passed string) []bot.Effect {
	v := t.event.Values
	says, topic, title := strings.TrimSpace(v["says"]), v["topic"], strings.TrimSpace(v["title"])
	key := match.Key(says)
	taught, _ := company.Taughts.Get(t.d, company.TaughtID)
	m, _ := company.Maps.Get(t.d, company.MapID)
	at := slices.IndexFunc(taught.Phrases, func(p company.Phrase) bool { return slices.Equal(p.Key, key) })
	why := map[string]string{}
	switch {
	case len(key) == 0:
		why["says"] = "Please use a word that says what it is about."
	case at < 0 && len(taught.Phrases) >= company.MostPhrases:
		why["says"] = "I know " + strconv.Itoa(company.MostPhrases) + " phrases of yours, and more make me slow. Please forget one first."
	}
	t.checkTopic(why, topic, title, m)
	if len(why) > 0 {
		return []bot.Effect{bot.Refuse{Why: why}}
	}
	if title != "" {
		topic = "own." + company.NewID(t.event)
		if m.Own == nil {
			m.Own = map[string]company.OwnTopic{}
		}
		m.Own[topic] = company.OwnTopic{Title: title, Note: strings.TrimSpace(v["note"])}
		company.Maps.Put(t.d, company.MapID, m)
	}
	phrase := company.Phrase{Says: says, Key: key, Topic: topic}
	if at < 0 {
		taught.Phrases = append(taught.Phrases, phrase)
	} else {
		taught.Phrases[at] = phrase
	}
	company.Taughts.Put(t.d, company.TaughtID, taught)
	return append(t.learned(says, topic), t.answered(passed, "Taught: it means "+t.title(topic)+".")...)
}

// checkTopic says what is wrong with the topic of a phrase: it is one that
// there is, or the title of a new one.
func (t *turn) checkTopic(why map[string]string, topic, title string, m company.Map) {
	_, known := t.lib.Topic(topic)
	_, own := m.Own[topic]
	switch {
	case topic == "" && title == "":
		why["topic"] = "Please choose a topic, or name one of your own below."
	case topic != "" && title != "":
		why["title"] = "Please choose one: a topic above, or one of your own here."
	case topic != "" && !known && !own:
		why["topic"] = "That topic is no longer there. Please choose another."
	}
}

func (t *turn) learned(says, topic string) []bot.Effect {
	return []bot.Effect{
		bot.Audit{Verb: "taught", Object: "phrase for " + topic},
		bot.Answer{View: bot.View{
			Title: "Learned: \"" + says + "\" means " + t.title(topic),
			Blocks: []bot.Block{
				bot.Say("From now on everybody here who asks that gets this answer."),
				bot.Row(bot.Press("Say who handles it", bot.Do("duty", "assign", topic)), bot.Press("Teach another", bot.Do("teach", "teach"))),
			},
		}},
	}
}

// keyOf names a phrase in a button.
func keyOf(p company.Phrase) uint32 {
	h := uint32(2166136261)
	for _, w := range p.Key {
		h = (h ^ w) * 16777619
	}
	return h
}

// forget removes a phrase, and its topic where that was the company's own and
// nothing else leads there.
func (t *turn) forget(name string) []bot.Effect {
	taught, _ := company.Taughts.Get(t.d, company.TaughtID)
	at := slices.IndexFunc(taught.Phrases, func(p company.Phrase) bool { return strconv.FormatUint(uint64(keyOf(p)), 10) == name })
	if at < 0 {
		return bot.Respond(t.list())
	}
	gone := taught.Phrases[at]
	taught.Phrases = slices.Delete(taught.Phrases, at, at+1)
	company.Taughts.Put(t.d, company.TaughtID, taught)
	m, _ := company.Maps.Get(t.d, company.MapID)
	left := slices.ContainsFunc(taught.Phrases, func(p company.Phrase) bool { return p.Topic == gone.Topic })
	if _, own := m.Own[gone.Topic]; own && !left {
		delete(m.Own, gone.Topic)
		delete(m.Duties, gone.Topic)
		company.Maps.Put(t.d, company.MapID, m)
	}
	return []bot.Effect{
		bot.Audit{Verb: "forgot", Object: "phrase for " + gone.Topic},
		bot.Answer{View: t.list()},
	}
}
