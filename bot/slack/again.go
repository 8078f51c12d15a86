package slack

import (
	"context"

	"secadvisor/bot"
)

// mostTries is how often a response_url may be used.
const mostTries = 5

// again makes a call that may be made twice, and once more where Slack failed,
// while there is time. A refusal would be the same again.
func again(ctx context.Context, call func() error) error {
	for try, pause := 1, askAgain; ; try, pause = try+1, 2*pause {
		err := call()
		switch o := bot.OutcomeOf(err); {
		case err == nil, refused(err), o.Permanent, try == mostTries:
			return err
		case !bot.Rest(ctx, max(pause, o.After)):
			return err
		}
	}
}
