package web

import "testing"

func TestTheTourFollowsWhatAVisitorDoes(t *testing.T) {
	s := newScene(t, echo)
	me := s.browser()
	me.sees("1 of 3", "Ask it something")
	me.post("/clock", "by", "day")
	me.sees("1 of 3")
	me.post("/say", "text", "who handles printers?")
	me.sees("2 of 3", "Become somebody else")
	me.visit("/?as=it:Robin")
	me.sees("3 of 3", "Move time")
	me.post("/clock", "by", "day")
	me.seesNot("3 of 3", "1 of 3")

	other := s.browser()
	other.post("/tour", "close", "1")
	other.seesNot("of 3")
	other.post("/say", "text", "who handles printers?")
	other.seesNot("of 3")
}
