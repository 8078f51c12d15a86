package explain

import (
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/content"
	"secadvisor/flows/match"
	"secadvisor/flows/prose"
)

// wordCalled finds a word of the trade: alone, or asked for as "what does MFA
// mean".
func (t *turn) wordCalled(text string) (content.Word, bool) {
	if w, ok := t.lib.Word(text); ok {
		return w, true
	}
	return t.lib.Defined(text)
}

// word tells what a word means, and then of the topic that it belongs to.
func (t *turn) word(w content.Word) bot.View {
	topic, ok := t.lib.Topic(w.Topic)
	if !ok {
		return bot.View{Title: w.Says[0], Blocks: []bot.Block{bot.Say(w.Means)}}
	}
	v := t.topic(topic)
	v.Blocks = slices.Insert(v.Blocks, 0, bot.Head(w.Says[0]), bot.Say(w.Means))
	return v
}

// wordsNear lists words that somebody may have meant who wrote another, at most
// so many, the nearest first: few letters differ. Short ones are left alone, as
// others lie too near.
func (t *turn) wordsNear(text string, most int) (near []content.Word) {
	text = strings.ToLower(text)
	for slips := range min((len(text)-1)/4, 2) + 1 {
		for _, spelling := range t.lib.Spellings() {
			w, _ := t.lib.Word(spelling)
			known := slices.ContainsFunc(near, func(o content.Word) bool { return o.Says[0] == w.Says[0] })
			if len(near) < most && !known && prose.Slips(text, spelling) == slips {
				near = append(near, w)
			}
		}
	}
	return near
}

// unknown says that a word is not known, and what comes near. Where that is one
// word alone, it was mistyped.
func (t *turn) unknown(closest []match.Scored) bot.View {
	near := t.wordsNear(t.event.Text, 2)
	if len(near) == 1 {
		return t.word(near[0])
	}
	var buttons []bot.Button
	for _, w := range near {
		buttons = append(buttons, bot.Press(w.Says[0], bot.Do("explain", "word", w.Says[0])))
	}
	for _, s := range closest {
		if len(buttons) < 3 {
			buttons = append(buttons, t.to(s.Topic))
		}
	}
	why := "It may be a name, or spelled in another way. Asking whoever used it what they mean is always fair. Nothing was kept or passed on."
	if len(buttons) > 0 {
		why += " These come closest:"
	}
	return bot.View{Title: "I don't know that word", Blocks: []bot.Block{
		bot.Say(why),
		bot.Row(append(buttons, bot.Press("The tour", bot.Do("explain", "page", content.FirstPage)))...),
	}}
}
