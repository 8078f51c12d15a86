package web

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"secadvisor/bot"
	"secadvisor/bot/play"
)

// form is a form that is open for somebody in a place.
type form struct {
	bot.Form
	id      string
	message string            // that was pressed to open it; may be empty
	values  map[string]string // as they were sent and refused; nil: not yet
	why     map[string]string // it was refused, by field
	rev     int
}

// open shows a form in the place of one that is open there. It needs mu.
func (c *Company) open(s seat, f bot.Form, message string) {
	c.forms[s] = &form{Form: f, id: c.next(), message: message, rev: c.rev + 1}
	c.touched()
}

// Cancel closes a form; nothing of it is kept.
func (c *Company) Cancel(who bot.Person, at bot.Place) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.forms, seat{who.ID, at.Channel})
	c.touched()
}

// errNoForm is that a form was sent which is not open any more.
var errNoForm = errors.New("web: the form is closed")

// Fill sends the form with an id. What cannot be taken keeps it open, with the
// reasons beside its fields.
func (c *Company) Fill(ctx context.Context, who bot.Person, at bot.Place, id string, values map[string]string) error {
	return c.act(ctx, func(ctx context.Context) error {
		s := seat{who.ID, at.Channel}
		c.mu.Lock()
		f := c.forms[s]
		c.mu.Unlock()
		if f == nil || f.id != id {
			return errNoForm
		}
		picked, why := read(f.Fields, values)
		var err error
		if len(why) == 0 {
			e := bot.Event{Kind: bot.Submit, Action: f.Action, Values: values, Picked: picked}
			if why, err = c.send(ctx, who, at, e, f.message); err != nil {
				return err
			}
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		switch {
		case c.forms[s] != f: // it led to another one
		case why != nil:
			f.values, f.why, f.rev = values, why, c.rev+1
		default:
			delete(c.forms, s)
		}
		return nil
	})
}

// usualMax is how many characters typed text may have where a form does not say.
const usualMax = 200

// read checks what was sent for the fields of a form, drops what is none of
// them, and finds what was picked.
func read(fields []bot.Input, values map[string]string) (picked map[string]bot.Picked, why map[string]string) {
	picked, why = map[string]bot.Picked{}, map[string]string{}
	known := map[string]bool{}
	for _, in := range fields {
		known[in.ID] = true
		value := strings.TrimSpace(strings.ReplaceAll(values[in.ID], "\r\n", "\n"))
		values[in.ID] = value
		most := in.Max
		if most == 0 {
			most = usualMax
		}
		switch {
		case value == "" && in.Optional:
		case value == "":
			why[in.ID] = "This one is needed."
		case in.Pick != "":
			p, ok := pick(in.Pick, value)
			if !ok {
				why[in.ID] = "Please choose one from the list."
			}
			picked[in.ID] = p
		case len(in.Options) > 0:
			if !slices.ContainsFunc(in.Options, func(o bot.Option) bool { return o.Value == value }) {
				why[in.ID] = "Please choose one of these."
			}
		case utf8.RuneCountInString(value) > most:
			why[in.ID] = fmt.Sprintf("That is too long: at most %d characters, please.", most)
		}
	}
	for id := range values {
		if !known[id] {
			delete(values, id)
		}
	}
	return picked, why
}

// pick is somebody or a channel of the company, by id.
func pick(p bot.Picker, id string) (bot.Picked, bool) {
	if p == bot.PickPerson {
		who, known := personOf(id)
		return bot.Picked{ID: id, Name: who.Name, Affiliation: who.Affiliation}, known
	}
	for _, r := range rooms {
		if r.id == id {
			return bot.Picked{ID: id, Name: r.id, Room: bot.Room{Name: r.id, Kind: r.kind, People: r.people}}, true
		}
	}
	return bot.Picked{}, false
}

// choices are what a field lets choose; none: it is typed.
func choices(in bot.Input) []bot.Option {
	switch in.Pick {
	case bot.PickPerson:
		var people []bot.Option
		for _, p := range play.Cast() {
			people = append(people, bot.Option{Value: p.ID, Label: p.Name + " (" + roleOf(p.ID) + ")"})
		}
		return people
	case bot.PickChannel:
		var all []bot.Option
		for _, r := range rooms {
			all = append(all, bot.Option{Value: r.id, Label: r.id + " · " + r.about})
		}
		return all
	}
	return in.Options
}
