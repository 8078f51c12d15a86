package assess

import (
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/schedule"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// Questions that went to somebody are followed up once, and never forgotten:
// the owner hears of silence, and of a message that did not arrive.

// patience is when silence is spoken of: at ten of the first working day
// after the day by which an answer was asked for, where the person is.
func patience(d *bot.Docs, x company.Sent) time.Time {
	roles, _ := bot.RolesDoc.Get(d, bot.RolesID)
	zone := roles.People[x.User].Zone
	const ten = 10
	return schedule.AtWork(time.Date(x.Due.Year(), x.Due.Month(), x.Due.Day()+1, ten, 0, 0, 0, schedule.Location(zone)), zone)
}

// overdue reminds somebody once, and tells the owner.
func (a assess) overdue(d *bot.Docs, e bot.Event) []bot.Effect {
	run, id, _ := strings.Cut(e.Timer, "/")
	s, found := a.open(d, run)
	x := s.run.Sent[id]
	if !found || place(s, id) < 0 || !x.Open() || x.Unreached != "" || !x.Reminded.IsZero() || e.Now.Before(x.Due) {
		return nil
	}
	x.Reminded = e.Now
	s.run.Sent[id] = x
	s.store(d, e)
	letter := a.letter(s, id, "This is the one reminder: "+s.owner()+" would still like to know. No hurry, and \"I don't know either\" is fine.")
	return []bot.Effect{
		bot.End{Key: letter.Key, To: letter.To},
		letter,
		a.card(d, s),
		s.tell(x, bot.View{
			Title: "No answer from " + whom(x) + " yet",
			Blocks: []bot.Block{
				bot.Head(a.lib.Questions[id].Ask),
				bot.Say("It was asked for by " + prose.Day(x.Due) + ". I have reminded them, once and not again. They may simply be busy: a word from you helps more than another message from me."),
				s.ways(id),
			},
		}),
	}
}

// tell is what the owner hears of one asking, beside the card.
func (s sheet) tell(x company.Sent, v bot.View) bot.Show {
	return bot.Show{Key: "asked-news/" + s.id + "/" + x.ID, To: bot.To(s.run.Owner), View: v}
}

// ways are what the owner can do about a question that is out.
func (s sheet) ways(id string) bot.Block {
	return bot.Row(
		bot.Press("Answer it myself", s.see("take", s.run.Sent[id].ID, id)),
		bot.Press("Ask somebody else", s.act("ask", id)))
}

// takeBack gives a question back to the owner.
func (a assess) takeBack(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	id := e.Action.Arg(2)
	x := s.run.Sent[id]
	if !x.Open() || x.ID != e.Action.Arg(1) || place(s, id) < 0 || s.run.Together() {
		return a.tooLate(d, s)
	}
	effects := a.withdraw(&s, id)
	s.run.Current, s.run.Paused, s.run.Resting = id, false, false
	s.keep(d, e)
	effects = append(effects, s.show(bot.View{Title: s.pack.Title + " goes on below"}))
	effects = append(effects, a.anew(d, s)...)
	if e.Place.Kind != bot.Direct {
		effects = append(effects, a.elsewhere(e, s)...)
	}
	return effects
}

// undelivered tells the owner at once what did not arrive.
func (a assess) undelivered(d *bot.Docs, e bot.Event) []bot.Effect {
	u := e.Undelivered
	if u == nil {
		return nil
	}
	kind, rest, _ := strings.Cut(u.Key, "/")
	run, asking, _ := strings.Cut(rest, "/")
	s, found := a.open(d, run)
	switch {
	case !found:
		return nil
	case kind == "summary":
		return []bot.Effect{bot.Show{Key: "trouble/" + s.id, To: bot.To(s.run.Owner), View: bot.View{
			Title:  "I couldn't share the summary",
			Blocks: []bot.Block{bot.Say("It did not arrive: " + u.Reason + ". Nobody has read it there. " + a.command(s.pack.ID) + " in another channel lets you share it there.")},
		}}}
	case kind == "read":
		return []bot.Effect{bot.Show{Key: "trouble/" + s.id, To: bot.To(s.run.Owner), View: bot.View{
			Title:  "The result did not reach " + s.reader(u.To.User),
			Blocks: []bot.Block{bot.Say("It did not arrive: " + u.Reason + ". Nothing was read. You can send them the report yourself.")},
		}}}
	case kind == "asked":
		return a.unreached(d, e, s, asking)
	case kind == "run" && s.run.Together() && u.To.Channel == s.run.Channel:
		return a.lostChannel(d, e, s)
	}
	return nil
}

// unreached is about a question that did not reach whom it was for.
func (a assess) unreached(d *bot.Docs, e bot.Event, s sheet, asking string) []bot.Effect {
	for _, id := range s.waiting() {
		x := s.run.Sent[id]
		if x.ID != asking || bot.To(x.User) != e.Undelivered.To {
			continue
		}
		x.Unreached = e.Undelivered.Reason
		s.run.Sent[id] = x
		s.store(d, e)
		return []bot.Effect{
			bot.Set{Name: s.timer(id)},
			a.card(d, s),
			s.tell(x, bot.View{
				Title: "I could not reach " + whom(x),
				Blocks: []bot.Block{
					bot.Head(a.lib.Questions[id].Ask),
					bot.Say("My message did not arrive: " + x.Unreached + "."),
					s.ways(id),
				},
			}),
		}
	}
	return nil
}
