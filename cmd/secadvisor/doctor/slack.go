package doctor

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
	"secadvisor/cmd/secadvisor/refused"
	app "secadvisor/deploy/slack"
)

// slack asks Slack about the tokens.
func (x examination) slack(ctx context.Context) []Finding {
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
		found = append(found, SigningSecretLooks(c.SigningSecret))
	}
	if c.Mode != "http" && c.AppToken != "" {
		found = append(found, x.appToken(ctx))
	}
	return append(found, x.slackOwners(ctx)...)
}

// missing is what the server would refuse to start without.
func (x examination) missing() (found []Finding) {
	_, err := slack.New(x.config.Slack, x.config.Command, nil, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err == nil {
		return nil
	}
	for line := range strings.SplitSeq(err.Error(), "\n") {
		name, _, _ := strings.Cut(line, " ")
		found = append(found, Finding{name, Failure, line + ".", "Run secadvisor setup, or add it to the secrets file."})
	}
	return found
}

func (x examination) botToken() Finding {
	is := x.slackSays()
	if is.err != nil {
		return refusedAt(refused.BotToken(is.err), "slack.bot_token")
	}
	return Finding{"slack.bot_token", Good, fmt.Sprintf("It is of %s (%s), where the bot is called %s.", is.Company, is.Team, is.Bot), ""}
}

// scopes compares what the token may do with what the manifest asks for.
func (x examination) scopes() Finding {
	missing, more, err := CompareScopes(x.slackSays().Scopes)
	switch {
	case err != nil:
		return Finding{"slack.scopes", Warning, err.Error(), ""}
	case len(x.slackSays().Scopes) == 0:
		return Finding{"slack.scopes", Warning, "Slack does not tell what the bot token may do.", "Compare OAuth & Permissions with deploy/slack/manifest.yaml."}
	case len(missing) > 0:
		return Finding{"slack.scopes", Failure, "The bot token lacks " + strings.Join(missing, ", ") + ".", "In api.slack.com/apps open your app, App Manifest, paste ours again (secadvisor setup --manifest), then Install App, and copy the new token."}
	case len(more) > 0:
		return Finding{"slack.scopes", Warning, "The bot token may do more than the bot needs: " + strings.Join(more, ", ") + ".", "Take it away under OAuth & Permissions, then install the app again."}
	}
	return Finding{"slack.scopes", Good, "The bot token may do what the bot needs, and nothing more.", ""}
}

// CompareScopes holds what a bot token may do against what the manifest asks for.
func CompareScopes(got []string) (missing, more []string, err error) {
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

func (x examination) appToken(ctx context.Context) Finding {
	if err := x.config.Slack.Connects(ctx); err != nil {
		return refusedAt(refused.AppToken(err), "slack.app_token")
	}
	if id := x.config.Slack.AppID; id != "" {
		if other, yes := refused.OtherApp(x.config.Slack.AppToken, id); yes {
			return refusedAt(other, "slack.app_token")
		}
	}
	if is := x.slackSays(); is.err == nil {
		if other, yes := refused.OtherApp(x.config.Slack.AppToken, is.App); yes {
			return refusedAt(other, "slack.app_token")
		}
	}
	return Finding{"slack.app_token", Good, "Slack opens a connection for it.", ""}
}

var signingSecretForm = regexp.MustCompile(`^[0-9a-f]{32}$`)

// SigningSecretLooks judges the form, which is all that can be seen.
func SigningSecretLooks(secret string) Finding {
	if !signingSecretForm.MatchString(secret) {
		return Finding{"slack.signing_secret", Warning, "It does not look like a signing secret: those are 32 digits and letters from a to f.", "Copy it again: api.slack.com/apps, your app, Basic Information, Signing Secret, Show."}
	}
	return Finding{"slack.signing_secret", Good, "It looks like one; only a request from Slack can prove it.", ""}
}

// slackOwners looks up whom the configuration makes owners.
func (x examination) slackOwners(ctx context.Context) (found []Finding) {
	is := x.slackSays
	for _, id := range x.config.Slack.Owners {
		if !IsMember(id) {
			found = append(found, Finding{"slack.owners", Failure, fmt.Sprintf("%q is no member id.", id), refused.MemberIDIsAt})
			continue
		}
		if x.config.Slack.BotToken == "" || is().err != nil {
			continue
		}
		p, err := x.config.Slack.Person(ctx, is().Team, id)
		found = append(found, OwnerLooks(id, p, err))
	}
	return found
}

// memberForm is that of an id of a person. https://docs.slack.dev/reference/objects
var memberForm = regexp.MustCompile(`^[UW][A-Z0-9]{2,20}$`)

// IsMember reports whether an id can be that of a person in Slack.
func IsMember(id string) bool { return memberForm.MatchString(id) }

// OwnerLooks judges whom Slack says that an id is.
func OwnerLooks(id string, p bot.Person, err error) Finding {
	switch {
	case slack.Said(err) == "user_not_found":
		return Finding{"slack.owners", Failure, "Slack knows nobody here with the id " + id + ".", refused.MemberIDIsAt}
	case err != nil:
		return Finding{"slack.owners", Warning, id + " could not be looked up: " + refused.Cause(err) + ".", "Try again."}
	case p.Affiliation == bot.Guest:
		return Finding{"slack.owners", Failure, id + " is a guest, and a guest cannot be an owner.", "Choose a member of the company."}
	case p.Affiliation != bot.Home:
		return Finding{"slack.owners", Failure, id + " is not a member of this company, or no longer.", "Choose a member of the company."}
	}
	return Finding{"slack.owners", Good, p.Name + " (" + id + ") is an owner.", ""}
}
