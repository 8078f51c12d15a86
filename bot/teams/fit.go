package teams

import (
	"encoding/json"
	"math"
	"slices"
)

// fit leaves out blocks from the end until the card is small enough, as most
// are at once. Where something is left out, the card says so.
func (d *drawing) fit() {
	const most = maxCard - 1<<10 // the rest is for the note that something is left out, and a link to a file
	if atMost(d.card) > most {
		d.leaveOut(lengthJSON(d.card) - most)
	}
	if d.short {
		d.card.Body = append(d.card.Body, richText(run{Text: "There is more than fits here.", Subtle: true, Size: "Small"}))
	}
}

// leaveOut makes a card smaller by so many bytes. Buttons stay as long as they
// can: without them a card leads nowhere.
func (d *drawing) leaveOut(over int) {
	for _, buttonsToo := range []bool{false, true} {
		for i := len(d.card.Body) - 1; i >= 0 && over > 0; i-- {
			if b := d.card.Body[i]; b != nil && (buttonsToo || !isButtons(b)) {
				over -= lengthJSON(b) + 1
				d.card.Body[i], d.short = nil, true
			}
		}
	}
	d.card.Body = slices.DeleteFunc(d.card.Body, func(b any) bool { return b == nil })
}

// lengthJSON is how many bytes a card or a part of one has.
func lengthJSON(part any) int {
	var n counted
	_ = json.NewEncoder(&n).Encode(part) // structs of strings and numbers always encode
	return int(n) - len("\n")
}

// counted is how many bytes were written.
type counted int

func (n *counted) Write(b []byte) (int, error) {
	*n += counted(len(b))
	return len(b), nil
}

func isButtons(b any) bool {
	_, ok := b.(actionSet)
	return ok
}

// What JSON makes of a text at most, and of a part around its texts.
const (
	escaped = 6 // bytes of a byte
	around  = 200
)

// atMost is a length that lengthJSON does not exceed, and hardly costs anything:
// most cards are far from the limit.
func atMost(c *card) int {
	n := 2*around + escaped*len(c.Fallback)
	if r := c.Refresh; r != nil {
		n += r.Action.atMost()
		for _, user := range r.Users {
			n += around + escaped*len(user)
		}
	}
	for _, b := range c.Body {
		n += around
		switch b := b.(type) {
		case rich:
			for _, r := range b.Inlines {
				n += around + escaped*len(r.Text)
			}
		case actionSet:
			for i := range b.Actions {
				n += b.Actions[i].atMost()
			}
		case choiceSet:
			n += around + escaped*(len(b.ID)+len(b.Label)+len(b.Value)+len(b.Error))
			for _, one := range b.Choices {
				n += around + escaped*(len(one.Title)+len(one.Value))
			}
		default:
			return math.MaxInt
		}
	}
	return n
}

func (a *action) atMost() int {
	if a.Data.Form != nil {
		return maxCard
	}
	once := around + escaped*(len(a.Title)+len(a.Data.Action)+len(a.Data.Menu)+len(a.Data.Key)+len(a.Data.In))
	return 2 * once // with what stands in for it
}
