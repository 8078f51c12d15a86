package trial

import (
	"context"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/play"
	"secadvisor/bot/play/web"
)

// What the owner of the demo company said in three quick checks, by question.
var (
	firstCheck = map[string]string{
		"acc-mfa-email": "no", "dev-updates": "yes", "data-backup": "yes", "data-restore-test": "no", "dev-antimalware": "seen",
		"acc-leavers": "dont-know", "ppl-payment-check": "no", "ppl-training": "partly", "ir-contact": "no", "gov-risk-assessment": "no",
	}
	secondCheck = map[string]string{
		"acc-mfa-email": "partly", "dev-updates": "yes", "data-backup": "seen", "data-restore-test": "no", "dev-antimalware": "seen",
		"acc-leavers": "partly", "ppl-payment-check": "no", "ppl-training": "seen", "ir-contact": "no", "gov-risk-assessment": "no",
	}
	thirdCheck = map[string]string{
		"acc-mfa-email": "partly", "dev-updates": "partly", "data-backup": "seen", "data-restore-test": "seen", "dev-antimalware": "seen",
		"acc-leavers": "partly", "ppl-payment-check": "yes", "ppl-training": "seen", "ir-contact": "no", "gov-risk-assessment": "no",
	}
)

const (
	demoIT      = "it:Robin"
	demoPartner = "partner:Kim"
)

// demo lets nine months happen in a company, by what its people press and
// type: three quick checks a quarter apart, a map with gaps, fixes that are
// open, and a reminder that comes within a week.
func demo(ctx context.Context, c *web.Company) error {
	d := &demoCompany{Company: c, ctx: ctx, today: c.Now()}
	due := withinAWeek(d.today)

	c.Begin(due.Truncate(24*time.Hour).AddDate(0, -9, 0).Add(8*time.Hour + 40*time.Minute))
	d.try("greet", func() error { return c.Greet(ctx, demoPerson(play.Owner)) })
	d.people()
	d.do(play.Owner, bot.Do("assess", "start", "quick-check"))
	d.press(play.Owner, "assess", "size", "11-49")
	d.press(play.Owner, "assess", "it", "provider")
	d.press(play.Owner, "assess", "by", "it")
	d.check(firstCheck)
	d.press(play.Owner, "remind", "offer")
	d.press(play.Owner, "remind", "set")

	d.when(due.AddDate(0, -6, 2), 11)
	d.press(play.Owner, "assess", "start")
	d.check(secondCheck)
	d.press(play.Owner, "fixes", "make")
	d.gives("data-restore-test", demoIT, "in a month")
	d.gives("ppl-payment-check", play.Owner, "in two weeks")
	d.fill(demoIT, bot.Do("fixes", "did", "data-restore-test", "it"), map[string]string{"note": "Brought the accounts folder back, opened three files"})
	d.fill(play.Owner, bot.Do("fixes", "done", "ppl-payment-check"), map[string]string{"note": "The rule hangs at both desks where payments are made"})

	d.when(due.AddDate(0, -3, 2), 11)
	d.press(play.Owner, "assess", "start")
	d.check(thirdCheck)
	d.press(play.Owner, "fixes", "make")
	d.gives("acc-mfa-email", demoIT, d.today.AddDate(0, 0, 12).Format("2006-01-02"))
	d.gives("ir-contact", demoPartner, d.today.AddDate(0, 0, 5).Format("2006-01-02"))

	d.try("come to today", func() error { return c.Move(ctx, d.today.Sub(c.Now())) })
	return d.err
}

// withinAWeek is a day on which a reminder comes before a week is over, at any
// hour of today: the latest one on which people work, and of a month's first 28,
// so that it is the same in every month.
func withinAWeek(today time.Time) time.Time {
	for days := 6; days > 1; days-- {
		if due := today.AddDate(0, 0, days); due.Day() <= 28 && due.Weekday() != time.Saturday && due.Weekday() != time.Sunday {
			return due
		}
	}
	return today.AddDate(0, 0, 1)
}

// people says who handles what: some of it is confirmed, some assumed, and
// most of security is nobody's.
func (d *demoCompany) people() {
	d.fill(play.Owner, bot.Do("duty", "who", "group.it", "company"), map[string]string{
		"name": "Lakeside IT", "phone": "555 0100", "hours": "Mon-Fri 8-18", "email": "help@lakeside.example", "deputy": demoIT, "is": "provider",
	})
	d.do(play.Owner, bot.Do("duty", "told", "group.it"))
	d.fill(play.Owner, bot.Do("duty", "who", "printer-scanner", "channel"), map[string]string{"channel": "#it-help"})
	d.fill(play.Owner, bot.Do("duty", "who", "user-access", "person"), map[string]string{"user": demoIT, "phone": "555 0122"})
	d.fill(play.Owner, bot.Do("duty", "who", "suspicious-message", "person"), map[string]string{"user": demoPartner, "phone": "555 0140", "is": "partner"})
	d.fill(play.Owner, bot.Do("emergency", "edit", "incident"), map[string]string{"name": "Lakeside IT", "phone": "555 0100", "user": demoIT})
	d.fill(play.Owner, bot.Do("emergency", "edit", "bank"), map[string]string{"name": "Harbour Bank", "phone": "555 0180"})
}

// gives hands a fix to somebody, until a day.
func (d *demoCompany) gives(question, who, due string) {
	d.fill(play.Owner, bot.Do("fixes", "give", question), map[string]string{"user": who, "due": due})
}
