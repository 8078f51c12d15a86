package who

import (
	"slices"
	"strings"
	"unicode"

	"secadvisor/bot"
)

// A fire or a burglar is no matter of computers, but people type it where they
// type everything else, and "fire in the server room" sounds like a server.
var (
	danger = []string{
		"is on fire", "are on fire", "caught fire", "there is a fire", "theres a fire", "there is fire", "theres fire", "fire in the", "fire alarm is going", "flames", "full of smoke", "smell smoke", "smells of smoke", "smoke coming", "smoke is coming", "smell of burning in", "burning smell in",
		"smell gas", "smells of gas", "gas smell", "smell of gas", "gas leak",
		"has a knife", "with a knife", "has a gun", "with guns", "been shot", "been stabbed", "bomb threat", "there is a bomb", "theres a bomb", "found a bomb",
		"fainted", "not breathing", "isnt breathing", "cant breathe", "having a heart attack", "had a heart attack", "had a stroke", "having a stroke", "electric shock", "electrocuted", "had a seizure", "having a seizure",
	}
	hurt       = []string{"collapsed", "unconscious", "is bleeding", "is being attacked", "being robbed", "with a gun"}
	things     = listed("website webshop server servers network account accounts system systems database data login mailbox printer scanner barcode") // that may be hurt so, too
	people     = listed("i we he she they colleague coworker somebody someone patient customer client visitor guest man woman lady boy girl child resident worker driver")
	intruders  = listed("burglar burglars intruder intruders robber robbers thief thieves")
	intruding  = []string{"breaking into", "breaking in", "break into", "break in", "forcing the", "force the"}
	places     = listed("building office shop warehouse store yard house practice surgery clinic factory reception premises door window stockroom car lorry van upstairs downstairs outside")
	notPlaces  = listed("network wifi account accounts mail mailbox email server systems system computer computers website 365 laptop laptops phone phones tablet tablets took stole stolen taken nicked gone robbed snatched grabbed pinched emptied cleared pc pcs login password passwords online webshop database data hacker hackers")
	noDanger   = []string{"what if", "what happens", "what would", "if there", "if a", "in case", "drill", "plan", "insurance", "policy", "last week", "last month", "last year", "years ago", "a course", "the course", "aid course", "fire safety", "fire training", "safety training", "aid training", "training on", "bias", "stroke of", "do we fire", "to fire", "survive", "folder", "was threatened", "burglar alarm", "intruder alarm", "burglar bars", "fire stick", "fire tablet", "on fire with", "bleeding edge", "bleeding money", "bleeding cash", "bleeding customers", "inbox", "last night", "yesterday", "over the weekend", "broke in", "broken into"}
	calling    = listed("fire smoke burglar burglars police ambulance 999 911 112")
	called     = listed("call the a an help now please fire smoke burglar burglars police ambulance 999 911 112 emergency services")
	breakingIn = listed("is are now trying help")
)

// asPlaces takes out what sounds like a server, and like a mere exercise.
var asPlaces = strings.NewReplacer("server room", "room", "not a drill", "")

// inDanger reports whether a text tells of people in danger now.
func inDanger(text string) bool {
	words, says := plainly(asPlaces.Replace(strings.ToLower(text)))
	if tells(says, noDanger) {
		return false
	}
	if tells(says, danger) || hasAny(words, calling) && !slices.ContainsFunc(words, func(w string) bool { return !called[w] }) || tells(says, hurt) && hasAny(words, people) && !hasAny(words, things) {
		return true
	}
	return hasAny(words, places) && !hasAny(words, notPlaces) &&
		(hasAny(words, intruders) || tells(says, intruding) && hasAny(words, breakingIn))
}

// plainly is a text in small letters and without signs: its words, and all of
// them with spaces around each.
func plainly(text string) (words []string, says string) {
	text = strings.NewReplacer("'", "", "’", "").Replace(strings.ToLower(text))
	words = strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return words, " " + strings.Join(words, " ") + " "
}

// tells reports whether one of the turns of phrase is in what plainly says.
func tells(says string, turns []string) bool {
	return slices.ContainsFunc(turns, func(t string) bool { return strings.Contains(says, " "+t+" ") })
}

func hasAny(words []string, of map[string]bool) bool {
	return slices.ContainsFunc(words, func(w string) bool { return of[w] })
}

// safety puts people first. It names no number: which one it is depends on
// where they are.
func (t *turn) safety() bot.View {
	v := bot.View{
		Tone:  bot.Urgent,
		Title: "Get safe first, then call the emergency number",
		Blocks: []bot.Block{
			bot.Steps(
				"Go where it is safe, and warn the people near you. Leave computers and bags behind.",
				"Call your country's emergency number, and say where you are.",
				"Somebody is ill or hurt? Stay with them if it is safe, and do what you are told on the phone.",
				"Then tell whoever is in charge here."),
			bot.Say("I know about computers only, and nobody else has read this. Is something stolen or broken? That can wait until everybody is safe."),
			bot.Row(t.happened(), bot.Press("Nobody is in danger", bot.Do("who", "none"))),
		},
	}
	v.Gist = v.Title
	return v
}
