package teams

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"secadvisor/bot"
)

// fit leaves out blocks from the end until the card is small enough, as most
// are at once. Where something is left out, the card says so.
func (d *drawing) fit() {
	const most = maxCard - 1<<10 // the rest is for the note that something is left out, and a link to a file
	if over := len(d.out) - d.from - most; over > 0 {
		d.leaveOut(over)
	}
	if d.short {
		d.runs(run{Text: "There is more than fits here.", Subtle: true, Size: "Small"})
	}
}

// leaveOut makes a card smaller by so many bytes. Buttons and menus stay as long
// as they can: without them a card leads nowhere.
func (d *drawing) leaveOut(over int) {
	start, to := d.blocks[0].from, len(d.out)
	kept := make([][]byte, len(d.blocks))
	for i := range slices.Backward(d.blocks) {
		kept[i] = d.out[d.blocks[i].from:to]
		to = d.blocks[i].from - len(",")
	}
	for _, buttonsToo := range []bool{false, true} {
		for i := len(kept) - 1; i >= 0 && over > 0; i-- {
			if kept[i] != nil && (buttonsToo || !d.blocks[i].row && !d.blocks[i].menu) {
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

// maxSent is how long a message may be, in bytes of UTF-16.
// https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/format-your-bot-messages#message-size-limitations
const maxSent = 100_000

// fits refuses a message that is too long for Teams.
func fits(message []byte) error {
	if 2*len(message) <= maxSent { // no text is longer than that as UTF-16
		return nil
	}
	if long := lengthUTF16(message); long > maxSent {
		return &bot.Outcome{Permanent: true, Blameless: true, Reason: reasons["MessageSizeTooBig"], Err: fmt.Errorf("teams: %d bytes of UTF-16 are more than Teams takes", long)}
	}
	return nil
}

// lengthUTF16 is how many bytes a text of UTF-8 has as UTF-16.
func lengthUTF16(text []byte) int {
	units := 0
	for _, b := range text {
		switch {
		case b >= 0xF0:
			units += 2
		case utf8.RuneStart(b):
			units++
		}
	}
	return 2 * units
}
