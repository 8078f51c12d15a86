package assess

import (
	"fmt"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
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
	r := a.outcome(s)
	return []bot.Effect{bot.Answer{View: bot.View{
		Title: fmt.Sprintf("Your last %s: %d of 100, %s, on %s", strings.ToLower(p.Title), r.Shown, r.Band, run.Finished.Format("2 January 2006")),
		Blocks: []bot.Block{bot.Row(
			bot.Button{Label: "Start a new one", Action: bot.Do("assess", "start", id), Main: true},
			bot.Press("Show that result", s.see("show")))},
	}}}
}

// start begins a run, or offers the one that is waiting.
func (a assess) start(d *bot.Docs, e bot.Event, id string) []bot.Effect {
	p, known := a.lib.Pack(id)
	switch {
	case !e.From.Owner():
		return a.onlyOwners(e)
	case !known:
		return a.whichPack()
	case e.Place.Kind == bot.Shared:
		return say("Not here: people of other companies may read this channel", "An assessment lists what is open at your company. Type "+a.command(id)+" in your direct messages with me.")
	}
	profile, _ := company.Profiles.Get(d, company.ProfileID)
	index, _ := company.Indexes.Get(d, company.IndexID)
	if open, ok := index.Open[company.OpenKey(e.From.ID, p.ID)]; ok {
		if run, found := company.Runs.Get(d, open); found {
			return a.waiting(sheet{open, run, p, profile})
		}
	}
	return a.begin(d, e, sheet{id: company.NewID(e), pack: p, profile: profile}, index)
}

func (a assess) whichPack() []bot.Effect {
	v := bot.View{Title: "There is no assessment of that name", Blocks: []bot.Block{bot.Say("These I have:")}}
	var buttons []bot.Button
	for _, p := range a.lib.Packs {
		buttons = append(buttons, bot.Press(p.Title, bot.Do("assess", "start", p.ID)))
	}
	v.Blocks = append(v.Blocks, bot.Row(buttons...))
	return []bot.Effect{bot.Answer{View: v}}
}

// begin starts a run in the direct messages of the one who wants it.
func (a assess) begin(d *bot.Docs, e bot.Event, s sheet, index company.Index) []bot.Effect {
	s.run = company.Run{Pack: s.pack.ID, Owner: e.From.ID, At: bot.To(e.From.ID), Started: e.Now, Answers: map[string]company.Answer{}}
	if e.Place.Kind == bot.Channel {
		s.run.ShareTo = e.Place.Channel
	}
	s.run.Current = a.firstOpen(s, "", e.Now)
	if index.Open == nil {
		index.Open = map[string]string{}
	}
	index.Open[company.OpenKey(e.From.ID, s.pack.ID)] = s.id
	company.Indexes.Put(d, company.IndexID, index)
	s.keep(d, e)
	effects := []bot.Effect{
		bot.Audit{Verb: "started", Object: "assessment " + s.pack.ID},
		card(s, a.view(d, s)),
	}
	if e.Place.Kind != bot.Direct {
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
