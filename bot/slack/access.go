package slack

import "context"

// access is in whose name calls are made.
type access interface {
	// token is the bot token of a company.
	token(ctx context.Context, tenant string) (string, error)

	// again is told that Slack did not take a token, and why. True: there is
	// another one by now, and the call, which did nothing, may be tried with it.
	again(ctx context.Context, tenant, token, why string) bool
}

// oneToken is the configured token of the one company.
type oneToken string

func (t oneToken) token(context.Context, string) (string, error) { return string(t), nil }

func (t oneToken) again(context.Context, string, string, string) bool { return false }
