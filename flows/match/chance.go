package match

import "cmp"

// dice are numbers by chance, the same ones on every machine.
type dice uint64

// diceOf are the dice of an example in a pass, whatever other examples there
// are: so a new phrase hardly changes what is learned of the others.
func diceOf(e example, pass int) dice {
	d := dice(hash([]byte(e.says)))<<16 ^ dice(e.class)
	d.roll(1)
	d ^= dice(pass)
	d.roll(1)
	return d
}

// roll is a number from 0 to sides-1.
func (d *dice) roll(sides int) int {
	*d = *d*6364136223846793005 + 1442695040888963407
	return int(*d>>33) % sides
}

// falls is true in so many of a hundred rolls.
func (d *dice) falls(percent int) bool { return d.roll(100) < percent }

// turn is when an example is looked at.
type turn struct {
	at dice
	of int
}

func (t turn) compare(other turn) int {
	return cmp.Or(cmp.Compare(t.at, other.at), cmp.Compare(t.of, other.of))
}

// thin leaves out some words of a text, never all.
func (d *dice) thin(t *text) {
	n := 0
	for i := range t.n {
		if !d.falls(unread) {
			t.words[n] = t.words[i]
			n++
		}
	}
	if n > 0 {
		t.n = n
	}
}

// thinner leaves out some features, and lets the others stand for them.
func (d *dice) thinner(s *sparse) {
	n := 0
	for i, v := range s.value {
		if !d.falls(unseen) {
			s.rows[n], s.value[n] = s.rows[i], v*100/(100-unseen)
			n++
		}
	}
	s.rows, s.value = s.rows[:n], s.value[:n]
}
