package teams

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/infracloudio/msbotbuilder-go/schema"

	"secadvisor/bot"
)

// wire is an activity as it goes out. What the kit's type writes although
// nobody set it is left out, for Teams takes it for values: the year 1, an
// empty sender. Entities are raw, since the kit's keep only their type.
type wire struct {
	schema.Activity
	Timestamp        time.Time                    `json:"timestamp,omitzero"`
	LocalTimestamp   time.Time                    `json:"localTimestamp,omitzero"`
	Expiration       time.Time                    `json:"expiration,omitzero"`
	From             schema.ChannelAccount        `json:"from,omitzero"`
	Recipient        schema.ChannelAccount        `json:"recipient,omitzero"`
	Conversation     schema.ConversationAccount   `json:"conversation,omitzero"`
	RelatesTo        schema.ConversationReference `json:"relatesTo,omitzero"`
	SuggestedActions *schema.SuggestedActions     `json:"suggestedActions,omitempty"`
	SemanticAction   *schema.SemanticAction       `json:"semanticAction,omitempty"`
	Entities         []json.RawMessage            `json:"entities,omitempty"`
}

// maxSent is how long an activity may be, in bytes of UTF-16.
// https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/format-your-bot-messages#message-size-limitations
const maxSent = 100_000

// encode is the body of a call: compact, and not too long for Teams.
func encode(a schema.Activity, entities []json.RawMessage) ([]byte, error) {
	w := wire{
		Activity: a, Timestamp: a.Timestamp, LocalTimestamp: a.LocalTimestamp, Expiration: a.Expiration,
		From: a.From, Recipient: a.Recipient, Conversation: a.Conversation, RelatesTo: a.RelatesTo, Entities: entities,
	}
	if s := a.SuggestedActions; len(s.To)+len(s.Actions) > 0 {
		w.SuggestedActions = &s
	}
	if s := a.SemanticAction; s.ID != "" {
		w.SemanticAction = &s
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false) // six characters for each < would count
	if err := enc.Encode(w); err != nil {
		return nil, &bot.Outcome{Permanent: true, Reason: "the message could not be written", Err: fmt.Errorf("teams: encode: %w", err)}
	}
	if long := lengthUTF16(out.Bytes()); long > maxSent {
		return nil, &bot.Outcome{Permanent: true, Reason: reasons["MessageSizeTooBig"], Err: fmt.Errorf("teams: %d bytes of UTF-16 are more than Teams takes", long)}
	}
	return out.Bytes(), nil
}

// lengthUTF16 is how many bytes a text of UTF-8 has as UTF-16.
func lengthUTF16(text []byte) int {
	units := 0
	for _, b := range text {
		switch {
		case b >= 0xF0:
			units += 2
		case utf8.RuneStart(b):
			units++
		}
	}
	return 2 * units
}
