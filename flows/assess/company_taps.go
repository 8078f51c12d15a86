package assess

import (
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// What is asked about the company before the questions. It is not scored; it
// chooses wording and recommendations, and is asked once.

// tap is one thing that is asked about the company, with its answers.
type tap struct {
	verb    string
	name    string // on the card of the company
	ask     string
	hint    string
	choices []choice
	of      func(company.Profile) string
	put     func(*company.Profile, string)
}

type choice struct{ value, label string }

// taps are all of them, in order. The first three are asked before the first
// run, the others where a pack wants to know.
var taps = []tap{
	{
		verb: "size", name: "People", ask: "How many people work at your company?",
		choices: []choice{{string(company.UpTo10), "Up to 10"}, {string(company.UpTo49), "11 to 49"}, {string(company.UpTo249), "50 to 249"}, {string(company.From250), "250 or more"}},
		of:      func(p company.Profile) string { return string(p.Size) },
		put:     func(p *company.Profile, v string) { p.Size = company.Size(v) },
	},
	{
		verb: "it", name: "IT", ask: "Who looks after your computers?",
		choices: []choice{{string(company.OwnIT), "Our own IT person"}, {string(company.ProviderIT), "An IT provider"}, {string(company.BothIT), "Both"}, {string(company.NobodyIT), "Nobody in particular"}},
		of:      func(p company.Profile) string { return string(p.ITBy) },
		put:     func(p *company.Profile, v string) { p.ITBy = company.ITBy(v) },
	},
	{
		verb: "by", name: "Security", ask: "Who looks after security?", hint: "IT is your IT person or provider.",
		choices: []choice{{string(company.ByIT), "IT alone"}, {string(company.ByBoth), "IT, and somebody for security"}, {string(company.ByNobody), "Nobody"}, {string(company.ByDontKnow), "Don't know"}},
		of:      func(p company.Profile) string { return string(p.SecurityBy) },
		put:     func(p *company.Profile, v string) { p.SecurityBy = company.SecurityBy(v) },
	},
	{
		verb: content.AskTrade, name: "Trade", ask: "What does your company live from?", hint: "It chooses what I say to you, nothing else.",
		choices: []choice{{string(company.TradeOffice), "Office work and advice"}, {string(company.TradeHealth), "Health and care"}, {string(company.TradeShop), "Shops, food, hotels"}, {string(company.TradeMaking), "Building, making, moving"}, {string(company.TradePublic), "Schools, clubs, authorities"}, {string(company.TradeOther), "Something else"}},
		of:      func(p company.Profile) string { return string(p.Trade) },
		put:     func(p *company.Profile, v string) { p.Trade = company.Trade(v) },
	},
	{
		verb: content.AskData, name: "Sensitive data", ask: "Do you keep data that the law looks at closely?",
		choices: []choice{{string(company.DataHealth), "About health"}, {string(company.DataMoney), "About people's money or cards"}, {string(company.DataChildren), "About children"}, {string(company.DataSeveral), "More than one of these"}, {string(company.DataNone), "None of these"}, {string(company.DataDontKnow), "Don't know"}},
		of:      func(p company.Profile) string { return string(p.Data) },
		put:     func(p *company.Profile, v string) { p.Data = company.Data(v) },
	},
}

// always is how many of the taps every pack asks.
const always = 3

// tapsOf are the taps that come before the questions of a pack.
func tapsOf(p content.Pack) []tap {
	wanted := slices.Clone(taps[:always])
	for _, x := range taps[always:] {
		if slices.Contains(p.AskFirst, x.verb) {
			wanted = append(wanted, x)
		}
	}
	return wanted
}

// nextTap is the first that has no answer yet; false: all have one.
func (s sheet) nextTap() (tap, bool) {
	for _, x := range tapsOf(s.pack) {
		if x.of(s.profile) == "" {
			return x, true
		}
	}
	return tap{}, false
}

// label is an answer as it was chosen; empty: there is none.
func (x tap) label(p company.Profile) string {
	for _, c := range x.choices {
		if c.value == x.of(p) {
			return c.label
		}
	}
	return ""
}

// offers reports whether a value is one of the answers.
func (x tap) offers(value string) bool {
	return slices.ContainsFunc(x.choices, func(c choice) bool { return c.value == value })
}

func (t *turn) askTap(x tap) bot.View {
	v := bot.View{Title: t.pack.Title + " · first, about your company"}
	first := x.verb == taps[0].verb
	if first {
		v.Blocks = append(v.Blocks, bot.Say(t.pack.About))
	}
	v.Blocks = append(v.Blocks, bot.Head(x.ask))
	if x.hint != "" {
		v.Blocks = append(v.Blocks, bot.Say(x.hint))
	}
	var buttons []bot.Button
	for _, c := range x.choices {
		buttons = append(buttons, bot.Press(c.label, t.act(x.verb, c.value)))
	}
	v.Blocks = append(v.Blocks, bot.Rows(buttons...)...)
	if first {
		v.Blocks = append(v.Blocks, bot.Small(t.privacy()))
	} else {
		v.Blocks = append(v.Blocks, bot.Row(bot.Behind("Back", t.act("back"))))
	}
	return v
}

// setTap takes an answer about the company, if it is the one that is asked.
func (t *turn) setTap() []bot.Effect {
	x, asked := t.nextTap()
	value := t.event.Action.Arg(2)
	if t.late() || !asked || x.verb != t.event.Action.Verb || !x.offers(value) {
		return t.tooLate()
	}
	x.put(&t.profile, value)
	company.Profiles.Put(t.d, company.ProfileID, t.profile)
	return t.next()
}

// untap asks the tap before again.
func (t *turn) untap() []bot.Effect {
	asked, _ := t.nextTap()
	wanted := tapsOf(t.pack)
	i := slices.IndexFunc(wanted, func(x tap) bool { return x.verb == asked.verb })
	if i < 1 {
		return t.tooLate()
	}
	wanted[i-1].put(&t.profile, "")
	company.Profiles.Put(t.d, company.ProfileID, t.profile)
	return t.next()
}
