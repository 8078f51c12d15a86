package slack

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// faults lists what Slack would refuse or misread in a message: the limits of
// its pages, written down a second time.
func faults(gist string, blocks []block) (all []string) {
	say := func(format string, a ...any) { all = append(all, fmt.Sprintf(format, a...)) }
	if n := utf8.RuneCountInString(gist); n == 0 || n > 4000 {
		say("gist of %d characters", n)
	}
	if strings.ContainsAny(gist, "<>") {
		say("gist %q can mention", gist)
	}
	if len(blocks) == 0 || len(blocks) > 50 {
		say("%d blocks", len(blocks))
	}
	raw, err := json.Marshal(blocks)
	if err != nil {
		say("encode: %v", err)
	}
	var plain any
	if err := json.Unmarshal(raw, &plain); err != nil {
		say("decode: %v", err)
	}
	v := validity{say: say}
	v.walk("", plain)
	if v.sum > 9000 {
		say("%d characters in sum", v.sum)
	}
	return all
}

type validity struct {
	say func(string, ...any)
	sum int
}

func (v *validity) walk(at string, x any) {
	switch x := x.(type) {
	case []any:
		for i, inner := range x {
			v.walk(fmt.Sprintf("%s/%d", at, i), inner)
		}
	case map[string]any:
		v.object(at, x)
		for name, inner := range x {
			v.walk(at+"/"+name, inner)
		}
	case string:
		if !utf8.ValidString(x) || strings.ContainsFunc(x, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' }) {
			v.say("%s holds control characters: %q", at, x)
		}
	}
}

func (v *validity) object(at string, x map[string]any) {
	list := func(name string) int { l, _ := x[name].([]any); return len(l) }
	between := func(name string, n, least, most int) {
		if n < least || n > most {
			v.say("%s: %s of %d, want %d to %d", at, name, n, least, most)
		}
	}
	text := func(name string, most int) {
		t, _ := x[name].(map[string]any)
		s, _ := t["text"].(string)
		between(name, utf8.RuneCountInString(s), 1, most)
	}
	long := func(name string) int { s, _ := x[name].(string); return utf8.RuneCountInString(s) }
	switch x["type"] {
	case "section":
		text("text", 3000)
	case "header":
		text("text", 150)
	case "context":
		between("elements", list("elements"), 1, 10)
	case "rich_text", "rich_text_section", "rich_text_preformatted":
		between("elements", list("elements"), 1, 1000)
	case "actions":
		between("elements", list("elements"), 1, 25)
		ids := map[any]bool{}
		for _, e := range x["elements"].([]any) {
			id := e.(map[string]any)["action_id"]
			if id == nil || ids[id] {
				v.say("%s: action_id %v twice", at, id)
			}
			ids[id] = true
		}
	case "button":
		text("text", 75)
		between("value", long("value"), 1, 2000)
	case "overflow":
		between("options", list("options"), 2, 5)
	case "static_select":
		between("options", list("options"), 1, 100)
		text("placeholder", 150)
	case "plain_text":
		between("text", long("text"), 1, 3000)
		v.sum += long("text")
		if x["emoji"] == true && (!strings.HasPrefix(x["text"].(string), siren) || strings.Contains(strings.ReplaceAll(x["text"].(string), ":\u200b", ""), ":")) {
			v.say("%s: emoji in %q", at, x["text"])
		}
	case "text":
		between("text", long("text"), 1, 3002)
		v.sum += long("text")
	case nil: // an option, or a style
		if _, ok := x["value"]; ok {
			text("text", 75)
			between("value", long("value"), 1, 150)
		}
	default:
		v.say("%s: type %v", at, x["type"])
	}
	if options, ok := x["options"].([]any); ok {
		known := map[any]bool{}
		for _, o := range options {
			if value := o.(map[string]any)["value"]; known[value] {
				v.say("%s: value %v twice", at, value)
			} else {
				known[value] = true
			}
		}
	}
}

func mustBeValid(t *testing.T, gist string, blocks []block) {
	t.Helper()
	for _, f := range faults(gist, blocks) {
		t.Error(f)
	}
}
