package slack

import (
	"context"
	"strconv"
	"time"

	"secadvisor/bot"
)

// An answer that lies in somebody's direct messages lasts, and yet the answer to
// a press on it takes its place, as it does with what is shown for a moment: old
// buttons do not stay. What is edited by its key is not replaced.

// passing begins the id of the controls of such an answer. Nothing else in a
// press is sure to say of which message it was.
const passing = "answer/"

// vanishing begins the id of a button whose message is over when it was pressed and
// shows elsewhere. See bot.Button.
const vanishing = "over/"

// vanish takes away what was pressed. Where Slack does not, it stays.
func (p *Platform) vanish(ctx context.Context, r request) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.limit)
	defer cancel()
	if err := p.respond(ctx, r.reply, []byte(`{"delete_original":true}`)); err != nil {
		p.log.Warn("an answer that is over stays", "err", err)
	}
}

// formSent closes the answer on which a form was opened that is taken now: its
// buttons are old. Where Slack does not do that at once, it stays as it was.
func (p *Platform) formSent(ctx context.Context, r request) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	v := bot.View{Title: r.form, Blocks: []bot.Block{bot.Small("Filled in. It goes on below.")}}
	text, blocks := Render(v)
	m := message{Text: text, Blocks: blocks}
	if _, err := p.edit(ctx, m, bot.Post{Tenant: r.event.Tenant, Edit: r.event.Place.Channel + ":" + r.beneath}); err != nil {
		p.log.Warn("an answer that is over stays", "err", err)
	}
}

// maxBlockID is how long the id of a block may be.
// https://docs.slack.dev/reference/block-kit/blocks/actions-block
const maxBlockID = 255

// passed marks the controls of an answer. The ids differ with each answer: where
// they stay, Slack keeps what was chosen in a menu.
func passed(blocks []block, id string) []block {
	for i, b := range blocks {
		if b.Type == "actions" {
			mark := passing + strconv.Itoa(i) + "/" + id
			blocks[i].ID = mark[:min(len(mark), maxBlockID)]
		}
	}
	return blocks
}
