package engine

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"secadvisor/bot"
)

// File makes a file once more. See bot.Files.
func (g *Engine) File(ctx context.Context, tenant, flow string, name bot.Action) (bot.File, error) {
	f, err := g.file(ctx, tenant, post{Flow: flow, File: &name})
	if err != nil {
		return bot.File{}, err
	}
	return *f, nil
}

// file makes the file that a post carries; nil where it carries none. Where
// the flow cannot make it, trying again cannot help.
func (g *Engine) file(ctx context.Context, tenant string, p post) (*bot.File, error) {
	if p.File == nil {
		return nil, nil
	}
	flow := g.flows[p.Flow]
	if flow.File == nil {
		return nil, unmade(fmt.Errorf("engine: flow %q makes no files", p.Flow))
	}
	docs := bot.NewDocs()
	for range rounds {
		file, err := made(flow, docs, *p.File, g.Now())
		needs := docs.Needs()
		if len(needs) == 0 {
			if err = errors.Join(err, docs.Err()); err != nil {
				return nil, unmade(fmt.Errorf("engine: file of %q: %w", p.Flow, err))
			}
			return &file, nil
		}
		docs = docs.Again()
		if err := g.supply(ctx, bot.Event{Tenant: tenant}, docs, needs); err != nil {
			return nil, err
		}
	}
	return nil, unmade(fmt.Errorf("engine: file of %q asks for documents without end", p.Flow))
}

// made makes a file; a panic becomes an error.
func made(f bot.Flow, d *bot.Docs, name bot.Action, now time.Time) (file bot.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("it panicked: %v\n%s", p, debug.Stack())
		}
	}()
	return f.File(d, name, now)
}

func unmade(err error) error {
	return &bot.Outcome{Permanent: true, Blameless: true, Reason: "the file could not be made", Err: err}
}
