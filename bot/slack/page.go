package slack

import (
	"context"

	"secadvisor/bot"
)

// home is the bot's own page as Slack shows it.
// https://docs.slack.dev/reference/views/home-tab-views
type home struct {
	Type   string  `json:"type"`
	Blocks []block `json:"blocks"`
}

// Home draws a view as the bot's own page.
func Home(v bot.View) home {
	_, blocks := Render(v)
	return home{Type: "home", Blocks: blocks}
}

// page asks the bot for its page as it is now and shows it to whoever looks
// at it. An error means that Slack may tell of it again.
func (p *Platform) page(ctx context.Context, r request) error {
	reply, err := p.handler.Handle(ctx, bot.Event{
		ID: "look/" + r.page, Kind: bot.Looked, Tenant: r.event.Tenant, Inline: true,
		From: r.event.From, Place: bot.Place{Kind: bot.Direct},
	})
	if err != nil || reply.View == nil {
		return err
	}
	view := map[string]any{"user_id": r.event.From.ID, "view": Home(*reply.View)}
	err = again(ctx, func() error { return p.web.call(ctx, r.event.Tenant, "views.publish", view, nil) })
	if refused(err) { // as where the app was made from an older manifest
		p.log.Warn("the bot's page cannot be shown", "err", err)
		return nil
	}
	return err
}
