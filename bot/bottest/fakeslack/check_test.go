package fakeslack

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

const longText = 4000

// blocksOf repeats a block, with # for its number.
func blocksOf(n int, block string) string {
	var all []string
	for i := range n {
		all = append(all, strings.ReplaceAll(block, "#", fmt.Sprint(i)))
	}
	return "[" + strings.Join(all, ",") + "]"
}

func TestLimitsOfMessages(t *testing.T) {
	long := strings.Repeat("x", longText)
	button := func(id, label, value string) string {
		return fmt.Sprintf(`{"type":"button","action_id":%q,"text":{"type":"plain_text","text":%q},"value":%q}`, id, label, value)
	}
	actions := func(elements string) string { return `[{"type":"actions","elements":[` + elements + `]}]` }
	options := func(n int) string {
		return blocksOf(n, `{"text":{"type":"plain_text","text":"o#"},"value":"#"}`)
	}
	for name, row := range map[string]struct{ blocks, want string }{
		"good":                    {actions(button("a", "A", "1") + "," + button("b", "B", "2")), ""},
		"fifty blocks":            {blocksOf(50, `{"type":"divider"}`), ""},
		"fifty-one blocks":        {blocksOf(51, `{"type":"divider"}`), "no more than 50 items allowed [json-pointer:/blocks]"},
		"no list":                 {`{"type":"divider"}`, "invalid_blocks_format"},
		"long section":            {`[{"type":"section","text":{"type":"mrkdwn","text":"` + long + `"}}]`, "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"},
		"empty section":           {`[{"type":"section"}]`, "missing required field: text"},
		"header in mrkdwn":        {`[{"type":"header","text":{"type":"mrkdwn","text":"x"}}]`, "plain_text"},
		"eleven fields":           {`[{"type":"section","fields":` + blocksOf(11, `{"type":"mrkdwn","text":"x"}`) + `}]`, "no more than 10 items"},
		"eleven context elements": {`[{"type":"context","elements":` + blocksOf(11, `{"type":"mrkdwn","text":"x"}`) + `}]`, "no more than 10 items"},
		"label of a button":       {actions(button("a", long[:76], "1")), "less than 76"},
		"value of a button":       {actions(button("a", "A", long[:2001])), "less than 2001"},
		"no buttons":              {actions(""), "at least 1"},
		"26 buttons":              {`[{"type":"actions","elements":` + blocksOf(26, `{"type":"button","text":{"type":"plain_text","text":"x"}}`) + `}]`, "no more than 25"},
		"same action_id":          {actions(button("a", "A", "1") + "," + button("a", "B", "2")), `action_id "a" already exists`},
		"same block_id":           {blocksOf(2, `{"type":"divider","block_id":"x"}`), `block_id "x" already exists`},
		"long block_id":           {`[{"type":"divider","block_id":"` + long[:256] + `"}]`, "less than 256"},
		"100 options":             {actions(`{"type":"static_select","options":` + options(100) + `}`), ""},
		"101 options":             {actions(`{"type":"static_select","options":` + options(101) + `}`), "no more than 100"},
		"six in an overflow":      {actions(`{"type":"overflow","options":` + options(6) + `}`), "no more than 5"},
		"eleven radio buttons":    {actions(`{"type":"radio_buttons","options":` + options(11) + `}`), "no more than 10"},
		"long value of an option": {actions(`{"type":"static_select","options":[{"text":{"type":"plain_text","text":"x"},"value":"` + long[:151] + `"}]}`), "150 characters"},
		"unknown initial option": {actions(`{"type":"static_select","options":` + options(2) + `,"initial_option":{"text":{"type":"plain_text","text":"x"},"value":"9"}}`),
			"one of the provided"},
		"alert":             {`[{"type":"alert","text":{"type":"plain_text","text":"x"}}]`, "unsupported type: alert"},
		"card":              {`[{"type":"card","title":{"type":"mrkdwn","text":"x"}}]`, "unsupported type: card"},
		"input as a button": {`[{"type":"input","label":{"type":"plain_text","text":"x"},"element":` + button("a", "A", "1") + `}]`, "unsupported type: button"},
		"text field in row": {actions(`{"type":"plain_text_input","action_id":"a"}`), "unsupported type: plain_text_input"},
		"image without alt": {`[{"type":"image","image_url":"https://example.com/x.png","alt_text":""}]`, "alt_text"},
		"all text together": {blocksOf(4, `{"type":"section","text":{"type":"mrkdwn","text":"`+long[:2500]+`"}}`), "msg_blocks_too_long"},
		"a table": {`[{"type":"table","rows":[[{"type":"raw_text","text":"a"},{"type":"raw_number","value":5}],[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"b","style":{"bold":true}}]}]}]]}]`,
			""},
		"two tables": {blocksOf(2, `{"type":"table","rows":[[{"type":"raw_text","text":"a"}]]}`), "only one table"},
		"rich text": {`[{"type":"rich_text","elements":[{"type":"rich_text_list","style":"ordered","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"b"},{"type":"link","url":"https://example.com"}]}]}]}]`,
			""},
	} {
		err := checkMessageBlocks(json.RawMessage(row.blocks))
		if row.want == "" && err != nil || row.want != "" && (err == nil || !strings.Contains(err.Error(), row.want)) {
			t.Errorf("%s: got %v, want %q", name, err, row.want)
		}
	}
}

