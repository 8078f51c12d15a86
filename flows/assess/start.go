package assess

import (
	"fmt"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
	"secadvisor/flows/score"
)

// asked answers a command: where a result stands already, it is offered
// beside a new run.
func (t *turn) asked(id string) []bot.Effect {
	p, known := t.lib.Pack(id)
	if !known || !t.event.From.Owner() || t.event.Place.Kind == bot.Shared {
		return t.start(id)
	}
	index, _ := company.Indexes.Get(t.d, company.IndexID)
	_, waiting := index.Open[company.OpenKey(t.event.From.ID, id)]
	last, run, found := t.readable(index, id, "", t.event.From.ID)
	if waiting || !found {
		return t.start(id)
	}
	s := sheet{id: last, run: run, pack: p}
	r := score.Evaluate(t.lib.Scored(p), run.Scored(), run.Finished)
	return bot.Respond(bot.View{
		Title: fmt.Sprintf("Your last %s: %d of 100, %s, on %s", inSentence(p.Title), r.Shown, r.Band, prose.Day(run.Finished)),
		Blocks: []bot.Block{bot.Row(
			bot.Button{Label: "Start a new one", Action: bot.Do("assess", "start", id), Main: true},
			bot.Press("Show that result", s.see("show")))},
	})
}

// inSentence is a pack's title in the middle of a sentence.
func inSentence(title string) string {
	first, rest, _ := strings.Cut(title, " ")
	if first != strings.ToUpper(first) {
		first = strings.ToLower(first)
	}
	return strings.TrimSpace(first + " " + rest)
}

// start begins a run, or offers the one that is waiting.
func (t *turn) start(id string) []bot.Effect {
	if no := t.refused(id); no != nil {
		return no
	}
	p, _ := t.lib.Pack(id)
	index, _ := company.Indexes.Get(t.d, company.IndexID)
	profile, _ := company.Profiles.Get(t.d, company.ProfileID)
	if open, ok := index.Open[company.OpenKey(t.event.From.ID, p.ID)]; ok {
		if run, found := company.Runs.Get(t.d, open); found {
			t.sheet = sheet{open, run, p, profile}
			return t.offerResume()
		}
	}
	if t.event.Place.Kind == bot.Channel {
		return t.whoAnswers(p.ID, p.Title)
	}
	t.sheet = sheet{id: company.NewID(t.event), pack: p, profile: profile}
	return t.begin(index)
}

// refused says why somebody cannot start a pack where they are; nil: they
// can.
func (t *turn) refused(id string) []bot.Effect {
	_, known := t.lib.Pack(id)
	switch {
	case !t.event.From.Owner():
		return t.onlyOwners()
	case !known:
		return t.whichPack()
	case t.event.Place.Kind == bot.Shared:
		return bot.Tell("Not here: people of other companies may read this channel", "An assessment lists what is open at your company. Type "+t.command(id)+" in your direct messages with me.")
	}
	return nil
}

func (t *turn) whichPack() []bot.Effect {
	v := bot.View{Title: "There is no assessment of that name", Blocks: []bot.Block{bot.Say("These I have:")}}
	var buttons []bot.Button
	for _, p := range t.lib.Packs {
		buttons = append(buttons, bot.Press(p.Title, bot.Do("assess", "start", p.ID)))
	}
	v.Blocks = append(v.Blocks, bot.Rows(buttons...)...)
	return bot.Respond(v)
}

// whoAnswers lets an owner choose, in a channel.
func (t *turn) whoAnswers(pack, title string) []bot.Effect {
	return bot.Respond(bot.View{
		Title: title + ": who answers?",
		Blocks: []bot.Block{
			bot.Points(
				"Only me: in your direct messages. Nobody here sees a question or an answer.",
				"Together here: everybody in this channel reads the questions, answers them, and sees who said what. The result goes to you alone."),
			bot.Row(
				bot.Button{Label: "Only me", Action: bot.Do("assess", "begin", pack, "alone"), Main: true},
				bot.Press("Together here", bot.Do("assess", "begin", pack, "together"))),
		},
	})
}

// startAs begins a run as it was chosen in a channel.
func (t *turn) startAs() []bot.Effect {
	id, how := t.event.Action.Arg(0), t.event.Action.Arg(1)
	if no := t.refused(id); no != nil {
		return no
	}
	p, _ := t.lib.Pack(id)
	index, _ := company.Indexes.Get(t.d, company.IndexID)
	_, waiting := index.Open[company.OpenKey(t.event.From.ID, p.ID)]
	switch {
	case waiting:
		return t.start(id)
	case how == "together" && t.event.Place.Kind != bot.Channel:
		return bot.Tell("Answering together needs a channel", "Type "+t.command(id)+" in a channel of your company.")
	}
	profile, _ := company.Profiles.Get(t.d, company.ProfileID)
	t.sheet = sheet{id: company.NewID(t.event), pack: p, profile: profile}
	if how == "together" {
		t.run.Channel = t.event.Place.Channel
	}
	return t.begin(index)
}

// begin starts a run in the direct messages of the one who wants it, or in
// the channel where all answer.
func (t *turn) begin(index company.Index) []bot.Effect {
	t.run = company.Run{
		Pack: t.pack.ID, Owner: t.event.From.ID, Name: nameOf(t.event.From, ""), At: bot.To(t.event.From.ID), Channel: t.run.Channel,
		Started: t.event.Now, Answers: map[string]company.Answer{},
	}
	if t.event.Place.Kind == bot.Channel {
		t.run.ShareTo = t.event.Place.Channel
	}
	if t.run.Channel != "" {
		t.run.At = bot.Address{Channel: t.run.Channel}
	} else {
		t.earlier(index) // what an owner said before is not for a channel
	}
	if len(t.run.Confirm) == 0 {
		t.run.Current = t.firstOpen("")
	}
	if index.Open == nil {
		index.Open = map[string]string{}
	}
	index.Open[company.OpenKey(t.event.From.ID, t.pack.ID)] = t.id
	company.Indexes.Put(t.d, company.IndexID, index)
	t.keep()
	effects := []bot.Effect{
		bot.Audit{Verb: "started", Object: "assessment " + t.pack.ID},
		t.card(),
	}
	if t.event.Place.Kind != bot.Direct && t.run.Channel == "" {
		effects = append(effects, bot.Answer{View: bot.View{
			Title:  "I've sent it to your direct messages",
			Blocks: []bot.Block{bot.Say("Only you see the questions and the result. You can share a summary here at the end.")},
		}})
	}
	return effects
}
