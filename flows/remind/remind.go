// Package remind is the flow of reminders: of assessments, of the restore
// test, of whatever an owner wants not to rest on anybody's memory. Each comes
// on its rhythm, asks the one who is to do it, and follows up until somebody
// has.
package remind

import (
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// New makes the flow. Owners lists the people whom the configuration makes
// owners of a company.
func New(lib *content.Library, owners func(tenant string) []string) bot.Flow {
	r := remind{lib, owners}
	return bot.Flow{
		Name:  "remind",
		Words: []string{"remind"},
		Typed: []string{"status", "reminders", "my reminders", "stop", "unsubscribe", "stop reminders", "stop reminding me", "no more reminders", "leave me alone"},
		Reads: r.reads,
		Step:  r.step,
		File:  r.file,
	}
}

type remind struct {
	lib    *content.Library
	owners func(tenant string) []string
}

// reads names what a step of one schedule wants.
func (r remind) reads(e bot.Event) []string {
	id := e.Action.Arg(0)
	switch e.Kind {
	case bot.Timer:
		id, _, _ = cutLast(e.Timer)
	case bot.Click, bot.Submit:
	default:
		return nil
	}
	keys := []string{company.Attentions.Key(company.AttentionID), company.Indexes.Key(company.IndexID), company.Maps.Key(company.MapID), company.FixesOf.Key(company.FixesID), company.Banks.Key(company.BankID)}
	if isID(id) {
		keys = append(keys, company.Schedules.Key(id))
	}
	return keys
}

// turn is one step of the flow. s is the schedule of that id, with the
// changes of this step.
type turn struct {
	remind
	d     *bot.Docs
	event bot.Event
	id    string
	s     company.Schedule
	known []string // the owners, once they are read
}

func (r remind) step(d *bot.Docs, e bot.Event) []bot.Effect {
	t := &turn{remind: r, d: d, event: e}
	switch e.Kind {
	case bot.Timer:
		return t.fire()
	case bot.Failed:
		return t.undelivered()
	case bot.Command, bot.Message:
		return t.typed(e.Text)
	case bot.Click, bot.Submit:
		return t.press()
	}
	return nil
}

// load takes a schedule in hand; false: there is none of that id.
func (t *turn) load(id string) bool {
	if !isID(id) {
		return false
	}
	s, ok := company.Schedules.Get(t.d, id)
	t.id, t.s = id, s
	return ok
}

// keptFor is how long a schedule is kept that does not remind any more: its
// cards must stay late for as long as they can be edited.
const keptFor = 400 * 24 * time.Hour

// keep stores the schedule as it is now.
func (t *turn) keep() {
	t.note()
	if t.s.Active() {
		company.Schedules.Put(t.d, t.id, t.s)
		return
	}
	company.Schedules.PutFor(t.d, t.id, t.s, keptFor)
}

// isID reports whether a text can be the id of a schedule. What a button
// carries may be anything.
func isID(text string) bool {
	if text == "" || len(text) > 250 {
		return false
	}
	for _, r := range text {
		if r < ' ' || r == 0x7f || r == '\ufffd' {
			return false
		}
	}
	return true
}

// attention is how people want to be left in peace.
func (t *turn) attention() company.Attention {
	a, _ := company.Attentions.Get(t.d, company.AttentionID)
	return a
}

// note remembers the zone of who pressed something, so that nothing reaches
// them at night. Who set the reminder has chosen it there.
func (t *turn) note() {
	who := t.event.From
	if who.ID == "" || who.ID == t.s.Owner || zoneOf(who) != who.Zone {
		return
	}
	a := t.attention()
	if s := a.People[who.ID]; s.Zone != who.Zone {
		s.Zone = who.Zone
		a.Put(who.ID, s)
		company.Attentions.Put(t.d, company.AttentionID, a)
	}
}

// zone is where somebody's clock stands, as far as is known. Who set the
// reminder chose it.
func (t *turn) zone(to bot.Address) string {
	if to.User == t.s.Owner {
		return t.s.Rule.Zone
	}
	if who := t.event.From; who.ID != "" && to == bot.To(who.ID) && zoneOf(who) == who.Zone {
		return who.Zone
	}
	if z := t.attention().People[to.User].Zone; to.User != "" && z != "" {
		return z
	}
	roles, _ := bot.RolesDoc.Get(t.d, bot.RolesID)
	if z := zoneOf(bot.Person{Zone: roles.People[to.User].Zone}); z != noZone {
		return z
	}
	return t.s.Rule.Zone
}

// ownersHere are the owners of the company.
func (t *turn) ownersHere() []string {
	if t.known == nil {
		t.known = company.Owners(t.d, t.owners(t.event.Tenant))
	}
	return t.known
}

// now is the time of the event.
func (t *turn) now() time.Time { return t.event.Now }
