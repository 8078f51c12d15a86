package menu

import (
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/content"
)

// What people worry about before they say anything: whether it is private,
// whether they are in trouble, and, who owns a company, whether it is safe. And
// what they type where a button was meant.

var (
	private = []string{"can i stay anonymous", "is this anonymous", "is this private", "who sees this", "who can see this", "who sees what i ask", "who can see what i ask", "does my boss see this", "can my boss see this", "does anybody see this", "who asked you about me",
		"will my boss see this", "will anybody see this", "will anyone see this", "can anybody see this", "can anyone see this", "does anyone see this", "who sees what i write", "who can see what i write", "who reads this", "who can read this"}
	trouble = []string{"will i get fired", "will i be fired", "will i get in trouble", "will i get into trouble", "am i in trouble", "am i fired", "is it my fault", "was it my fault", "was that my fault", "is this my fault", "i feel stupid", "i am so sorry", "i'm so sorry"}
	secure  = []string{"are we secure", "are we safe", "how secure are we", "how safe are we", "is our company secure", "is our company safe", "is my company secure", "is my company safe"}
	replies = []string{"yes", "yes please", "yep", "no", "no thanks", "no thank you", "nope", "ok", "okay", "sure", "done", "all done", "it is done", "it's done", "i did", "i did it",
		"i can't", "i can’t", "i cant", "i cannot", "i can't do it", "not mine", "it is not mine", "it's not mine", "i have it", "i've got it", "got it", "later", "not now", "not yet", "another day", "next week"}
)

// unseen says who sees what somebody asks: nobody, but for what they write
// where others read.
func (m menu) unseen(e bot.Event) bot.View {
	v := bot.View{
		Title: "Here, only you see what you ask",
		Blocks: []bot.Block{
			bot.Say("I don't keep it, and I don't tell anybody who asked what. Something goes to another person only when you press a button for it, and you see the exact words and who reads them first."),
			m.next(bot.Button{Label: "Something happened", Action: bot.Do("menu", "urgent"), Main: true}),
		},
	}
	if heard(e) {
		v.Title = "Only you see what I answer"
		v.Blocks = slices.Insert(v.Blocks, 0, bot.Say("What you write in a channel yourself, everybody there can read. In our direct messages, only you see what you ask."))
	}
	return v
}

// heard reports whether others could read a question: it was written where they
// read along.
func heard(e bot.Event) bool {
	return e.Kind == bot.Message && e.Place.Channel != "" && e.Place.Kind != bot.Direct
}

// calm is for somebody who fears to be blamed. It promises nothing that others
// would have to keep.
func (m menu) calm(e bot.Event) bot.View {
	seen := "What you ask here is shown to you alone, and not kept."
	if heard(e) {
		seen = "Only you see this answer. Ask me more in our direct messages: what you ask there is shown to you alone, and not kept."
	}
	return bot.View{
		Title: "It is good that you say it",
		Blocks: []bot.Block{
			bot.Say("These tricks are made by people who do nothing else, and they work on careful people every day. What counts now is time: the earlier somebody knows, the more can be done."),
			bot.Say(seen),
			m.next(bot.Button{Label: "Something happened", Action: bot.Do("menu", "urgent"), Main: true}),
		},
	}
}

// safe is for whoever wants to know how safe the company is.
func (m menu) safe(e bot.Event) bot.View {
	if !e.From.Owner() {
		return bot.View{
			Title: "That is for the owner to check",
			Blocks: []bot.Block{
				bot.Say("I can help them: ten questions, five minutes, with " + m.lib.Command + " assess. Have you seen something that worries you? Say it here, or tell them."),
				m.next(bot.Button{Label: "Something happened", Action: bot.Do("menu", "urgent"), Main: true}),
			},
		}
	}
	return bot.View{
		Title: "Let's find out: ten questions, five minutes",
		Blocks: []bot.Block{
			bot.Say("You get a score, what to do first, and who does it: IT support, security expertise, or both. Only you read it."),
			m.next(bot.Button{Label: "Check our security (5 minutes)", Action: bot.Do("assess", "start", content.QuickCheck), Main: true}),
		},
	}
}

// pressed is for who types a reply. Several messages may wait for one, and a
// guess could close the wrong one.
func (m menu) pressed(e bot.Event) bot.View {
	row := []bot.Button{{Label: "Something happened", Action: bot.Do("menu", "urgent"), Main: true}, bot.Press("Whom do I phone?", bot.Do("who", "next"))}
	if e.From.Affiliation == bot.Home {
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

func (m menu) next(first bot.Button) bot.Block {
	return bot.Row(first, bot.Press("What do you keep?", bot.Do("menu", "keep")), bot.Press("Menu", bot.Do("menu", "menu")))
}
