package bottest

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"secadvisor/bot"
)

// What bot.View promises to platforms: labels of a length, and buttons in rows
// of five, with "More" as a sixth.
const (
	mostLabel  = 75 // characters
	mostInRow  = 5
	mostButton = 34 // characters; more are cut on a phone of 320 pixels, as deploy/e2e/looks.mjs draws it
)

// fits says what of a view breaks a promise that bot.View makes.
func fits(v bot.View) error {
	if v.Title == "" && len(v.Blocks) > 0 {
		return errors.New("it has no title")
	}
	for _, b := range v.Actions() {
		if n := utf8.RuneCountInString(b.Label); n == 0 || n > mostLabel {
			return fmt.Errorf("a button has %d characters: %q", n, b.Label)
		}
	}
	for _, b := range v.Blocks {
		if b.Buttons != nil {
			for _, x := range b.Buttons.Items {
				if n := utf8.RuneCountInString(x.Label); n > mostButton {
					return fmt.Errorf("a button of %d characters is cut on a phone: %q", n, x.Label)
				}
			}
		}
		if n := inRow(b); n > mostInRow {
			return fmt.Errorf("%d buttons stand in a row, such as %q", n, b.Buttons.Items[0].Label)
		}
	}
	return nil
}

// inRow is how many buttons of a block stand side by side.
func inRow(b bot.Block) (n int) {
	if b.Buttons == nil {
		return 0
	}
	for _, x := range b.Buttons.Items {
		if !x.More {
			n++
		}
	}
	return n
}
