package assess

import (
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// first begins a run with an answer, since a reminder asks its first question
// on its own card. Pressed again, it shows the run that has begun.
func (a assess) first(d *bot.Docs, e bot.Event) []bot.Effect {
	pack, question := e.Action.Arg(0), e.Action.Arg(1)
	if no := a.refused(e, pack); no != nil {
		return no
	}
	p, _ := a.lib.Pack(pack)
	index, _ := company.Indexes.Get(d, company.IndexID)
	profile, _ := company.Profiles.Get(d, company.ProfileID)
	s := sheet{id: company.NewID(e), pack: p, profile: profile}
	said, known := a.said(e, s, question, e.Action.Arg(2))
	_, waiting := index.Open[company.OpenKey(e.From.ID, p.ID)]
	if waiting || !known || place(s, question) < 0 || e.Place.Kind != bot.Direct {
		return a.start(d, e, pack)
	}
	effects := a.begin(d, e, s, index)
	s, _ = a.open(d, s.id)
	s.record(question, said)
	s.run.Confirm = slices.DeleteFunc(slices.Clone(s.run.Confirm), func(id string) bool { return id == question })
	s.run.Block++
	s.run.Current = ""
	if len(s.run.Confirm) == 0 {
		s.run.Current = a.firstOpen(s, question, e.Now)
	}
	without := func(x bot.Effect) bool { _, card := x.(bot.Show); return card }
	return append(slices.DeleteFunc(effects, without), a.next(d, e, s)...)
}
