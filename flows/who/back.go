package who

import (
	"slices"
	"strings"
	"unicode"

	"secadvisor/bot"
	"secadvisor/flows/content"
	"secadvisor/flows/match"
)

// lost is the topic of a device that may turn up again.
const lost = "lost-stolen-device"

var (
	backAgain   = []string{"found my", "found the", "found it", "found our", "found his", "found her", "we found", "i found", "turned up", "have it back", "has it back", "got it back", "back in my", "is back", "all along", "handed it in", "was handed in", "brought it back", "gave it back"}
	having      = listed("got have has gave is")
	after       = listed("now again today thanks already yesterday")
	goneForGood = []string{"not found", "havent found", "hasnt found", "find my", "on the map", "never found", "cant find", "cannot find", "didnt find", "isnt found", "found out", "found that", "not turned up", "hasnt turned up", "still", "missing", "empty", "smashed", "broken", "open", "window", "door", "a laptop", "a phone", "a stick", "usb", "found gone", "note", "virus", "encrypted", "strange", "how", "want", "need", "must have"}
)

// mayBeLost is from where a text may be about a lost device at all.
const mayBeLost = 0.1

// isBack reports whether a text about a lost device says that it is there
// again.
func isBack(text string, found match.Result) bool {
	if !slices.ContainsFunc(found.Best, func(s match.Scored) bool { return s.Topic == lost && s.Score >= mayBeLost }) {
		return false
	}
	words := strings.FieldsFunc(strings.ToLower(strings.NewReplacer("'", "", "’", "").Replace(text)), func(r rune) bool { return !unicode.IsLetter(r) })
	says := " " + strings.Join(words, " ") + " "
	return (tells(says, backAgain) || hasBack(words)) && !tells(says, goneForGood)
}

// hasBack reports whether a text ends like "we got the laptop back".
func hasBack(words []string) bool {
	for len(words) > 0 && after[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return len(words) > 0 && words[len(words)-1] == "back" && hasAny(words, having)
}

// back is for a device that is there again: IT looks first, and nobody is asked
// later whether they reached somebody.
func (t *turn) back(topic content.Topic) []bot.Effect {
	t = t.about(topic)
	v := bot.View{
		Title: "Good that it is back",
		Blocks: []bot.Block{
			bot.Say("Tell " + t.named() + " before you use it or plug it in: others may have had it, and whoever locked it can unlock it."),
			row(append(t.tellThem(topic.ID), bot.Press("It is still missing", bot.Do("who", "topic", topic.ID)), bot.Press("Not what I meant", bot.Do("who", "not", topic.ID)))...),
		},
	}
	effects := bot.Respond(v)
	if t.event.From.Affiliation == bot.Home {
		effects = append(effects, t.forgetLater()...)
	}
	return effects
}
