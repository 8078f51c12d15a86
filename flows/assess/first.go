package assess

import (
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// first begins a run with an answer, since a reminder asks its first question
// on its own card. Pressed again, it shows the run that has begun.
func (t *turn) first() []bot.Effect {
	pack, question := t.event.Action.Arg(0), t.event.Action.Arg(1)
	if no := t.refused(pack); no != nil {
		return no
	}
	p, _ := t.lib.Pack(pack)
	index, _ := company.Indexes.Get(t.d, company.IndexID)
	profile, _ := company.Profiles.Get(t.d, company.ProfileID)
	t.sheet = sheet{id: company.NewID(t.event), pack: p, profile: profile}
	said, known := t.said(question, t.event.Action.Arg(2))
	_, waiting := index.Open[company.OpenKey(t.event.From.ID, p.ID)]
	if waiting || !known || t.place(question) < 0 || t.event.Place.Kind != bot.Direct {
		return t.start(pack)
	}
	effects := t.begin(index)
	t.record(question, said)
	t.run.Confirm = slices.DeleteFunc(slices.Clone(t.run.Confirm), func(id string) bool { return id == question })
	t.run.Block++
	t.run.Current = ""
	if len(t.run.Confirm) == 0 {
		t.run.Current = t.firstOpen(question)
	}
	without := func(x bot.Effect) bool { _, card := x.(bot.Show); return card }
	return append(slices.DeleteFunc(effects, without), t.next()...)
}
