package match

import "strings"

// Somebody may say two things in one message: "the screen flickers, oh and I
// opened an attachment". What is learned weighs all of the words at once, so
// the second is looked for apart.
const (
	mostParts = 6
	sureApart = 0.80 // from here an emergency in a part is one
	sureAlso  = 0.90 // from here a part asks for something else, too
	fewWords  = 3    // that such a part has at least
)

// joiners stand between two things that have little to do with each other.
var joiners = []string{" also ", " btw ", " by the way ", " oh and ", " and another thing ", " another thing ", " plus ", " ps ", " second thing "}

// apart looks at the parts of a text, where the whole is no emergency for sure:
// one may be in a part. Of a text in one part it changes nothing.
func (m *Matcher) apart(says string, whole Result) Result {
	if whole.Supposed {
		return m.before(says, whole)
	}
	if whole.Outcome == Foreign || whole.Outcome == Sensitive || whole.Emergency && whole.Outcome == Answer {
		return whole
	}
	says = says[:min(len(says), mostBytes)]
	rest, joined, one := says, false, Result{}
	for range mostParts {
		part, after, joins := cut(rest)
		if len(part) == len(says) {
			return whole
		}
		if len(strings.Fields(part)) >= fewWords {
			found := m.find(part)
			whole = besidesIt(whole, found, joined || joins)
			if (joined || joins) && found.Outcome == Answer && !found.Emergency && found.Best[0].Score >= sureAlso {
				whole, one = two(whole, one, found)
			}
		}
		if after == "" || whole.Emergency && whole.Outcome == Answer {
			break
		}
		rest, joined = after, joins
	}
	return whole
}

// before is what a text is about that supposes something: its first sentence may
// tell of an emergency that is there.
func (m *Matcher) before(says string, whole Result) Result {
	part, _, _ := cut(says[:min(len(says), mostBytes)])
	if first := m.find(part); first.Emergency && first.Outcome == Answer {
		return first
	}
	return whole
}

// besidesIt is what a text is about of which a part was looked at, too: an
// emergency in it comes first. joined says that the text itself tells the part
// from the rest; a mere sentence may be what the others explain, so that an
// emergency in it is a doubt.
func besidesIt(whole, part Result, joined bool) Result {
	if part.Outcome != Answer || !part.Emergency || part.Supposed || part.Best[0].Score < sureApart || whole.Emergency && !joined {
		return whole
	}
	if len(whole.Best) > 0 && whole.Best[0].Topic != part.Best[0].Topic {
		part.Best = append([]Scored{part.Best[0], whole.Best[0]}, part.Best[1:choices-1]...)
	}
	if !joined {
		part.Outcome = Choose
	}
	return part
}

// two is what a text is about of which one part surely asks for something,
// after another that did so or none: two things, where the whole wavers between
// them or tells of one.
func two(whole, one, part Result) (Result, Result) {
	topic := part.Best[0].Topic
	switch {
	case whole.Emergency:
	case whole.Outcome == Answer && topic != whole.Best[0].Topic:
		whole.Also = topic
	case whole.Outcome == Choose && one.Outcome == Answer && topic != one.Best[0].Topic:
		whole = one
		whole.Also = topic
	}
	return whole, part
}

// cut parts a text at its first joiner or end of a sentence, and tells whether
// it was a joiner. after is empty where there is no more.
func cut(says string) (part, after string, joins bool) {
	for i := range len(says) {
		switch says[i] {
		case '.', '!', '?', ';', '\n':
			if i+1 < len(says) && (says[i] == '\n' || says[i+1] == ' ' || says[i+1] == '\n') && strings.TrimSpace(says[:i]) != "" {
				return says[:i], says[i+1:], false
			}
		case ' ':
			for _, j := range joiners {
				if len(says)-i > len(j) && strings.EqualFold(says[i:i+len(j)], j) {
					return says[:i], says[i+len(j):], true
				}
			}
		}
	}
	return says, "", false
}
