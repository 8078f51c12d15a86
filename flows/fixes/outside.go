package fixes

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// The day of a task that somebody outside has, such as the IT provider: they
// cannot be written to here, so whoever gave it to them hears of it once.

// outsideKey begins the keys of these messages. When they were said and to whom
// follow: the owner who gave the tasks, or nobody where all owners are told.
const outsideKey = "outside/"

func outsideAt(at time.Time, by string) string {
	return outsideKey + strconv.FormatInt(at.UnixNano(), 10) + "/" + by
}

// outsideDue says to owners what is due now with people outside.
func (t *turn) outsideDue() []bot.Effect {
	owners := t.owners.Of(t.d, t.event)
	due := map[string][]company.Owed{} // by whoever gave it; empty: they own nothing here any more
	for _, o := range t.list.Outside(t.event.Now) {
		if at := t.hears(o.Part); at.IsZero() || at.After(t.event.Now) {
			continue
		}
		f := t.list.Tasks[o.Question]
		o.Part.Told = t.event.Now
		f.Parts = with(f.Parts, o.Side, o.Part)
		t.put(o.Question, f)
		by := o.Part.By
		if !slices.Contains(owners, by) {
			by = ""
		}
		due[by] = append(due[by], o)
	}
	var effects []bot.Effect
	for _, by := range sorted(due) {
		to := owners
		if by != "" {
			to = []string{by}
		}
		for _, owner := range to {
			effects = append(effects, bot.Show{Key: outsideAt(t.event.Now, by), To: bot.To(owner), View: t.askThem(due[by])})
		}
	}
	return effects
}

// outsideUnreached tells the other owners what did not reach the one who gave
// it.
func (t *turn) outsideUnreached(u *bot.Undelivered) []bot.Effect {
	by := u.To.User
	var lost []company.Owed
	for _, o := range t.list.Outside(t.event.Now) {
		if o.Part.By == by && outsideAt(o.Part.Told, by) == u.Key {
			lost = append(lost, o)
		}
	}
	if len(lost) == 0 {
		return nil
	}
	v := t.askThem(lost)
	v.Blocks = append([]bot.Block{bot.Say("It was for " + t.ownerNamed(by) + ", who gave it to them, and did not arrive: " + u.Reason + ". So I tell you.")}, v.Blocks...)
	var effects []bot.Effect
	for _, owner := range t.ownersReached() {
		effects = append(effects, bot.Show{Key: t.toldKey(lost[0].Question, lost[0].Side), To: bot.To(owner), View: v})
	}
	return effects
}

func (t *turn) ownerNamed(id string) string {
	roles, _ := bot.RolesDoc.Get(t.d, bot.RolesID)
	return cmp.Or(roles.People[id].Name, company.AnotherOwner)
}

// askThem lets an owner ask people outside how far something is.
func (t *turn) askThem(due []company.Owed) bot.View {
	if len(due) > 1 {
		v := bot.View{Title: "Due now: " + prose.Count(len(due), "thing", "things") + " that people outside have"}
		var lines []string
		for _, o := range due {
			lines = append(lines, prose.Sentence(t.title(o.Question))+" · "+o.Part.Name+", by "+prose.Day(o.Part.Due))
		}
		const most = 10
		v.Blocks = []bot.Block{
			bot.Points(lines[:min(len(lines), most)]...),
			bot.Say("I can't write to them. Ask how far it is, then say on the list how it stands."),
			bot.Row(bot.Button{Label: "The list", Action: bot.Do("fixes", "list"), Main: true}),
			bot.Small("I say this once."),
		}
		v.Gist = v.Title
		return v
	}
	o := due[0]
	day, title := prose.Day(o.Part.Due), t.title(o.Question)
	v := bot.View{Title: "Due now with " + o.Part.Name + ": " + title}
	v.Gist = v.Title
	v.Blocks = []bot.Block{
		bot.Say("They were to have it done by " + day + ". I can't write to them: ask how far it is. Words to copy:"),
		bot.Copy("How far is this, please: " + title + "? We had set " + day + "."),
		t.lookAtIt(o.Question),
		bot.Small("I say this once."),
	}
	return v
}
