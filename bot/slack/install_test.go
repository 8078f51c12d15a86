package slack

import (
	"strings"
	"testing"
)

func manyAt(address string) Config {
	return Config{ClientID: "1.2", ClientSecret: "s", AppID: "A0123ABCD", KeepDays: 30, Mode: "http", SigningSecret: "s", Address: address}
}

// The cookie goes over https alone, however the address is written.
func TestTheCookieIsSecureWhereTheAddressIs(t *testing.T) {
	for address, want := range map[string]bool{
		"https://bot.example.com": true, "HTTPS://Bot.Example.com": true, "Https://bot.example.com/": true,
		"http://127.0.0.1:8080": false, "HTTP://localhost": false,
	} {
		p, err := New(manyAt(address), "/sec", nil, nil)
		if err != nil {
			t.Fatal(address, err)
		}
		if c := p.cookie("x"); c.Secure != want || strings.HasPrefix(c.Name, "__Host-") != want || !c.HttpOnly {
			t.Errorf("at %s the cookie is %v", address, c)
		}
	}
}

func TestAPublicAddressHoldsNoPassword(t *testing.T) {
	if _, err := New(manyAt("https://u:tiger@bot.example.com"), "/sec", nil, nil); err == nil || !strings.Contains(err.Error(), "no password") || strings.Contains(err.Error(), "tiger") {
		t.Error(err)
	}
}
