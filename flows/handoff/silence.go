package handoff

import (
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// urgentPatience is how long an urgent note waits for each of its readers.
const urgentPatience = 10 * time.Minute

// patience is when silence goes on to the next.
func (t turn) patience(n Note) time.Time {
	if n.Urgent {
		return t.event.Now.Add(urgentPatience)
	}
	roles, _ := bot.RolesDoc.Get(t.d, bot.RolesID)
	return workday(t.event.Now, roles.People[n.To.User].Zone)
}

// workday is a working day later, between 8 and 18 of a zone; UTC where it is
// not known.
func workday(from time.Time, zone string) time.Time {
	const begins, ends = 8, 18
	in, err := time.LoadLocation(zone)
	if err != nil {
		in = time.UTC
	}
	at := from.In(in).AddDate(0, 0, 1)
	if at.Hour() >= ends {
		at = time.Date(at.Year(), at.Month(), at.Day()+1, begins, 0, 0, 0, in)
	}
	for at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
		at = time.Date(at.Year(), at.Month(), at.Day()+1, begins, 0, 0, 0, in)
	}
	if at.Hour() < begins {
		at = time.Date(at.Year(), at.Month(), at.Day(), begins, 0, 0, 0, in)
	}
	return at
}

// silence goes on to the next where nobody has answered.
func (t turn) silence() []bot.Effect {
	id, _ := strings.CutSuffix(t.event.Timer, "/silence")
	n, ok := t.note(id)
	if !ok || n.State != Open {
		return nil
	}
	return t.next(id, n, "No answer from "+n.To.Name+" yet.")
}

// next asks the next person, and tells the asker why.
func (t turn) next(id string, n Note, why string) []bot.Effect {
	if len(n.Rest) == 0 {
		n.State = Closed
		Notes.PutFor(t.d, id, n, noteFor)
		v := t.unanswered(n)
		v.Blocks = append([]bot.Block{bot.Say(why + " There is nobody else to ask here.")}, v.Blocks...)
		return []bot.Effect{t.tell(id, n, v), bot.Set{Name: id + "/silence"}}
	}
	to := n.Rest[0]
	n.Rest = n.Rest[1:]
	effects := t.ask(id, &n, to)
	Notes.PutFor(t.d, id, n, noteFor)
	return append(effects, t.tell(id, n, bot.View{
		Title:  why + " I have asked " + to.Name,
		Blocks: []bot.Block{bot.Say("About: " + t.title(n) + ".")},
	}))
}

// undelivered tells the asker at once that somebody could not be reached,
// with the words to copy. What is urgent goes on to the next.
func (t turn) undelivered() []bot.Effect {
	u := t.event.Undelivered
	if u == nil {
		return nil
	}
	id, ok := strings.CutPrefix(u.Key, key(""))
	if !ok {
		return nil
	}
	n, found := t.note(id)
	if !found || n.State != Open || n.To.address() != u.To {
		return nil
	}
	why := "I could not reach " + n.To.Name + ": " + u.Reason + "."
	if n.Urgent && len(n.Rest) > 0 {
		return t.next(id, n, why)
	}
	n.State = Closed
	Notes.PutFor(t.d, id, n, noteFor)
	v := bot.View{Title: why, Blocks: []bot.Block{bot.Say(ways(n.To) + " Here are your words, to copy:"), bot.Copy(n.Text)}}
	return []bot.Effect{t.tell(id, n, v), bot.Set{Name: id + "/silence"}}
}

// Told remembers that the owners were told that no number is saved.
type Told struct {
	At time.Time `json:"at"`
}

// Tolds holds it under "no-number".
var Tolds = bot.Doc[Told]{Prefix: "handoff-told", Version: 1}

// noNumber tells the owners, once a day, that nobody can be phoned.
func (t turn) noNumber() []bot.Effect {
	const id = "no-number"
	owners := company.Owners(t.d, t.owners(t.event.Tenant))
	if _, told := Tolds.Get(t.d, id); told {
		return answer(bot.View{Title: "The owner knows already. Phone or walk to them if it is urgent"})
	}
	if len(owners) == 0 {
		return answer(bot.View{Title: "This company has no owner here yet. Phone or walk to yours"})
	}
	Tolds.PutFor(t.d, id, Told{At: t.event.Now}, 24*time.Hour)
	var effects []bot.Effect
	for _, owner := range owners {
		effects = append(effects, bot.Show{Key: "no-number/" + company.NewID(t.event), To: bot.To(owner), View: bot.View{
			Title: "Somebody needed an emergency number, and none is saved",
			Blocks: []bot.Block{
				bot.Say("Ask around who needs help now. Then save whom people phone: it takes a minute."),
				bot.Row(bot.Button{Label: "Save who is phoned", Action: bot.Do("emergency", "edit", "incident"), Main: true}),
			},
		}})
	}
	return append(effects, answer(bot.View{Title: "The owner is told. Phone or walk to them, too", Blocks: []bot.Block{bot.Say("Your name is not in it.")}})...)
}
