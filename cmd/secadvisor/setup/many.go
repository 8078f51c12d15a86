package setup

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/refused"
)

// askMany asks for a Slack app that many companies install themselves.
func (s *conversation) askMany(ctx context.Context) (err error) {
	c := &s.config.Slack
	c.Mode = "http"
	if c.Address, err = s.answer(ctx, prompt{
		about: "Where will browsers and Slack reach this server? An https address that a proxy of\n" +
			"yours leads here; deploy/OPERATING.md has examples.",
		ask: "Public address, such as https://bot.example.com", check: checkRoot,
	}); err != nil {
		return err
	}
	s.say(fmt.Sprintf("\nThe Slack app: open api.slack.com/apps, Create New App, From a manifest, and paste\n"+
		"what \"%s setup --manifest --address %s\" prints.\n"+
		"The next four stand under Basic Information, App Credentials.", s.program, c.Address))
	if c.AppID, err = s.answer(ctx, prompt{ask: "App ID", check: looksLike(`^A[A-Z0-9]{2,20}$`, "An app id begins with A, such as A0123ABCD.")}); err != nil {
		return err
	}
	if err = s.askClient(ctx); err != nil {
		return err
	}
	c.SigningSecret, err = s.answer(ctx, prompt{ask: "Signing secret" + s.unseen(), secret: true, check: checkSigningSecret})
	return err
}

// askClient asks for client id and secret until Slack takes them, cannot be
// asked, or is given the same once more.
func (s *conversation) askClient(ctx context.Context) (err error) {
	c := &s.config.Slack
	for wrong := "client_id"; ; {
		was := *c
		if wrong == "client_id" {
			if c.ClientID, err = s.answer(ctx, prompt{ask: "Client ID", standard: c.ClientID, check: looksLike(`^\d+\.\d+$`, "A client id is two numbers with a dot between.")}); err != nil {
				return err
			}
		}
		if c.ClientSecret, err = s.answer(ctx, prompt{ask: "Client secret" + s.unseen(), secret: true}); err != nil {
			return err
		}
		asked, cancel := context.WithTimeout(ctx, checkWithin)
		said := c.ClientKnown(asked)
		cancel()
		if said == nil {
			s.say("  Slack knows the app, and takes its secret.")
			return nil
		}
		var r refused.Reason
		if r, wrong = refused.Client(said); !r.Answered {
			s.say("  Not checked, because Slack could not be asked: " + refused.Cause(said) + ".")
			return nil
		}
		if c.ClientID == was.ClientID && c.ClientSecret == was.ClientSecret {
			s.say("  Kept as it is.")
			return nil
		}
		s.say("  " + r.Says + " " + r.Mend)
	}
}

// looksLike takes what has a form.
func looksLike(form, mend string) func(context.Context, string) opinion {
	matches := regexp.MustCompile(form).MatchString
	return func(_ context.Context, text string) opinion {
		if !matches(text) {
			return no(mend)
		}
		return take(text)
	}
}

// checkRoot takes an https address without a path.
func checkRoot(_ context.Context, text string) opinion {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return no("Write https:// and the name alone, such as https://bot.example.com.")
	}
	return take(config.PublicAddress(text))
}
