package slack

// block is a Block Kit block, as far as the bot draws them.
// https://docs.slack.dev/reference/block-kit/blocks
type block struct {
	Type     string   `json:"type"`
	ID       string   `json:"block_id,omitempty"`
	Text     *text    `json:"text,omitempty"`
	Fields   []text   `json:"fields,omitempty"`
	Elements []any    `json:"elements,omitempty"`
	Label    *text    `json:"label,omitempty"`
	Hint     *text    `json:"hint,omitempty"`
	Element  *element `json:"element,omitempty"`
	Optional bool     `json:"optional,omitempty"`
}

// text is plain_text or mrkdwn.
type text struct {
	Type  string `json:"type"`
	Text  string `json:"text"`
	Emoji *bool  `json:"emoji,omitempty"`
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
}

type option struct {
	Text  *text  `json:"text"`
	Value string `json:"value"`
}

// rich is a rich_text block's content: text to copy, with its lines kept.
type rich struct {
	Type     string    `json:"type"`
	Elements []richRun `json:"elements"`
}

type richRun struct {
	Type string `json:"type"`
	Text string `json:"text"`
}

var noEmoji = new(bool)

// words is text in which nothing formats, links, mentions or becomes a
// picture.
func words(s string) *text { return &text{Type: "plain_text", Text: s, Emoji: noEmoji} }

// marked is text in which only our own marks format: everything that came
// from elsewhere must have gone through escape.
func marked(s string) *text { return &text{Type: "mrkdwn", Text: s} }
