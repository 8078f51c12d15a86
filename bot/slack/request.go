package slack

import (
	"errors"

	"secadvisor/bot"
)

// request is what Slack sent, verified and decoded: an event, and what is
// needed to answer within the request.
type request struct {
	event   bot.Event
	team    string // the workspace that the event is for
	reply   string // response_url
	thread  string // where an answer through the response_url belongs
	trigger string // for opening a form
	foreign bool   // Slack said so: the person is of another workspace
	shared  bool   // Slack said so: another company reads the channel
	lasting bool   // the click was on a message that others may see: an answer goes beside it
	own     bool   // it was on an answer that lasts, in their direct messages: the next takes its place
	over    bool   // what was pressed is over when this is done
	beneath string // the answer of before, in direct messages, on which a form is opened or was sent
	form    string // its title
	page    string // the bot's own page is looked at: names the occasion; empty: it is not
	left    string // the company's connection may have ended: why, for a person
	skip    bool   // nothing for the bot to do
	answer  string // the response's body, where Slack wants one and the bot has no say
}

var errNotOurs = errors.New("slack: not a request that this app knows")

func tenant(team string) string { return "slack." + team }
