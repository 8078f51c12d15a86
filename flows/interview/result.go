package interview

import (
	"fmt"
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
	"secadvisor/flows/score"
)

// verdict is what the ticks come to.
func (t *turn) verdict() score.Verdict {
	ticks := map[string]int{}
	for id, r := range t.in.Replies {
		if looked(r) {
			ticks[id] = len(r.Ticks)
		}
	}
	return score.JudgeReplies(ticks, t.profile().Growing(t.lib.Growing))
}

func (t *turn) profile() company.Profile {
	p, _ := company.Profiles.Get(t.d, company.ProfileID)
	return p
}

// result is what it all means, and what to do next.
func (t *turn) result(v score.Verdict) bot.View {
	view := bot.View{Title: fmt.Sprintf("Your IT provider's answers: %d of 4 topics answered well", v.Good)}
	add := func(b ...bot.Block) { view.Blocks = append(view.Blocks, b...) }
	add(bot.Say(t.approach(v.Approach)), bot.Say(t.strong()))
	add(bot.Block{Fields: &bot.Fields{Items: t.found()}})
	if next := t.ahead(v); len(next) > 0 {
		add(bot.Head("What to do next"), bot.Steps(next...))
	}
	if t.in.Comment.Text != "" {
		who := "your IT provider"
		if t.in.Comment.Name != "" {
			who = t.in.Comment.Name
		}
		add(bot.Head(prose.Sentence(who)+" said to it, on "+prose.Day(t.in.Comment.At)), bot.Copy(t.in.Comment.Text))
	}
	if newer := t.newer(); newer != "" {
		add(bot.Say("A reply is newer than your ticks: " + newer + ". Please look at it once more."))
	}
	if !t.in.Shown.IsZero() {
		told := t.provider() + " was shown this on " + prose.Day(t.in.Shown) + "."
		if t.in.Changed.After(t.in.Shown) {
			told += " You have changed ticks since; \"Let them comment\" shows them anew."
		}
		add(bot.Small(told))
	}
	add(bot.Row(t.ways()...))
	add(bot.Small("This judges answers, never people: looking after computers and security are two trades, like a family doctor and a surgeon. It rests on your own ticks, and you can change them."))
	return view
}

// ways are the buttons of a result.
func (t *turn) ways() []bot.Button {
	buttons := []bot.Button{
		{Label: "Let them comment", Action: t.act("show"), Main: true},
		bot.Press("Change the ticks", t.act("topic", t.firstOpen())),
		bot.Press("All 12 questions about it", bot.Do("assess", "start", content.ProviderCheck)),
	}
	if t.profile().Size == company.SizeUnkn {
		buttons = append(buttons, bot.Behind("Say how big we are", bot.Do("assess", "company")))
	}
	return append(buttons,
		bot.Behind("Copy the questions", t.act("copy")),
		bot.Behind("Ask somebody else", t.act("whom")),
		bot.Behind("Start again", t.act("again")),
		bot.Behind("Delete all of this", t.act("stop")))
}

// approach is the verdict in kind words.
func (t *turn) approach(a score.Approach) string {
	fits := "suits a company of your size"
	if t.profile().Size == company.SizeUnkn {
		fits = fmt.Sprintf("suits a company of fewer than %d people", t.lib.Growing)
	}
	return map[score.Approach]string{
		score.KeepAssessing:   "All four are there. Keep working with them, and let somebody else look at your security from time to time: everybody overlooks something of their own.",
		score.BringIn:         "Much is there. Keep them for the daily work, and bring security expertise in for what is missing.",
		score.VirtualCISO:     "Keep them for the daily work, which they know best. Security is another trade: a virtual CISO, who steers it some days a month, " + fits + ".",
		score.SecurityPartner: "Keep them for the daily work, which they know best. Security is another trade: a company of your size needs a lasting relationship with a security partner.",
	}[a]
}

// strong names the topics that were answered best.
func (t *turn) strong() string {
	var good []string
	best, most := "", 0
	for _, topic := range t.lib.Interview.Topics {
		n := len(t.in.Replies[topic.ID].Ticks)
		if score.Ticked(n) == score.Yes {
			good = append(good, topic.Title)
		}
		if n > most {
			best, most = topic.Title, n
		}
	}
	switch {
	case len(good) > 0:
		return "Strong: " + strings.Join(good, ", ") + ". Tell them so."
	case best != "":
		return "The most is there in: " + best + ". Build on that."
	}
	return "That says little about their daily work, which nobody asked about here."
}

// found are the topics with what was ticked, and what that comes to.
func (t *turn) found() (rows []bot.Field) {
	for _, topic := range t.lib.Interview.Topics {
		ticks := t.in.Replies[topic.ID].Ticks
		value := worth(len(ticks))
		if len(ticks) > 0 {
			value += " · has: " + strings.Join(ticks, ", ")
		}
		switch open := missing(ticks); len(open) {
		case 0:
		case len(content.Ticks()):
			value += " · still open: all four"
		default:
			value += " · still open: " + strings.Join(open, ", ")
		}
		rows = append(rows, bot.Field{Name: topic.Title, Value: value})
	}
	return rows
}

// worth is what so many ticks come to, in words.
func worth(ticks int) string {
	return map[string]string{score.Yes: "answered well", score.Partly: "half of it is there", score.No: "little to go by yet"}[score.Ticked(ticks)]
}

func missing(ticks []string) (open []string) {
	for _, one := range content.Ticks() {
		if !slices.Contains(ticks, string(one)) {
			open = append(open, string(one))
		}
	}
	return open
}

// newer names the topics whose reply came after the ticks.
func (t *turn) newer() string {
	var all []string
	for _, topic := range t.lib.Interview.Topics {
		if r := t.in.Replies[topic.ID]; looked(r) && r.Seen < r.Version {
			all = append(all, topic.Title)
		}
	}
	return strings.Join(all, ", ")
}

// closes is what makes up for a topic that was not answered well.
var closes = map[string]string{
	"certifications": "Agree whom you ask when it is about security: somebody of theirs, a partner firm, or a specialist of your own.",
	"assessment":     "Have your security looked at by somebody who did not set it up, and fix the day now.",
	"breach":         "Write the first hour down together: who acts, who decides, which number is answered at night. One page is enough.",
	"currency":       "Agree who reads the warnings, and how you hear what was changed because of one.",
}

// ahead is what to do next, in order.
func (t *turn) ahead(v score.Verdict) (next []string) {
	for _, topic := range v.Topics {
		if !topic.Good {
			next = append(next, closes[topic.ID])
		}
	}
	if v.Approach == score.KeepAssessing {
		next = append(next, "Choose a day for the next assessment by somebody from outside.")
	}
	if t.lib.Partner.Contact != "" && v.Approach != score.KeepAssessing {
		next = append(next, "For security expertise you can talk to "+strings.TrimSpace(t.lib.Partner.Name+" "+t.lib.Partner.Contact)+".")
	}
	return next
}
