package slack

// block is a Block Kit block, as far as the bot draws them. All text is plain
// or rich text, which Slack takes as it is: mrkdwn, where it would look for
// marks and mentions, is never used.
// https://docs.slack.dev/reference/block-kit/blocks
type block struct {
	Type     string   `json:"type"`
	ID       string   `json:"block_id,omitempty"`
	Text     *text    `json:"text,omitempty"`
	Elements []any    `json:"elements,omitempty"` // *text, *element or rich
	Label    *text    `json:"label,omitempty"`
	Hint     *text    `json:"hint,omitempty"`
	Element  *element `json:"element,omitempty"`
	Optional bool     `json:"optional,omitempty"`
}

// text is plain_text.
type text struct {
	Type  string `json:"type"`
	Text  string `json:"text"`
	Emoji bool   `json:"emoji"` // whether :smile: becomes a picture
}

// element is a button, a menu or an input.
type element struct {
	Type        string   `json:"type"`
	ActionID    string   `json:"action_id,omitempty"`
	Text        *text    `json:"text,omitempty"`
	Value       string   `json:"value,omitempty"`
	Style       string   `json:"style,omitempty"`
	Placeholder *text    `json:"placeholder,omitempty"`
	Options     []option `json:"options,omitempty"`
	Initial     *option  `json:"initial_option,omitempty"`
	InitialText string   `json:"initial_value,omitempty"`
	MaxLength   int      `json:"max_length,omitempty"`
	Multiline   bool     `json:"multiline,omitempty"`

	InitialUser    string  `json:"initial_user,omitempty"`
	InitialChannel string  `json:"initial_conversation,omitempty"`
	Filter         *filter `json:"filter,omitempty"`
}

// filter says which conversations a menu of them offers.
// https://docs.slack.dev/reference/block-kit/composition-objects/conversation-filter-object
type filter struct {
	Include []string `json:"include"`
	OwnOnly bool     `json:"exclude_external_shared_channels"`
}

type option struct {
	Text  *text  `json:"text"`
	Value string `json:"value"`
}

// rich is a part of a rich_text block.
// https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
type rich struct {
	Type     string `json:"type"`
	Elements []run  `json:"elements"`
}

// run is text in one style.
type run struct {
	Type  string `json:"type"`
	Text  string `json:"text"`
	Style *style `json:"style,omitempty"`
}

type style struct {
	Bold bool `json:"bold,omitempty"`
}

// words is text in which nothing formats, links, mentions or becomes a
// picture.
func words(s string) *text { return &text{Type: "plain_text", Text: s} }

func bold(s string) run { return run{"text", s, &style{Bold: true}} }

func plainly(s string) run { return run{Type: "text", Text: s} }
