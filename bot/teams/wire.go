package teams

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"github.com/infracloudio/msbotbuilder-go/schema"

	"secadvisor/bot"
)

// maxSent is how long an activity may be, in bytes of UTF-16.
// https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/format-your-bot-messages#message-size-limitations
const maxSent = 100_000

// encode is the body of a call: compact, and not too long for Teams. It has
// what this bot sends of an activity. The kit's type has fifty fields more and
// writes what nobody set, which Teams takes for values: the year 1, an empty
// sender. Entities are raw, since the kit's keep only their type.
func encode(a schema.Activity, entities []json.RawMessage) ([]byte, error) {
	w := writer{make([]byte, 0, usualCard+512)}
	w.open(string(a.Type))
	w.maybe("text", a.Text)
	w.maybe("summary", a.Summary)
	w.maybe("replyToId", a.ReplyToID)
	if a.Recipient != (schema.ChannelAccount{}) {
		w.raw("recipient", plain(a.Recipient))
	}
	if len(entities) > 0 {
		w.raw("entities", plain(entities))
	}
	if len(a.Attachments) > 0 {
		w.array("attachments")
		for _, one := range a.Attachments {
			w.open("")
			w.text("contentType", one.ContentType)
			w.raw("content", one.Content.(*card).json)
			w.end("}")
		}
		w.end("]")
	}
	w.end("}")
	out := w.out
	if 2*len(out) <= maxSent { // no text is longer than that as UTF-16
		return out, nil
	}
	if long := lengthUTF16(out); long > maxSent {
		return nil, &bot.Outcome{Permanent: true, Reason: reasons["MessageSizeTooBig"], Err: fmt.Errorf("teams: %d bytes of UTF-16 are more than Teams takes", long)}
	}
	return out, nil
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
