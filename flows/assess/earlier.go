package assess

import (
	"fmt"
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
	"secadvisor/flows/score"
)

// What the owner answered before, in this pack or in another, and still
// counts: it is offered to be confirmed instead of being asked anew. A
// confirmed answer keeps its day, since nobody has looked again.

// earlier gathers it from the owner's own runs, and chooses what is offered.
func (a assess) earlier(d *bot.Docs, e bot.Event, s *sheet, index company.Index) {
	said := map[string]company.Answer{}
	before := false
	for _, p := range a.lib.Packs {
		ids := index.Earlier(p.ID, "", lookBack)
		if open := index.Open[company.OpenKey(e.From.ID, p.ID)]; open != "" && open != s.id {
			ids = append(ids, open)
		}
		for _, id := range ids {
			run, found := company.Runs.Get(d, id)
			if !found || run.Owner != e.From.ID {
				continue
			}
			before = before || p.ID == s.pack.ID && !run.Finished.IsZero()
			for q, x := range run.Answers {
				if place(*s, q) >= 0 && x.At.After(said[q].At) {
					said[q] = x
				}
			}
		}
	}
	for q, x := range said {
		if a.mustAsk(*s, q, x, e.Now) || x.Value == score.DontKnow {
			delete(said, q)
		}
	}
	s.run.Earlier = said
	s.run.Confirm = a.toConfirm(*s, before, e.Now)
}

// toConfirm are the questions whose earlier answers are offered. Where the
// same pack was run before, what was bad then is asked anew instead: it may
// be mended by now.
func (a assess) toConfirm(s sheet, again bool, now time.Time) []string {
	var due []string
	if again {
		earlier := company.Run{Answers: s.run.Earlier}.Scored()
		for _, x := range score.Quarterly(a.lib.Scored(s.pack), earlier, now) {
			due = append(due, x.ID)
		}
	}
	var offered []string
	for _, pq := range s.pack.Questions {
		if x, ok := s.run.Earlier[pq.ID]; ok && !slices.Contains(due, pq.ID) && !a.mustAsk(s, pq.ID, x, now) {
			offered = append(offered, pq.ID)
		}
	}
	return offered
}

// offerAgain goes back to the offer; false: nothing can be offered any more.
func (a assess) offerAgain(s *sheet, now time.Time) bool {
	offered := a.toConfirm(*s, true, now)
	for _, id := range offered {
		delete(s.run.Answers, id)
	}
	s.run.Confirm, s.run.Current, s.run.Resting = offered, "", false
	if len(offered) == 0 {
		s.run.Current = a.firstOpen(*s, "", now)
	}
	return len(offered) > 0
}

// offerEarlier is the card that offers it: one question, or all in one list.
func (a assess) offerEarlier(s sheet) bot.View {
	offered := s.run.Confirm
	if len(offered) == 1 {
		id := offered[0]
		return bot.View{
			Title: s.pack.Title + " · is this still right?",
			Blocks: []bot.Block{
				bot.Head(a.lib.Questions[id].Ask),
				bot.Say(a.was(s, id) + " Still right?"),
				bot.Row(
					bot.Button{Label: "Still right", Action: s.act("right"), Main: true},
					bot.Press("It changed", s.act("changed", id)),
					bot.Behind("Later", s.act("later"))),
				bot.Small(a.readers(s)),
			},
		}
	}
	var lines []string
	var options []bot.Button
	for _, id := range offered {
		q, said := a.lib.Questions[id], s.run.Earlier[id]
		lines = append(lines, fmt.Sprintf("%s: %s (%s%s)", prose.Sentence(q.Fix.Title), q.InWords(said.Value, said.Evidence), by(said, s.run.Owner), prose.Day(said.At)))
		options = append(options, bot.Press(prose.Label(prose.Sentence(q.Fix.Title)), s.act("changed", id)))
	}
	v := bot.View{
		Title: fmt.Sprintf("%s · %d of %d answers are still fresh", s.pack.Title, len(offered), len(s.pack.Questions)),
		Blocks: []bot.Block{
			bot.Say("You have answered these not long ago. Are they still right?"),
			bot.Points(lines...),
			bot.Row(
				bot.Button{Label: "All still right", Action: s.act("right"), Main: true},
				bot.Press("Ask me all of them", s.act("anew")),
				bot.Behind("Later", s.act("later"))),
			bot.Pick("One of them changed", options...),
		},
	}
	if n := len(s.pack.Questions) - len(offered) - answered(s); n > 0 {
		v.Blocks = append(v.Blocks, bot.Small(fmt.Sprintf("The other %d I ask you. %s", n, a.readers(s))))
	} else {
		v.Blocks = append(v.Blocks, bot.Small(a.readers(s)))
	}
	return v
}

// was is what was said to a question before this run.
func (a assess) was(s sheet, id string) string {
	said := s.run.Earlier[id]
	words := a.lib.Questions[id].InWords(said.Value, said.Evidence)
	if said.By != s.run.Owner && said.Name != "" {
		return fmt.Sprintf("On %s %s said: %s.", prose.Day(said.At), said.Name, words)
	}
	return fmt.Sprintf("On %s you said: %s.", prose.Day(said.At), words)
}

// by names who said something, where it was not the owner.
func by(said company.Answer, owner string) string {
	if said.By == owner || said.Name == "" {
		return ""
	}
	return said.Name + ", "
}

// stillRight takes over all that is offered.
func (a assess) stillRight(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	if late(e, s) || len(s.run.Confirm) == 0 {
		return a.tooLate(d, s)
	}
	for _, id := range s.run.Confirm {
		said := s.run.Earlier[id]
		s.record(id, said)
		if said.Note != "" {
			s.note(id, said.Note)
		}
	}
	return a.afterOffer(d, e, s)
}

// hasChanged takes one out of the offer, to be asked.
func (a assess) hasChanged(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	i := slices.Index(s.run.Confirm, e.Action.Arg(2))
	if late(e, s) || i < 0 {
		return a.tooLate(d, s)
	}
	s.run.Confirm = slices.Delete(slices.Clone(s.run.Confirm), i, i+1)
	if len(s.run.Confirm) == 0 {
		return a.afterOffer(d, e, s)
	}
	return a.next(d, e, s)
}

// askAnew takes nothing over.
func (a assess) askAnew(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	if late(e, s) || len(s.run.Confirm) == 0 {
		return a.tooLate(d, s)
	}
	return a.afterOffer(d, e, s)
}

func (a assess) afterOffer(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	s.run.Confirm, s.run.Paused = nil, false
	s.run.Current = a.firstOpen(s, "", e.Now)
	return a.next(d, e, s)
}
