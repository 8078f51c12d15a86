package match

import "strings"

// Who asks "what if somebody clicks on a bad link?" tells of no emergency, and
// the model, which weighs words, cannot tell. Nor can it tell what is long
// past. The steps stay the first choice all the same: somebody may be asking
// carefully about what they have just done. "What do I do when my laptop is gone"
// supposes nothing: it is gone.
var (
	supposing = turns("what if, what happens if, what happens when, what would, what should we do if, what should we do when, what should i do if i, what should i do if we, what should i do if somebody, what should i do if someone, what should i do when i, what should i do when we, what should i do when somebody, what should i do when someone, what should somebody do, what should someone do, " +
		"what do we do if, what do we do when, what do i do if i, what do i do if we, what do i do if somebody, what do i do if someone, what do i do when i, what do i do when we, what do i do when somebody, what do i do when someone, if i ever, if we ever, if one of us, if a colleague, if i click, if i lose, suppose, supposing, imagine, hypothetically, in case of, in case somebody, in case someone, " +
		"how do i know if, how do i know whether, how do i know when, how do we know if, how do we know whether, how would i know, how would we know, how can i tell, how can you tell, how can we tell, how do i tell if, how do you tell, how do i recognise, how do i recognize, how do i spot, how to spot, " +
		"how do i avoid, how do we avoid, how to avoid, how do i prevent, how do we prevent, how to prevent, how do we stop people, how do we stop staff, how do i protect, how do we protect, how likely, " +
		"is there a rule, is there a policy, is there a procedure, is there a process, the rule when, the rule for, the rule if, the rule about, our rule, our policy, our procedure, our process, what is the rule, whats the rule, what is the policy, whats the policy, what is the procedure, whats the procedure, what is the process, whats the process, " +
		"could we be, can we get, can we be, could that happen, could it happen, have we ever, has anyone ever, has anybody ever, is it bad to, is it dangerous to, what counts as")
	elsewhere = turns("on the news, in the news, in the papers, heard about, read about")
	happened  = turns("already, just, clicked, opened, gave, given, paid, sent, typed, entered, lost, approved, downloaded, told, bought, transferred, replied, left, wired, installed, ran, tapped, pressed, shared, posted, uploaded, accepted, scanned, allowed, confirmed, forwarded, deleted, plugged, " +
		"now, today, yesterday, tonight, last night, this morning, this afternoon, this evening, an hour ago, minutes ago, right away, help me, please help, urgent, emergency, asap, by itself, by themselves, on its own, i suppose, we suppose")
	whoDoes = turns("who handles, who looks after, who is in charge of, whos in charge of, whose job is, who runs, who do i ask about, who should i ask about, who is responsible for, whos responsible for, who deals with, who takes care of, who manages, who sorts out, who fixes, who does, help with, help me with, need help with")
	longAgo = turns("last year, years ago, year ago, months ago, at my last job, at my old job, in 2019, in 2020, in 2021, in 2022, in 2023, in 2024")
	afresh  = turns("again, today, just, yesterday, tonight, last night, this morning, this afternoon, this evening, this weekend, right now, now, still, asap")
	telling = turns("i, im, ive, we, my, our, is, are, was, were, has, have, had, somebody, someone, there")
	unless  = turns("if, when, whenever, whether, should")
)

// turns cuts a list of turns of phrase into their words.
func turns(list string) [][]string {
	var all [][]string
	for says := range strings.SplitSeq(list, ", ") {
		all = append(all, strings.Fields(says))
	}
	return all
}

// supposed reports whether a text asks what may happen, or tells of what is
// long past, and of nothing that happens now: "my laptop was stolen, what would
// you do?" tells of an emergency before it asks.
func (m *Matcher) supposed(t *text) bool {
	past := t.has(longAgo) && !t.has(afresh)
	if t.has(happened) {
		return past
	}
	if at := t.find(supposing); at >= 0 {
		return !m.tellsOf(t, at)
	}
	return past || t.has(elsewhere)
}

// aTale is how many words tell of something even without a verb, unlike "stolen
// devices".
const aTale = 4

// tellsOf reports whether the first n words of a text tell of an emergency that
// is there.
func (m *Matcher) tellsOf(t *text, n int) bool {
	if n < fewWords {
		return false
	}
	var before text
	words := make([]string, n)
	for i := range words {
		words[i] = string(t.word(i))
	}
	says := strings.Join(words, " ")
	before.read(says)
	if n < aTale && !before.has(telling) || before.has(unless) {
		return false
	}
	found := m.find(says)
	return found.Emergency && found.Outcome == Answer
}

// mostAsked is how many words a plain "who handles printers here?" has at most.
const mostAsked = 9

// asksWho reports whether a text only asks who does something, or for help with
// it. An emergency that is not the likeliest topic is no doubt then: nobody cries
// for help by "who looks after our website?"
func (t *text) asksWho() bool {
	return t.n <= mostAsked && t.has(whoDoes) && !t.has(happened)
}

// has reports whether one of the turns of phrase is in the text.
func (t *text) has(turns [][]string) bool { return t.find(turns) >= 0 }

// find is the word at which the first of the turns of phrase in the text begins;
// -1: none is there.
func (t *text) find(turns [][]string) int {
	for i := range t.n {
		for _, says := range turns {
			if i+len(says) <= t.n && t.reads(i, says) {
				return i
			}
		}
	}
	return -1
}

// reads reports whether the words from i on are these.
func (t *text) reads(i int, says []string) bool {
	for j, w := range says {
		if string(t.word(i+j)) != w {
			return false
		}
	}
	return true
}
