package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"secadvisor/bot"
	"secadvisor/storage"
)

// supply reads what a step asked for.
func (g *Engine) supply(ctx context.Context, e bot.Event, docs *bot.Docs, needs []bot.Need) error {
	tenant := e.Tenant
	var keys []string
	for _, n := range needs {
		if n.Key != "" {
			keys = append(keys, n.Key)
			continue
		}
		if n.Room != "" {
			room, err := g.readers(ctx, tenant, n.Room)
			if err != nil && e.Kind != bot.Failed { // whoever waits for what did not arrive is told at once
				return err
			}
			docs.AddRoom(n.Room, room)
			continue
		}
		found, _, err := g.Store.List(ctx, tenant, n.Prefix, "", n.Limit)
		if err != nil {
			return fmt.Errorf("engine: list documents: %w", err)
		}
		stored := make([]bot.Stored, len(found))
		for i, doc := range found {
			stored[i] = bot.Stored(doc)
			if doc.Fault != nil {
				g.Log.Error("document left out of a list", "tenant", tenant, "err", storage.Unread(doc))
			}
		}
		docs.AddList(n, stored)
	}
	if len(keys) == 0 {
		return nil
	}
	return g.read(ctx, tenant, docs, keys...)
}

func (g *Engine) read(ctx context.Context, tenant string, docs *bot.Docs, keys ...string) error {
	found, err := g.Store.Get(ctx, tenant, keys...)
	if err != nil {
		return fmt.Errorf("engine: read documents: %w", err)
	}
	all := make([]bot.Stored, len(found))
	for i, doc := range found {
		all[i] = bot.Stored(doc)
	}
	docs.Add(all...)
	return nil
}

// role is what the company's records and the configuration say of the one
// who caused the event.
func (g *Engine) role(docs *bot.Docs, e bot.Event) bot.Role {
	if e.From.ID == "" || e.From.Affiliation != bot.Home {
		return bot.Staff
	}
	if role := g.Roles(e.Tenant, e.From.ID); role != bot.Staff {
		return role
	}
	roles, _ := bot.RolesDoc.Get(docs, bot.RolesID)
	return roles.People[e.From.ID].Role
}

// errUnsure is that the platform does not say just now who can read a channel.
var errUnsure = errors.New("engine: nobody tells just now who can read a channel")

// readers asks the platform who can read a channel. What it may not tell is the
// least trusted; errUnsure: it could not be asked just now.
func (g *Engine) readers(ctx context.Context, tenant, channel string) (bot.Room, error) {
	platform, _ := g.Platform(tenant)
	directory, knows := platform.(bot.Directory)
	if !knows {
		return bot.Room{}, nil
	}
	var at reached
	if found, err := g.Store.Get(ctx, tenant, reachKey(bot.Address{Channel: channel})); err == nil && len(found) > 0 {
		_ = json.Unmarshal(found[0].Body, &at) // what cannot be read is not known
	}
	room, err := directory.Room(ctx, tenant, channel, at.Reach)
	if err != nil {
		return bot.Room{}, fmt.Errorf("%w: %w", errUnsure, err)
	}
	return room, nil
}
