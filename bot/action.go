package bot

import (
	"fmt"
	"net/url"
	"strings"
)

// Action is what a button, an option or a form means: a verb of a flow, with
// arguments that say which question of which run got which answer. Anybody
// can forge one, so authority never follows from it.
type Action struct {
	Flow string
	Verb string
	Args []string
}

// Do makes the action of a button.
func Do(flow, verb string, args ...string) Action {
	return Action{Flow: flow, Verb: verb, Args: args}
}

// Arg is argument i, or "" where there are fewer.
func (a Action) Arg(i int) string {
	if i < len(a.Args) {
		return a.Args[i]
	}
	return ""
}

// String is the action in printable ASCII without spaces, as platforms
// carry it: flow/verb/arg/arg.
func (a Action) String() string {
	var b strings.Builder
	n := len(a.Flow) + len(a.Verb) + 1
	for _, arg := range a.Args {
		n += 1 + len(arg)
	}
	b.Grow(n)
	b.WriteString(escape(a.Flow))
	b.WriteByte('/')
	b.WriteString(escape(a.Verb))
	for _, arg := range a.Args {
		b.WriteByte('/')
		b.WriteString(escape(arg))
	}
	return b.String()
}

// escape is url.PathEscape; most parts are words that need none.
func escape(part string) string {
	for i := range len(part) {
		if c := part[i]; c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return url.PathEscape(part)
		}
	}
	return part
}

// ParseAction reads what String wrote.
func ParseAction(s string) (Action, error) {
	parts := strings.Split(s, "/")
	if len(parts) < 2 {
		return Action{}, fmt.Errorf("action of %d bytes has no verb", len(s))
	}
	for i, p := range parts {
		plain, err := url.PathUnescape(p)
		if err != nil {
			return Action{}, fmt.Errorf("action part %d: %w", i, err)
		}
		parts[i] = plain
	}
	return Do(parts[0], parts[1], parts[2:]...), nil
}

// MarshalText and UnmarshalText let JSON carry an action as its string.
func (a Action) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (a *Action) UnmarshalText(text []byte) error {
	if len(text) == 0 || string(text) == "/" {
		*a = Action{}
		return nil
	}
	parsed, err := ParseAction(string(text))
	*a = parsed
	return err
}
