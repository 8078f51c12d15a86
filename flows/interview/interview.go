// Package interview is the flow in which an owner asks the IT provider the four
// questions in writing, and holds each reply against the same four ticks that
// the provider was told of. It judges answers, never the people who gave them.
package interview

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// New makes the flow.
func New(lib *content.Library) bot.Flow {
	f := flow{lib}
	return bot.Flow{
		Name: "interview", Words: []string{"interview"}, Typed: []string{"ask our it provider", "ask the it provider"},
		Reads: f.reads, Step: f.step,
	}
}

type flow struct{ lib *content.Library }

func (f flow) reads(e bot.Event) []string {
	return []string{company.Interviews.Key(idOf(e)), company.Profiles.Key(company.ProfileID)}
}

// idOf is the interview that an event is about: the one that its button
// belongs to, or the owner's own.
func idOf(e bot.Event) string {
	if id := e.Action.Arg(0); company.IsID(id) {
		return id
	}
	return company.InterviewID(e.From.ID)
}

// turn is one step on one interview.
type turn struct {
	flow
	d     *bot.Docs
	event bot.Event
	id    string
	in    company.Interview
}

func (f flow) step(d *bot.Docs, e bot.Event) ([]bot.Effect, error) {
	id := idOf(e)
	if e.Kind == bot.Timer {
		id, _, _ = strings.Cut(e.Timer, "/")
	}
	if e.Kind == bot.Failed && e.Undelivered != nil {
		_, rest, _ := strings.Cut(e.Undelivered.Key, "/")
		id, _, _ = strings.Cut(rest, "/")
	}
	in, found := company.Interviews.Get(d, id)
	t := &turn{f, d, e, id, in}
	switch e.Kind {
	case bot.Command, bot.Message:
		return t.begin(found), nil
	case bot.Click, bot.Submit:
		return t.pressed(found), nil
	case bot.Timer:
		return t.silence(found), nil
	case bot.Failed:
		return t.undelivered(found), nil
	}
	return nil, nil
}

// pressed answers a button: of the provider's person, or of the owner.
func (t *turn) pressed(found bool) []bot.Effect {
	verb := t.event.Action.Verb
	if verb == "start" {
		return t.begin(found)
	}
	if !found {
		return say("These questions are not kept any more", "Begin again with "+t.lib.Command+" interview.")
	}
	if theirs, ok := theirVerbs[verb]; ok {
		if t.in.Provider == "" || t.event.From.ID != t.in.Provider {
			return say("These questions went to somebody else", "Only the one who was asked can answer them.")
		}
		return theirs(t)
	}
	ours, known := ourVerbs[verb]
	switch {
	case !t.event.From.Owner() || t.event.From.ID != t.in.Owner:
		return say("Only whoever asked can do that", "The replies are read by the owner who asked, and by nobody else.")
	case !known:
		return []bot.Effect{t.card()}
	case t.event.Kind == bot.Click && t.event.Action.Arg(1) != strconv.Itoa(t.in.Step): // what was typed is never late
		return append(say("That has changed already", "The card shows how it stands now."), t.card())
	}
	return ours(t)
}

// theirVerbs are what the provider's person can do, and ourVerbs the owner.
// The owner's carry the step that their button was made at.
var (
	theirVerbs = map[string]func(*turn) []bot.Effect{
		"answer": (*turn).askThem, "answered": (*turn).theyAnswered, "comment": (*turn).askComment, "commented": (*turn).theyCommented,
	}
	ourVerbs = map[string]func(*turn) []bot.Effect{
		"again": (*turn).again, "copy": (*turn).copyText, "whom": (*turn).askWhom, "send": (*turn).send, "list": (*turn).list, "topic": (*turn).open, "paste": (*turn).askReply,
		"pasted": (*turn).pasted, "tick": (*turn).tick, "next": (*turn).next, "verdict": (*turn).judge, "show": (*turn).offerShow, "show-confirm": (*turn).show,
	}
)

// begin starts an interview, or shows the one that there is.
func (t *turn) begin(found bool) []bot.Effect {
	switch {
	case !t.event.From.Owner():
		return say("Only an owner can do that", "The four questions go to your IT provider in the owner's name. Ask the owner of your company.")
	case t.event.Place.Kind == bot.Shared:
		return say("Not here: people of other companies may read this channel", "Type "+t.lib.Command+" interview in your direct messages with me.")
	case found && t.in.Owner == t.event.From.ID:
		return append(t.elsewhere(), bot.End{Key: t.key("card"), To: bot.To(t.in.Owner)}, t.card())
	}
	return t.fresh()
}

func (t *turn) fresh() []bot.Effect {
	step := t.in.Step
	t.id = company.InterviewID(t.event.From.ID)
	t.in = company.Interview{Owner: t.event.From.ID, Started: t.event.Now, Step: step}
	t.keep()
	return append(t.elsewhere(), bot.Audit{Verb: "started", Object: "interview of the IT provider"}, t.card(),
		bot.Set{Name: t.id + "/week", At: t.event.Now.Add(patience)})
}

// again forgets the replies and begins anew.
func (t *turn) again() []bot.Effect {
	return append([]bot.Effect{bot.End{Key: t.key("card"), To: bot.To(t.in.Owner)}}, t.fresh()...)
}

// elsewhere tells somebody who asked in a channel where to look.
func (t *turn) elsewhere() []bot.Effect {
	if t.event.Place.Kind == bot.Direct {
		return nil
	}
	return say("I've sent it to your direct messages", "Only you see the questions and the replies.")
}

const (
	patience = 7 * 24 * time.Hour
	keepFor  = 400 * 24 * time.Hour // after the last change
)

// keep stores the interview, which makes older buttons of the owner late.
func (t *turn) keep() {
	t.in.Step++
	company.Interviews.PutFor(t.d, t.id, t.in, keepFor)
}

func (t *turn) key(part string) string { return "interview/" + t.id + "/" + part }

// act is a button of the owner on the interview as it is now; theirs one of
// the provider's person, which is good for as long as the interview is.
func (t *turn) act(verb string, more ...string) bot.Action {
	return bot.Do("interview", verb, append([]string{t.id, strconv.Itoa(t.in.Step)}, more...)...)
}

func (t *turn) theirs(verb string) bot.Action { return bot.Do("interview", verb, t.id) }

// topic is one of the four.
func (t *turn) topic(id string) (content.InterviewTopic, bool) {
	i := slices.IndexFunc(t.lib.Interview.Topics, func(one content.InterviewTopic) bool { return one.ID == id })
	if i < 0 {
		return content.InterviewTopic{}, false
	}
	return t.lib.Interview.Topics[i], true
}

func say(title, text string) []bot.Effect {
	return []bot.Effect{bot.Answer{View: bot.View{Title: title, Blocks: []bot.Block{bot.Say(text)}}}}
}
