package teams

import (
	"context"

	"secadvisor/bot"
)

// What is asked in a channel or a group chat is answered in the asker's own
// chat with the bot. The buttons there say where it was asked, so that "here"
// goes on to mean that place.

// elsewhere is the channel or group chat of an activity that is answered in
// the sender's own chat; empty: it came from there.
func (a activity) elsewhere() string {
	if a.kind() == bot.Direct {
		return ""
	}
	return a.channel()
}

// asked is a press as if it had been made where its card was asked for.
// Buttons prove nothing: it stays where it is unless Teams says that the
// sender is a member there. While Teams does not say, nothing is sure.
func (p *Platform) asked(ctx context.Context, a activity, at place, in string) (where activity, sure bool) {
	if in == "" || in == a.channel() || a.kind() != bot.Direct {
		return a, true
	}
	key := at.Bot + "/" + in + "/" + a.From.ID
	if known, _ := p.within.get(key, p.now()); !known {
		at.Conversation = in
		m, err := p.calls.member(ctx, at, a.From.ID)
		if err != nil && !bot.OutcomeOf(err).Permanent {
			p.log.Warn("Teams does not say whether somebody is where they ask", "tenant", a.tenant(), "err", err)
			return a, false
		}
		if err != nil || m.ID != a.From.ID {
			p.log.Warn("somebody presses a button of a place where they are not", "tenant", a.tenant(), "err", err)
			return a, true
		}
		p.within.keep(key, true, p.now().Add(memoFor))
	}
	a.Conversation.ID, a.Conversation.ConversationType = in, "channel"
	return a, true
}
