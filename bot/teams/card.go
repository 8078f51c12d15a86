package teams

import (
	"slices"
	"strconv"
	"strings"

	"secadvisor/bot"
)

// Limits of a card. https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/format-your-bot-messages
const (
	maxCard    = 28 << 10 // bytes of JSON that clients draw for certain
	maxText    = 3000     // characters of one paragraph
	maxTitle   = 200
	maxLabel   = 75 // of a button
	maxChoices = 100
	maxRows    = 50
	rowOf      = 6 // buttons in a row before the client hides the rest
	version    = "1.5"
)

// card is an Adaptive Card, written as JSON in the message that shows it.
// https://adaptivecards.io/explorer/AdaptiveCard.html
type card struct {
	sense   string // what notifications and screen readers get
	message []byte
	from    int // where the card itself begins
}

const (
	cardType = "application/vnd.microsoft.card.adaptive"
	afterIt  = "}]}" // of a card in its message
)

func (c *card) json() []byte { return c.message[c.from : len(c.message)-len(afterIt)] }

// MarshalJSON is the card without its message.
func (c *card) MarshalJSON() ([]byte, error) { return c.json(), nil }

// to is the message for the eyes of one person alone.
func (c *card) to(user string) []byte {
	w := writer{slices.Clone(c.message[:len(c.message)-len("}")])}
	w.name("recipient")
	w.open("")
	w.text("id", user)
	w.end("}}")
	return w.out
}

// screen is where a card is shown. An answer takes the place of a card that is
// pressed, unless the card lasts.
type screen struct {
	key    string // of a card that lasts; empty: it does not
	user   string // for whom a card that lasts is brought up to date
	window bool   // in a window, which knows no Execute
	in     string // the channel or group chat that it was asked for in, if it is shown elsewhere
}

// Render draws a view. What does not fit is left out, and the card says so.
func Render(v bot.View) *card { return render(v, screen{}) }

func render(v bot.View, on screen) *card {
	d := draw(v, on)
	d.fit()
	return d.card()
}

// draw draws a view to which more may be added.
func draw(v bot.View, on screen) *drawing {
	d := begin(v, on)
	d.view(v)
	if len(d.blocks) == 0 {
		d.paragraph(d.sense, run{})
	}
	return d
}

// drawing is a card that is drawn, a block after another.
type drawing struct {
	writer
	screen
	sense  string
	from   int // where the card itself begins
	blocks []block
	n      int    // of inputs that got an id
	space  string // before the next text; empty: as usual
	short  bool   // something was left out
}

// block is where a block of a card begins, and whether it is a row of buttons,
// or a menu with its button.
type block struct {
	from      int
	row, menu bool
}

// usualCard is how long nine of ten cards are at most, with what is around them.
const usualCard = 4<<10 + 768

// begin draws what comes before a card's blocks.
func begin(v bot.View, on screen) *drawing {
	d := &drawing{writer: writer{make([]byte, 0, usualCard)}, screen: on, sense: sense(v), blocks: make([]block, 0, 32)}
	d.open("message")
	d.text("summary", cut(d.sense, maxTitle))
	d.array("attachments")
	d.open("")
	d.text("contentType", cardType)
	d.name("content")
	d.from = len(d.out)
	d.open("AdaptiveCard")
	d.text("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
	d.text("version", version)
	d.text("fallbackText", d.sense)
	d.name("msteams")
	d.open("")
	d.text("width", "Full")
	d.end("}")
	if on.key != "" && on.user != "" && v.Fresh.Flow != "" && len(v.Fresh.String()) <= maxData {
		d.refresh(v.Fresh)
	}
	d.array("body")
	return d
}

// refresh is what a client asks when somebody looks at a card again, on behalf
// of the person whom it names.
// https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards#refresh-model
func (d *drawing) refresh(fresh bot.Action) {
	d.name("refresh")
	d.open("")
	d.name("action")
	d.execute(&action{title: "Refresh", alone: true, data: pressed{Action: fresh.String(), Key: d.key, Fresh: true}})
	d.array("userIds")
	d.out = appendString(d.out, d.user)
	d.end("]}")
}

// card ends the drawing.
func (d *drawing) card() *card {
	d.end("]}" + afterIt)
	return &card{d.sense, d.out, d.from}
}

// block begins a block.
func (d *drawing) block(kind string) {
	d.next()
	d.blocks = append(d.blocks, block{from: len(d.out)})
	d.open(kind)
	d.space = ""
}

func (d *drawing) id() string {
	d.n++
	return "i" + strconv.Itoa(d.n)
}

// sense is what notifications and screen readers get.
func sense(v bot.View) string {
	s := cut(bot.Visible(v.Sense()), maxText)
	if strings.TrimSpace(s) == "" {
		return "Security advisor"
	}
	return s
}
