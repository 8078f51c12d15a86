package teams

import (
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/bot/bottest/faketeams"
)

// Nothing but a token of Teams lets anybody in.
func FuzzTokens(f *testing.F) {
	fake := faketeams.Start(f)
	v := newVerifier(Config{Bots: []Bot{{AppID: faketeams.App, Tenant: faketeams.Org, Secret: "x"}}, MetadataURL: fake.MetadataURL(), Plain: true})
	good := "Bearer " + fake.Token(nil)
	if _, err := v.verify(f.Context(), good); err != nil {
		f.Fatal(err)
	}
	head, rest, _ := strings.Cut(good, ".")
	_, proof, _ := strings.Cut(rest, ".")
	for _, text := range []string{good, head + "." + rest[:20] + "." + proof, head + "..", "Bearer", "bearer a.b.c", "Basic x", good + "x", head + ".e30." + proof} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		from, err := v.verify(t.Context(), text)
		if err != nil {
			return
		}
		scheme, raw, _ := strings.Cut(text, " ")
		if !strings.EqualFold(scheme, "Bearer") || from.bot.AppID != faketeams.App {
			t.Errorf("%q is let in", text)
		}
		if unsigned := raw[:strings.LastIndexByte(raw, '.')]; !strings.HasPrefix(good, "Bearer "+unsigned+".") {
			t.Errorf("a token that nobody signed is let in: %q", text)
		}
	})
}

func FuzzKeys(f *testing.F) {
	f.Add(`{"keys":[{"kid":"a","kty":"RSA","n":"AQAB","e":"AQAB","endorsements":["msteams"]}]}`)
	f.Add(`{"keys":[{"kid":"a","kty":"RSA","n":"` + strings.Repeat("zzzz", 86) + `","e":"AQAB"}]}`)
	f.Fuzz(func(t *testing.T, raw string) {
		var set struct {
			Keys []jwk `json:"keys"`
		}
		if json.Unmarshal([]byte(raw), &set) != nil {
			return
		}
		for _, one := range set.Keys {
			if k := one.public(); k != nil && (k.N.BitLen() > 8*maxModulus || k.E < 3) {
				t.Errorf("a key of %d bits with the exponent %d", k.N.BitLen(), k.E)
			}
		}
	})
}

// A link opens the file that the bot wrote it for, and no other.
func FuzzLinks(f *testing.F) {
	p, err := New(Config{Bots: []Bot{{AppID: faketeams.App, Tenant: faketeams.Org, Secret: "x"}}}, nil, slog.New(slog.DiscardHandler))
	if err != nil {
		f.Fatal(err)
	}
	key, _ := p.fileKey("teams." + faketeams.Org)
	written := link{Tenant: "teams." + faketeams.Org, Flow: "assess"}
	good := written.sign(key)
	f.Add(good)
	f.Add(strings.Replace(good, ".", "", 1))
	f.Add("e30.e30")
	f.Fuzz(func(t *testing.T, text string) {
		if got, err := p.readLink(text); err == nil && !cmp.Equal(got, written) {
			t.Errorf("%q opens %+v", text, got)
		}
	})
}

// Where somebody is reached is stored as text. Whatever stands there, a call
// goes to that service's conversations.
func FuzzReaches(f *testing.F) {
	f.Add(place{Service: "https://smba.trafficmanager.net/emea/", Conversation: "a:1", Bot: "x"}.reach(), "29:x")
	f.Add(`{"s":"https://x/","c":"../../.."}`, "../..")
	f.Fuzz(func(t *testing.T, reach, user string) {
		p, ok := placeOf(reach)
		if !ok {
			return
		}
		base := p.address()
		if got := p.address(p.Conversation, "members", user); !strings.HasPrefix(got, base+"/") || strings.Count(got[len(base):], "/") != 3 {
			t.Errorf("%q and %q lead to %s", reach, user, got)
		}
	})
}

// What is written by hand is what encoding/json makes of it.
func FuzzTexts(f *testing.F) {
	for _, s := range []string{"", "plain", "\"\\\b\f\n\r\t\x00\x1f\x7f", "a<b>&c", "\u2028\u2029", "é 🚨", "\xff\xc3", "cut \xf0\x9f", "\ufffd"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := string(appendString(nil, s)), string(plain(s)); got != want {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
		d := drawing{}
		p := pressed{Action: s, Menu: s, Form: &bot.Form{Title: s}, Key: s, Fresh: true, In: s}
		if d.data(&p); string(d.out) != string(plain(p)) {
			t.Errorf("got %s, want %s", d.out, plain(p))
		}
	})
}
