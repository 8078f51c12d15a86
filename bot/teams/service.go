package teams

import (
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// commercial is the host of Teams for everybody but governments.
const commercial = "smba.trafficmanager.net"

// home is the service of organisations that were not heard from yet.
// https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages#create-the-conversation
func (c Config) home() string {
	host := commercial
	if len(c.Hosts) > 0 {
		host = c.Hosts[0]
	}
	if c.Plain {
		return "http://" + host
	}
	return "https://" + host + "/teams"
}

// allowed reports whether tokens and texts may be sent to a service: https,
// and a host of Teams. It is asked at every send, too: what is stored may be
// older than the configuration.
func (c Config) allowed(service string) bool {
	u, err := url.Parse(service)
	if err != nil || u.User != nil || u.Opaque != "" || u.RawQuery != "" || u.Fragment != "" || strings.Contains(u.Path, "..") {
		return false
	}
	if c.NoAuth || c.Plain {
		ip := net.ParseIP(u.Hostname())
		return (u.Scheme == "http" || u.Scheme == "https") && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
	}
	host := strings.ToLower(u.Host) // a port, too, is another address
	named := func(h string) bool { return strings.EqualFold(h, host) }
	return u.Scheme == "https" && host != "" && (host == commercial || slices.ContainsFunc(c.Hosts, named))
}

// straight is a client that follows no redirect, so that a token goes where
// it was sent and nowhere else, and keeps enough connections for all workers.
func straight(c *http.Client) *http.Client {
	own := *c
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	if own.Transport == nil {
		t := http.DefaultTransport.(*http.Transport).Clone()
		t.MaxIdleConnsPerHost = 64
		t.WriteBufferSize = 16 << 10 // most cards go out in one piece
		t.MaxResponseHeaderBytes = 64 << 10
		own.Transport = t
	}
	return &own
}
