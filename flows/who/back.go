package who

import (
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/content"
	"secadvisor/flows/match"
)

// lost is the topic of a device that may turn up again.
const lost = "lost-stolen-device"

var (
	backAgain   = []string{"found it", "turned up", "have it back", "has it back", "got it back", "it is back", "its back", "all along", "handed it in", "was handed in", "brought it back", "gave it back"}
	having      = listed("got have has gave")
	devices     = listed("laptop laptops phone phones mobile tablet tablets ipad iphone macbook notebook computer device devices stick drive")
	beforeIt    = listed("my the our his her their us me it them lost work company old second first again")
	after       = listed("now again today thanks already yesterday")
	goneForGood = []string{"not found", "havent found", "hasnt found", "find my", "on the map", "never found", "cant find", "cannot find", "didnt find", "isnt found", "found out", "found that", "not turned up", "hasnt turned up", "still", "missing", "empty", "smashed", "broken", "open", "window", "door", "a laptop", "a phone", "a stick", "usb", "found gone", "note", "virus", "encrypted", "strange", "how", "want", "need", "must have",
		"stolen", "gone", "taken", "without", "but not", "but the", "but my", "phone number", "laptop bag", "somebody found", "someone found", "stranger", "ebay", "for sale", "somebody used", "someone used", "unlocked"}
)

// mayBeLost is from where a text may be about a lost device at all.
const mayBeLost = 0.1

// isBack reports whether a text about a lost device says that it is there
// again.
func isBack(text string, found match.Result) bool {
	other := found.Emergency && found.Outcome == match.Answer && found.Best[0].Topic != lost
	if other || !slices.ContainsFunc(found.Best, func(s match.Scored) bool { return s.Topic == lost && s.Score >= mayBeLost }) {
		return false
	}
	words, says := plainly(text)
	return (tells(says, backAgain) || hasFound(words) || hasBack(words)) && !tells(says, goneForGood)
}

// hasFound reports whether a text tells of a device that was found: "found my
// work phone". Whoever found the bag may miss what was in it.
func hasFound(words []string) bool {
	for i, w := range words {
		if w != "found" || i+1 == len(words) || !beforeIt[words[i+1]] {
			continue
		}
		if j := past(words, i+1); j < len(words) && devices[words[j]] {
			return true
		}
	}
	return false
}

// hasBack reports whether a text ends like "we got the laptop back" or "the laptop
// is back", and not like "please call me back".
func hasBack(words []string) bool {
	for len(words) > 0 && after[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	n := len(words) - 1
	if n < 2 || words[n] != "back" {
		return false
	}
	if words[n-1] == "is" {
		return devices[words[n-2]]
	}
	if !devices[words[n-1]] {
		return false
	}
	for i, w := range words[:n-1] {
		if having[w] && past(words, i+1) == n-1 {
			return true
		}
	}
	return false
}

// past is where the words end, from i on, that may stand between a verb and the
// device.
func past(words []string, i int) int {
	for i < len(words) && beforeIt[words[i]] {
		i++
	}
	return i
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
