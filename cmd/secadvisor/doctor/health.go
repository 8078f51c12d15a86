package doctor

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"secadvisor/cmd/secadvisor/config"
)

// Health is "secadvisor health".
type Health struct {
	Config string `help:"Configuration file." placeholder:"FILE" type:"path"`
}

// Run asks the server on this machine whether it is ready: for containers,
// whose image has no other program to ask with.
func (h Health) Run(ctx context.Context) error {
	c, err := config.Load(h.Config)
	if err != nil {
		return err
	}
	_, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return fmt.Errorf("listen address %s: %w", c.Listen, err)
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, here(c, "127.0.0.1", port)+"/readyz", nil)
	if err != nil {
		return err
	}
	response, err := hereClient.Do(request)
	if err != nil {
		return fmt.Errorf("no answer on port %s: is secadvisor serve running? (%w)", port, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 200))
	switch {
	case err != nil:
		return fmt.Errorf("read what the server on port %s answers: %w", port, err)
	case response.StatusCode == http.StatusServiceUnavailable:
		return fmt.Errorf("not ready: %s; its log, and secadvisor doctor, tell more", strings.TrimSpace(string(body)))
	case response.StatusCode != http.StatusOK:
		return fmt.Errorf("what answers on port %s is no secadvisor serve (status %d): stop it, or choose another port under listen", port, response.StatusCode)
	}
	fmt.Println("ready")
	return nil
}

// here is where this machine reaches the server.
func here(c config.Config, host, port string) string {
	scheme := "http://"
	if c.TLS.On() {
		scheme = "https://"
	}
	return scheme + net.JoinHostPort(host, port)
}

// hereClient speaks to this machine alone, whose certificate is for another
// name. Nothing secret is sent.
var hereClient = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
