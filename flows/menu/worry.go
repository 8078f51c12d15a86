package menu

import (
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/content"
)

// What people worry about before they say anything: whether it is private,
// whether they are in trouble, and, who owns a company, whether it is safe. And
// what they type where a button was meant.

// unseen says who sees what somebody asks: nobody, but for what they write
// where others read.
func (t *turn) unseen() bot.View {
	v := bot.View{
		Title: "Here, only you see what you ask",
		Blocks: []bot.Block{
			bot.Say("I don't keep it, and I don't tell anybody who asked what. Something goes to another person only when you press a button for it, and you see the exact words and who reads them first."),
			t.next(bot.Button{Label: "Something happened", Action: bot.Do("menu", "urgent"), Main: true}),
		},
	}
	if t.heard() {
		v.Title = "Only you see what I answer"
		v.Blocks = slices.Insert(v.Blocks, 0, bot.Say("What you write in a channel yourself, everybody there can read. In our direct messages, only you see what you ask."))
	}
	return v
}

// heard reports whether others could read a question: it was written where they
// read along.
func (t *turn) heard() bool {
	return t.event.Kind == bot.Message && t.event.Place.Channel != "" && t.event.Place.Kind != bot.Direct
}

// calm is for somebody who fears to be blamed. It promises nothing that others
// would have to keep.
func (t *turn) calm() bot.View {
	seen := "What you ask here is shown to you alone, and not kept."
	if t.heard() {
		seen = "Only you see this answer. Ask me more in our direct messages: what you ask there is shown to you alone, and not kept."
	}
	return bot.View{
		Title: "It is good that you say it",
		Blocks: []bot.Block{
			bot.Say("These tricks are made by people who do nothing else, and they work on careful people every day. What counts now is time: the earlier somebody knows, the more can be done."),
			bot.Say(seen),
			t.next(bot.Button{Label: "Something happened", Action: bot.Do("menu", "urgent"), Main: true}),
		},
	}
}

// safe is for whoever wants to know how safe the company is.
func (t *turn) safe() bot.View {
	if !t.event.From.Owner() {
		return bot.View{
			Title: "That is for the owner to check",
			Blocks: []bot.Block{
				bot.Say("I can help them: ten questions, five minutes, with " + t.lib.Command + " assess. Have you seen something that worries you? Say it here, or tell them."),
				t.next(bot.Button{Label: "Something happened", Action: bot.Do("menu", "urgent"), Main: true}),
			},
		}
	}
	return bot.View{
		Title: "Let's find out: ten questions, five minutes",
		Blocks: []bot.Block{
			bot.Say("You get a score, what to do first, and who does it: IT support, security expertise, or both. Only you read it."),
			t.next(bot.Button{Label: "Check our security (5 minutes)", Action: bot.Do("assess", "start", content.QuickCheck), Main: true}),
		},
	}
}

// pressed is for who types a reply. Several messages may wait for one, and a
// guess could close the wrong one.
func (t *turn) pressed() bot.View {
	row := []bot.Button{{Label: "Something happened", Action: bot.Do("menu", "urgent"), Main: true}, bot.Press("Whom do I phone?", bot.Do("who", "next"))}
	if t.event.From.Affiliation == bot.Home {
		row = append(row, bot.Press("What is mine to do", bot.Do("menu", "home")))
	}
	return bot.View{
		Title: "Which of my messages do you answer?",
		Blocks: []bot.Block{
			bot.Say("I can't tell from one word. Please press the button on that message: it still works."),
			bot.Row(append(row, bot.Press("Menu", bot.Do("menu", "menu")))...),
		},
	}
}

// welcomed is for who says thank you or goodbye.
func (t *turn) welcomed() bot.View {
	return bot.View{
		Title: "You're welcome",
		Blocks: []bot.Block{
			bot.Say("Write to me whenever something happens, at night too."),
			bot.Row(bot.Press("Something happened", bot.Do("menu", "urgent")), bot.Press("Menu", bot.Do("menu", "menu"))),
		},
	}
}

// noHelp is for who is cross with the bot, with good reason.
func (t *turn) noHelp() bot.View {
	return bot.View{
		Title: "Sorry that I was no help",
		Blocks: []bot.Block{
			bot.Say("Tell me in other words what you see and what you were doing; a few are enough. Or ask a person."),
			bot.Row(bot.Button{Label: "Something happened", Action: bot.Do("menu", "urgent"), Main: true}, bot.Press("Whom do I phone?", bot.Do("who", "next")),
				bot.Press("All topics", bot.Do("who", "none")), bot.Press("Menu", bot.Do("menu", "menu"))),
		},
	}
}

func (t *turn) next(first bot.Button) bot.Block {
	return bot.Row(first, bot.Press("What do you keep?", bot.Do("menu", "keep")), bot.Press("Menu", bot.Do("menu", "menu")))
}
