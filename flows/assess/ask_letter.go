package assess

import (
	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
	"secadvisor/flows/score"
)

// What somebody sees who was asked one question: that question, and nothing
// else of the run.

// letterKey begins the keys of their cards; the run and the asking follow.
const letterKey = "asked/"

// letter is their lasting card. Note stands on top where something is to be
// said.
func (t *turn) letter(id, note string) bot.Show {
	x := t.run.Sent[id]
	v := t.letterView(id)
	if note != "" {
		v.Blocks = append([]bot.Block{bot.Say(note)}, v.Blocks...)
	}
	if len(v.Actions()) > 0 {
		v.Fresh = t.see("reply-fresh", x.ID, id)
	}
	return bot.Show{Key: letterKey + t.id + "/" + x.ID, To: bot.To(x.User), View: v}
}

func (t *turn) letterView(id string) bot.View {
	x := t.run.Sent[id]
	if !x.Answered.IsZero() {
		return t.thankYou(id)
	}
	q := t.lib.Questions[id]
	v := bot.View{
		Title: prose.Sentence(t.owner()) + " asks you one question about the company",
		Gist:  prose.Sentence(t.owner()) + " asks you: " + q.Ask,
		Blocks: []bot.Block{
			bot.Head(q.Ask),
			bot.Say(q.YesMeans),
			bot.Small("How to find out: " + q.FindOut),
		},
	}
	v.Blocks = append(v.Blocks, t.replyButtons(id)...)
	by := "By " + prose.Day(x.Due) + ", if you can. "
	if !x.Reminded.IsZero() {
		by = ""
	}
	v.Blocks = append(v.Blocks, bot.Small(by+prose.Sentence(t.owner())+" gets your answer with your name; you see nothing else of it. "+
		prose.Sentence(t.lib.Host())+" could read it. \"I don't know either\" helps too."))
	return v
}

func (t *turn) replyButtons(id string) []bot.Block {
	x := t.run.Sent[id]
	var buttons []bot.Button
	for _, o := range t.lib.Questions[id].Offers(t.pack.StaysFresh(id)) {
		name := o.Label
		if o.Code == score.DontKnow {
			name = "I don't know either"
		}
		buttons = append(buttons, bot.Press(name, t.see("reply", x.ID, id, o.Code)))
	}
	return append(bot.Rows(buttons...), bot.Row(bot.Behind("Why this matters", t.see("reply-why", x.ID, id))))
}

// thankYou stands on the card of somebody who has answered.
func (t *turn) thankYou(id string) bot.View {
	said := t.run.Answers[id]
	v := bot.View{
		Title:  "Thank you. " + prose.Sentence(t.owner()) + " has your answer",
		Blocks: []bot.Block{bot.Head(t.lib.Questions[id].Ask)},
	}
	if said.By != t.run.Sent[id].User {
		return v // it was answered again since, by somebody else
	}
	v.Blocks = append(v.Blocks, bot.Say("You said: "+t.lib.Questions[id].InWords(said.Value, said.Evidence)+"."))
	if !t.finished() {
		v.Blocks = append(v.Blocks, bot.Row(bot.Press("Change my answer", t.see("reply-change", t.run.Sent[id].ID, id))))
	}
	return v
}

// noMore is the card of somebody whose answer is not needed any more.
func (s sheet) noMore(x company.Sent) bot.Show {
	return bot.Show{Key: letterKey + s.id + "/" + x.ID, To: bot.To(x.User), View: bot.View{
		Title:  "Nothing is needed from you any more",
		Blocks: []bot.Block{bot.Say(prose.Sentence(s.owner()) + " has settled it in another way. Thank you all the same.")},
	}}
}
