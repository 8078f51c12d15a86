package slack

import (
	"context"
	"regexp"
	"sync"

	"secadvisor/bot"
)

// picker is the menu of an input that chooses a person or a channel. Slack
// fills it with what the person who looks at it may see; in a form it cannot
// leave out bots, so those are refused when the form is sent.
// https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
func picker(in bot.Input) *element {
	if in.Pick == bot.PickChannel {
		e := &element{
			Type: "conversations_select", ActionID: "value", Placeholder: words("Choose a channel"),
			Filter: &filter{Include: []string{"public", "private"}, OwnOnly: true},
		}
		if channelID.MatchString(in.Value) {
			e.InitialChannel = in.Value
		}
		return e
	}
	e := &element{Type: "users_select", ActionID: "value", Placeholder: words("Choose a person")}
	if userID.MatchString(in.Value) {
		e.InitialUser = in.Value
	}
	return e
}

// A whole form is refused for one id that is none.
var (
	userID    = regexp.MustCompile(`^[UW][A-Z0-9]{2,20}$`)
	channelID = regexp.MustCompile(`^[CG][A-Z0-9]{2,20}$`)
)

// look fills in what Slack knows of everything that was picked in a form, all
// at the same time, and returns why some of it cannot be taken, by field.
// What Slack does not tell in time stays the least trusted.
func (p *Platform) look(ctx context.Context, r *request) (refused map[string]string) {
	var asked sync.WaitGroup
	var mu sync.Mutex // guards what is written below
	found := map[string]bot.Picked{}
	for field, picked := range r.event.Picked {
		asked.Go(func() {
			picked, machine := p.picked(ctx, r, picked)
			mu.Lock()
			defer mu.Unlock()
			found[field] = picked
			if machine {
				if refused == nil {
					refused = map[string]string{}
				}
				refused[field] = notAPerson
			}
		})
	}
	asked.Wait()
	if len(found) > 0 {
		r.event.Picked = found
	}
	return refused
}

const notAPerson = "That is an app, and nobody reads what it is asked. Please choose a person."

func (p *Platform) picked(ctx context.Context, r *request, picked bot.Picked) (known bot.Picked, machine bool) {
	switch {
	case channelID.MatchString(picked.ID):
		picked.Room = p.places.room(ctx, r.event.Tenant, picked.ID)
		picked.Name = picked.Room.Name
		return picked, false
	case !userID.MatchString(picked.ID):
		return picked, false
	}
	who, ok := p.people.remembered(r.team, picked.ID)
	if !ok {
		who = p.people.profile(ctx, r.team, picked.ID)
	}
	picked.Name, picked.Affiliation, picked.Unsure = who.Name, who.Affiliation, who.Unsure
	return picked, who.machine
}
