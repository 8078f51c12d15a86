package score

import "time"

// Approach is how a company gets security expertise, judged by what its IT
// provider answered.
type Approach string

const (
	KeepAssessing   Approach = "keep-assessing"   // the provider has it; have it looked at periodically
	BringIn         Approach = "bring-in"         // bring expertise in for what is missing
	VirtualCISO     Approach = "virtual-ciso"     // somebody who steers, some days a month: small companies
	SecurityPartner Approach = "security-partner" // a lasting relationship: growing companies
)

// Verdict is what the provider check comes to. It judges answers, never the
// people who gave them.
type Verdict struct {
	Complete bool // every question of the topics is answered; else there is no approach
	Topics   []Topic
	Good     int // topics at 60 or more
	Approach Approach
}

// Topic is one of the four questions that a company asks its IT provider,
// with what follows from it. Knock-outs do not cap it.
type Topic struct {
	ID    string // certifications, assessment, breach or currency
	Score int
	Good  bool
}

// The questions of the provider check that other rules look at.
const (
	certifications = "itp-cert"
	securityPerson = "itp-people"
)

// topics are the four, each with its questions of the provider check.
func topics() []struct {
	id        string
	questions []string
} {
	return []struct {
		id        string
		questions []string
	}{
		{"certifications", []string{certifications, securityPerson}},
		{"assessment", []string{"itp-assess-date", "itp-assess-independent", "itp-assess-fixed"}},
		{"breach", []string{"itp-breach-steps", "itp-breach-tell", "itp-breach-hours"}},
		{"currency", []string{"itp-current"}},
	}
}

// goodTopic is the least score of a topic that counts as answered well.
const goodTopic = 60

// Judge reads the provider check. A growing company gets other advice than a
// small one.
func Judge(p Pack, answers map[string]Answer, now time.Time, growing bool) Verdict {
	v := Verdict{Complete: true}
	for _, topic := range topics() {
		s := sum{}
		for _, id := range topic.questions {
			q, found := p.question(id)
			state, points := Credit(q, answers[id], p.Strict, now)
			switch {
			case !found || state == Missing:
				v.Complete = false
			case state != Irrelevant:
				s.weight += q.Weight
				s.credit += q.Weight * points
			}
		}
		t := Topic{ID: topic.id, Score: s.raw(), Good: s.raw() >= goodTopic}
		if t.Good {
			v.Good++
		}
		v.Topics = append(v.Topics, t)
	}
	if v.Complete {
		v.Approach = approach(v.Good, len(v.Topics), growing)
	}
	return v
}

// JudgeReplies reads the interview: of each topic, how many of the four ticks
// its reply got. A topic that is not there was not looked at.
func JudgeReplies(ticks map[string]int, growing bool) Verdict {
	v := Verdict{Complete: true}
	for _, t := range topics() {
		n, looked := ticks[t.id]
		if !looked {
			v.Complete = false
			continue
		}
		worth := map[string]int{Yes: 100, Partly: 50}[Ticked(n)]
		v.Topics = append(v.Topics, Topic{t.id, worth, worth >= goodTopic})
		if worth >= goodTopic {
			v.Good++
		}
	}
	if v.Complete {
		v.Approach = approach(v.Good, len(v.Topics), growing)
	}
	return v
}

func approach(good, of int, growing bool) Approach {
	switch {
	case good == of:
		return KeepAssessing
	case good >= 2:
		return BringIn
	case growing:
		return SecurityPartner
	}
	return VirtualCISO
}

// WithoutExpertise reports whether the IT provider said no to both: security
// certifications, and a person whose job is security. Not knowing is no no.
func WithoutExpertise(p Pack, answers map[string]Answer, now time.Time) bool {
	for _, id := range []string{certifications, securityPerson} {
		q, found := p.question(id)
		if state, _ := Credit(q, answers[id], p.Strict, now); !found || state != None {
			return false
		}
	}
	return true
}

// Ticked is the answer that a provider's reply comes to by the ticks it got,
// of four: named, dated, tested, evidenced.
func Ticked(ticks int) string {
	switch {
	case ticks >= 3:
		return Yes
	case ticks == 2:
		return Partly
	}
	return No
}

func (p Pack) question(id string) (Question, bool) {
	for _, q := range p.Questions {
		if q.ID == id {
			return q, true
		}
	}
	return Question{}, false
}
