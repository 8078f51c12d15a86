package commandtest

import (
	"net"
	"testing"

	"secadvisor/bot/bottest/fakeslack"
)

// The tokens of a fake Slack, in the form that they really have.
const (
	BotToken      = "xoxb-1111-2222-abcdef"
	AppToken      = "xapp-1-" + fakeslack.App + "-3333-abcdef"
	SigningSecret = "0123456789abcdef0123456789abcdef"
	ClientSecret  = "s~8Q.client_secret-x"
)

// Workspace is a fake Slack with these tokens.
func Workspace(t *testing.T) *fakeslack.Server {
	return fakeslack.Start(t, fakeslack.WithTokens(BotToken, AppToken), fakeslack.WithSigningSecret(SigningSecret))
}

// FreeAddress is one of this machine that nobody listens at.
func FreeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
