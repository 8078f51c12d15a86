package company

import (
	"encoding/json"
	"slices"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/schedule"
)

// Schedule is a reminder that comes again and again.
type Schedule struct {
	About    Subject       `json:"about"`
	Pack     string        `json:"pack,omitempty"` // of an assessment
	Text     string        `json:"text,omitempty"` // of a custom one: what is to be done, in the owner's words
	Rule     schedule.Rule `json:"rule"`
	Owner    string        `json:"owner"`              // who set it
	By       string        `json:"by,omitempty"`       // their name
	To       bot.Address   `json:"to"`                 // who is reminded first
	Name     string        `json:"name,omitempty"`     // of To
	Quiet    bool          `json:"quiet,omitempty"`    // nothing is said where there is nothing to do
	Due      time.Time     `json:"due"`                // the next regular date; zero: there is none
	Cycle    int           `json:"cycle"`              // counts the dates that came; older cards are late
	Fired    time.Time     `json:"fired,omitzero"`     // the last one
	Snoozed  time.Time     `json:"snoozed,omitzero"`   // put off until then
	Waits    Waiting       `json:"waits,omitzero"`     // how the last one stands
	Past     []Outcome     `json:"past,omitempty"`     // of the ones before, the latest last
	Out      []string      `json:"out,omitempty"`      // people who do not want to be reminded of this
	Failed   string        `json:"failed,omitempty"`   // why the last one did not arrive
	Failures int           `json:"failures,omitempty"` // in a row, of what was sent to To
	Paused   time.Time     `json:"paused,omitzero"`    // since then nothing is sent to To
	Later    []Notice      `json:"later,omitempty"`    // what owners read when they are at work
}

// Notice is something that an owner is told about a schedule.
type Notice struct {
	To   bot.Address `json:"to"`
	Key  string      `json:"key"`
	View bot.View    `json:"view"`
}

// Subject is what a schedule reminds of.
type Subject string

const (
	OfAssessment Subject = "assessment"
	OfMap        Subject = "map"          // whether it is still right who handles what
	OfRestore    Subject = "restore-test" // a restore from the backup, as a test
	OfOutside    Subject = "outside-look" // an independent assessment or a penetration test
	OfNumbers    Subject = "numbers"      // to dial each emergency number once
	OfFixes      Subject = "fixes"        // what people have taken over of the fix list
	OfCustom     Subject = "custom"
)

// Word is the subject as a person reads it; empty: the schedule itself says
// it.
func (s Subject) Word() string {
	return map[Subject]string{
		OfMap:     "Who handles what",
		OfRestore: "Restore test",
		OfOutside: "Independent assessment or penetration test",
		OfNumbers: "Dial each emergency number once",
		OfFixes:   "Open fixes",
	}[s]
}

// Waiting is how one date of a schedule stands.
type Waiting struct {
	Since   time.Time `json:"since,omitzero"` // when it was due; zero: nothing has come yet
	Asked   []Asking  `json:"asked,omitempty"`
	Next    time.Time `json:"next,omitzero"` // when somebody is asked, or asked again; zero: nobody any more
	Outcome Outcome   `json:"outcome,omitzero"`
}

// Asking is one person, or one channel, that was asked about one date.
type Asking struct {
	To        bot.Address `json:"to"`
	Name      string      `json:"name,omitempty"`
	At        time.Time   `json:"at"`             // the first time
	Last      time.Time   `json:"last"`           // the latest time
	Again     int         `json:"again"`          // how often again
	Post      int         `json:"post"`           // which of their messages counts
	Back      bool        `json:"back,omitempty"` // asked at a time that they chose themselves
	Took      time.Time   `json:"took,omitzero"`  // they said that they do it
	Left      bool        `json:"left,omitempty"` // they said that they can't, or do not want to be asked
	Done      time.Time   `json:"done,omitzero"`  // they owe nothing any more
	Unreached string      `json:"unreached,omitempty"`
	Retry     time.Time   `json:"retry,omitzero"` // the platform did not answer: then the latest message is sent again
	Tries     int         `json:"tries,omitempty"`
}

// Outcome is how one date ended.
type Outcome struct {
	Due  time.Time `json:"due"`
	How  How       `json:"how"`
	At   time.Time `json:"at"`
	By   string    `json:"by,omitempty"`
	Name string    `json:"name,omitempty"`
	Note string    `json:"note,omitempty"`
}

// How a date ended.
type How string

const (
	WasDone     How = "done"
	WasSkipped  How = "skipped"
	WasNothing  How = "nothing" // there was nothing to do
	WasSilent   How = "silent"  // the next date came, and nobody had done it
	WasMissed   How = "missed"  // the bot was not running, until the next date had come too
	WasReplaced How = "changed" // the schedule was changed or stopped meanwhile
)

// Open reports whether the date is still waited for.
func (w Waiting) Open() bool { return !w.Since.IsZero() && w.Outcome.How == "" }

// Active reports whether it still reminds.
func (s Schedule) Active() bool {
	return !s.Due.IsZero() || !s.Snoozed.IsZero() || s.Waits.Open()
}

// Comes is when it next asks somebody, on its regular date or put off; zero: not
// at all.
func (s Schedule) Comes(person string) time.Time {
	at := s.Due
	if !s.Snoozed.IsZero() {
		at = s.Snoozed
	}
	if !s.Paused.IsZero() || slices.Contains(s.Out, person) {
		at = time.Time{}
	}
	return at.In(schedule.Location(s.Rule.Zone))
}

// AsksAgain is when a pack is asked again by itself, zero: not at all. Anybody:
// not of this person alone, but of whoever answers first, as the configuration
// sets it.
func AsksAgain(d *bot.Docs, pack, person string) (at time.Time, anybody bool) {
	for _, who := range []string{person, ""} {
		s, _ := Schedules.Get(d, ScheduleID(pack, who))
		if at := s.Comes(person); !at.IsZero() {
			return at, who == ""
		}
	}
	return time.Time{}, false
}

// mostPast is how many dates are remembered.
const mostPast = 12

// End closes the date that is waited for, if there is one.
func (s *Schedule) End(o Outcome) {
	if !s.Waits.Open() {
		return
	}
	o.Due = s.Waits.Since
	s.Waits.Outcome, s.Waits.Next, s.Snoozed = o, time.Time{}, time.Time{}
	s.Past = append(s.Past, o)
	s.Past = s.Past[max(len(s.Past)-mostPast, 0):]
}

// Schedules holds each schedule under its id.
var Schedules = bot.Doc[Schedule]{Prefix: "schedule", Version: 2, Upgrade: []func(json.RawMessage) (json.RawMessage, error){assessmentsOnly}}

// ScheduleID is the id of a person's reminder of an assessment: one each, so
// that setting it twice changes it.
func ScheduleID(pack, person string) string { return pack + "." + person }

// MostCustom is how many in its own words a company may have.
const MostCustom = 30

// assessmentsOnly reads version 1: every schedule reminded its owner of an
// assessment.
func assessmentsOnly(old json.RawMessage) (json.RawMessage, error) {
	var s Schedule
	if err := json.Unmarshal(old, &s); err != nil {
		return nil, err
	}
	s.About, s.To = OfAssessment, bot.To(s.Owner)
	return json.Marshal(s)
}
