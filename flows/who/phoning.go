package who

import (
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/content"
)

// phoning are whole messages of somebody who wants to know whom to phone, or
// whom nobody answers: they get the numbers, whatever topic sounds like it.
var phoning = []string{
	"who do i call", "who do i phone", "who do i ring", "whom do i call", "whom do i phone", "who should i call", "who should i phone", "who can i call", "who can i phone",
	"who to call", "who to phone", "whom to call", "whom to phone", "what number do i call", "which number do i call", "who do we call", "who do we phone",
	"emergency number", "emergency numbers", "emergency contact", "emergency contacts",
	"nobody answers", "no one answers", "nobody answers the phone", "no one answers the phone", "nobody picks up", "no one picks up", "nobody is answering", "no one is answering", "they don't answer", "they don't pick up",
	"no answer", "no one answered", "nobody answered", "nobody is answering the phone", "no one is answering the phone", "they dont answer", "they dont pick up", "they are not answering", "it goes to voicemail", "goes to voicemail", "it just rings", "it keeps ringing",
	"i called and no answer", "i called and nobody answered", "i called and no one answered", "i called but no answer", "i called but nobody answered", "i called but no one answered", "called no answer",
	"i can't reach anybody", "i can't reach anyone", "i cant reach anybody", "i cant reach anyone", "can't reach anybody", "can't reach anyone", "cant reach anybody", "cant reach anyone", "i can't reach them", "i cant reach them",
	"can i talk to a human", "can i talk to a person", "can i talk to somebody", "can i talk to someone", "can i speak to a human", "can i speak to a person", "can i speak to somebody", "can i speak to someone", "i want to talk to a human", "i want to talk to a person", "let me talk to a human", "talk to a human", "talk to a person",
}

// settled are whole messages of somebody for whom it is over.
var settled = []string{
	"sorted", "all sorted", "sorted now", "all sorted now", "it's sorted", "its sorted", "it is sorted", "sorted thanks", "sorted now thanks", "all sorted thanks", "solved", "problem solved", "it's solved", "its solved", "fixed", "it's fixed", "its fixed", "it is fixed", "fixed now", "it's fixed now", "its fixed now",
	"never mind", "nevermind", "never mind it's fixed", "nevermind its fixed", "never mind, sorted", "ignore that", "ignore me", "please ignore", "false alarm", "sorry false alarm", "it was a false alarm", "forget it", "forget that",
	"all good", "all good now", "it's all good", "its all good", "all fine", "all fine now", "it's fine now", "its fine now", "it's ok now", "its ok now", "it works", "it works now", "it works again", "it's working", "its working", "it's working now", "its working now", "it's working again", "its working again", "working again", "working now",
}

// over is for them. Whether somebody is asked later stays as it is until they
// say that those who must know do.
func (t *turn) over() bot.View {
	v := bot.View{Title: "All right, nothing more to do", Blocks: []bot.Block{
		bot.Say("Was it something urgent? Then somebody should look at it all the same, even if it seems over."),
	}}
	row := []bot.Button{t.happened(), bot.Press("Menu", bot.Do("menu", "menu"))}
	if t.event.From.Affiliation == bot.Home {
		known := bot.Button{Label: "It was urgent, and they know", Action: bot.Do("who", "reached"), Main: true}
		row = append([]bot.Button{known}, row...)
	}
	v.Blocks = append(v.Blocks, bot.Row(row...))
	return v
}

// next says whom to phone, one after another, and the safe step.
func (t *turn) next() bot.View {
	v := bot.View{Tone: bot.Urgent, Title: "Phone, in this order"}
	var lines []string
	for _, c := range t.line(content.Topic{Urgency: content.Emergency, Side: content.Security}) {
		switch {
		case c.Name != "" && c.Phone != "":
			lines = append(lines, c.Name+": "+c.Phone)
		case c.Phone != "":
			lines = append(lines, c.Phone)
		default:
			lines = append(lines, c.Name+": walk over, or ask anybody for the number")
		}
	}
	if len(lines) == 0 {
		lines = append(lines, "Whoever looks after your computers: phone, or walk over")
	}
	lines = append(lines, "The owner: phone, or walk over")
	v.Blocks = append(v.Blocks, bot.Steps(lines...),
		bot.Say("Nobody answers and it goes on? Take the computer off the network: cable out, Wi-Fi off, leave it on. If money has left, the bank comes first."))
	happened := bot.Press("What happened? First steps", bot.Do("menu", "urgent"))
	switch from := t.event.From; {
	case from.Owner():
		v.Blocks = append(v.Blocks, bot.Row(happened, bot.Press("The emergency card", bot.Do("emergency", "card"))))
	case from.Affiliation == bot.Home:
		tell := bot.Button{Label: "Tell the owner", Action: bot.Do("handoff", "tell", "no-answer"), Main: true}
		v.Blocks = append(v.Blocks, bot.Row(append([]bot.Button{tell, happened}, t.noNumber()...)...))
	default:
		v.Blocks = append(v.Blocks, bot.Row(happened))
	}
	v.Gist = v.Title + ": " + strings.Join(lines, "; ")
	return v
}
