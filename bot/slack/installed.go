package slack

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	slackapi "github.com/slack-go/slack"
)

// install has the tokens of a company that pressed Allow, and keeps them.
func (p *Platform) install(ctx context.Context, w http.ResponseWriter, code string) {
	k := p.companies
	answer, err := k.oauth(ctx, url.Values{"code": {code}, "redirect_uri": {p.config.at(callbackPath)}})
	if err != nil {
		p.log.Warn("a code was not taken", "err", err)
		switch Said(err) {
		case "":
			p.fail(w, http.StatusBadGateway, slackSilent)
		case "invalid_client_id", "bad_client_secret":
			p.fail(w, http.StatusBadGateway, notSetUp)
		default:
			p.fail(w, http.StatusBadRequest, slackSaidNo)
		}
		return
	}
	if f := k.unfit(answer); f != nil {
		p.log.Warn("an installation was refused", "why", f.Title, "team", answer.Team.ID)
		p.fail(w, http.StatusBadRequest, *f)
		return
	}
	made, done, err := k.install(ctx, answer)
	switch {
	case err != nil:
		p.log.Error("an installation was not kept", "team", answer.Team.ID, "err", err)
		p.fail(w, http.StatusServiceUnavailable, ourFault)
	case !done:
		p.fail(w, http.StatusConflict, erasing)
	default:
		p.log.Info("installed", "tenant", tenant(answer.Team.ID), "again", made.Again)
		made.Command = p.command
		p.show(w, http.StatusOK, "installed", made)
	}
}

// unfit is why an installation cannot be used; nil: it can.
func (k *companies) unfit(a slackapi.OAuthV2Response) *failure {
	granted := strings.Split(a.Scope, ",")
	lacking := slices.ContainsFunc(k.scopes, func(s string) bool { return !slices.Contains(granted, s) })
	switch {
	case a.IsEnterpriseInstall || a.Team.ID == "" && a.Enterprise.ID != "":
		return &wholeOrganisation
	case a.Team.ID == "" || a.AccessToken == "" || a.TokenType != "bot" || a.BotUserID == "" || a.AuthedUser.ID == "":
		return &slackSaidNo
	case a.AppID != k.config.AppID:
		return &notSetUp
	case lacking:
		return &lacksPermissions
	}
	return nil
}

// install keeps a company. Done is false while its earlier data are being
// erased.
func (k *companies) install(ctx context.Context, a slackapi.OAuthV2Response) (made installedPage, done bool, err error) {
	id := tenant(a.Team.ID)
	for range 3 { // a renewal may be under way
		var c Kept
		if c, err = k.look(ctx, id); err != nil {
			return made, false, err
		}
		if c.Gone != nil && c.Gone.Erasing {
			return made, false, nil
		}
		made = installedPage{Name: a.Team.Name, Again: c.Version != 0, Hours: 24}
		c.Company = Company{
			Team: a.Team.ID, Name: a.Team.Name, App: a.AppID, Bot: a.BotUserID, By: a.AuthedUser.ID,
			Scopes: strings.Split(a.Scope, ","), Since: k.now().UTC().Truncate(time.Second),
		}
		c.took(a, k.now())
		made.Code, err = k.registry.Install(ctx, c)
		if err == nil {
			_, err = k.look(ctx, id)
			return made, true, err
		}
		if !errors.Is(err, ErrChanged) {
			return made, false, err
		}
	}
	return made, false, err
}
