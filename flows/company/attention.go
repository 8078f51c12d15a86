package company

import (
	"time"

	"secadvisor/bot"
)

// Attention is what reminders take of people, so that it stays little.
type Attention struct {
	People map[string]Spared `json:"people,omitempty"`
}

// Spared is how one person wants to be left in peace.
type Spared struct {
	Zone  string      `json:"zone,omitempty"`  // of their profile, when they last pressed something
	Away  time.Time   `json:"away,omitzero"`   // until then nothing is asked of them
	Again []time.Time `json:"again,omitempty"` // when they were asked something again, the latest last
	Once  bool        `json:"once,omitempty"`  // they want to be asked once, and not again
}

// How often somebody is asked again, whatever it is about.
const (
	MostAgain = 3
	AgainSpan = 14 * 24 * time.Hour
)

// IsAway reports whether somebody is not to be asked now.
func (a Attention) IsAway(person string, now time.Time) bool {
	return now.Before(a.People[person].Away)
}

// MayAsk reports whether somebody may be asked something again.
func (a Attention) MayAsk(person string, now time.Time) bool {
	return !a.People[person].Once && len(a.People[person].lately(now)) < MostAgain
}

// AskedAgain notes that somebody was.
func (a *Attention) AskedAgain(person string, now time.Time) {
	s := a.People[person]
	s.Again = append(s.lately(now), now)
	a.Put(person, s)
}

// Put notes how somebody wants to be left in peace.
func (a *Attention) Put(person string, s Spared) {
	if a.People == nil {
		a.People = map[string]Spared{}
	}
	a.People[person] = s
}

func (s Spared) lately(now time.Time) []time.Time {
	var all []time.Time
	for _, at := range s.Again {
		if now.Sub(at) < AgainSpan {
			all = append(all, at)
		}
	}
	return all
}

// Attentions holds the one document under AttentionID.
var Attentions = bot.Doc[Attention]{Prefix: "company", Version: 1}

// AttentionID is the id of that document.
const AttentionID = "attention"
