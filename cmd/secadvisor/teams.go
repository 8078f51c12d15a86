package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"

	"secadvisor/cmd/secadvisor/config"
	"secadvisor/deploy/teams"
)

type teamsCommand struct {
	Package teamsPackage `cmd:"" help:"Make the app package that is uploaded to Microsoft Teams, one for each configured bot."`
}

// teamsPackage writes the zip of each bot in the configuration.
type teamsPackage struct {
	Config    string `help:"Configuration file; without it, the environment alone." placeholder:"FILE" type:"path"`
	Out       string `help:"Folder for the packages." default:"." type:"path"`
	Developer string `help:"Who runs the bot, as Teams shows it." default:"Security advisor"`
	Website   string `required:"" help:"Site of whoever runs the bot." placeholder:"https://..."`
	Privacy   string `help:"Their page on privacy; without it, the site." placeholder:"https://..."`
	Terms     string `help:"Their page on terms of use; without it, the site." placeholder:"https://..."`
	Version   string `help:"Version of the app: raise it whenever you upload a changed package." default:"1.0.0"`
}

// Run writes the packages and says what comes next.
func (t teamsPackage) Run() error {
	c, err := config.Load(t.Config)
	if err != nil {
		return err
	}
	if err := c.Teams.Check(); err != nil {
		return err
	}
	if len(c.Teams.Bots) == 0 {
		return errors.New("no bot is configured: add teams.bots with app_id, secret and tenant")
	}
	app, err := t.app()
	if err != nil {
		return err
	}
	for _, b := range c.Teams.Bots {
		app.BotID = b.AppID
		body, err := app.Zip()
		if err != nil {
			return err
		}
		path := filepath.Join(t.Out, "secadvisor-"+b.AppID+".zip")
		if err := os.WriteFile(path, body, 0o644); err != nil {
			return fmt.Errorf("write the package: %w", err)
		}
		fmt.Printf("%s is for the organisation %s: upload it in Teams under Apps, Manage your apps.\n", path, b.Tenant)
	}
	return nil
}

var appVersion = regexp.MustCompile(`^[1-9]\d{0,3}\.\d{1,4}\.\d{1,4}$`)

// app is what the flags say of the app.
func (t teamsPackage) app() (teams.App, error) {
	a := teams.App{Version: t.Version, Developer: t.Developer, Website: t.Website, Privacy: t.Privacy, Terms: t.Terms}
	if a.Privacy == "" {
		a.Privacy = a.Website
	}
	if a.Terms == "" {
		a.Terms = a.Website
	}
	for _, flag := range []struct{ name, address string }{{"--website", a.Website}, {"--privacy", a.Privacy}, {"--terms", a.Terms}} {
		if u, err := url.Parse(flag.address); err != nil || u.Scheme != "https" || u.Host == "" {
			return a, fmt.Errorf("%s must be an address that begins with https://; it is %q", flag.name, flag.address)
		}
	}
	switch {
	case a.Developer == "" || len([]rune(a.Developer)) > 32:
		return a, errors.New("--developer: a name of at most 32 characters")
	case !appVersion.MatchString(a.Version):
		return a, fmt.Errorf("--version: three numbers such as 1.0.1; it is %q", a.Version)
	}
	return a, nil
}
