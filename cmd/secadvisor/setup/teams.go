package setup

import (
	"context"
	"regexp"
	"strings"

	"secadvisor/bot/teams"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/doctor"
	"secadvisor/cmd/secadvisor/refused"
)

// askTeams asks for the Azure Bot, its address and the owner.
func (s *conversation) askTeams(ctx context.Context) error {
	b, err := s.askBot(ctx)
	if err != nil {
		return err
	}
	address, err := s.answer(ctx, prompt{
		about: "Where will browsers and Teams reach this server? An https address that a proxy of\n" +
			"yours leads here; deploy/OPERATING.md has examples. It can be set later.",
		ask: "Public address, such as https://bot.example.com", optional: true, check: s.checkAddress,
	})
	if err != nil {
		return err
	}
	owner, err := s.answer(ctx, prompt{
		about: "Who is the owner of the company, who runs assessments? entra.microsoft.com, Users,\n" +
			"that person, Object ID. Without one, serve prints a code with which the owner\n" +
			"claims it.",
		ask: "Object id of the owner", optional: true, check: checkGUID("An object id"),
	})
	if owner != "" {
		b.Owners = []string{owner}
	}
	s.config.Teams.Bots, s.config.Teams.Address = []teams.Bot{b}, address
	return err
}

// askBot asks for the bot until Microsoft takes it, cannot be asked, or is
// given the same once more.
func (s *conversation) askBot(ctx context.Context) (b teams.Bot, err error) {
	id := func(about, ask, now string) (string, error) {
		return s.answer(ctx, prompt{about: about, ask: ask, standard: now, check: checkGUID(ask)})
	}
	for what, refused := "app_id", (teams.Bot{}); ; refused = b {
		if what == "app_id" {
			if b.AppID, err = id("The bot: in portal.azure.com create an Azure Bot, type of app Single Tenant. Its ids\nstand under Configuration.", "Microsoft App ID", b.AppID); err != nil {
				return b, err
			}
		}
		if what == "app_id" || what == "tenant" {
			if b.Tenant, err = id("", "App Tenant ID", b.Tenant); err != nil {
				return b, err
			}
		}
		if b.Secret == "" || what == "secret" || what == "" {
			if b.Secret, err = s.answer(ctx, prompt{
				about: "Its client secret: Configuration, Manage password, New client secret; copy the\nValue, not the Secret ID.",
				ask:   "Client secret" + s.unseen(), secret: true, check: checkSecret,
			}); err != nil {
				return b, err
			}
		}
		if b.AppID == refused.AppID && b.Tenant == refused.Tenant && b.Secret == refused.Secret {
			s.say("  Kept as it is.")
			return b, nil
		}
		var ok bool
		if what, ok = s.tryBot(ctx, b); ok {
			return b, nil
		}
	}
}

// tryBot asks Microsoft for a token, and tells which value to ask for again.
func (s *conversation) tryBot(ctx context.Context, b teams.Bot) (what string, ok bool) {
	ctx, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	_, err := s.config.Teams.Try(ctx, b)
	if err == nil {
		s.say("  Microsoft knows the bot.")
		return "", true
	}
	no, what := refused.Teams(err)
	if !no.Answered {
		s.say("  Not checked, because Microsoft could not be asked: " + refused.Cause(err) + ".")
		return "", true
	}
	s.say("  " + no.Says + " " + no.Mend)
	return what, false
}

var guidForm = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

func checkGUID(what string) func(context.Context, string) opinion {
	return func(_ context.Context, text string) opinion {
		if !guidForm.MatchString(text) {
			return no(what + " has the form 00000000-0000-0000-0000-000000000000.")
		}
		return take(strings.ToLower(text))
	}
}

// checkSecret knows the id of a secret, which stands beside it.
func checkSecret(_ context.Context, secret string) opinion {
	if guidForm.MatchString(secret) {
		return no("That is the id of a secret, or of the app. Copy the Value beside it; it is shown only once, so make a new one if it is gone.")
	}
	return take(secret)
}

func (s *conversation) checkAddress(ctx context.Context, address string) opinion {
	c := s.config
	address = config.PublicAddress(address)
	c.Teams.Address = address
	if c.Teams.Check() != nil {
		return no("An address begins with https:// and names a host, such as https://bot.example.com.")
	}
	switch f := doctor.TryAddress(ctx, c, address+"/api/messages", "/api/messages"); f.State {
	case doctor.Failure:
		return opinion{value: address, refused: f.Says + " " + f.Mend, doubt: true}
	case doctor.Warning:
		return opinion{value: address, note: "The proxy answers there."}
	}
	return opinion{value: address, note: "The bot answers there."}
}
