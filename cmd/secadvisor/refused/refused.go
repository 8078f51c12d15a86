// Package refused explains why Slack or Microsoft does not take a value, and what
// to do, to whoever runs the server.
package refused

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"

	"secadvisor/bot/slack"
	"secadvisor/bot/teams"
)

// Reason is why a value does not work, and what to do, each a sentence or
// two for whoever runs the server.
type Reason struct {
	Says, Mend string
	Answered   bool // the other side was asked and said no
}

// Where a value is found, or made anew.
const (
	BotTokenIsAt   = "Copy it again: api.slack.com/apps, your app, OAuth & Permissions, Bot User OAuth Token."
	AppTokenIsAt   = "Make one: api.slack.com/apps, your app, Basic Information, App-Level Tokens, Generate, with the scope connections:write."
	clientIsAt     = "Copy it again: api.slack.com/apps, your app, Basic Information, App Credentials."
	MemberIDIsAt   = "Write a member id such as U0123ABCD: in Slack open the profile, then More, then Copy member ID."
	reachSlack     = "Look at this machine's network, its proxy and its firewall: https://slack.com must be reachable from here."
	ReachMicrosoft = "Look at this machine's network, its proxy and its firewall: https://login.microsoftonline.com and https://login.botframework.com must be reachable from here."
)

// BotToken explains Slack's no to a bot token.
func BotToken(err error) Reason {
	switch word := slack.Said(err); word {
	case "":
		return Reason{Says: "Slack could not be asked: " + Cause(err) + ".", Mend: reachSlack}
	case "invalid_auth", "not_authed":
		return Reason{"Slack does not know this bot token.", BotTokenIsAt, true}
	case "token_revoked", "account_inactive", "token_expired":
		return Reason{"This bot token worked once and was taken back (" + word + ").", "In api.slack.com/apps open your app, Install App, install it again, and copy the new token.", true}
	case "not_allowed_token_type":
		return Reason{"Slack knows this token, but it is of another kind than a bot token.", BotTokenIsAt, true}
	default:
		return Reason{"Slack does not take this bot token and says " + word + ".", BotTokenIsAt, true}
	}
}

// AppToken explains Slack's no to an app token.
func AppToken(err error) Reason {
	switch word := slack.Said(err); word {
	case "":
		return Reason{Says: "Slack could not be asked: " + Cause(err) + ".", Mend: reachSlack}
	case "invalid_auth", "not_authed", "token_revoked", "account_inactive", "token_expired":
		return Reason{"Slack does not know this app token, or it was taken back (" + word + ").", AppTokenIsAt, true}
	case "missing_scope", "no_permission":
		return Reason{"This app token may not open a connection: it lacks connections:write.", AppTokenIsAt, true}
	case "not_allowed_token_type":
		return Reason{"Slack knows this token, but it is of another kind than an app token.", AppTokenIsAt, true}
	default:
		return Reason{"Slack opens no connection for this app token and says " + word + ".", "In api.slack.com/apps open your app: under Socket Mode, it must be switched on. " + AppTokenIsAt, true}
	}
}

// Client explains Slack's no to a client id or its secret, and which of
// them to look at.
func Client(err error) (r Reason, key string) {
	switch word := slack.Said(err); word {
	case "":
		return Reason{Says: "Slack could not be asked: " + Cause(err) + ".", Mend: reachSlack}, "client_id"
	case "invalid_client_id":
		return Reason{"Slack knows no app with this client id.", clientIsAt, true}, "client_id"
	case "bad_client_secret":
		return Reason{"Slack knows the app, but does not take this client secret.", clientIsAt, true}, "client_secret"
	default:
		return Reason{"Slack does not take the client id and says " + word + ".", clientIsAt, true}, "client_id"
	}
}

// appOfToken is the app that an app token belongs to; empty: it does not say.
func appOfToken(token string) string {
	if parts := strings.Split(token, "-"); len(parts) >= 4 && strings.HasPrefix(parts[2], "A") {
		return parts[2]
	}
	return ""
}

// OtherApp explains two tokens of two apps: the bot would never hear anything.
func OtherApp(appToken, app string) (Reason, bool) {
	of := appOfToken(appToken)
	if of == "" || app == "" || of == app {
		return Reason{}, false
	}
	return Reason{
		fmt.Sprintf("This app token is of the app %s, and the bot token of %s: the bot would hear nothing.", of, app),
		"Take both from the same app in api.slack.com/apps.", true,
	}, true
}

// Teams explains Microsoft's no to a bot, and which value to look at:
// app_id, secret or tenant.
func Teams(err error) (Reason, string) {
	var no *teams.Denied
	if !errors.As(err, &no) {
		return Reason{Says: "Microsoft could not be asked: " + Cause(err) + ".", Mend: ReachMicrosoft}, ""
	}
	switch {
	case no.What == "secret" && no.Old:
		return Reason{"The client secret has run out (" + no.Code + ").", "Make a new one: Azure portal, your Azure Bot, Configuration, Manage password, New client secret; copy its Value.", true}, no.What
	case no.What == "secret":
		return Reason{"Microsoft does not take this client secret (" + no.Code + ").", "Copy its Value, not its Secret ID: Azure portal, your Azure Bot, Configuration, Manage password. The value is shown only once; if in doubt, make a new one.", true}, no.What
	case no.What == "app_id":
		return Reason{"That organisation does not know this app (" + no.Code + ").", "Compare app_id with Microsoft App ID and tenant with App Tenant ID: Azure portal, your Azure Bot, Configuration.", true}, no.What
	case no.What == "tenant":
		return Reason{"Microsoft knows no organisation with this tenant id (" + no.Code + ").", "Copy App Tenant ID: Azure portal, your Azure Bot, Configuration.", true}, no.What
	}
	return Reason{"Microsoft gives this bot no token and says " + no.Code + ".", "Compare app_id, secret and tenant with the Azure portal: your Azure Bot, Configuration.", true}, ""
}

// Cause is the last and plainest part of a chain of errors of the network, without
// the address that was asked: that may hold a secret.
func Cause(err error) string {
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
		_, address := inner.(*url.Error)
		if _, ok := inner.(interface{ Timeout() bool }); ok && !address {
			return inner.Error()
		}
		err = inner
	}
}
