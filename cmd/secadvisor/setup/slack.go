package setup

import (
	"context"
	"fmt"
	"strings"

	"secadvisor/cmd/secadvisor/doctor"
	"secadvisor/cmd/secadvisor/refused"
)

// askSlack asks for the tokens of the Slack app, and who is the owner.
func (s *conversation) askSlack(ctx context.Context) error {
	c := &s.config.Slack
	var err error
	if c.Mode, err = s.answer(ctx, prompt{
		about: "How does Slack reach the bot? socket: the bot calls Slack, so it works behind any\n" +
			"router. http: Slack calls the bot at an https address of yours. many: the same, for\n" +
			"many companies that install the bot themselves.",
		ask: "socket, http or many", standard: "socket", check: oneOf("socket", "http", "many"),
	}); err != nil {
		return err
	}
	if c.Mode == "many" {
		return s.askMany(ctx)
	}
	if c.BotToken, err = s.answer(ctx, prompt{
		about: "The Slack app: open api.slack.com/apps, Create New App, From a manifest, and paste\n" +
			"what \"" + s.program + " setup --manifest\" prints (deploy/slack/manifest.yaml).\n" +
			"Then Install to Workspace. The bot token stands under OAuth & Permissions, Bot\n" +
			"User OAuth Token, and begins with xoxb-.",
		ask: "Bot token" + s.unseen(), secret: true, check: s.checkBotToken,
	}); err != nil {
		return err
	}
	if c.Mode == "http" {
		c.SigningSecret, err = s.answer(ctx, prompt{
			about: "The signing secret proves that a request is Slack's: Basic Information, Signing\nSecret, Show.",
			ask:   "Signing secret" + s.unseen(), secret: true, check: checkSigningSecret,
		})
	} else {
		c.AppToken, err = s.answer(ctx, prompt{
			about: "The app token opens the connection: Basic Information, App-Level Tokens, Generate,\nwith the scope connections:write. It begins with xapp-.",
			ask:   "App token" + s.unseen(), secret: true, check: s.checkAppToken,
		})
	}
	if err != nil {
		return err
	}
	owner, err := s.answer(ctx, prompt{
		about: "Who is the owner of the company, who runs assessments? In Slack open that person's\n" +
			"profile, then More, then Copy member ID. Without one, serve prints a code with\n" +
			"which the owner claims it.",
		ask: "Member id of the owner", optional: true, check: s.checkSlackOwner,
	})
	if owner != "" {
		c.Owners = []string{owner}
	}
	return err
}

// unseen says why nothing shows while a secret is typed.
func (s *conversation) unseen() string {
	if s.terminal < 0 {
		return ""
	}
	return " (it does not show)"
}

func (s *conversation) checkBotToken(ctx context.Context, token string) opinion {
	switch {
	case strings.HasPrefix(token, "xapp-"):
		return no("That is an app token. The bot token begins with xoxb-. " + refused.BotTokenIsAt)
	case strings.HasPrefix(token, "xoxp-"):
		return no("That is the token of a person. The bot token begins with xoxb-. " + refused.BotTokenIsAt)
	case !strings.HasPrefix(token, "xoxb-") && !strings.HasPrefix(token, "xoxe."):
		return no("A bot token begins with xoxb-. " + refused.BotTokenIsAt)
	}
	c := s.config.Slack
	c.BotToken = token
	ctx, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	is, err := c.Installed(ctx)
	if err != nil {
		if r := refused.BotToken(err); r.Answered {
			return no(r.Says + " " + r.Mend)
		}
		return opinion{value: token, note: "Not checked, because Slack could not be asked: " + refused.Cause(err) + "."}
	}
	s.installed = is
	found := fmt.Sprintf("Slack knows it: %s, where the bot is called %s.", is.Company, is.Bot)
	if missing, _, err := doctor.CompareScopes(is.Scopes); err == nil && len(is.Scopes) > 0 && len(missing) > 0 {
		return opinion{value: token, doubt: true, refused: found + " But it lacks " + strings.Join(missing, ", ") +
			": paste the manifest again under App Manifest, install the app again, and copy the new token."}
	}
	return opinion{value: token, note: found}
}

func (s *conversation) checkAppToken(ctx context.Context, token string) opinion {
	if !strings.HasPrefix(token, "xapp-") {
		return no("An app token begins with xapp-. " + refused.AppTokenIsAt)
	}
	if other, yes := refused.OtherApp(token, s.installed.App); yes {
		return no(other.Says + " " + other.Mend)
	}
	c := s.config.Slack
	c.AppToken = token
	ctx, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	if err := c.Connects(ctx); err != nil {
		if r := refused.AppToken(err); r.Answered {
			return no(r.Says + " " + r.Mend)
		}
		return opinion{value: token, note: "Not checked, because Slack could not be asked: " + refused.Cause(err) + "."}
	}
	return opinion{value: token, note: "Slack opens a connection for it."}
}

func checkSigningSecret(_ context.Context, secret string) opinion {
	if f := doctor.SigningSecretLooks(secret); f.State != doctor.Good {
		return opinion{value: secret, refused: f.Says + " " + f.Mend, doubt: true}
	}
	return take(secret)
}

func (s *conversation) checkSlackOwner(ctx context.Context, id string) opinion {
	if !doctor.IsMember(id) {
		return no(refused.MemberIDIsAt)
	}
	if s.installed.Team == "" {
		return opinion{value: id, note: "Not checked, because Slack could not be asked."}
	}
	ctx, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	p, err := s.config.Slack.Person(ctx, s.installed.Team, id)
	switch f := doctor.OwnerLooks(id, p, err); f.State {
	case doctor.Failure:
		return no(f.Says + " " + f.Mend)
	case doctor.Warning:
		return opinion{value: id, note: "Not checked: " + f.Says}
	}
	s.zone = p.Zone
	return opinion{value: id, note: "That is " + p.Name + "."}
}
