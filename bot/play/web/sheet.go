package web

import (
	"fmt"
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/play"
)

// sheet is all that a page shows to a visitor.
type sheet struct {
	Token   string
	Command string
	Kept    bool
	As, At  string
	Rev     int
	Me      personLine
	News    int // messages that somebody has not seen
	People  []personLine
	Places  []placeLine
	Here    placeLine
	Said    []saidLine
	Form    *formLines
	Page    *card // the advisor's own page, where that is looked at
	Stage   stage
	Hint    *hint
	Tries   []string // what somebody could type first; none: they have begun
}

type personLine struct {
	ID, Name, Role, Initial string
	Here                    bool
	Unread                  int
}

type placeLine struct {
	At, Name, About string
	Private, Shared bool
	Here            bool
	Unread          int
}

type saidLine struct {
	ID        string
	Rev       int
	Mine      bool
	Name      string
	Role      string
	Initial   string
	Advisor   bool
	Text      string
	When      time.Time
	Last      time.Time // it changed; zero: never
	OnlyYou   bool
	File      string
	FileShown bool
	Card      *card
}

// card is a view, and where a press of its buttons goes.
type card struct {
	bot.View
	Message string
	Sheet   *sheet
}

// sheet gathers what a visitor sees now.
func (s *Site) sheet(v visit, since int) (*sheet, error) {
	c, ctx := v.company, v.r.Context()
	if err := c.Greet(ctx, v.who); err != nil {
		return nil, err
	}
	d := &sheet{Token: v.token, Command: s.Command, Kept: s.Key != "", As: v.who.ID, At: v.at}
	if v.at == home {
		view, err := c.look(ctx, v.who)
		if err != nil {
			return nil, err
		}
		d.Page = &card{view, "", d}
	}
	due, err := c.back.Waiting(ctx)
	if err != nil {
		return nil, fmt.Errorf("what is scheduled: %w", err)
	}
	slices.SortStableFunc(due, func(a, b Due) int { return a.At.Compare(b.At) })
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fillIn(d, v, since)
	d.Stage = c.stage(due)
	return d, nil
}

// fillIn adds in what lies with the company, and notes that it was seen.
func (c *Company) fillIn(d *sheet, v visit, since int) {
	at := v.place().Channel
	if v.at != home {
		fresh := c.unread(v.who, at) > 0
		c.seen[seat{v.who.ID, at}] = c.rev
		if fresh {
			c.touched()
			c.seen[seat{v.who.ID, at}] = c.rev
		}
	}
	d.Rev, d.Hint = c.rev, c.tour()
	d.People, d.Places = c.people(v), c.places(v)
	d.Me = d.People[slices.IndexFunc(d.People, func(p personLine) bool { return p.Here })]
	d.Here = d.Places[slices.IndexFunc(d.Places, func(p placeLine) bool { return p.Here })]
	for _, p := range d.People {
		d.News += p.Unread
	}
	typed := false
	for _, m := range c.said {
		if v.at == home || m.at != at || !m.readBy(v.who) {
			continue
		}
		typed = typed || m.by != nil
		if m.rev > since {
			d.Said = append(d.Said, c.line(d, v, m))
		}
	}
	if !typed && v.at == dm {
		d.Tries = []string{"who handles printers?", "my laptop was stolen"}
		if play.RoleOf("", v.who.ID) == bot.Owner {
			d.Tries = append(d.Tries, d.Command+" assess")
		}
	}
	if f := c.forms[seat{v.who.ID, at}]; f != nil && v.at != home {
		d.Form = f.lines()
	}
}

func (c *Company) people(v visit) (lines []personLine) {
	for _, p := range play.Cast() {
		l := personLine{ID: p.ID, Name: p.Name, Role: roleOf(p.ID), Initial: p.Name[:1], Here: p.ID == v.who.ID}
		l.Unread = c.unread(p, play.Direct(p.ID).Channel)
		for _, r := range roomsOf(p) {
			l.Unread += c.unread(p, r.id)
		}
		lines = append(lines, l)
	}
	return lines
}

func (c *Company) places(v visit) []placeLine {
	lines := []placeLine{
		{At: dm, Name: "Security advisor", About: "Direct messages: only you and the advisor read here", Private: true, Unread: c.unread(v.who, play.Direct(v.who.ID).Channel)},
		{At: home, Name: "The advisor's page", About: "What it can do for you", Private: true},
	}
	for _, r := range roomsOf(v.who) {
		lines = append(lines, placeLine{At: r.id, Name: r.id, About: r.about, Shared: r.kind == bot.Shared, Unread: c.unread(v.who, r.id)})
	}
	for i := range lines {
		lines[i].Here = lines[i].At == v.at
	}
	return lines
}

func (c *Company) line(d *sheet, v visit, m *message) saidLine {
	l := saidLine{ID: m.id, Rev: m.rev, When: m.when, Last: m.last, OnlyYou: m.only != "" && m.at != play.Direct(v.who.ID).Channel}
	if m.by != nil {
		l.Name, l.Role, l.Initial, l.Text = m.by.Name, roleOf(m.by.ID), m.by.Name[:1], m.text
		l.Mine = m.by.ID == v.who.ID
		return l
	}
	l.Name, l.Advisor = "Security advisor", true
	l.Card = &card{m.view, m.id, d}
	if m.file != nil {
		l.File = m.file.Name
		l.FileShown = shownInside[kindOf(m.file)]
	}
	return l
}

// roleOf is a person's role in words.
func roleOf(id string) string {
	return map[string]string{
		"owner": "owner", "staff": "staff", "it": "IT person", "partner": "security partner", "guest": "guest",
	}[play.RoleWord(id)]
}
