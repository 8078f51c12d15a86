package slack

import (
	_ "embed"
	"html/template"
	"net/http"
	"net/url"
	"strings"
)

//go:embed install.html
var installHTML string

var pages = template.Must(template.New("").Parse(installHTML))

type (
	// offerPage says what the bot does.
	offerPage struct{ KeepDays int }

	// installedPage is for whoever installed the bot.
	installedPage struct {
		Name    string // of the company
		Command string
		Code    string // that makes an owner; empty: there is one
		Hours   int    // so long it works
		Again   bool   // it had been installed before
	}

	// failure says what did not work, and what to do.
	failure struct{ Title, Text string }
)

var (
	busy             = failure{"Many people are installing just now", "Please wait a minute, then begin again."}
	often            = failure{"Many tries came from your network just now", "Nothing was changed. Please wait a few minutes, then begin again."}
	ourFault         = failure{"That did not work just now", "It is not your doing. Please begin again in a minute."}
	otherBrowser     = failure{"This page cannot go on from here", "It was used already, is older than ten minutes, or was begun in another browser. Please begin again, and stay in one browser."}
	cancelled        = failure{"Nothing was installed", "You pressed Cancel in Slack. If you want to think about it first: nothing was changed, and you can begin again at any time."}
	slackSaidNo      = failure{"Slack did not finish the installation", "Nothing was kept. Please begin again. If Slack wants an administrator's consent first, wait until it has been given."}
	slackSilent      = failure{"Slack does not answer just now", "Nothing was kept. Please begin again in a minute."}
	notSetUp         = failure{"This server is not set up for that app yet", "Nothing was kept, and you cannot mend it. Please tell whoever runs this server: its log says more."}
	lacksPermissions = failure{"Slack gave fewer permissions than I need", "Nothing was kept. Please begin again, and leave the list of permissions on Slack's page as it is."}
	erasing          = failure{"What was kept of this company is being erased at this moment", "That was planned after the bot was taken out. Please begin again in a few minutes; it will be a fresh start."}

	wholeOrganisation = failure{"I can be installed in one workspace, not in a whole organisation", "Nothing was kept. Please begin again, and choose a single workspace at the top right of Slack's page."}
)

func (p *Platform) fail(w http.ResponseWriter, status int, f failure) {
	p.show(w, status, "failure", f)
}

// show writes a page that loads nothing, is kept by nobody, and tells no other
// site its address.
func (p *Platform) show(w http.ResponseWriter, status int, name string, page any) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' "+p.slackOrigin())
	w.WriteHeader(status)
	if err := pages.ExecuteTemplate(w, name, page); err != nil {
		p.log.Warn("a page was not written", "page", name, "err", err)
	}
}

// slackOrigin is where the button of the first page may lead to.
func (p *Platform) slackOrigin() string {
	u, err := url.Parse(strings.TrimSuffix(p.config.APIURL, "api/"))
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}
