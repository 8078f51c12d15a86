package fakeslack

// Limits of docs.slack.dev/reference/block-kit: blocks, block-elements,
// composition-objects, and of docs.slack.dev/reference/views. Text is counted
// in characters.
const (
	maxMessageBlocks = 50
	maxViewBlocks    = 100
	maxID            = 255

	maxSectionText = 3000
	maxFields      = 10
	maxFieldText   = 2000
	maxHeaderText  = 150
	maxTextObject  = 3000
	maxActions     = 25
	maxContext     = 10
	maxLabel       = 2000
	maxAlt         = 2000
	maxURL         = 3000
	maxMarkdown    = 12_000

	maxButtonText  = 75
	maxButtonValue = 2000
	maxPlaceholder = 150
	maxOptions     = 100
	maxFewOptions  = 10 // radio buttons and checkboxes
	minOverflow    = 1
	maxOverflow    = 5
	maxOptionText  = 75
	maxOptionValue = 150
	maxInitialText = 3000

	maxConfirmTitle  = 100
	maxConfirmText   = 300
	maxConfirmButton = 30

	maxTableRows  = 100
	maxTableCells = 20
	maxTableText  = 10_000

	maxViewTitle       = 24
	maxViewButton      = 24
	maxPrivateMetadata = 3000
	maxViewBytes       = 250_000
	maxViewStack       = 3
)

// maxBlocksText is how much text all blocks of a message may hold together.
// Slack documents nothing; sums of about 11,000 and of 13,300 characters were
// refused with msg_blocks_too_long (github.com/slackapi/bolt-js/issues/2867
// and 2509), so the fake is on the strict side.
const maxBlocksText = 9000
