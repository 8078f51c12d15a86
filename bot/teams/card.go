package teams

import (
	"strconv"
	"strings"
	"unicode/utf8"

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

// card is an Adaptive Card. https://adaptivecards.io/explorer/AdaptiveCard.html
type card struct {
	Type     string `json:"type"`
	Schema   string `json:"$schema"`
	Version  string `json:"version"`
	Fallback string `json:"fallbackText"`
	Body     []any  `json:"body"`
	Refresh  *fresh `json:"refresh,omitempty"`
	Teams    *wide  `json:"msteams,omitempty"`
}

// fresh is what a client asks when somebody looks at a card again, on behalf
// of the people whom it names.
// https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards#refresh-model
type fresh struct {
	Action action   `json:"action"`
	Users  []string `json:"userIds"`
}

// wide lets a card use the whole width.
type wide struct {
	Width string `json:"width"`
}

// rich is text in which nothing formats, links or mentions: runs are taken as
// they are, other than the text of a TextBlock, which is Markdown.
// https://adaptivecards.io/explorer/RichTextBlock.html
type rich struct {
	Type    string `json:"type"`
	Spacing string `json:"spacing,omitempty"` // to what stands before it
	Inlines []run  `json:"inlines"`
}

// How far a text stands from what is before it, other than usual.
const (
	touching = "None"
	near     = "Small"
	apart    = "Medium"
)

type run struct {
	Type   string `json:"type"`
	Text   string `json:"text"`
	Weight string `json:"weight,omitempty"`
	Size   string `json:"size,omitempty"`
	Color  string `json:"color,omitempty"`
	Font   string `json:"fontType,omitempty"`
	Subtle bool   `json:"isSubtle,omitempty"`
}

type table struct {
	Type    string     `json:"type"`
	Head    bool       `json:"firstRowAsHeader"`
	Grid    bool       `json:"showGridLines"`
	Columns []column   `json:"columns"`
	Rows    []tableRow `json:"rows"`
}

type column struct {
	Width int `json:"width"`
}

type tableRow struct {
	Type  string `json:"type"`
	Cells []cell `json:"cells"`
}

type cell struct {
	Type  string `json:"type"`
	Items []any  `json:"items"`
}

type actionSet struct {
	Type    string   `json:"type"`
	Actions []action `json:"actions"`
}

// action is a button. Execute edits the card in place; a client that does not
// know it sends the same as Submit.
// https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/overview
type action struct {
	Type     string   `json:"type"`
	Title    string   `json:"title"`
	Verb     string   `json:"verb,omitempty"`
	Mode     string   `json:"mode,omitempty"`
	Data     *pressed `json:"data"`
	Fallback *submit  `json:"fallback,omitempty"`
}

// submit sends what an action does, and is all that an old client knows.
type submit struct {
	Type  string   `json:"type"`
	Title string   `json:"title"`
	Data  *pressed `json:"data"`
}

// pressed is what a button carries: the action, and for a menu or form which
// inputs hold the rest.
type pressed struct {
	Action string    `json:"a,omitempty"`
	Menu   string    `json:"m,omitempty"` // the input that holds the action
	Form   *bot.Form `json:"f,omitempty"` // the inputs are its fields
	Key    string    `json:"k,omitempty"` // of a card that lasts: an answer stands beside it, not in its place
	Fresh  bool      `json:"r,omitempty"` // the client asks for the card as it is now
	In     string    `json:"c,omitempty"` // the channel or group chat in which the card was asked for, if it lies in the asker's own chat
}

type choiceSet struct {
	Type        string   `json:"type"`
	ID          string   `json:"id"`
	Style       string   `json:"style"`
	Label       string   `json:"label,omitempty"`
	Placeholder string   `json:"placeholder,omitempty"`
	Value       string   `json:"value,omitempty"`
	Required    bool     `json:"isRequired,omitempty"`
	Error       string   `json:"errorMessage,omitempty"`
	Choices     []choice `json:"choices"`
	Data        *query   `json:"choices.data,omitempty"`
}

type choice struct {
	Title string `json:"title"`
	Value string `json:"value"`
}

// query lets a client look people up, in the whole organisation: the scope of
// a chat with the bot would be those two.
// https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/people-picker
type query struct {
	Type    string `json:"type"`
	Dataset string `json:"dataset"`
}

type textInput struct {
	Type      string `json:"type"`
	ID        string `json:"id"`
	Label     string `json:"label,omitempty"`
	Hint      string `json:"placeholder,omitempty"`
	Value     string `json:"value,omitempty"`
	Max       int    `json:"maxLength,omitempty"`
	Multiline bool   `json:"isMultiline,omitempty"`
	Required  bool   `json:"isRequired,omitempty"`
	Error     string `json:"errorMessage,omitempty"`
}

func newCard(fallback string) *card {
	return &card{Type: "AdaptiveCard", Schema: "http://adaptivecards.io/schemas/adaptive-card.json", Version: version, Fallback: fallback, Teams: &wide{"Full"}, Body: make([]any, 0, 16)}
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
	c := newCard(sense(v))
	d := drawing{card: c, screen: on}
	if on.key != "" && on.user != "" && v.Fresh.Flow != "" && len(v.Fresh.String()) <= maxData {
		c.Refresh = &fresh{execute("Refresh", pressed{Action: v.Fresh.String(), Key: on.key, Fresh: true}), []string{on.user}}
		c.Refresh.Action.Fallback = nil
	}
	d.view(v)
	if len(c.Body) == 0 {
		d.paragraph(c.Fallback, run{})
	}
	d.fit()
	return c
}

// sense is what notifications and screen readers get.
func sense(v bot.View) string {
	s := cut(bot.Visible(v.Sense()), maxText)
	if strings.TrimSpace(s) == "" {
		return "Security advisor"
	}
	return s
}

// drawing collects the blocks of a card and names its inputs.
type drawing struct {
	card  *card
	n     int
	space string // before the next text; empty: as usual
	short bool   // something was left out
	screen
}

func (d *drawing) add(b any) { d.card.Body, d.space = append(d.card.Body, b), "" }

// text draws runs one after another.
func (d *drawing) text(runs ...run) {
	r := richText(runs...)
	r.Spacing = d.space
	d.add(r)
}

func (d *drawing) id() string {
	d.n++
	return "i" + strconv.Itoa(d.n)
}

// richText draws runs one after another, but for empty ones.
func richText(runs ...run) rich {
	r := rich{Type: "RichTextBlock", Inlines: make([]run, 0, len(runs))}
	for _, one := range runs {
		if one.Type = "TextRun"; one.Text != "" {
			r.Inlines = append(r.Inlines, one)
		}
	}
	return r
}

// paragraph draws each line of a text for itself: a run has one line.
func (d *drawing) paragraph(body string, like run) { d.lines(body, like, near) }

func (d *drawing) lines(body string, like run, between string) {
	for line := range strings.SplitSeq(bot.Visible(body), "\n") {
		for len(line) > 0 {
			part := clip(line, maxText)
			line = line[len(part):]
			if strings.TrimSpace(part) == "" {
				continue
			}
			like.Text = part
			d.text(like)
			d.space = between
		}
	}
	d.space = ""
}

// cut shortens a text to so many characters.
func cut(s string, most int) string {
	if len(s) <= most || utf8.RuneCountInString(s) <= most {
		return s
	}
	return strings.TrimRight(clip(s, most-1), " ") + "…"
}

// clip is the first so many characters of a text.
func clip(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for i := range s {
		if most == 0 {
			return s[:i]
		}
		most--
	}
	return s
}
