package explain

import (
	"secadvisor/bot"
	"secadvisor/flows/content"
)

// page shows one page of the tour, as it is told to this person.
func (x explain) page(e bot.Event, p content.Page) bot.View {
	v := bot.View{Title: p.Title}
	for _, b := range p.Blocks {
		if b.Has(e.From.Owner()) {
			v.Blocks = append(v.Blocks, block(b))
		}
	}
	if p.Partner {
		v.Blocks = append(v.Blocks, x.partner(e)...)
	}
	v.Blocks = append(v.Blocks, x.ways(e, p))
	if len(p.Topics) > 0 {
		v.Blocks = append(v.Blocks, x.topics(p.Topics))
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
func (x explain) partner(e bot.Event) []bot.Block {
	p := x.lib.Partner
	if p.Name == "" || e.From.Affiliation != bot.Home {
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
func (x explain) ways(e bot.Event, p content.Page) bot.Block {
	var row []bot.Button
	if next, ok := x.lib.Page(p.Next); ok {
		row = append(row, bot.Button{Label: "Next: " + next.Button, Action: bot.Do("explain", "page", next.ID), Main: true})
	}
	if back, ok := x.lib.Page(p.Back); ok {
		row = append(row, bot.Press("Back", bot.Do("explain", "page", back.ID)))
	}
	if pack, ok := x.lib.Pack(p.Check); ok && e.From.Owner() {
		row = append(row, bot.Press("Check our security (5 minutes)", bot.Do("assess", "start", pack.ID)))
	}
	for i, id := range p.Pages {
		if other, ok := x.lib.Page(id); ok {
			b := bot.Press(other.Button, bot.Do("explain", "page", id))
			b.More = i > 0
			row = append(row, b)
		}
	}
	return bot.Row(row...)
}

// topics offers to ask who handles each topic of a page.
func (x explain) topics(ids []string) bot.Block {
	var options []bot.Button
	for _, id := range ids {
		if t, ok := x.lib.Topic(id); ok {
			options = append(options, bot.Press(t.Title, bot.Do("who", "topic", t.ID)))
		}
	}
	return bot.Pick("Ask who handles:", options...)
}

// topic tells one topic as a page: what it is, who handles it, and why.
func (x explain) topic(e bot.Event, t content.Topic) bot.View {
	v := bot.View{Title: t.Side.Mark() + " " + t.Title + " · " + t.Side.Word()}
	if t.Urgency == content.Emergency {
		v.Blocks = append(v.Blocks, bot.Say("If this happened just now, press \"What to do now\". The rest can wait."))
	}
	v.Blocks = append(v.Blocks, bot.Say(t.What), bot.Say(t.Why), bot.Block{Fields: &bot.Fields{Items: []bot.Field{
		{Name: "IT alone", Value: t.ITIsEnough},
		{Name: "With security", Value: t.BringInSecurity},
	}}})
	first := bot.Button{Label: "What to do now", Action: bot.Do("who", "topic", t.ID), Main: true}
	v.Blocks = append(v.Blocks, bot.Row(first, bot.Press("The tour", bot.Do("explain", "page", x.pageAbout(t)))))
	return v
}

// pageAbout is the page that names a topic, or the first.
func (x explain) pageAbout(t content.Topic) string {
	for _, p := range x.lib.Pages {
		for _, id := range p.Topics {
			if id == t.ID {
				return p.ID
			}
		}
	}
	return content.FirstPage
}
