package slack

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"secadvisor/bot"
)

// Many reports whether many companies install the bot themselves.
func (c Config) Many() bool {
	return c.ClientID != "" || c.ClientSecret != "" || c.AppID != "" || c.Address != ""
}

var (
	clientIDForm = regexp.MustCompile(`^\d+\.\d+$`)
	appIDForm    = regexp.MustCompile(`^A[A-Z0-9]{2,20}$`)
)

// checkMany names what cannot work for many companies.
func (c Config) checkMany() (faults []error) {
	need := func(ok bool, name, what string) {
		if !ok {
			faults = append(faults, fmt.Errorf("slack.%s %s (SECADVISOR_SLACK_%s)", name, what, strings.ToUpper(name)))
		}
	}
	need(c.BotToken == "", "bot_token", "is of one company, and slack.client_id is for many: leave one of them out")
	need(len(c.Owners) == 0, "owners", "are of one company: with many, whoever installs the bot is handed a code")
	need(clientIDForm.MatchString(c.ClientID), "client_id", "is missing or no client id: two numbers with a dot between, under Basic Information")
	need(c.ClientSecret != "", "client_secret", "is missing: it stands under Basic Information")
	need(appIDForm.MatchString(c.AppID), "app_id", "is missing or no app id: it begins with A and stands under Basic Information")
	need(c.KeepDays >= 1 && c.KeepDays <= 3650, "keep_days", "must be a number of days from 1 to 3650")
	u, err := url.Parse(c.Address)
	need(err == nil && u.Host != "" && u.User == nil && (u.Scheme == "https" || u.Scheme == "http" && loopback(u.Hostname())) && strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && u.Fragment == "",
		"address", "must be where browsers reach this server, such as https://bot.example.com, with no path and no password")
	return faults
}

// at is an address of ours as browsers know it.
func (c Config) at(path string) string { return strings.TrimSuffix(c.Address, "/") + path }

// serves reports whether the bot is installed where a request comes from.
func (p *Platform) serves(ctx context.Context, r request) (bool, error) {
	if p.companies == nil {
		return true, nil
	}
	tenant := tenant(r.team)
	c, err := p.companies.find(ctx, tenant)
	if err == nil && c.Gone != nil {
		c, err = p.companies.back(ctx, c)
	}
	if err != nil {
		return false, fmt.Errorf("slack: look for the company: %w", err)
	}
	return c.Version != 0 && c.Gone == nil, nil
}

// notHere answers a person where the bot is not installed any more. What
// merely happened is dropped.
func (p *Platform) notHere(ctx context.Context, r request) ([]byte, error) {
	p.log.Info("dropped: the bot is not installed there", "tenant", tenant(r.team), "kind", r.event.Kind)
	if r.reply == "" && r.event.Kind != bot.Command {
		return nil, nil
	}
	v := bot.View{Title: "I have no access to this workspace any more", Blocks: []bot.Block{
		bot.Say("Whoever looks after your Slack can bring me back: open " + p.config.at(installPath) + " in a browser. What you saved is still there until it is erased."),
		bot.Small("If this is urgent, phone or walk to whoever looks after your computers."),
	}}
	return p.say(ctx, r, v, false)
}

// ClientKnown asks Slack whether it knows the client id and takes its secret,
// with a code that nobody has.
func (c Config) ClientKnown(ctx context.Context) error {
	_, err := c.exchange(ctx, c.web(), url.Values{"code": {"none"}, "redirect_uri": {c.at(callbackPath)}})
	if said := Said(err); said == "invalid_code" || said == "bad_redirect_uri" || said == "code_already_used" {
		return nil
	}
	if err == nil {
		return errors.New("slack: oauth.v2.access: the answer makes no sense")
	}
	return err
}
