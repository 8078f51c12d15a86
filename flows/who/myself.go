package who

import (
	"slices"
	"strings"
	"unicode"

	"secadvisor/bot"
)

// Whether they talk to a person is what many want to know first. A text is that
// question only if every word of it can belong to one: "are you sure that this
// is a real person" is about somebody else.
const (
	being   = 1 << iota // what one may talk to
	makes               // what is asked of me alone
	mine                // me
	at                  // me, or anything else
	between             // what may stand there too
)

var part = partsOf(map[int]string{
	being:   "person human humans bot robot machine ai artificial program computer chatgpt gpt llm people man woman somebody someone anybody anyone",
	makes:   "real alive made built wrote created programmed trained makes writes",
	mine:    "you u your answers",
	at:      "this i there",
	between: "are r is am was were a an the actual living being intelligence or just some kind sort of talking speaking chatting typing to with who what whom these answer by behind even actually really it only not from so hello hi hey wait and using language model large",
})

func partsOf(words map[int]string) map[string]int {
	all := map[string]int{}
	for kind, list := range words {
		for _, w := range strings.Fields(list) {
			all[w] = kind
		}
	}
	return all
}

// mostWords is how long such a question may be.
const mostWords = 14

// aboutMe reports whether somebody asks what it is that they talk to. "Is this
// real?" is about something else, and "there was a man" about somebody else.
func aboutMe(text string) bool {
	has, n := 0, 0
	var begins []string
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		w = strings.ToLower(w)
		kind, known := part[w]
		if n++; !known || n > mostWords {
			return false
		}
		if len(begins) < 2 && !slices.Contains(greetings, w) {
			begins = append(begins, w)
		}
		has |= kind
	}
	return has&being != 0 && (has&mine != 0 || has&at != 0 && asks(begins)) || has&makes != 0 && has&mine != 0
}

var greetings = []string{"so", "hello", "hi", "hey", "wait", "and", "or"}

// asks reports whether a text that begins with two words asks what is here: "is
// this", "am I", "who am I".
func asks(begins []string) bool {
	if len(begins) < 2 {
		return false
	}
	return begins[0] == "is" || begins[0] == "am" || begins[1] == "am" && begins[0] != "i"
}

// myself says honestly what answers here, who made the answers, and which
// person to ask.
func (t *turn) myself() bot.View {
	v := bot.View{
		Title: "I'm a program, not a person",
		Blocks: []bot.Block{
			bot.Say("People wrote my answers beforehand and checked them against public advice. I look for the one that fits your words, and make nothing up; I can still pick the wrong one, and then “Not what I meant” helps."),
			bot.Say("What you ask is shown to you alone, and not kept." + t.runBy()),
		},
	}
	if desk, ok := t.lib.Topic("helpdesk"); ok {
		v.Blocks = append(v.Blocks, bot.Say("Would you rather talk to a person? "+t.here(desk)))
	}
	v.Blocks = append(v.Blocks, bot.Row(t.happened(), bot.Press("What do you keep?", bot.Do("menu", "keep")), bot.Press("Menu", bot.Do("menu", "menu"))))
	return v
}

// runBy names whose server it is, where that is known.
func (t *turn) runBy() string {
	if t.lib.Operator == "" {
		return ""
	}
	return " " + t.lib.Operator + " runs the server that I'm on."
}
