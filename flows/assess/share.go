package assess

import (
	"fmt"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// summary is what a channel may see: how it stands and whose turn it is, not
// what is open.
func (t *turn) summary() bot.View {
	r := t.outcome()
	return bot.View{
		Title: fmt.Sprintf("%s of %s: %d of 100, %s", t.pack.Title, prose.Day(t.run.Finished), r.Shown, r.Band),
		Blocks: []bot.Block{
			bot.Say(fmt.Sprintf("Next steps: %d for IT support, %d for IT and security together, %d for security expertise.",
				count(r, content.IT), count(r, content.Both), count(r, content.Security))),
			bot.Small("A self-check by the owner. What is open stays with them."),
		},
	}
}

// askWhere opens the form that asks which channel is to see the summary.
func (t *turn) askWhere() []bot.Effect {
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title:  "Share a summary",
		Intro:  "A channel sees the score and whose turn it is, nothing of what is open. You see the exact words before anything is posted.",
		Fields: []bot.Input{{ID: "channel", Label: "Which channel?", Hint: "One that people of this company alone can read", Pick: bot.PickChannel}},
		Submit: "Show me the words",
		Action: t.act("share-to"),
	}}}
}

// shareTo takes the channel, and shows what it would read.
func (t *turn) shareTo() []bot.Effect {
	where := t.event.Picked["channel"]
	switch {
	case !t.finished():
		return t.tooLate()
	case where.ID == "":
		return []bot.Effect{bot.Refuse{Why: map[string]string{"channel": "Please choose a channel."}}}
	case where.Room.Kind != bot.Channel:
		return []bot.Effect{bot.Refuse{Why: map[string]string{"channel": "People of other companies may read that channel, or I am not in it. Please choose one that only people of this company read."}}}
	}
	t.run.ShareTo = where.ID
	t.keep()
	return append(t.previewShare(), t.card())
}

// previewShare shows the exact text, and who will read it, before anything
// is posted.
func (t *turn) previewShare() []bot.Effect {
	if t.run.ShareTo == "" {
		return t.askWhere()
	}
	v := t.summary()
	v.Blocks = append([]bot.Block{bot.Small("This is what everybody in the channel would read:"), bot.Head(v.Title)}, v.Blocks...)
	v.Title = "Share this summary in " + t.room(t.run.ShareTo) + "?"
	v.Blocks = append(v.Blocks, bot.Row(
		bot.Button{Label: "Share it", Action: t.act("share-confirm"), Main: true},
		bot.Press("Another channel", t.act("share-where"))))
	return bot.Respond(v)
}

// room is what a channel is called, from elsewhere: not every platform knows
// its name.
func (t *turn) room(channel string) string {
	if name := t.d.Room(channel).Name; strings.HasPrefix(name, "#") {
		return name
	}
	return "the channel"
}

// share posts the summary, once.
func (t *turn) share() []bot.Effect {
	if t.late() || t.run.ShareTo == "" || !t.finished() {
		return bot.Tell("It is shared already, or the result has changed", "The card shows what is true now.")
	}
	if t.d.Room(t.run.ShareTo).Kind != bot.Channel {
		return bot.Tell("People of other companies may read that channel now", "Nothing was shared. \"Share a summary\" on the card lets you choose another one.")
	}
	t.keep()
	return []bot.Effect{
		bot.Audit{Verb: "shared", Object: "summary of assessment " + t.pack.ID},
		bot.Show{Key: "summary/" + t.id, To: bot.Address{Channel: t.run.ShareTo}, View: t.summary()},
		t.card(),
		bot.Answer{View: bot.View{Title: "Shared", Blocks: []bot.Block{bot.Say("The channel sees the score and whose turn it is, nothing of what is open.")}}},
	}
}
