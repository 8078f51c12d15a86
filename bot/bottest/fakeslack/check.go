package fakeslack

import (
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf8"
)

// checkMessageBlocks refuses the blocks that chat.postMessage refuses.
func checkMessageBlocks(raw json.RawMessage) error {
	blocks, err := readBlocks(raw)
	if err != nil {
		return err
	}
	c := &check{allowed: []string{
		"section", "header", "divider", "context", "actions", "context_actions", "image", "input", "rich_text",
		"markdown", "table", "video", "file",
	}}
	c.blocks("/blocks", blocks, maxMessageBlocks)
	if c.problems != nil {
		return refused("invalid_blocks", c.problems...)
	}
	if c.sum > maxBlocksText {
		return refused("msg_blocks_too_long")
	}
	return nil
}

// checkViewBlocks lists what is wrong with the blocks of a form or Home.
func checkViewBlocks(blocks []*block) []string {
	c := &check{allowed: []string{
		"section", "header", "divider", "context", "actions", "image", "input", "rich_text", "video", "alert",
	}}
	c.blocks("/view/blocks", blocks, maxViewBlocks)
	return c.problems
}

// check gathers what is wrong with blocks, with JSON pointers as Slack gives
// them.
type check struct {
	allowed  []string
	problems []string
	sum      int // characters of all text
	tables   int
}

func (c *check) say(at, format string, a ...any) {
	c.problems = append(c.problems, fmt.Sprintf("[ERROR] %s [json-pointer:%s]", fmt.Sprintf(format, a...), at))
}

func (c *check) blocks(at string, blocks []*block, most int) {
	if len(blocks) > most {
		c.say(at, "no more than %d items allowed", most)
	}
	ids := map[string]bool{}
	for i, b := range blocks {
		here := fmt.Sprintf("%s/%d", at, i)
		c.id(here+"/block_id", b.BlockID)
		if b.BlockID != "" && ids[b.BlockID] {
			c.say(here+"/block_id", "block_id %q already exists", b.BlockID)
		}
		ids[b.BlockID] = true
		if !slices.Contains(c.allowed, b.Type) {
			c.say(here+"/type", "unsupported type: %s", b.Type)
			continue
		}
		c.block(here, b)
		c.actionIDs(here, b)
	}
}

func (c *check) block(at string, b *block) {
	switch b.Type {
	case "section":
		c.section(at, b)
	case "header":
		c.plain(at+"/text", b.Text, maxHeaderText)
	case "context":
		c.items(at, len(b.Elements), maxContext)
		for i, e := range b.Elements {
			c.contextElement(fmt.Sprintf("%s/elements/%d", at, i), e)
		}
	case "actions":
		c.items(at, len(b.Elements), maxActions)
		for i, e := range b.Elements {
			c.element(fmt.Sprintf("%s/elements/%d", at, i), e, actionTypes)
		}
	case "image":
		c.image(at, b.ImageURL, b.AltText)
	case "input":
		c.input(at, b)
	case "alert":
		c.text(at+"/text", b.Text, maxTextObject)
	case "markdown":
		c.length(at+"/text", b.Text.words(), maxMarkdown)
	case "table":
		c.table(at, b)
	case "rich_text":
		for _, e := range b.Elements {
			c.sum += utf8.RuneCountInString(e.shown())
		}
	}
}

func (c *check) section(at string, b *block) {
	if b.Text == nil && len(b.Fields) == 0 {
		c.say(at+"/text", "missing required field: text")
	}
	if b.Text != nil {
		c.text(at+"/text", b.Text, maxSectionText)
	}
	if len(b.Fields) > maxFields {
		c.say(at+"/fields", "no more than %d items allowed", maxFields)
	}
	for i, f := range b.Fields {
		c.text(fmt.Sprintf("%s/fields/%d", at, i), f, maxFieldText)
	}
	if b.Accessory != nil && b.Accessory.Type == "image" {
		c.image(at+"/accessory", b.Accessory.ImageURL, b.Accessory.AltText)
	} else if b.Accessory != nil {
		c.element(at+"/accessory", b.Accessory, accessoryTypes)
	}
}

func (c *check) contextElement(at string, e *element) {
	switch e.Type {
	case "image":
		c.image(at, e.ImageURL, e.AltText)
	case "plain_text", "mrkdwn":
		c.length(at+"/text", e.Text.words(), maxTextObject)
	default:
		c.say(at+"/type", "unsupported type: %s", e.Type)
	}
}

func (c *check) input(at string, b *block) {
	c.plain(at+"/label", b.Label, maxLabel)
	if b.Hint != nil {
		c.plain(at+"/hint", b.Hint, maxLabel)
	}
	if b.Element == nil {
		c.say(at+"/element", "missing required field: element")
		return
	}
	c.element(at+"/element", b.Element, inputTypes)
}

func (c *check) table(at string, b *block) {
	if c.tables++; c.tables > 1 {
		c.say(at, "only one table is allowed")
	}
	c.items(at, len(b.Rows), maxTableRows)
	total := 0
	for i, row := range b.Rows {
		if len(row) > maxTableCells {
			c.say(fmt.Sprintf("%s/rows/%d", at, i), "no more than %d items allowed", maxTableCells)
		}
		for _, cell := range row {
			total += utf8.RuneCountInString(cell.shown())
		}
	}
	if total > maxTableText {
		c.say(at+"/rows", "must be less than %d characters", maxTableText+1)
	}
	c.sum += total
}

func (c *check) image(at, url, alt string) {
	c.length(at+"/alt_text", alt, maxAlt)
	if utf8.RuneCountInString(url) > maxURL {
		c.say(at+"/image_url", "must be less than %d characters", maxURL+1)
	}
}

// items checks a list that must not be empty.
func (c *check) items(at string, n, most int) {
	if n == 0 {
		c.say(at, "must have at least 1 item")
	}
	if n > most {
		c.say(at, "no more than %d items allowed", most)
	}
}

// text checks a text object of either kind.
func (c *check) text(at string, t *text, most int) {
	if t == nil {
		c.say(at, "missing required field")
		return
	}
	if t.Type != "plain_text" && t.Type != "mrkdwn" {
		c.say(at+"/type", "unsupported type: %s", t.Type)
	}
	c.length(at+"/text", t.Text, most)
}

// plain checks a text object that must be plain.
func (c *check) plain(at string, t *text, most int) {
	if t != nil && t.Type != "plain_text" {
		c.say(at+"/type", "must be a valid enum value: plain_text")
		return
	}
	c.text(at, t, most)
}

func (c *check) length(at, words string, most int) {
	n := utf8.RuneCountInString(words)
	c.sum += n
	if n == 0 {
		c.say(at, "must be more than 0 characters")
	}
	if n > most {
		c.say(at, "must be less than %d characters", most+1)
	}
}

func (c *check) id(at, id string) {
	if utf8.RuneCountInString(id) > maxID {
		c.say(at, "must be less than %d characters", maxID+1)
	}
}

func (c *check) actionIDs(at string, b *block) {
	seen := map[string]bool{}
	for _, e := range b.elements() {
		c.id(at+"/action_id", e.ActionID)
		if e.ActionID != "" && seen[e.ActionID] {
			c.say(at, "action_id %q already exists", e.ActionID)
		}
		seen[e.ActionID] = true
	}
}
