package teams

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"unicode"

	"secadvisor/bot"
)

// place is a conversation at a service.
type place struct {
	Service      string `json:"s"`
	Conversation string `json:"c,omitempty"` // empty: it is to be opened with User
	Bot          string `json:"b"`           // app id; empty without authentication
	BotID        string `json:"i,omitempty"` // of the bot in the channel: "28:..."
	User         string `json:"u,omitempty"` // whose conversation with the bot it is: "29:..."
}

// reach is a place as the engine keeps it.
func (p place) reach() string {
	raw, _ := json.Marshal(p) // four strings always encode
	return string(raw)
}

func placeOf(reach string) (p place, ok bool) {
	return p, json.Unmarshal([]byte(reach), &p) == nil && p.Service != "" && p.Conversation+p.User != ""
}

// address is that of conversations, or of something below them.
func (p place) address(steps ...string) string {
	whole := strings.TrimSuffix(p.Service, "/") + "/v3/conversations"
	for _, step := range steps {
		whole += "/" + url.PathEscape(step)
	}
	return whole
}

// allowed is the bot of a place, if calls may go there and no id that stands
// in the address leads them elsewhere.
func (k *connector) allowed(at place, ids ...string) (Bot, error) {
	b, ours := k.config.bot(at.Bot)
	if !k.config.allowed(at.Service) || !k.config.NoAuth && !ours {
		return b, &bot.Outcome{Permanent: true, Blameless: true, Reason: "the bot is not connected to this organisation", Err: errors.New("teams: the service or the bot is not an allowed one")}
	}
	for _, id := range ids {
		if !oneStep(id) {
			return b, &bot.Outcome{Permanent: true, Reason: "it has no address", Err: errors.New("teams: an id cannot stand in an address")}
		}
	}
	return b, nil
}

const maxID = 1024

// oneStep reports whether an id is one step of a path: no climbing, no more
// steps.
func oneStep(id string) bool {
	return id != "" && id != "." && id != ".." && len(id) <= maxID &&
		!strings.ContainsFunc(id, func(r rune) bool {
			return r == '/' || r == '\\' || unicode.IsControl(r) || r == unicode.ReplacementChar
		})
}
