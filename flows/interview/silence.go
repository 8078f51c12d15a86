package interview

import (
	"secadvisor/bot"
	"secadvisor/flows/prose"
)

// silence asks the owner after a week what became of it, once.
func (t *turn) silence(found bool) []bot.Effect {
	switch {
	case !found:
		return nil
	case t.orphaned():
		return t.abandon()
	case len(t.in.Replies) > 0 || !t.in.Reminded.IsZero() || t.in.Failed != "":
		return nil
	}
	t.in.Reminded = t.event.Now
	t.keep()
	paste := bot.Press("Paste a reply", t.act("topic", t.firstOpen()))
	copied := bot.Press("Copy as e-mail", t.act("copy"))
	stop := bot.Press("Stop", t.act("stop"))
	v := bot.View{Title: "No reply from your IT provider yet: paste it, ask again, or stop"}
	switch {
	case t.in.Provider != "":
		v.Title = "No reply from " + t.provider() + " yet: paste it, ask again, or stop"
		v.Blocks = []bot.Block{
			bot.Say("A week has gone by. Such questions take time, and a call often helps more than another message. If they have answered in another way, paste it."),
			bot.Row(bot.Button{Label: "Ask " + t.provider() + " again", Action: t.act("ask-again"), Main: true}, paste, copied, stop),
		}
	case !t.in.Copied.IsZero():
		paste.Main = true
		v.Blocks = []bot.Block{
			bot.Say("A week ago you copied the questions as an e-mail. Such questions take time, and a call often helps."),
			bot.Row(paste, copied, bot.Press("Send to somebody", t.act("whom")), stop),
		}
	default:
		copied.Main = true
		v.Title = "The questions to your IT provider have not gone out yet"
		v.Blocks = []bot.Block{
			bot.Say("You began a week ago. It takes a minute: copy them as an e-mail, or send them to somebody who is here."),
			bot.Row(copied, bot.Press("Send to somebody", t.act("whom")), paste, stop),
		}
	}
	v.Blocks = append(v.Blocks, bot.Small("I say this once."))
	return []bot.Effect{t.note(v)}
}

// undelivered tells the owner at once that the provider's person was not
// reached.
func (t *turn) undelivered(found bool) []bot.Effect {
	u := t.event.Undelivered
	if !found || u == nil || t.orphaned() {
		return nil
	}
	_, round, part := cut(u.Key)
	switch {
	case round != t.in.Round || u.To != bot.To(t.in.Provider):
		return nil
	case part == "found" && !t.in.Shown.IsZero():
		t.in.Shown = never
		t.keep()
		return []bot.Effect{t.card(), t.note(bot.View{
			Title: "I could not show " + t.provider() + " what you found",
			Blocks: []bot.Block{
				bot.Say(prose.Sentence(u.Reason) + ". You can copy it as an e-mail."),
				bot.Row(bot.Button{Label: "Copy as e-mail", Action: t.act("show-copy"), Main: true}),
			},
		})}
	case part != "asked" || t.answered():
		return nil
	}
	t.in.Failed = u.Reason
	t.keep()
	return []bot.Effect{t.card(), t.wait(never), t.note(bot.View{
		Title: "I could not reach " + t.provider() + " with the four questions",
		Blocks: []bot.Block{
			bot.Say(prose.Sentence(u.Reason) + "."),
			bot.Row(bot.Button{Label: "Copy as e-mail", Action: t.act("copy"), Main: true}, bot.Press("Send to somebody else", t.act("whom")), bot.Press("Stop", t.act("stop"))),
		},
	})}
}
