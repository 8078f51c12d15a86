package teams

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"github.com/infracloudio/msbotbuilder-go/schema"

	"secadvisor/bot"
)

// wire is what this bot sends of an activity. The kit's type has fifty fields
// more and writes what nobody set, which Teams takes for values: the year 1, an
// empty sender. Entities are raw, since the kit's keep only their type.
type wire struct {
	Type        schema.ActivityTypes  `json:"type,omitempty"`
	Text        string                `json:"text,omitempty"`
	Summary     string                `json:"summary,omitempty"`
	ReplyToID   string                `json:"replyToId,omitempty"`
	Recipient   schema.ChannelAccount `json:"recipient,omitzero"`
	Attachments []schema.Attachment   `json:"attachments,omitempty"`
	Entities    []json.RawMessage     `json:"entities,omitempty"`
}

// maxSent is how long an activity may be, in bytes of UTF-16.
// https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/format-your-bot-messages#message-size-limitations
const maxSent = 100_000

// encode is the body of a call: compact, and not too long for Teams.
func encode(a schema.Activity, entities []json.RawMessage) ([]byte, error) {
	w := wire{a.Type, a.Text, a.Summary, a.ReplyToID, a.Recipient, a.Attachments, entities}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false) // six characters for each < would count
	if err := enc.Encode(w); err != nil {
		return nil, &bot.Outcome{Permanent: true, Reason: "the message could not be written", Err: fmt.Errorf("teams: encode: %w", err)}
	}
	if 2*out.Len() <= maxSent { // no text is longer than that as UTF-16
		return out.Bytes(), nil
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
