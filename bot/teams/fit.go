package teams

import "slices"

// fit leaves out blocks from the end until the card is small enough, as most
// are at once. Where something is left out, the card says so.
func (d *drawing) fit() {
	const most = maxCard - 1<<10 // the rest is for the note that something is left out, and a link to a file
	if over := len(d.out) - most; over > 0 {
		d.leaveOut(over)
	}
	if d.short {
		d.runs(run{Text: "There is more than fits here.", Subtle: true, Size: "Small"})
	}
}

// leaveOut makes a card smaller by so many bytes. Buttons stay as long as they
// can: without them a card leads nowhere.
func (d *drawing) leaveOut(over int) {
	start, to := d.blocks[0].from, len(d.out)
	kept := make([][]byte, len(d.blocks))
	for i := range slices.Backward(d.blocks) {
		kept[i] = d.out[d.blocks[i].from:to]
		to = d.blocks[i].from - len(",")
	}
	for _, buttonsToo := range []bool{false, true} {
		for i := len(kept) - 1; i >= 0 && over > 0; i-- {
			if kept[i] != nil && (buttonsToo || !d.blocks[i].row) {
				over -= len(kept[i]) + len(",")
				kept[i], d.short = nil, true
			}
		}
	}
	d.out = d.out[:start:start]
	for _, b := range kept {
		if b != nil {
			d.next()
			d.out = append(d.out, b...)
		}
	}
	d.blocks = nil
}
