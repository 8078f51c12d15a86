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
	for _, t := range taps[always:] {
		if slices.Contains(p.AskFirst, t.verb) {
			wanted = append(wanted, t)
		}
	}
	return wanted
}

// nextTap is the first that has no answer yet; false: all have one.
func (s sheet) nextTap() (tap, bool) {
	for _, t := range tapsOf(s.pack) {
		if t.of(s.profile) == "" {
			return t, true
		}
	}
	return tap{}, false
}

// label is an answer as it was chosen; empty: there is none.
func (t tap) label(p company.Profile) string {
	for _, c := range t.choices {
		if c.value == t.of(p) {
			return c.label
		}
	}
	return ""
}

func (a assess) askTap(s sheet, t tap) bot.View {
	v := bot.View{Title: s.pack.Title + " · first, about your company"}
	first := t.verb == taps[0].verb
	if first {
		v.Blocks = append(v.Blocks, bot.Say(s.pack.About))
	}
	v.Blocks = append(v.Blocks, bot.Head(t.ask))
	if t.hint != "" {
		v.Blocks = append(v.Blocks, bot.Say(t.hint))
	}
	var buttons []bot.Button
	for _, c := range t.choices {
		buttons = append(buttons, bot.Press(c.label, s.act(t.verb, c.value)))
	}
	v.Blocks = append(v.Blocks, bot.Rows(buttons...)...)
	if first {
		v.Blocks = append(v.Blocks, bot.Small(a.readers(s)))
	} else {
		v.Blocks = append(v.Blocks, bot.Row(bot.Behind("Back", s.act("back"))))
	}
	return v
}

// setTap takes an answer about the company, if it is the one that is asked.
func (a assess) setTap(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	t, asked := s.nextTap()
	known := slices.ContainsFunc(t.choices, func(c choice) bool { return c.value == e.Action.Arg(2) })
	if late(e, s) || !asked || t.verb != e.Action.Verb || !known {
		return a.tooLate(d, s)
	}
	t.put(&s.profile, e.Action.Arg(2))
	company.Profiles.Put(d, company.ProfileID, s.profile)
	return a.next(d, e, s)
}

// untap asks the tap before again.
func (a assess) untap(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	t, _ := s.nextTap()
	wanted := tapsOf(s.pack)
	i := slices.IndexFunc(wanted, func(x tap) bool { return x.verb == t.verb })
	if i < 1 {
		return a.tooLate(d, s)
	}
	wanted[i-1].put(&s.profile, "")
	company.Profiles.Put(d, company.ProfileID, s.profile)
	return a.next(d, e, s)
}
