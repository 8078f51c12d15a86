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
func (t *turn) patience(x company.Sent) time.Time {
	roles, _ := bot.RolesDoc.Get(t.d, bot.RolesID)
	zone := roles.People[x.User].Zone
	const ten = 10
	return schedule.AtWork(time.Date(x.Due.Year(), x.Due.Month(), x.Due.Day()+1, ten, 0, 0, 0, schedule.Location(zone)), zone)
}

// silence reminds somebody once, and tells the owner.
func (t *turn) silence() []bot.Effect {
	run, id, _ := strings.Cut(t.event.Timer, "/")
	found := t.open(run)
	x := t.run.Sent[id]
	if !found || t.place(id) < 0 || !x.Open() || x.Unreached != "" || !x.Reminded.IsZero() || t.event.Now.Before(x.Due) {
		return nil
	}
	x.Reminded = t.event.Now
	t.run.Sent[id] = x
	t.store()
	letter := t.letter(id, "This is the one reminder: "+t.owner()+" would still like to know. No hurry, and \"I don't know either\" is fine.")
	return []bot.Effect{
		bot.End{Key: letter.Key, To: letter.To},
		letter,
		t.card(),
		t.tell(x, bot.View{
			Title: "No answer from " + whom(x) + " yet",
			Blocks: []bot.Block{
				bot.Head(t.lib.Questions[id].Ask),
				bot.Say("It was asked for by " + prose.Day(x.Due) + ". I have reminded them, once and not again. They may simply be busy: a word from you helps more than another message from me."),
				t.ways(id),
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
func (t *turn) takeBack() []bot.Effect {
	id := t.event.Action.Arg(2)
	x := t.run.Sent[id]
	if !x.Open() || x.ID != t.event.Action.Arg(1) || t.place(id) < 0 || t.run.Together() {
		return t.tooLate()
	}
	effects := t.withdraw(id)
	t.run.Current, t.run.Paused, t.run.Resting = id, false, false
	t.keep()
	effects = append(effects, t.show(bot.View{Title: t.pack.Title + " goes on below"}))
	effects = append(effects, t.anew()...)
	if t.event.Place.Kind != bot.Direct {
		effects = append(effects, t.elsewhere()...)
	}
	return effects
}

// unreached is about a question that did not reach whom it was for.
func (t *turn) unreached(asking string) []bot.Effect {
	for _, id := range t.waiting() {
		x := t.run.Sent[id]
		if x.ID != asking || bot.To(x.User) != t.event.Undelivered.To {
			continue
		}
		x.Unreached = t.event.Undelivered.Reason
		t.run.Sent[id] = x
		t.store()
		return []bot.Effect{
			bot.Set{Name: t.timer(id)},
			t.card(),
			t.tell(x, bot.View{
				Title: "I could not reach " + whom(x),
				Blocks: []bot.Block{
					bot.Head(t.lib.Questions[id].Ask),
					bot.Say("My message did not arrive: " + x.Unreached + "."),
					t.ways(id),
				},
			}),
		}
	}
	return nil
}
