package doctor

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"secadvisor/cmd/secadvisor/front"
	"secadvisor/cmd/secadvisor/refused"
)

// listens looks whether the port is free, or the server there is well.
func (x examination) listens(ctx context.Context) []Finding {
	free, err := (&net.ListenConfig{}).Listen(ctx, "tcp", x.config.Listen)
	if err == nil {
		free.Close()
		return append([]Finding{{"listen", Good, x.config.Listen + " is free: no server runs there yet.", ""}}, x.figures(ctx)...)
	}
	alive, _, asked := x.local(ctx, "/healthz")
	switch {
	case asked != nil || alive != http.StatusOK:
		return []Finding{{"listen", Failure, x.config.Listen + " cannot be listened at, and no server of ours answers there: " + refused.Cause(err) + ".", front.Mend("listen", err)}}
	}
	ready, says, asked := x.local(ctx, "/readyz")
	if asked != nil || ready != http.StatusOK {
		return []Finding{{"listen", Failure, "A server runs at " + x.config.Listen + ", but it is not ready: " + says + ".", "Its log tells more."}}
	}
	return []Finding{{"listen", Good, "A server runs at " + x.config.Listen + " and is ready.", ""}}
}

// figures looks whether the port of the figures is free, while no server runs.
func (x examination) figures(ctx context.Context) []Finding {
	if x.config.Metrics == "" {
		return nil
	}
	free, err := (&net.ListenConfig{}).Listen(ctx, "tcp", x.config.Metrics)
	if err != nil {
		return []Finding{{"metrics", Failure, x.config.Metrics + " cannot be listened at: " + refused.Cause(err) + ".", front.Mend("metrics", err)}}
	}
	free.Close()
	return []Finding{{"metrics", Good, x.config.Metrics + " is free.", ""}}
}

// local asks the server on this machine.
func (x examination) local(ctx context.Context, path string) (status int, says string, err error) {
	host, port, err := net.SplitHostPort(x.config.Listen)
	if err != nil {
		return 0, "", err
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	response, err := x.get(ctx, hereClient, here(x.config, host, port)+path)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 200))
	return response.StatusCode, strings.TrimSpace(string(body)), err
}

const reachWithin = 5 * time.Second

func (x examination) get(ctx context.Context, client *http.Client, address string) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	return client.Do(r)
}

// address looks whether the bot can be reached from outside, as far as that
// shows from here.
func (x examination) address(ctx context.Context) []Finding {
	paths := map[string]bool{"/api/messages": x.config.Teams.On(), "/slack/events": x.config.SlackOn() && x.config.Slack.Mode == "http"}
	public := strings.TrimSuffix(x.config.Teams.Address, "/")
	if public == "" {
		if paths["/api/messages"] {
			return []Finding{{"address", Warning, "teams.address is not set: files cannot be handed over, and nothing could be tried from outside.", "Set teams.address to where browsers reach this server, such as https://bot.example.com."}}
		}
		return nil
	}
	for _, path := range []string{"/api/messages", "/slack/events"} {
		if !paths[path] {
			continue
		}
		if f := x.reach(ctx, public+path, path); f.State != Good {
			return []Finding{f}
		}
	}
	return []Finding{{"address", Good, public + " leads to the bot.", ""}}
}

// reach asks for an address that only takes POST: that it says so proves that
// it is the bot.
func (x examination) reach(ctx context.Context, address, path string) Finding {
	ctx, cancel := context.WithTimeout(ctx, reachWithin)
	defer cancel()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if given := x.config.Teams.HTTP; given != nil {
		client.Transport = given.Transport
	}
	response, err := x.get(ctx, &client, address)
	if err != nil {
		return unreached(address, err)
	}
	defer response.Body.Close()
	status := response.StatusCode
	fail := func(says, mend string) Finding { return Finding{"address", Failure, says, mend} }
	switch {
	case status == http.StatusMethodNotAllowed && strings.Contains(response.Header.Get("Allow"), http.MethodPost):
		return Finding{Check: "address", State: Good}
	case status == http.StatusBadGateway, status == http.StatusServiceUnavailable, status == http.StatusGatewayTimeout:
		if _, _, err := x.local(ctx, "/healthz"); err != nil {
			return Finding{"address", Warning, "The proxy answers at " + address + ", and no server runs behind it yet.", "Start secadvisor serve, then run doctor again."}
		}
		return fail(fmt.Sprintf("The proxy at %s does not find the bot (status %d).", address, status), "Let the proxy lead to "+x.config.Listen+"; deploy/OPERATING.md has an example.")
	case status == http.StatusNotFound:
		return fail("Something answers at "+address+", but not the bot.", "Let the proxy pass "+path+" on; deploy/OPERATING.md has an example.")
	case status/100 == 3:
		return fail(address+" sends visitors elsewhere, which platforms do not follow.", "Set the address that it ends at, and take the redirect away from "+path+".")
	}
	return fail(fmt.Sprintf("%s answers with status %d, which is not the bot.", address, status), "Look at the proxy: it must pass "+path+" on unchanged; deploy/OPERATING.md has an example.")
}

func unreached(address string, err error) Finding {
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	mend := "Look whether port 443 is open and the proxy runs. Some networks cannot reach their own address from inside: then try it from a phone."
	switch {
	case errors.As(err, &name):
		mend = "Look at the name's DNS record: it must lead to your proxy."
	case errors.As(err, &certificate):
		return Finding{"address", Failure, "The certificate of " + address + " is not accepted: " + certificate.Err.Error() + ".", "Give the proxy a certificate for that name from a public authority, with its whole chain."}
	}
	return Finding{"address", Failure, address + " cannot be reached: " + refused.Cause(err) + ".", mend}
}
