package slack

import "secadvisor/bot"

// Slack's limits, in characters or items.
const (
	maxBlocks      = 50   // https://docs.slack.dev/reference/block-kit/blocks
	maxFormBlocks  = 100  // https://docs.slack.dev/surfaces/modals
	maxSection     = 3000 // https://docs.slack.dev/reference/block-kit/blocks/section-block
	maxHeader      = 150  // https://docs.slack.dev/reference/block-kit/blocks/header-block
	maxContextText = 3000 // https://docs.slack.dev/reference/block-kit/composition-objects/text-object
	maxLabel       = 75   // https://docs.slack.dev/reference/block-kit/block-elements/button-element
	maxValue       = 2000
	maxOptions     = 100 // https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
	maxOptionText  = 75  // https://docs.slack.dev/reference/block-kit/composition-objects/option-object
	maxOptionValue = 150
	maxOverflow    = 5    // https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element
	maxModalTitle  = 24   // https://docs.slack.dev/reference/views/modal-views
	maxMetadata    = 3000 // of a form
	maxInputLabel  = 2000 // https://docs.slack.dev/reference/block-kit/blocks/input-block
	maxTyped       = 3000 // https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element

	// The text beside the blocks. An edit takes 4,000 characters, and a
	// character that must be escaped becomes up to five.
	// https://docs.slack.dev/reference/methods/chat.update
	maxGist = 600

	// The sum of all text of a message is limited, without documentation:
	// 11,000 characters were refused.
	// https://github.com/slackapi/bolt-js/issues/2867
	maxTotal = 9000
)

// pace is how fast Slack takes messages that nobody waits for: one a second in
// a channel, and several hundred a minute in a workspace.
// https://docs.slack.dev/apis/web-api/rate-limits
var pace = bot.Pace{Company: 10, Conversation: 1}

// Pace tells how fast Slack may be written to. See bot.Paced.
func (p *Platform) Pace() bot.Pace { return pace }
