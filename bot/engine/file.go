package engine

import (
	"context"
	"fmt"

	"secadvisor/bot"
)

// file makes the file that a post carries; nil where it carries none.
func (g *Engine) file(ctx context.Context, tenant string, p post) (*bot.File, error) {
	if p.File == nil {
		return nil, nil
	}
	flow := g.flows[p.Flow]
	if flow.File == nil {
		return nil, fmt.Errorf("engine: flow %q makes no files", p.Flow)
	}
	docs := bot.NewDocs()
	for range rounds {
		file, err := flow.File(docs, *p.File, g.Now())
		needs := docs.Needs()
		switch {
		case err != nil:
			return nil, fmt.Errorf("engine: file of %q: %w", p.Flow, err)
		case len(needs) == 0 && docs.Err() != nil:
			return nil, fmt.Errorf("engine: file of %q: %w", p.Flow, docs.Err())
		case len(needs) == 0:
			return &file, nil
		}
		docs = docs.Again()
		if err := g.supply(ctx, tenant, docs, needs); err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("engine: file of %q asks for documents without end", p.Flow)
}
