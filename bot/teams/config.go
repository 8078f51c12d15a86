package teams

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// Config is what a connection to Teams needs.
type Config struct {
	Bots []Bot `yaml:"bots" envPrefix:"BOTS_"`

	// Government hosts are spoken to only if they are named here; the first is
	// where organisations are that were not heard from yet.
	// https://learn.microsoft.com/en-us/microsoftteams/platform/concepts/app-fundamentals-overview
	Hosts []string `yaml:"hosts" env:"HOSTS"`

	// Address is where browsers reach this server: https://bot.example.com.
	// Without it no files can be handed over but short texts.
	Address string `yaml:"address" env:"ADDRESS"`

	// NoAuth takes everything that comes in as true. It is for trying local
	// clients, and refuses to go with a bot or an address that others reach.
	NoAuth bool `yaml:"-"`

	// For tests: where keys and tokens come from.
	MetadataURL string       `yaml:"-"`
	TokenURL    string       `yaml:"-"`
	HTTP        *http.Client `yaml:"-"`
	Plain       bool         `yaml:"-"` // services on loopback need no https
}

// Bot is one registered bot, and the one organisation that it serves.
type Bot struct {
	AppID  string   `yaml:"app_id" env:"APP_ID"`
	Secret string   `yaml:"secret" env:"SECRET"`
	Tenant string   `yaml:"tenant" env:"TENANT"` // the Entra tenant id of the organisation
	Owners []string `yaml:"owners" env:"OWNERS"` // Entra object ids of people who are owners without a code
}

// String is the configuration without its secrets.
func (c Config) String() string { return fmt.Sprintf("teams of %d bots", len(c.Bots)) }

// On reports whether Teams is to be served at all.
func (c Config) On() bool { return len(c.Bots) > 0 || c.NoAuth }

var guid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// Check names what cannot work.
func (c Config) Check() error {
	if c.NoAuth && len(c.Bots) > 0 {
		return errors.New("teams: without authentication no bot may be configured: take teams.bots out, or leave the flag out")
	}
	if u, err := url.Parse(c.Address); c.Address != "" && (err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Scheme != "https" && !c.Plain && !c.NoAuth) {
		return errors.New("teams.address must be where browsers reach this server, such as https://bot.example.com")
	}
	for i, b := range c.Bots {
		if other, _ := c.bot(b.AppID); other.Tenant != b.Tenant {
			return fmt.Errorf("teams.bots[%d].app_id is named for another organisation already: each needs a bot of its own", i)
		}
		switch {
		case !guid.MatchString(b.AppID):
			return fmt.Errorf("teams.bots[%d].app_id must be the Microsoft App ID, such as 00000000-0000-0000-0000-000000000000", i)
		case !guid.MatchString(b.Tenant):
			return fmt.Errorf("teams.bots[%d].tenant must be the Entra tenant id of the organisation, which looks like the app id", i)
		case b.Secret == "":
			return fmt.Errorf("teams.bots[%d].secret is missing (SECADVISOR_TEAMS_BOTS_%[1]d_SECRET): the Value of a client secret of the app; in the Azure portal, your Azure Bot, Configuration, Manage password", i)
		}
	}
	return nil
}

const (
	metadataURL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
	issuer      = "https://api.botframework.com"
	scope       = "https://api.botframework.com/.default"
	timeout     = 10 * time.Second
)

func (c Config) client() *http.Client {
	if c.HTTP != nil {
		return c.HTTP
	}
	return &http.Client{Timeout: timeout}
}

func (c Config) metadata() string {
	if c.MetadataURL != "" {
		return c.MetadataURL
	}
	return metadataURL
}

func (c Config) token(tenant string) string {
	if c.TokenURL != "" {
		return strings.ReplaceAll(c.TokenURL, "{tenant}", tenant)
	}
	return "https://login.microsoftonline.com/" + tenant + "/oauth2/v2.0/token"
}

// bot finds a bot by its app id.
func (c Config) bot(appID string) (Bot, bool) {
	for _, b := range c.Bots {
		if strings.EqualFold(b.AppID, appID) {
			return b, true
		}
	}
	return Bot{}, false
}
