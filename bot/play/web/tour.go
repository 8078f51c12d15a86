package web

// hint is one of the three things that a visitor is told at first.
type hint struct {
	N, Of int
	Title string
	Body  string
	Last  bool
}

var hints = []hint{
	{Title: "Ask it something", Body: "Type what you would ask a colleague, or press one of the examples. The answer says who handles it, and what to do first."},
	{Title: "Become somebody else", Body: "Choose a person on the side of the page. A number shows who has got something new, such as the IT person after you asked them."},
	{Title: "Move time", Body: "Under the clock, go on by a day, a week, or to what is due next. Reminders come, and people are asked again."},
}

// What a visitor does by themselves needs no hint any more.
const (
	askedSomething = 1 + iota
	becameSomebody
	movedTime
)

// did goes on to the next hint, where the one that is shown is about that.
func (c *Company) did(n int) {
	c.mu.Lock()
	shown := c.hint == n
	c.mu.Unlock()
	if shown {
		c.nextHint(false)
	}
}

// nextHint shows the next hint, or none any more.
func (c *Company) nextHint(close bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.hint++; close || c.hint > len(hints) {
		c.hint = 0
	}
	c.touched()
}

// tour is the hint that is shown now; nil: none. It needs mu.
func (c *Company) tour() *hint {
	if c.hint == 0 {
		return nil
	}
	h := hints[c.hint-1]
	h.N, h.Of, h.Last = c.hint, len(hints), c.hint == len(hints)
	return &h
}
