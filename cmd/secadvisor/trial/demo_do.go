package trial

import (
	"context"
	"fmt"
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/play"
	"secadvisor/bot/play/web"
)

// demoCompany is a company in which things happen, until one of them cannot.
type demoCompany struct {
	*web.Company
	ctx   context.Context // of the one call to demo
	today time.Time
	err   error
}

// try does something unless an earlier thing failed.
func (d *demoCompany) try(what string, do func() error) {
	if d.err != nil {
		return
	}
	if err := do(); err != nil {
		d.err = fmt.Errorf("%s: %w", what, err)
	}
}

// when moves the clock to an hour of a day; what is due on the way happens.
func (d *demoCompany) when(day time.Time, hour int) {
	at := time.Date(day.Year(), day.Month(), day.Day(), hour, 0, 0, 0, time.UTC)
	d.try("move the clock", func() error { return d.Company.Move(d.ctx, at.Sub(d.Now())) })
}

// do presses a button that a card would have.
func (d *demoCompany) do(who string, a bot.Action) {
	d.try(a.String(), func() error {
		p := demoPerson(who)
		return d.Press(d.ctx, p, play.Direct(who), "", a)
	})
}

// press presses the latest button of a flow with a verb, and with a last
// argument where one is given.
func (d *demoCompany) press(who, flow, verb string, last ...string) {
	d.try(flow+" "+verb, func() error {
		message, b, found := d.Find(demoPerson(who), func(b bot.Button) bool {
			a := b.Action
			return a.Flow == flow && a.Verb == verb && (len(last) == 0 || slices.Equal(a.Args[max(len(a.Args)-len(last), 0):], last))
		})
		if !found {
			return fmt.Errorf("%s sees no such button", who)
		}
		return d.Press(d.ctx, demoPerson(who), play.Direct(who), message, b.Action)
	})
}

// fill opens a form and sends it.
func (d *demoCompany) fill(who string, a bot.Action, values map[string]string) {
	d.try(a.String(), func() error { return d.Enter(d.ctx, demoPerson(who), a, values) })
}

// mostAnswers bounds what is pressed in one check.
const mostAnswers = 40

// check answers an assessment that is open: by question, or that an earlier
// answer is still right.
func (d *demoCompany) check(answers map[string]string) {
	for range mostAnswers {
		if d.err != nil {
			return
		}
		verb, question := d.asked()
		switch verb {
		case "answer":
			d.press(play.Owner, "assess", "answer", question, answers[question])
		case "changed":
			d.press(play.Owner, "assess", "right")
		default:
			return
		}
	}
	d.try("a check", func() error { return fmt.Errorf("it has no end") })
}

// asked is what the latest card of an assessment asks: a question, whether an
// earlier answer has changed, or nothing any more.
func (d *demoCompany) asked() (verb, question string) {
	_, b, _ := d.Find(demoPerson(play.Owner), func(b bot.Button) bool {
		a := b.Action
		return a.Flow == "assess" && (a.Verb == "answer" || a.Verb == "changed") || a.Flow == "fixes" && a.Verb == "make" || a.Flow == "remind" && a.Verb == "offer"
	})
	return b.Action.Verb, b.Action.Arg(2)
}

func demoPerson(id string) bot.Person {
	people := play.Cast()
	return people[max(slices.IndexFunc(people, func(p bot.Person) bool { return p.ID == id }), 0)]
}
