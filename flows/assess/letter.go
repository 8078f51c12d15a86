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
func (a assess) letter(s sheet, id, note string) bot.Show {
	x := s.run.Sent[id]
	v := a.letterView(s, id)
	if note != "" {
		v.Blocks = append([]bot.Block{bot.Say(note)}, v.Blocks...)
	}
	if len(v.Actions()) > 0 {
		v.Fresh = s.see("reply-fresh", x.ID, id)
	}
	return bot.Show{Key: letterKey + s.id + "/" + x.ID, To: bot.To(x.User), View: v}
}

func (a assess) letterView(s sheet, id string) bot.View {
	x := s.run.Sent[id]
	if !x.Answered.IsZero() {
		return a.thankYou(s, id)
	}
	q := a.lib.Questions[id]
	v := bot.View{
		Title: prose.Sentence(s.owner()) + " asks you one question about the company",
		Gist:  prose.Sentence(s.owner()) + " asks you: " + q.Ask,
		Blocks: []bot.Block{
			bot.Head(q.Ask),
			bot.Say(q.YesMeans),
			bot.Small("How to find out: " + q.FindOut),
		},
	}
	v.Blocks = append(v.Blocks, a.replyButtons(s, id)...)
	by := "By " + prose.Day(x.Due) + ", if you can. "
	if !x.Reminded.IsZero() {
		by = ""
	}
	v.Blocks = append(v.Blocks, bot.Small(by+prose.Sentence(s.owner())+" gets your answer with your name; you see nothing else of it. "+
		prose.Sentence(a.lib.Host())+" could read it. \"I don't know either\" helps too."))
	return v
}

func (a assess) replyButtons(s sheet, id string) []bot.Block {
	x := s.run.Sent[id]
	var buttons []bot.Button
	for _, o := range a.lib.Questions[id].Offers(s.pack.StaysFresh(id)) {
		name := o.Label
		if o.Code == score.DontKnow {
			name = "I don't know either"
		}
		buttons = append(buttons, bot.Press(name, s.see("reply", x.ID, id, o.Code)))
	}
	return append(bot.Rows(buttons...), bot.Row(bot.Behind("Why this matters", s.see("reply-why", x.ID, id))))
}

// thankYou stands on the card of somebody who has answered.
func (a assess) thankYou(s sheet, id string) bot.View {
	said := s.run.Answers[id]
	v := bot.View{
		Title:  "Thank you. " + prose.Sentence(s.owner()) + " has your answer",
		Blocks: []bot.Block{bot.Head(a.lib.Questions[id].Ask)},
	}
	if said.By != s.run.Sent[id].User {
		return v // it was answered again since, by somebody else
	}
	v.Blocks = append(v.Blocks, bot.Say("You said: "+a.lib.Questions[id].InWords(said.Value, said.Evidence)+"."))
	if s.run.Finished.IsZero() {
		v.Blocks = append(v.Blocks, bot.Row(bot.Press("Change my answer", s.see("reply-change", s.run.Sent[id].ID, id))))
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
