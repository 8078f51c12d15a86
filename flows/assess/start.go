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
func (a assess) asked(d *bot.Docs, e bot.Event, id string) []bot.Effect {
	p, known := a.lib.Pack(id)
	if !known || !e.From.Owner() || e.Place.Kind == bot.Shared {
		return a.start(d, e, id)
	}
	index, _ := company.Indexes.Get(d, company.IndexID)
	_, waiting := index.Open[company.OpenKey(e.From.ID, id)]
	last, run, found := readable(d, index, id, "", e.From.ID)
	if waiting || !found {
		return a.start(d, e, id)
	}
	s := sheet{id: last, run: run, pack: p}
	r := score.Evaluate(a.lib.Scored(p), run.Scored(), run.Finished)
	return []bot.Effect{bot.Answer{View: bot.View{
		Title: fmt.Sprintf("Your last %s: %d of 100, %s, on %s", inSentence(p.Title), r.Shown, r.Band, prose.Day(run.Finished)),
		Blocks: []bot.Block{bot.Row(
			bot.Button{Label: "Start a new one", Action: bot.Do("assess", "start", id), Main: true},
			bot.Press("Show that result", s.see("show")))},
	}}}
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
func (a assess) start(d *bot.Docs, e bot.Event, id string) []bot.Effect {
	if no := a.refused(e, id); no != nil {
		return no
	}
	p, _ := a.lib.Pack(id)
	index, _ := company.Indexes.Get(d, company.IndexID)
	profile, _ := company.Profiles.Get(d, company.ProfileID)
	if open, ok := index.Open[company.OpenKey(e.From.ID, p.ID)]; ok {
		if run, found := company.Runs.Get(d, open); found {
			return a.waiting(sheet{open, run, p, profile})
		}
	}
	if e.Place.Kind == bot.Channel {
		return a.whoAnswers(p.ID, p.Title)
	}
	return a.begin(d, e, sheet{id: company.NewID(e), pack: p, profile: profile}, index)
}

// refused says why somebody cannot start a pack where they are; nil: they
// can.
func (a assess) refused(e bot.Event, id string) []bot.Effect {
	_, known := a.lib.Pack(id)
	switch {
	case !e.From.Owner():
		return a.onlyOwners(e)
	case !known:
		return a.whichPack()
	case e.Place.Kind == bot.Shared:
		return say("Not here: people of other companies may read this channel", "An assessment lists what is open at your company. Type "+a.command(id)+" in your direct messages with me.")
	}
	return nil
}

func (a assess) whichPack() []bot.Effect {
	v := bot.View{Title: "There is no assessment of that name", Blocks: []bot.Block{bot.Say("These I have:")}}
	var buttons []bot.Button
	for _, p := range a.lib.Packs {
		buttons = append(buttons, bot.Press(p.Title, bot.Do("assess", "start", p.ID)))
	}
	v.Blocks = append(v.Blocks, bot.Rows(buttons...)...)
	return []bot.Effect{bot.Answer{View: v}}
}

// whoAnswers lets an owner choose, in a channel.
func (a assess) whoAnswers(pack, title string) []bot.Effect {
	return []bot.Effect{bot.Answer{View: bot.View{
		Title: title + ": who answers?",
		Blocks: []bot.Block{
			bot.Points(
				"Only me: in your direct messages. Nobody here sees a question or an answer.",
				"Together here: everybody in this channel reads the questions, answers them, and sees who said what. The result goes to you alone."),
			bot.Row(
				bot.Button{Label: "Only me", Action: bot.Do("assess", "begin", pack, "alone"), Main: true},
				bot.Press("Together here", bot.Do("assess", "begin", pack, "together"))),
		},
	}}}
}

// startAs begins a run as it was chosen in a channel.
func (a assess) startAs(d *bot.Docs, e bot.Event) []bot.Effect {
	id, how := e.Action.Arg(0), e.Action.Arg(1)
	if no := a.refused(e, id); no != nil {
		return no
	}
	p, _ := a.lib.Pack(id)
	index, _ := company.Indexes.Get(d, company.IndexID)
	_, waiting := index.Open[company.OpenKey(e.From.ID, p.ID)]
	switch {
	case waiting:
		return a.start(d, e, id)
	case how == "together" && e.Place.Kind != bot.Channel:
		return say("Answering together needs a channel", "Type "+a.command(id)+" in a channel of your company.")
	}
	profile, _ := company.Profiles.Get(d, company.ProfileID)
	s := sheet{id: company.NewID(e), pack: p, profile: profile}
	if how == "together" {
		s.run.Channel = e.Place.Channel
	}
	return a.begin(d, e, s, index)
}

// begin starts a run in the direct messages of the one who wants it, or in
// the channel where all answer.
func (a assess) begin(d *bot.Docs, e bot.Event, s sheet, index company.Index) []bot.Effect {
	s.run = company.Run{
		Pack: s.pack.ID, Owner: e.From.ID, Name: nameOf(e.From, ""), At: bot.To(e.From.ID), Channel: s.run.Channel,
		Started: e.Now, Answers: map[string]company.Answer{},
	}
	if e.Place.Kind == bot.Channel {
		s.run.ShareTo = e.Place.Channel
	}
	if s.run.Channel != "" {
		s.run.At = bot.Address{Channel: s.run.Channel}
	} else {
		a.earlier(d, e, &s, index) // what an owner said before is not for a channel
	}
	if len(s.run.Confirm) == 0 {
		s.run.Current = a.firstOpen(s, "", e.Now)
	}
	if index.Open == nil {
		index.Open = map[string]string{}
	}
	index.Open[company.OpenKey(e.From.ID, s.pack.ID)] = s.id
	company.Indexes.Put(d, company.IndexID, index)
	s.keep(d, e)
	effects := []bot.Effect{
		bot.Audit{Verb: "started", Object: "assessment " + s.pack.ID},
		a.card(d, s),
	}
	if e.Place.Kind != bot.Direct && s.run.Channel == "" {
		effects = append(effects, bot.Answer{View: bot.View{
			Title:  "I've sent it to your direct messages",
			Blocks: []bot.Block{bot.Say("Only you see the questions and the result. You can share a summary here at the end.")},
		}})
	}
	return effects
}

// current shows where a run is: the answer to a button that nobody knows.
func (a assess) current(s sheet) []bot.Effect {
	return []bot.Effect{bot.Answer{View: bot.View{
		Title:  "That button is from an earlier version",
		Blocks: []bot.Block{bot.Say("Nothing was changed. So far " + progressOf(s) + ".")},
	}}}
}
