package assess

import (
	"fmt"

	"secadvisor/bot"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// summary is what a channel may see: how it stands and whose turn it is, not
// what is open.
func (a assess) summary(d *bot.Docs, s sheet) bot.View {
	r := a.outcome(d, s)
	return bot.View{
		Title: fmt.Sprintf("%s of %s: %d of 100, %s", s.pack.Title, prose.Day(s.run.Finished), r.Shown, r.Band),
		Blocks: []bot.Block{
			bot.Say(fmt.Sprintf("Next steps: %d for IT support, %d for IT and security together, %d for security expertise.",
				count(r, content.IT), count(r, content.Both), count(r, content.Security))),
			bot.Small("A self-check by the owner. What is open stays with them."),
		},
	}
}

// previewShare shows the exact text, and who will read it, before anything
// is posted.
func (a assess) previewShare(d *bot.Docs, s sheet) []bot.Effect {
	if s.run.ShareTo == "" || s.run.Finished.IsZero() {
		return say("There is no channel to share it with", "Start an assessment from the channel that should see the summary.")
	}
	v := a.summary(d, s)
	v.Blocks = append([]bot.Block{bot.Small("This is what everybody in the channel would read:"), bot.Head(v.Title)}, v.Blocks...)
	v.Title = "Share this summary in the channel where you started?"
	v.Blocks = append(v.Blocks, bot.Row(bot.Button{Label: "Share it", Action: s.act("share-confirm"), Main: true}))
	return []bot.Effect{bot.Answer{View: v}}
}

// share posts the summary, once.
func (a assess) share(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	if late(e, s) || s.run.ShareTo == "" || s.run.Finished.IsZero() {
		return say("It is shared already, or the result has changed", "The card shows what is true now.")
	}
	s.keep(d, e)
	return []bot.Effect{
		bot.Audit{Verb: "shared", Object: "summary of assessment " + s.pack.ID},
		bot.Show{Key: "summary/" + s.id, To: bot.Address{Channel: s.run.ShareTo}, View: a.summary(d, s)},
		a.card(d, s),
		bot.Answer{View: bot.View{Title: "Shared", Blocks: []bot.Block{bot.Say("The channel sees the score and whose turn it is, nothing of what is open.")}}},
	}
}
