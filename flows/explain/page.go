package explain

import (
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/content"
)

// page shows one page of the tour, as it is told to this person.
func (t *turn) page(p content.Page) bot.View {
	v := bot.View{Title: p.Title}
	for _, b := range p.Blocks {
		if b.Has(t.event.From.Owner()) {
			v.Blocks = append(v.Blocks, block(b))
		}
	}
	if p.Partner {
		v.Blocks = append(v.Blocks, t.partner()...)
	}
	v.Blocks = append(v.Blocks, t.ways(p))
	if len(p.Topics) > 0 {
		v.Blocks = append(v.Blocks, t.topics(p.Topics))
	}
	return v
}

func block(b content.PageBlock) bot.Block {
	switch {
	case b.Heading != "":
		return bot.Head(b.Heading)
	case b.Copy != "":
		return bot.Copy(b.Copy)
	case len(b.Points) > 0:
		return bot.Points(b.Points...)
	}
	return bot.Say(b.Text)
}

// partner names the security partner, to people of the company only.
func (t *turn) partner() []bot.Block {
	p := t.lib.Partner
	if p.Name == "" || t.event.From.Affiliation != bot.Home {
		return nil
	}
	who := "The security partner named for your company: " + p.Name
	if p.Contact != "" {
		who += ", " + p.Contact
	}
	return []bot.Block{bot.Say(who + ".")}
}

// ways are the buttons that lead on from a page: five at most, the next page
// first.
func (t *turn) ways(p content.Page) bot.Block {
	var row []bot.Button
	if next, ok := t.lib.Page(p.Next); ok {
		row = append(row, bot.Button{Label: "Next: " + next.Button, Action: bot.Do("explain", "page", next.ID), Main: true})
	}
	if back, ok := t.lib.Page(p.Back); ok {
		row = append(row, bot.Press("Back", bot.Do("explain", "page", back.ID)))
	}
	if pack, ok := t.lib.Pack(p.Check); ok && t.event.From.Owner() {
		row = append(row, bot.Press("Check our security (5 minutes)", bot.Do("assess", "start", pack.ID)))
	}
	for i, id := range p.Pages {
		if other, ok := t.lib.Page(id); ok {
			b := bot.Press(other.Button, bot.Do("explain", "page", id))
			b.More = i > 0
			row = append(row, b)
		}
	}
	return bot.Row(row...)
}

// topics offers to ask who handles each topic of a page.
func (t *turn) topics(ids []string) bot.Block {
	var options []bot.Button
	for _, id := range ids {
		if topic, ok := t.lib.Topic(id); ok {
			options = append(options, bot.Press(topic.Title, bot.Do("who", "topic", id)))
		}
	}
	return bot.Pick("Ask who handles:", options...)
}

// topic tells one topic as a page: what it is, who handles it, and why.
func (t *turn) topic(x content.Topic) bot.View {
	v := bot.View{Title: x.Side.Mark() + " " + x.Title + " · " + x.Side.Word()}
	if x.Urgency == content.Emergency {
		v.Blocks = append(v.Blocks, bot.Say("If this happened just now, press \"What to do now\". The rest can wait."))
	}
	v.Blocks = append(v.Blocks, bot.Say(x.What), bot.Say(x.Why), bot.Block{Fields: &bot.Fields{Items: []bot.Field{
		{Name: "IT alone", Value: x.ITIsEnough},
		{Name: "With security", Value: x.BringInSecurity},
	}}})
	first := bot.Button{Label: "What to do now", Action: bot.Do("who", "topic", x.ID), Main: true}
	v.Blocks = append(v.Blocks, bot.Row(first, bot.Press("The tour", bot.Do("explain", "page", t.pageAbout(x.ID)))))
	return v
}

// pageAbout is the page that names a topic, or the first.
func (t *turn) pageAbout(topic string) string {
	for _, p := range t.lib.Pages {
		if slices.Contains(p.Topics, topic) {
			return p.ID
		}
	}
	return content.FirstPage
}
