package who

import (
	"strings"
	"unicode"

	"secadvisor/bot"
	"secadvisor/flows/content"
	"secadvisor/flows/match"
)

// What is told of a mother's computer is no emergency of the company, and no
// work for its IT, as long as nobody works on it.
var (
	relatives = listed("mums moms mothers dads fathers sons daughters kids childs childrens wifes husbands nephews nieces brothers sisters grans grandmas grannys grandads grandmothers grandfathers grandsons granddaughters parents uncles aunts cousins girlfriends boyfriends neighbours neighbors family familys")
	theirs    = listed("my our his her the")
	belonging = listed("laptop computer pc mac macbook ipad tablet phone iphone mobile chromebook printer wifi internet router email mail mailbox gmail facebook instagram whatsapp account")
	atWork    = listed("work works working office company companys firm firms business shop practice job boss client clients customer customers patient patients books bookkeeping accounts invoices payroll wages rota church charity club parish code codes authenticator")

	// atHome are the topics that a relative's equipment may have, and what to do
	// there.
	atHome = map[string][]string{
		"malware-ransomware": infected, "clicked-phishing": infected, "account-takeover": entered, "lost-stolen-device": gone,
		"antivirus": looked, "hardware-repair": looked, "software-trouble": looked, "system-updates": looked, "wifi-network": looked,
		"printer-scanner": looked, "password-reset": looked, "backup-restore": looked, "email-calendar": looked,
	}
	infected = []string{
		"Take it off the internet: cable out, Wi-Fi off. Phone no number that it shows, and pay nothing.",
		"Was the bank's page open, or money sent? Phone the bank first, with the number on the card.",
		"From another device, change the passwords that were typed on it, mail and bank first.",
		"Let a computer shop or the maker's support clean it.",
	}
	entered = []string{
		"From a device that is safe, change the password on the real page and choose \"sign out everywhere\".",
		"Turn on the second sign-in step (MFA), and use the help page of whoever runs the account.",
		"Tell friends by phone that messages from it may be false.",
	}
	gone = []string{
		"From another device, lock it or mark it as lost.",
		"A phone: have the network operator block the SIM. Stolen: report it to the police.",
		"Change the passwords that it knows, mail and bank first.",
	}
	looked = []string{
		"Let a computer shop, the maker's support or the internet company help.",
		"Let nobody onto it who phones unasked and offers help.",
	}
)

func listed(words string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(words) {
		all[w] = true
	}
	return all
}

// ofFamily reports whether a text tells of something that belongs to a
// relative, and of no work: "my mum's computer has a virus".
func ofFamily(text string) bool {
	const reach = 3 // words: "my mum's old dell laptop"
	private, before, left := false, "", 0
	for w := range strings.FieldsFuncSeq(strings.ToLower(text), parts) {
		w = strings.ReplaceAll(strings.ReplaceAll(w, "'", ""), "’", "")
		switch {
		case atWork[w]:
			return false
		case relatives[w] && theirs[before]:
			left = reach
		case left > 0:
			private = private || belonging[w]
			left--
		}
		before = w
	}
	return private
}

// parts reports whether a sign parts two words.
func parts(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }

// family answers what is told of a relative's equipment, unless it is about
// what the company handles anyway.
func (t *turn) family(text string, found match.Result) (v bot.View, ok bool) {
	if found.Outcome != match.Answer && !found.Emergency {
		return v, false
	}
	steps, ok := atHome[found.Best[0].Topic]
	if !ok || !ofFamily(text) {
		return v, false
	}
	topic, known := t.lib.Topic(found.Best[0].Topic)
	if !known {
		return v, false
	}
	worked := bot.Press("Work is done on it too", bot.Do("who", "topic", topic.ID))
	worked.Main = topic.Urgency == content.Emergency
	return bot.View{
		Title: "That is private, so it isn't for your company's IT",
		Blocks: []bot.Block{
			bot.Say("If nobody works on it, this helps at home:"),
			bot.Steps(steps...),
			bot.Say("Was a work password typed on it, or is work mail on it? Then it is the company's too: press the first button."),
			bot.Row(worked, bot.Press("Using private devices for work", bot.Do("who", "topic", "personal-devices")), bot.Press("Not what I meant", bot.Do("who", "not", topic.ID))),
		},
	}, true
}
