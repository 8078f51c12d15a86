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

// askWhere opens the form that asks which channel is to see the summary.
func (a assess) askWhere(_ *bot.Docs, _ bot.Event, s sheet) []bot.Effect {
	if s.run.Finished.IsZero() {
		return a.current(s)
	}
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title:  "Share a summary",
		Intro:  "A channel sees the score and whose turn it is, nothing of what is open. You see the exact words before anything is posted.",
		Fields: []bot.Input{{ID: "channel", Label: "Which channel?", Hint: "One that people of this company alone can read", Pick: bot.PickChannel}},
		Submit: "Show me the words",
		Action: s.act("share-to"),
	}}}
}

// shareTo takes the channel, and shows what it would read.
func (a assess) shareTo(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	where := e.Picked["channel"]
	switch {
	case s.run.Finished.IsZero():
		return a.tooLate(d, s)
	case where.ID == "":
		return []bot.Effect{bot.Refuse{Why: map[string]string{"channel": "Please choose a channel."}}}
	case where.Room.Kind != bot.Channel:
		return []bot.Effect{bot.Refuse{Why: map[string]string{"channel": "People of other companies may read that channel, or I am not in it. Please choose one that only people of this company read."}}}
	}
	s.run.ShareTo = where.ID
	s.keep(d, e)
	return append(a.previewShare(d, s), a.card(d, s))
}

// previewShare shows the exact text, and who will read it, before anything
// is posted.
func (a assess) previewShare(d *bot.Docs, s sheet) []bot.Effect {
	if s.run.Finished.IsZero() {
		return a.current(s)
	}
	if s.run.ShareTo == "" {
		return a.askWhere(d, bot.Event{}, s)
	}
	v := a.summary(d, s)
	v.Blocks = append([]bot.Block{bot.Small("This is what everybody in the channel would read:"), bot.Head(v.Title)}, v.Blocks...)
	v.Title = "Share this summary in " + a.room(d, s.run.ShareTo) + "?"
	v.Blocks = append(v.Blocks, bot.Row(
		bot.Button{Label: "Share it", Action: s.act("share-confirm"), Main: true},
		bot.Press("Another channel", s.act("share-where"))))
	return []bot.Effect{bot.Answer{View: v}}
}

// room is what a channel is called, from elsewhere: not every platform knows
// its name.
func (a assess) room(d *bot.Docs, channel string) string {
	if name := d.Room(channel).Name; strings.HasPrefix(name, "#") {
		return name
	}
	return "the channel"
}

// share posts the summary, once.
func (a assess) share(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	if late(e, s) || s.run.ShareTo == "" || s.run.Finished.IsZero() {
		return say("It is shared already, or the result has changed", "The card shows what is true now.")
	}
	if d.Room(s.run.ShareTo).Kind != bot.Channel {
		return say("People of other companies may read that channel now", "Nothing was shared. \"Share a summary\" on the card lets you choose another one.")
	}
	s.keep(d, e)
	return []bot.Effect{
		bot.Audit{Verb: "shared", Object: "summary of assessment " + s.pack.ID},
		bot.Show{Key: "summary/" + s.id, To: bot.Address{Channel: s.run.ShareTo}, View: a.summary(d, s)},
		a.card(d, s),
		bot.Answer{View: bot.View{Title: "Shared", Blocks: []bot.Block{bot.Say("The channel sees the score and whose turn it is, nothing of what is open.")}}},
	}
}
