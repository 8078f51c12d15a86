package assess

import (
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/score"
)

// What is recommended to a company like this one: by its size, its trade, and
// what it keeps.

// rests says on whom security rests.
func rests(p company.Profile) string {
	switch p.SecurityBy {
	case company.ByBoth:
		return "IT and somebody for security share the work"
	case company.ByNobody:
		if p.ITBy == company.NobodyIT {
			return "Nobody looks after IT or security at the moment"
		}
		return "Nobody looks after security at the moment"
	case company.ByDontKnow:
		return "It is not known who looks after security"
	}
	switch p.ITBy {
	case company.OwnIT:
		return "Your security rests on your own IT alone"
	case company.ProviderIT:
		return "Your security rests on your IT provider alone"
	}
	return "Your security rests on IT alone"
}

// advice are the sentences on a result that the company's profile chooses.
func (t *turn) advice(r score.Result) []string {
	var all []string
	if verdict := t.verdict(); verdict != "" {
		all = append(all, verdict)
	} else if fits := t.fitting(t.profile); fits != "" {
		all = append(all, fits)
	}
	if slices.Contains(t.pack.AskFirst, content.AskTrade) {
		all = append(all, stakes(t.profile.Trade)...)
	}
	if t.profile.Regulated() && slices.Contains(t.pack.AskFirst, content.AskData) {
		all = append(all, "You keep data "+keeps(t.profile.Data)+": ask your lawyer or data adviser now whom you would have to tell after a break-in, and how fast.")
	}
	if t.lib.Partner.Contact != "" && r.Risk[string(content.Security)] > 0 {
		all = append(all, "For what needs security expertise you can talk to "+strings.TrimSpace(t.lib.Partner.Name+" "+t.lib.Partner.Contact)+".")
	}
	return all
}

// fitting is the right approach for a company of this size, in one line.
func (t *turn) fitting(p company.Profile) string {
	switch {
	case p.Size == company.SizeUnkn:
		return ""
	case p.Growing(t.lib.Growing):
		return "Right for your size: say by name who answers for each security task, and choose a security partner before you need one."
	case p.Regulated():
		return "Right for you: small, but with data that the law looks at closely. Keep IT for the daily work, and choose somebody for security now, a few hours a month."
	}
	return "Right for your size: keep IT for the daily work, and have somebody with security expertise look once a year."
}

// verdict is what the answers of an IT provider come to; empty: this is
// another check.
func (t *turn) verdict() string {
	if t.pack.ID != content.ProviderCheck {
		return ""
	}
	switch score.Judge(t.lib.Scored(t.pack), t.run.Scored(), t.run.Finished, t.profile.Growing(t.lib.Growing)).Approach {
	case score.KeepAssessing:
		return "All four topics are answered well: keep your IT provider, and have somebody else assess your security from time to time."
	case score.BringIn:
		return "Part of this trade is there: keep your IT provider for the daily work, and bring security expertise in for what is missing."
	case score.VirtualCISO:
		return "Security is another trade than looking after computers: keep your IT provider for the daily work, and find a virtual CISO, who steers your security some days a month."
	case score.SecurityPartner:
		return "Security is another trade than looking after computers: keep your IT provider for the daily work, and build a lasting relationship with a security partner."
	}
	return ""
}

// stakes is what a bad week would stop first in a trade.
func stakes(t company.Trade) []string {
	first := map[company.Trade]string{
		company.TradeOffice: "e-mail and the files of your customers",
		company.TradeHealth: "the appointment book and the records",
		company.TradeShop:   "the till, card payments and bookings",
		company.TradeMaking: "orders, drawings and machines",
		company.TradePublic: "lists of people, and how you reach them",
	}[t]
	if first == "" {
		return nil
	}
	return []string{"In your trade a break-in usually stops " + first + " first. Try once what you would do for three days without them."}
}

func keeps(d company.Data) string {
	switch d {
	case company.DataHealth:
		return "about health"
	case company.DataMoney:
		return "about people's money"
	case company.DataChildren:
		return "about children"
	}
	return "that the law looks at closely"
}

// approach is the tour's page on the right approach for a company of this
// size.
func (t *turn) approach() []bot.Effect {
	id := "approach-small"
	if t.profile.Growing(t.lib.Growing) {
		id = "approach-growing"
	}
	v := t.fromTour(id)
	var own []bot.Block
	if fits := t.fitting(t.profile); fits != "" {
		own = append(own, bot.Say(fits))
	}
	for _, text := range stakes(t.profile.Trade) {
		own = append(own, bot.Say(text))
	}
	v.Blocks = append(own, v.Blocks...)
	v.Blocks = append(v.Blocks, bot.Row(bot.Press("More on this", bot.Do("explain", "page", id)), bot.Press("Your company", bot.Do("assess", "company"))))
	return bot.Respond(v)
}
