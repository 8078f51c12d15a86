package who

import (
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/content"
)

// card says who handles a topic, whom to ask here, and what to try first.
func (t *turn) card(topic content.Topic, others []string) bot.View {
	here := t.here(topic)
	v := bot.View{
		Title: topic.Side.Mark() + " " + topic.Side.Word() + " · " + topic.Title,
		Gist:  topic.Title + ": this is for " + lower(topic.Side) + ". " + here,
		Blocks: []bot.Block{
			bot.Say(here),
			bot.Head("Do first"),
			bot.Steps(t.fillAll(topic.Steps)...),
		},
	}
	if len(topic.Avoid) > 0 {
		v.Blocks = append(v.Blocks, bot.Small(t.fill(strings.Join(topic.Avoid, " "))))
	}
	if topic.ID == judging {
		v.Blocks = append(v.Blocks, t.provider(topic)...)
	}
	buttons := append(t.tellThem(topic.ID),
		bot.Press(whyLabel(topic.Side), bot.Do("who", "why", topic.ID)),
		bot.Press("Not what I meant", bot.Do("who", "not", append([]string{topic.ID}, others...)...)))
	if len(topic.Related) > 0 {
		buttons = append(buttons, bot.Press("Related", bot.Do("who", "related", topic.ID)))
	}
	v.Blocks = append(v.Blocks, row(append(append(buttons, t.assign(topic)...), t.saveContact()...)...))
	return v
}

// lower is the word of a side inside a sentence.
func lower(s content.Side) string {
	if s == content.Security {
		return "security expertise"
	}
	return s.Word()
}

// judging is the topic whose steps are to ask the provider's questions.
const judging = "it-provider-check"

// provider lists what is worth asking the IT provider, to copy.
func (t *turn) provider(topic content.Topic) []bot.Block {
	if len(topic.AskProvider) == 0 {
		return nil
	}
	return []bot.Block{bot.Head("Worth asking your IT provider"), bot.Copy(t.fill(strings.Join(topic.AskProvider, "\n")))}
}

func whyLabel(s content.Side) string {
	switch s {
	case content.IT:
		return "Why IT?"
	case content.Both:
		return "Why both?"
	}
	return "Why security?"
}

// why says what a topic is, why its side handles it, and when that is enough.
func (t *turn) why(topic content.Topic) bot.View {
	v := bot.View{
		Title: strings.TrimSuffix(whyLabel(topic.Side), "?") + " · " + topic.Title,
		Blocks: []bot.Block{
			bot.Say(t.fill(topic.What)),
			bot.Say(t.fill(topic.Why)),
			{Fields: &bot.Fields{Items: []bot.Field{
				{Name: "IT alone", Value: t.fill(topic.ITIsEnough)},
				{Name: "With security", Value: t.fill(topic.BringInSecurity)},
			}}},
		},
	}
	if t.event.From.Owner() {
		v.Blocks = append(v.Blocks, t.provider(topic)...)
	}
	buttons := []bot.Button{bot.Press("What to do first", bot.Do("who", "topic", topic.ID))}
	if t.event.From.Owner() && topic.Side != content.IT {
		if pack, ok := t.lib.Pack(content.QuickCheck); ok {
			buttons = append(buttons, bot.Press("Check our security (5 minutes)", bot.Do("assess", "start", pack.ID)))
		}
	}
	buttons = append(buttons, bot.Press("IT or security: the tour", bot.Do("explain", "page", t.tour(topic))))
	v.Blocks = append(v.Blocks, row(buttons...))
	return v
}

// tour is the page that tells most about a topic.
func (t *turn) tour(topic content.Topic) string {
	if id, ok := t.page[topic.ID]; ok {
		return id
	}
	id := map[content.Side]string{content.IT: "it", content.Both: "overlap", content.Security: "security"}[topic.Side]
	if _, ok := t.lib.Page(id); ok {
		return id
	}
	return content.FirstPage
}
