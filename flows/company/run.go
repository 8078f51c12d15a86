package company

import (
	"time"

	"secadvisor/bot"
	"secadvisor/flows/score"
)

// Run is one passage through an assessment. Answers are kept by question id,
// never by position: questions may be edited while a run waits.
type Run struct {
	Pack     string            `json:"pack"`
	Owner    string            `json:"owner"`             // who started it, and reads it
	Name     string            `json:"name,omitempty"`    // of the owner, as others are told
	Readers  []string          `json:"readers,omitempty"` // whom its owner lets read the result
	At       bot.Address       `json:"at"`                // where its card is
	Started  time.Time         `json:"started"`
	Changed  time.Time         `json:"changed"`
	Finished time.Time         `json:"finished,omitzero"`
	Current  string            `json:"current,omitempty"` // the question that is shown
	Step     int               `json:"step"`              // raised at every change: a button of an older step is late
	Paused   bool              `json:"paused,omitempty"`
	Answers  map[string]Answer `json:"answers,omitempty"`  // by question id
	Notes    map[string]string `json:"notes,omitempty"`    // by question id, also before it is answered
	ShareTo  string            `json:"share_to,omitempty"` // the channel where it was asked for, if a channel of this company only
	Channel  string            `json:"channel,omitempty"`  // where it is answered together; empty: alone

	ReaderNames map[string]string `json:"reader_names,omitempty"` // by their id

	Earlier map[string]Answer   `json:"earlier,omitempty"` // what was said before this run and still counts, by question id
	Confirm []string            `json:"confirm,omitempty"` // the questions whose earlier answers are offered just now
	Block   int                 `json:"block,omitempty"`   // how many were answered since the last rest
	Resting bool                `json:"resting,omitempty"` // between two blocks
	Sent    map[string]Sent     `json:"sent,omitempty"`    // questions that went to somebody, by question id
	Voices  map[string][]Answer `json:"voices,omitempty"`  // together: each person's latest answer, by question id, the latest last
}

// Sent is a question that went to somebody. It lets them answer this one
// question, and nothing else.
type Sent struct {
	ID        string    `json:"id"` // of this asking: a button of another one is late
	User      string    `json:"user"`
	Name      string    `json:"name,omitempty"`
	At        time.Time `json:"at"`
	Due       time.Time `json:"due"`                 // a day, as 00:00 UTC
	Reminded  time.Time `json:"reminded,omitzero"`   // once
	Unreached string    `json:"unreached,omitempty"` // why they could not be asked
	Answered  time.Time `json:"answered,omitzero"`
}

// Open reports whether an answer is still waited for.
func (x Sent) Open() bool { return x.ID != "" && x.Answered.IsZero() }

// Together reports whether it is being answered in a channel.
func (r Run) Together() bool { return r.Channel != "" && r.Finished.IsZero() }

// Answer is what was said to one question.
type Answer struct {
	Value    string    `json:"value"`              // yes, partly, no, dont-know, not-applicable, a date 2006-01-02, never, or the id of a choice
	Evidence bool      `json:"evidence,omitempty"` // somebody has seen it
	Note     string    `json:"note,omitempty"`
	By       string    `json:"by"`
	Name     string    `json:"name,omitempty"` // of By, where it was somebody else than the owner
	At       time.Time `json:"at"`
	Revision int       `json:"revision"` // of the question that was answered
}

// Scored is what was answered as the arithmetic sees it: a note is evidence
// too.
func (r Run) Scored() map[string]score.Answer {
	out := map[string]score.Answer{}
	for id, a := range r.Answers {
		out[id] = score.Answer{Value: a.Value, Evidence: a.Evidence || a.Note != "", At: a.At, Revision: a.Revision}
	}
	return out
}

// Runs holds each run under its id.
var Runs = bot.Doc[Run]{Prefix: "run", Version: 1}
