package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"secadvisor/bot/slack"
	"secadvisor/bot/teams"
)

// refusal is why a value does not work, and what to do, each a sentence or
// two for whoever runs the server.
type refusal struct {
	says, mend string
	answered   bool // the other side was asked and said no
}

const (
	botTokenIsAt   = "Copy it again: api.slack.com/apps, your app, OAuth & Permissions, Bot User OAuth Token."
	appTokenIsAt   = "Make one: api.slack.com/apps, your app, Basic Information, App-Level Tokens, Generate, with the scope connections:write."
	reachSlack     = "Look at this machine's network, its proxy and its firewall: https://slack.com must be reachable from here."
	reachMicrosoft = "Look at this machine's network, its proxy and its firewall: https://login.microsoftonline.com and https://login.botframework.com must be reachable from here."
)

// botTokenRefused explains Slack's no to a bot token.
func botTokenRefused(err error) refusal {
	switch word := slack.Said(err); word {
	case "":
		return refusal{says: "Slack could not be asked: " + cause(err) + ".", mend: reachSlack}
	case "invalid_auth", "not_authed":
		return refusal{"Slack does not know this bot token.", botTokenIsAt, true}
	case "token_revoked", "account_inactive", "token_expired":
		return refusal{"This bot token worked once and was taken back (" + word + ").", "In api.slack.com/apps open your app, Install App, install it again, and copy the new token.", true}
	case "not_allowed_token_type":
		return refusal{"Slack knows this token, but it is of another kind than a bot token.", botTokenIsAt, true}
	default:
		return refusal{"Slack does not take this bot token and says " + word + ".", botTokenIsAt, true}
	}
}

// appTokenRefused explains Slack's no to an app token.
func appTokenRefused(err error) refusal {
	switch word := slack.Said(err); word {
	case "":
		return refusal{says: "Slack could not be asked: " + cause(err) + ".", mend: reachSlack}
	case "invalid_auth", "not_authed", "token_revoked", "account_inactive", "token_expired":
		return refusal{"Slack does not know this app token, or it was taken back (" + word + ").", appTokenIsAt, true}
	case "missing_scope", "no_permission":
		return refusal{"This app token may not open a connection: it lacks connections:write.", appTokenIsAt, true}
	case "not_allowed_token_type":
		return refusal{"Slack knows this token, but it is of another kind than an app token.", appTokenIsAt, true}
	default:
		return refusal{"Slack opens no connection for this app token and says " + word + ".", "In api.slack.com/apps open your app: under Socket Mode, it must be switched on. " + appTokenIsAt, true}
	}
}

// appOfToken is the app that an app token belongs to; empty: it does not say.
func appOfToken(token string) string {
	if parts := strings.Split(token, "-"); len(parts) >= 4 && strings.HasPrefix(parts[2], "A") {
		return parts[2]
	}
	return ""
}

// otherApp explains two tokens of two apps: the bot would never hear anything.
func otherApp(appToken, app string) (refusal, bool) {
	of := appOfToken(appToken)
	if of == "" || app == "" || of == app {
		return refusal{}, false
	}
	return refusal{
		fmt.Sprintf("This app token is of the app %s, and the bot token of %s: the bot would hear nothing.", of, app),
		"Take both from the same app in api.slack.com/apps.", true,
	}, true
}

// teamsRefused explains Microsoft's no to a bot, and which value to look at:
// app_id, secret or tenant.
func teamsRefused(err error) (refusal, string) {
	var no *teams.Denied
	if !errors.As(err, &no) {
		return refusal{says: "Microsoft could not be asked: " + cause(err) + ".", mend: reachMicrosoft}, ""
	}
	switch {
	case no.What == "secret" && no.Old:
		return refusal{"The client secret has run out (" + no.Code + ").", "Make a new one: Azure portal, your Azure Bot, Configuration, Manage password, New client secret; copy its Value.", true}, no.What
	case no.What == "secret":
		return refusal{"Microsoft does not take this client secret (" + no.Code + ").", "Copy its Value, not its Secret ID: Azure portal, your Azure Bot, Configuration, Manage password. The value is shown only once; if in doubt, make a new one.", true}, no.What
	case no.What == "app_id":
		return refusal{"That organisation does not know this app (" + no.Code + ").", "Compare app_id with Microsoft App ID and tenant with App Tenant ID: Azure portal, your Azure Bot, Configuration.", true}, no.What
	case no.What == "tenant":
		return refusal{"Microsoft knows no organisation with this tenant id (" + no.Code + ").", "Copy App Tenant ID: Azure portal, your Azure Bot, Configuration.", true}, no.What
	}
	return refusal{"Microsoft gives this bot no token and says " + no.Code + ".", "Compare app_id, secret and tenant with the Azure portal: your Azure Bot, Configuration.", true}, ""
}

// cause is the last and plainest part of a chain of errors of the network.
func cause(err error) string {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) {
		return "no answer came in time"
	}
	var name *net.DNSError
	if errors.As(err, &name) && name.IsNotFound {
		return "the name " + name.Name + " is not known here"
	}
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err.Error()
		}
		if _, ok := inner.(interface{ Timeout() bool }); ok {
			return inner.Error()
		}
		err = inner
	}
}
