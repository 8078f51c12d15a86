package remind

import (
	"slices"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/schedule"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// typed answers the command: what somebody wants to be reminded of, and when;
// or what is set.
func (t *turn) typed(text string) []bot.Effect {
	words := strings.ToLower(strings.Join(strings.Fields(text), " "))
	switch words {
	case "away", "i'm away", "i am away":
		return t.askAway()
	case "back", "i'm back", "i am back":
		return t.back()
	}
	if until, ok := strings.CutPrefix(words, "away "); ok {
		return t.awayUntil(until)
	}
	if slices.Contains(peace, words) {
		words = "reminders"
	}
	switch {
	case !t.event.From.Owner() && (words == "" || words == "me" || words == "reminders" || words == "my reminders"):
		return t.mine()
	case !t.event.From.Owner():
		return t.onlyOwners()
	}
	switch words {
	case "", "me", "list", "stop", "reminders", "my reminders":
		return t.all()
	case "status":
		return t.status()
	case "sheet", "page", "the sheet":
		return t.offerSheet()
	}
	return t.asked(text)
}

// peace is how people ask to be left alone.
var peace = []string{"stop", "unsubscribe", "stop reminders", "stop reminding me", "no more reminders", "leave me alone"}

func (t *turn) onlyOwners() []bot.Effect {
	return bot.Tell("Only an owner can do that", "Owners set what people are reminded of. Ask an owner of your company to set it; "+t.lib.Command+" remind shows what you are reminded of.")
}

// asked proposes what a text asks for.
func (t *turn) asked(text string) []bot.Effect {
	what, rule, when, err := t.read(text)
	key := t.meant(what)
	switch {
	case what == "" && when:
		key = content.QuickCheck
	case key == "":
		key = string(company.OfCustom)
	}
	s, id, ok := t.newOf(key, what)
	switch {
	case !ok:
		return t.all()
	case !when && key == string(company.OfCustom):
		return t.askWhen(s, what, err)
	case !when:
		if rule, err = t.usually(key); err != nil {
			return t.askWhen(s, what, err)
		}
	}
	s.Rule = rule
	return t.propose(id, s)
}

// read splits a text into what and when: the longest end of it that tells
// when, or else the longest beginning.
func (t *turn) read(text string) (what string, rule schedule.Rule, when bool, err error) {
	words := strings.Fields(prose.Plain(text, maxTyped))
	join := func(w []string) string { return strings.Join(w, " ") }
	rule, err = t.parse(join(words))
	if err == nil {
		return "", rule, true, nil
	}
	for i := 1; i < len(words); i++ {
		if rule, no := t.parse(join(words[i:])); no == nil {
			return told(words[:i]), rule, true, nil
		}
	}
	for i := len(words) - 1; i > 0; i-- {
		if rule, no := t.parse(join(words[:i])); no == nil {
			return told(words[i:]), rule, true, nil
		}
	}
	return told(words), schedule.Rule{}, false, err
}

// maxTyped is how many characters of a command are looked at.
const maxTyped = 200

// told is what is to be done, in the words of who typed it.
func told(words []string) string {
	for len(words) > 0 {
		switch strings.ToLower(words[0]) {
		case "me", "us", "to", "of", "about":
			words = words[1:]
			continue
		}
		break
	}
	return strings.TrimRight(strings.Join(words, " "), " ,;:.-")
}

// parse reads when, in the zone of who typed it.
func (t *turn) parse(words string) (schedule.Rule, error) {
	return schedule.Read(words, zoneOf(t.event.From), t.now())
}

// usually is how often something is asked, where nobody says.
func (t *turn) usually(key string) (schedule.Rule, error) {
	if known, ok := subjectOf(company.Subject(key)); ok && known.usual != "" {
		return t.parse(known.usual)
	}
	return t.parse("quarterly")
}

// dates are the next times at which a reminder reaches somebody.
func dates(rule schedule.Rule, zone string, now time.Time, n int) []time.Time {
	var all []time.Time
	at, ok := now, true
	for range n {
		if at, ok = rule.Next(at); !ok {
			break
		}
		all = append(all, working(at, zone))
	}
	return all
}
