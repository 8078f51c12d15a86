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
