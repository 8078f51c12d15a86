package handoff

import (
	"slices"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/schedule"
)

// urgentPatience is how long an urgent note waits for each of its readers.
const urgentPatience = 10 * time.Minute

// patience is when silence goes on to the next: after a working day of the one
// who was asked.
func (t *turn) patience(n Note) time.Time {
	if n.Urgent {
		return t.event.Now.Add(urgentPatience)
	}
	roles, _ := bot.RolesDoc.Get(t.d, bot.RolesID)
	return schedule.Workdays(t.event.Now, 1, roles.People[n.To.User].Zone)
}

// silence goes on to the next where nobody has answered.
func (t *turn) silence() []bot.Effect {
	id, _ := strings.CutSuffix(t.event.Timer, "/silence")
	n, ok := t.note(id)
	if !ok || n.State != Open {
		return nil
	}
	return t.next(id, n, "No answer from "+n.To.Name+" yet.")
}

// next asks the next person, and tells the asker why, and more.
func (t *turn) next(id string, n Note, why string, more ...bot.Block) []bot.Effect {
	for len(n.Rest) > 0 && n.Rest[0].Channel != "" && t.d.Room(n.Rest[0].Channel).Kind != bot.Channel {
		n.Rest = n.Rest[1:] // people of other companies may read it by now
	}
	if len(n.Rest) == 0 {
		v := t.unanswered(n)
		v.Blocks = append([]bot.Block{bot.Say(why + " There is nobody else to ask here.")}, v.Blocks...)
		v.Blocks = append(v.Blocks, bot.Copy(n.Text))
		return t.close(id, n, v)
	}
	to := n.Rest[0]
	n.Rest = n.Rest[1:]
	effects := t.ask(id, &n, to)
	Notes.PutFor(t.d, id, n, noteFor)
	return append(effects, t.tell(id, n, bot.View{
		Title:  why + " I have asked " + to.Name,
		Blocks: append([]bot.Block{bot.Say("About: " + t.title(n) + ".")}, more...),
	}))
}

// undelivered tells the asker at once that somebody could not be reached,
// with the words to copy. What is urgent goes on to the next.
func (t *turn) undelivered() []bot.Effect {
	u := t.event.Undelivered
	if u == nil {
		return nil
	}
	id, ok := strings.CutPrefix(u.Key, key(""))
	if !ok {
		return nil
	}
	n, found := t.note(id)
	if !found {
		return nil
	}
	i := slices.IndexFunc(n.Asked, func(x Target) bool { return x.address() == u.To })
	if i < 0 || n.State != Told && (n.State != Open || n.To.address() != u.To) {
		return nil
	}
	x := n.Asked[i]
	why := "I could not reach " + x.Name + ": " + u.Reason + "."
	words := []bot.Block{bot.Say(ways(x) + " Here are your words, to copy:"), bot.Copy(n.Text)}
	if n.State == Open && n.Urgent && len(n.Rest) > 0 {
		return t.next(id, n, why, words...)
	}
	v := bot.View{Title: why, Blocks: words}
	if n.State == Told {
		return []bot.Effect{t.tell(id, n, v)}
	}
	return t.close(id, n, v)
}

// close ends a note that nobody was left for. The asker gets the words; they are
// kept a little for whoever was asked and reads it late.
func (t *turn) close(id string, n Note, v bot.View) []bot.Effect {
	n.State = Closed
	Notes.PutFor(t.d, id, n, closedFor)
	return []bot.Effect{t.call(id, n, v, "/end"), bot.Set{Name: id + "/silence"}}
}
