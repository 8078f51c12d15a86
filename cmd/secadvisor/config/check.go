package config

import (
	"net"
	"strings"
	"time"

	"secadvisor/flows/company"
	"secadvisor/storage/sealed"
)

// problem is a value that cannot work, and what can.
type problem struct {
	key  string // its path: "slack.mode"
	want string
}

func (c Config) check() []problem {
	var found []problem
	expect := func(ok bool, key, want string) {
		if !ok {
			found = append(found, problem{key, want})
		}
	}
	expect(IsCommand(c.Command), "command", "a slash and a word, such as /sec")
	expect(IsCountry(c.Country), "country", "two capitals such as GB, or nothing")
	expect(c.Growing == 11 || c.Growing == 50 || c.Growing == 250, "growing_from", "11, 50 or 250: how many people make a company a growing one")
	expect(c.Zone == "" || IsZone(c.Zone), "zone", "the name of a time zone such as Europe/London, or nothing")
	c.checkReminders(expect)
	expect(c.Urgent == Urgent{} || company.Dialable(c.Urgent.Phone), "emergency.phone", "a number as you would dial it, such as +1 555 0100, or nothing")
	expect(StorageKind(c.Storage) != "",
		"storage", "file:PATH, redis://HOST:PORT, rediss://HOST:PORT or redis+cluster://HOST:PORT,HOST:PORT")
	expect(c.Replicas >= 0 && c.Replicas <= 5, "wait_replicas", "a number from 0 to 5")
	_, err := sealed.ParseKeys(c.Keys.Master...)
	expect(err == nil, "keys.master", `keys of 32 random bytes in base64, each once, as "secadvisor keys new" makes them`)
	expect(isPort(c.Listen), "listen", "an address and a port, such as 127.0.0.1:8080 or :8080")
	expect((c.TLS.Cert == "") == (c.TLS.Key == ""), "tls.key", "a file beside that of tls.cert: both, or neither where a proxy has the certificate")
	key, want := c.HTTP.Check()
	expect(key == "", "http."+key, want)
	expect(c.Metrics == "" || isPort(c.Metrics), "metrics", "an address and a port, such as 127.0.0.1:9090, or nothing")
	expect(c.Log.Format == "text" || c.Log.Format == "json", "log.format", "text or json")
	expect(levels[c.Log.Level] != nil, "log.level", "debug, info, warn or error")
	expect(c.Slack.Mode == "socket" || c.Slack.Mode == "http", "slack.mode", "socket or http")
	return found
}

// isPort reports whether something can be listened at: a host, which may be
// missing, and a port.
func isPort(address string) bool {
	_, port, err := net.SplitHostPort(address)
	if err == nil {
		_, err = net.LookupPort("tcp", port)
	}
	return err == nil && port != ""
}

// IsCommand reports whether a word can be the command that people type.
func IsCommand(word string) bool {
	return strings.HasPrefix(word, "/") && len(word) > 1 && !strings.ContainsAny(word, " \t")
}

// IsCountry reports whether a country can be meant; none may be.
func IsCountry(code string) bool {
	return code == "" || len(code) == 2 && code == strings.ToUpper(code)
}

// IsZone reports whether a name is one that all machines know.
func IsZone(name string) bool {
	_, err := time.LoadLocation(name)
	return err == nil && name != "" && name != "Local"
}

// StorageKind is which store an address means; empty: none.
func StorageKind(address string) string {
	scheme, rest, ok := strings.Cut(address, ":")
	switch {
	case !ok || rest == "":
		return ""
	case scheme == "file":
		return "file"
	case (scheme == "redis" || scheme == "rediss" || scheme == "redis+cluster" || scheme == "rediss+cluster") && strings.HasPrefix(rest, "//"):
		return "redis"
	}
	return ""
}
