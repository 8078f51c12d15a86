package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/bot/slack"
	app "secadvisor/deploy/slack"
)

// slack asks Slack about the tokens.
func (x examination) slack(ctx context.Context) []finding {
	if !x.config.SlackOn() {
		return nil
	}
	c := x.config.Slack
	found := x.missing()
	if c.Many() {
		found = append(found, x.many(ctx)...)
	}
	if c.BotToken != "" {
		found = append(found, x.botToken())
		if x.slackSays().err == nil {
			found = append(found, x.scopes())
		}
	}
	if c.Mode == "http" && c.SigningSecret != "" {
		found = append(found, signingSecretLooks(c.SigningSecret))
	}
	if c.Mode != "http" && c.AppToken != "" {
		found = append(found, x.appToken(ctx))
	}
	return append(found, x.slackOwners(ctx)...)
}

// missing is what the server would refuse to start without.
func (x examination) missing() (found []finding) {
	_, err := slack.New(x.config.Slack, x.config.Command, nil, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err == nil {
		return nil
	}
	for line := range strings.SplitSeq(err.Error(), "\n") {
		name, _, _ := strings.Cut(line, " ")
		found = append(found, finding{name, failure, line + ".", "Run secadvisor setup, or add it to the secrets file."})
	}
	return found
}

func (x examination) botToken() finding {
	is := x.slackSays()
	if is.err != nil {
		return botTokenRefused(is.err).finding("slack.bot_token")
	}
	return finding{"slack.bot_token", good, fmt.Sprintf("It is of %s (%s), where the bot is called %s.", is.Company, is.Team, is.Bot), ""}
}

// scopes compares what the token may do with what the manifest asks for.
func (x examination) scopes() finding {
	missing, more, err := compareScopes(x.slackSays().Scopes)
	switch {
	case err != nil:
		return finding{"slack.scopes", warning, err.Error(), ""}
	case len(x.slackSays().Scopes) == 0:
		return finding{"slack.scopes", warning, "Slack does not tell what the bot token may do.", "Compare OAuth & Permissions with deploy/slack/manifest.yaml."}
	case len(missing) > 0:
		return finding{"slack.scopes", failure, "The bot token lacks " + strings.Join(missing, ", ") + ".", "In api.slack.com/apps open your app, App Manifest, paste ours again (secadvisor setup --manifest), then Install App, and copy the new token."}
	case len(more) > 0:
		return finding{"slack.scopes", warning, "The bot token may do more than the bot needs: " + strings.Join(more, ", ") + ".", "Take it away under OAuth & Permissions, then install the app again."}
	}
	return finding{"slack.scopes", good, "The bot token may do what the bot needs, and nothing more.", ""}
}

func compareScopes(got []string) (missing, more []string, err error) {
	manifest, err := app.Read()
	if err != nil {
		return nil, nil, err
	}
	for _, need := range manifest.Scopes {
		if !slices.Contains(got, need) {
			missing = append(missing, need)
		}
	}
	for _, has := range got {
		if !slices.Contains(manifest.Scopes, has) && !slices.Contains(app.MayHave(), has) {
			more = append(more, has)
		}
	}
	return missing, more, nil
}

func (x examination) appToken(ctx context.Context) finding {
	if err := x.config.Slack.Connects(ctx); err != nil {
		return appTokenRefused(err).finding("slack.app_token")
	}
	if id := x.config.Slack.AppID; id != "" {
		if other, yes := otherApp(x.config.Slack.AppToken, id); yes {
			return other.finding("slack.app_token")
		}
	}
	if is := x.slackSays(); is.err == nil {
		if other, yes := otherApp(x.config.Slack.AppToken, is.App); yes {
			return other.finding("slack.app_token")
		}
	}
	return finding{"slack.app_token", good, "Slack opens a connection for it.", ""}
}

var signingSecretForm = regexp.MustCompile(`^[0-9a-f]{32}$`)

func signingSecretLooks(secret string) finding {
	if !signingSecretForm.MatchString(secret) {
		return finding{"slack.signing_secret", warning, "It does not look like a signing secret: those are 32 digits and letters from a to f.", "Copy it again: api.slack.com/apps, your app, Basic Information, Signing Secret, Show."}
	}
	return finding{"slack.signing_secret", good, "It looks like one; only a request from Slack can prove it.", ""}
}

// slackOwners looks up whom the configuration makes owners.
func (x examination) slackOwners(ctx context.Context) (found []finding) {
	is := x.slackSays
	for _, id := range x.config.Slack.Owners {
		if !slackUser.MatchString(id) {
			found = append(found, finding{"slack.owners", failure, fmt.Sprintf("%q is no member id.", id), memberIDIsAt})
			continue
		}
		if x.config.Slack.BotToken == "" || is().err != nil {
			continue
		}
		p, err := x.config.Slack.Person(ctx, is().Team, id)
		found = append(found, ownerLooks(id, p, err))
	}
	return found
}

const memberIDIsAt = "Write a member id such as U0123ABCD: in Slack open the profile, then More, then Copy member ID."

func ownerLooks(id string, p bot.Person, err error) finding {
	switch {
	case slack.Said(err) == "user_not_found":
		return finding{"slack.owners", failure, "Slack knows nobody here with the id " + id + ".", memberIDIsAt}
	case err != nil:
		return finding{"slack.owners", warning, id + " could not be looked up: " + cause(err) + ".", "Try again."}
	case p.Affiliation == bot.Guest:
		return finding{"slack.owners", failure, id + " is a guest, and a guest cannot be an owner.", "Choose a member of the company."}
	case p.Affiliation != bot.Home:
		return finding{"slack.owners", failure, id + " is not a member of this company, or no longer.", "Choose a member of the company."}
	}
	return finding{"slack.owners", good, p.Name + " (" + id + ") is an owner.", ""}
}