func pickerOf(element string) string {
	return `[{"type":"input","label":{"type":"plain_text","text":"x"},"element":{"action_id":"a",` + element + `}}]`
}

func TestLimitsOfForms(t *testing.T) {
	long := strings.Repeat("x", longText)
	view := func(title, blocks, more string) string {
		return fmt.Sprintf(`{"type":"modal","title":{"type":"plain_text","text":%q},"blocks":%s%s}`, title, blocks, more)
	}
	input := `[{"type":"input","label":{"type":"plain_text","text":"x"},"element":{"type":"plain_text_input","action_id":"a"}}]`
	submit := `,"submit":{"type":"plain_text","text":"Save"}`
	for name, row := range map[string]struct{ view, want string }{
		"good":            {view("Title", input, submit), ""},
		"a hundred":       {view("Title", blocksOf(100, `{"type":"divider"}`), ""), ""},
		"too many":        {view("Title", blocksOf(101, `{"type":"divider"}`), ""), "no more than 100"},
		"title":           {view(long[:25], input, submit), "less than 25 characters [json-pointer:/view/title/text]"},
		"no submit":       {view("Title", input, ""), "missing required field: submit"},
		"submit":          {view("Title", input, `,"submit":{"type":"plain_text","text":"`+long[:25]+`"}`), "/view/submit"},
		"metadata":        {view("Title", input, submit+`,"private_metadata":"`+long[:3001]+`"`), "private_metadata"},
		"callback":        {view("Title", input, submit+`,"callback_id":"`+long[:256]+`"`), "callback_id"},
		"no blocks":       {`{"type":"modal","title":{"type":"plain_text","text":"x"}}`, "blocks"},
		"home":            {`{"type":"home","blocks":[]}`, "/view/type"},
		"table":           {view("Title", `[{"type":"table","rows":[[{"type":"raw_text","text":"a"}]]}]`, ""), "unsupported type: table"},
		"a picker":        {view("Title", pickerOf(`"type":"conversations_select","filter":{"include":["public","private"],"exclude_external_shared_channels":true},"initial_conversation":"C1"`), submit), ""},
		"a person":        {view("Title", pickerOf(`"type":"users_select","initial_user":"U1"`), submit), ""},
		"an empty filter": {view("Title", pickerOf(`"type":"conversations_select","filter":{}`), submit), "at least one of"},
		"a wrong kind":    {view("Title", pickerOf(`"type":"conversations_select","filter":{"include":["secret"]}`), submit), "enum value: secret"},
		"no such person":  {view("Title", pickerOf(`"type":"users_select","initial_user":"sam"`), submit), "/initial_user"},
		"initial length":  {view("Title", strings.Replace(input, `"action_id":"a"`, `"max_length":3001`, 1), submit), "3001"},
	} {
		_, err := readView(json.RawMessage(row.view), "modal")
		if row.want == "" && err != nil || row.want != "" && (err == nil || !strings.Contains(err.Error(), row.want)) {
			t.Errorf("%s: got %v, want %q", name, err, row.want)
		}
	}
}
