package assess

import (
	"strconv"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// view is the card as it should be now.
func (a assess) view(d *bot.Docs, s sheet) bot.View {
	tap, about := s.nextTap()
	unfinished := s.run.Finished.IsZero()
	switch {
	case unfinished && s.run.Paused:
		return a.paused(s)
	case unfinished && about:
		return a.askTap(s, tap)
	case unfinished && len(s.run.Confirm) > 0:
		return a.offerEarlier(s)
	case unfinished && s.run.Resting:
		return a.rest(s)
	case s.run.Current != "":
		return a.question(s, s.run.Current)
	case unfinished:
		return a.coverage(s)
	}
	return a.result(d, s)
}

// card shows the run's card, in the place where it is.
func (a assess) card(d *bot.Docs, s sheet) bot.Show { return s.show(a.view(d, s)) }

func (s sheet) show(v bot.View) bot.Show {
	if len(v.Actions()) > 0 {
		v.Fresh = s.see("fresh")
	}
	return bot.Show{Key: "run/" + s.id, To: s.run.At, View: v}
}

// anew posts the card at the bottom of the conversation.
func (a assess) anew(d *bot.Docs, s sheet) []bot.Effect {
	return []bot.Effect{bot.End{Key: "run/" + s.id, To: s.run.At}, a.card(d, s)}
}

// keep stores a run that was changed, which makes all older buttons late.
func (s *sheet) keep(d *bot.Docs, e bot.Event) {
	s.run.Step++
	s.store(d, e)
}

// store keeps a change that leaves the buttons of the card as good as they
// were.
func (s *sheet) store(d *bot.Docs, e bot.Event) {
	s.run.Changed = e.Now
	company.Runs.Put(d, s.id, s.run)
	if s.run.Paused || !s.run.Finished.IsZero() {
		s.deposit(d)
	}
}

// deposit puts a run's answers into the company's bank, when the run rests:
// in between, several people at work would only wait for each other.
func (s *sheet) deposit(d *bot.Docs) {
	bank, _ := company.Banks.Get(d, company.BankID)
	if bank.Answers == nil {
		bank.Answers = map[string]company.Answer{}
	}
	for id, said := range s.run.Answers {
		if !said.At.Before(bank.Answers[id].At) {
			bank.Answers[id] = said
		}
	}
	company.Banks.Put(d, company.BankID, bank)
}

// act is the action of a button that changes this run as it is now.
func (s sheet) act(verb string, args ...string) bot.Action {
	return bot.Do("assess", verb, append([]string{s.id, strconv.Itoa(s.run.Step)}, args...)...)
}

// see is the action of a button that is never late.
func (s sheet) see(verb string, args ...string) bot.Action {
	return bot.Do("assess", verb, append([]string{s.id}, args...)...)
}

// owner is how others are told who started the run.
func (s sheet) owner() string {
	if s.run.Name != "" {
		return s.run.Name
	}
	return "the owner"
}

// nameOf is what somebody is called; without a name, other stands for them.
func nameOf(p bot.Person, other string) string {
	if name := prose.Plain(p.Name, maxName); name != "" {
		return name
	}
	return other
}

// maxName is how many characters of a name are kept.
const maxName = 60
