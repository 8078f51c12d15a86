package doctor

import (
	"context"
	"fmt"
	"time"

	"secadvisor/cmd/secadvisor/refused"
)

// teams asks Microsoft about each bot.
func (x examination) teams(ctx context.Context) (found []Finding) {
	c := x.config.Teams
	if !c.On() {
		return nil
	}
	if err := c.Check(); err != nil {
		return []Finding{{"teams", Failure, err.Error() + ".", "Copy it from the Azure portal: your Azure Bot, Configuration."}}
	}
	for i, b := range c.Bots {
		name := fmt.Sprintf("teams.bots[%d]", i)
		if _, err := c.Try(ctx, b); err != nil {
			no, _ := refused.Teams(err)
			found = append(found, refusedAt(no, name))
			continue
		}
		found = append(found, Finding{name, Good, "Microsoft gives the app " + b.AppID + " tokens of the organisation " + b.Tenant + ".", ""})
	}
	if err := c.FindsKeys(ctx); err != nil {
		return append(found, Finding{"teams.keys", Failure, "The keys that prove Teams' requests could not be fetched: " + refused.Cause(err) + ".", refused.ReachMicrosoft})
	}
	return append(found, Finding{"teams.keys", Good, "The keys that prove Teams' requests were fetched.", ""})
}

const (
	skewSeen  = 30 * time.Second // reminders come that late; more than the answer took
	skewFatal = 4 * time.Minute  // at five, every request is taken for an old one
)

// clock compares this machine's clock with the platform's.
func (x examination) clock(ctx context.Context) []Finding {
	theirs, at, whose := x.theirClock(ctx)
	if theirs.IsZero() {
		return []Finding{{"clock", Warning, "Nobody could be asked for the time.", "Compare this machine's clock with a good one: date -u."}}
	}
	off := at.Sub(theirs).Round(time.Second)
	way := "ahead of"
	if off < 0 {
		off, way = -off, "behind"
	}
	says := fmt.Sprintf("This machine's clock is %s %s %s.", off, way, whose)
	mend := "Let the machine set its clock by itself: timedatectl set-ntp true, or chrony."
	switch {
	case off >= skewFatal:
		return []Finding{{"clock", Failure, says + " Signed requests are refused.", mend}}
	case off >= skewSeen:
		return []Finding{{"clock", Warning, says, mend}}
	}
	return []Finding{{"clock", Good, "This machine's clock goes with " + whose + ".", ""}}
}

// theirClock is the platform's clock, and ours when it was told.
func (x examination) theirClock(ctx context.Context) (theirs, at time.Time, whose string) {
	if x.config.SlackOn() && x.config.Slack.BotToken != "" {
		if is := x.slackSays(); !is.Clock.IsZero() {
			return is.Clock, is.at, "Slack's"
		}
	}
	for _, b := range x.config.Teams.Bots {
		if told, _ := x.config.Teams.Try(ctx, b); !told.IsZero() {
			return told, x.now(), "Microsoft's"
		}
	}
	return time.Time{}, time.Time{}, ""
}
