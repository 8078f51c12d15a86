package teams

import (
	"net"
	"net/url"
	"slices"
	"strings"
)

// commercial is the host of Teams for everybody but governments.
const commercial = "smba.trafficmanager.net"

// allowed reports whether tokens and texts may be sent to a service: https,
// and a host of Teams. It is asked at every send, too: what is stored may be
// older than the configuration.
func (c Config) allowed(service string) bool {
	u, err := url.Parse(service)
	if err != nil || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return false
	}
	if c.NoAuth || c.Plain {
		ip := net.ParseIP(u.Hostname())
		return (u.Scheme == "http" || u.Scheme == "https") && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
	}
	host := strings.ToLower(u.Hostname())
	return u.Scheme == "https" && u.Port() == "" && (host == commercial || slices.Contains(c.Hosts, host))
}
