package teams

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

type claimed = jwt.MapClaims

type header = map[string]any

// Each of these is a token that the right key has signed.
func TestTokensThatDoNotHold(t *testing.T) {
	ago, ahead := time.Now().Add(-time.Hour).Unix(), time.Now().Add(time.Hour).Unix()
	for name, change := range map[string]func(c claimed, h header){
		"expired":                    func(c claimed, _ header) { c["exp"] = ago },
		"expired for six minutes":    func(c claimed, _ header) { c["exp"] = time.Now().Add(-6 * time.Minute).Unix() },
		"without expiry":             func(c claimed, _ header) { delete(c, "exp") },
		"an expiry in words":         func(c claimed, _ header) { c["exp"] = "tomorrow" },
		"not yet":                    func(c claimed, _ header) { c["nbf"] = ahead },
		"another issuer":             func(c claimed, _ header) { c["iss"] = "https://sts.windows.net/" + org + "/" },
		"an issuer with a slash":     func(c claimed, _ header) { c["iss"] = issuer + "/" },
		"without issuer":             func(c claimed, _ header) { delete(c, "iss") },
		"another audience":           func(c claimed, _ header) { c["aud"] = other },
		"an audience around ours":    func(c claimed, _ header) { c["aud"] = "api://" + appID },
		"without audience":           func(c claimed, _ header) { delete(c, "aud") },
		"no audience":                func(c claimed, _ header) { c["aud"] = []string{} },
		"two audiences":              func(c claimed, _ header) { c["aud"] = []string{other, appID} },
		"two audiences, ours first":  func(c claimed, _ header) { c["aud"] = []string{appID, other} },
		"longer than any":            func(c claimed, _ header) { c["x"] = strings.Repeat("a", 20<<10) },
		"an empty audience":          func(c claimed, _ header) { c["aud"] = "" },
		"an unknown key":             func(_ claimed, h header) { h["kid"] = "k9" },
		"without a key":              func(_ claimed, h header) { delete(h, "kid") },
		"a number for a key":         func(_ claimed, h header) { h["kid"] = 1 },
		"a key of another kind":      func(_ claimed, h header) { h["kid"] = "of another kind" },
		"RS384":                      func(_ claimed, h header) { h["alg"] = "RS384" },
		"RS512":                      func(_ claimed, h header) { h["alg"] = "RS512" },
		"PS256":                      func(_ claimed, h header) { h["alg"] = "PS256" },
		"no algorithm by name":       func(_ claimed, h header) { h["alg"] = "none" },
		"an elliptic curve by name":  func(_ claimed, h header) { h["alg"] = "ES256" },
		"a shared secret by name":    func(_ claimed, h header) { h["alg"] = "HS256" },
		"a key that it brings along": func(_ claimed, h header) { h["kid"], h["jwk"] = "mine", map[string]string{"kty": "RSA"} },
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			s.refused(http.StatusUnauthorized, s.token(change), s.activity(nil))
		})
	}
}

func TestHeadersThatHoldNoTrueToken(t *testing.T) {
	s := newScene(t)
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	claims := claimed{"iss": issuer, "aud": appID, "exp": time.Now().Add(time.Hour).Unix(), "serviceurl": s.fake.URL}
	signed := func(method jwt.SigningMethod, key any) string {
		token := jwt.NewWithClaims(method, claims)
		token.Header["kid"] = "k1"
		text, err := token.SignedString(key)
		if err != nil {
			t.Fatal(err)
		}
		return "Bearer " + text
	}
	good := "Bearer " + s.token(nil)
	parts := strings.Split(good, ".")
	richer := base64.RawURLEncoding.EncodeToString([]byte(`{"iss":"` + issuer + `","aud":"` + appID + `","exp":9999999999}`))
	for name, header := range map[string]string{
		"nothing":                 "",
		"no scheme":               strings.TrimPrefix(good, "Bearer "),
		"another scheme":          strings.Replace(good, "Bearer", "Basic", 1),
		"a scheme alone":          "Bearer ",
		"junk":                    "Bearer junk",
		"dots":                    "Bearer ..",
		"two tokens":              good + ", " + good,
		"a token and a blank":     good + " ",
		"unsigned":                signed(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType),
		"the id as shared secret": signed(jwt.SigningMethodHS256, []byte("k1")),
		"another's signature":     signed(jwt.SigningMethodRS256, stranger),
		"another padding":         signed(jwt.SigningMethodPS256, stranger),
		"cut":                     good[:len(good)-20],
		"without signature":       parts[0] + "." + parts[1] + ".",
		"other claims":            parts[0] + "." + richer + "." + parts[2],
		"too long":                "Bearer " + strings.Repeat("a", 20<<10),
	} {
		_, err := s.platform.verify.verify(t.Context(), header)
		if !errors.Is(err, errNoToken) && !errors.Is(err, errBadToken) {
			t.Errorf("%s: %v", name, err)
		} else if strings.Contains(err.Error(), "eyJ") {
			t.Errorf("%s: the error tells the token: %v", name, err)
		}
	}
}

func TestTrueTokensHold(t *testing.T) {
	for name, change := range map[string]func(c claimed, h header){
		"as it comes":              nil,
		"expired a moment ago":     func(c claimed, _ header) { c["exp"] = time.Now().Add(-4 * time.Minute).Unix() },
		"of a clock that is ahead": func(c claimed, _ header) { c["nbf"] = time.Now().Add(4 * time.Minute).Unix() },
		"in capitals":              func(c claimed, _ header) { c["aud"] = strings.ToUpper(appID) },
		"the audience in a list":   func(c claimed, _ header) { c["aud"] = []string{appID} },
	} {
		s := newScene(t)
		if status, _ := s.send(s.token(change), s.activity(nil)); status != http.StatusOK || len(s.events) != 1 {
			t.Errorf("%s: status %d, %d events", name, status, len(s.events))
		}
	}
}

// Here the token holds, and speaks for something else than the activity.
func TestWhatATokenDoesNotSpeakForIsRefused(t *testing.T) {
	service := func(url string) func(claimed, header) {
		return func(c claimed, _ header) { c["serviceurl"] = url }
	}
	for name, row := range map[string]struct {
		token  func(claimed, header)
		change func(a map[string]any)
	}{
		"another organisation": {nil, func(a map[string]any) { a["conversation"].(map[string]any)["tenantId"] = other }},
		"no organisation":      {nil, func(a map[string]any) { delete(a["conversation"].(map[string]any), "tenantId") }},
		"another channel":      {nil, func(a map[string]any) { a["channelId"] = "webchat" }},
		"no channel":           {nil, func(a map[string]any) { delete(a, "channelId") }},
		"another service":      {nil, func(a map[string]any) { a["serviceUrl"] = "http://127.0.0.1:1" }},
		"the token's service":  {service("http://127.0.0.1:1"), func(map[string]any) {}},
		"no service at all":    {service(""), func(a map[string]any) { a["serviceUrl"] = "" }},
		"no claim of service":  {func(c claimed, _ header) { delete(c, "serviceurl") }, func(map[string]any) {}},
		"an evil service in both": {service("https://evil.example/"), func(a map[string]any) {
			a["serviceUrl"] = "https://evil.example/"
		}},
		"no conversation": {nil, func(a map[string]any) { a["conversation"] = map[string]any{"tenantId": org} }},
		"no type":         {nil, func(a map[string]any) { delete(a, "type") }},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			token := s.token(row.token)
			status, _ := s.send(token, s.activity(row.change))
			if status/100 != 4 || len(s.events) > 0 || len(s.fake.Posted()) > 0 {
				t.Errorf("status %d, %d events, %d posts", status, len(s.events), len(s.fake.Posted()))
			}
		})
	}
}

func TestKeysSpeakForTheirChannelsAlone(t *testing.T) {
	for name, endorsed := range map[string][]string{"others": {"webchat", "directline"}, "none": nil} {
		s := newScene(t)
		s.fake.Endorse(endorsed...)
		if status, _ := s.send(s.token(nil), s.activity(nil)); status != http.StatusForbidden || len(s.events) > 0 {
			t.Errorf("%s: status %d, %d events", name, status, len(s.events))
		}
	}
	s := newScene(t)
	s.fake.Endorse("webchat", "msteams")
	if status, _ := s.send(s.token(nil), s.activity(func(a map[string]any) { a["channelId"] = "webchat" })); status != http.StatusForbidden {
		t.Errorf("a channel in which people choose their names: status %d", status)
	}
	if status, _ := s.send(s.token(nil), s.activity(nil)); status != http.StatusOK {
		t.Errorf("a key of several channels: status %d", status)
	}
}

func TestTheAudienceChoosesTheBot(t *testing.T) {
	s := newScene(t)
	second := Bot{AppID: "44444444-4444-4444-4444-444444444444", Secret: "y", Tenant: other}
	s.platform.verify.config.Bots = append(s.platform.verify.config.Bots, second)
	token := s.token(func(c claimed, _ header) { c["aud"] = second.AppID })
	if from, err := s.platform.verify.verify(t.Context(), "bearer "+token); err != nil || from.bot.Tenant != other {
		t.Errorf("sender %+v, %v", from.bot.Tenant, err)
	}
	s.refused(http.StatusForbidden, token, s.activity(nil)) // the other bot's organisation is not this one
}

func TestNobodyIsReadBeforeTheTokenHolds(t *testing.T) {
	s := newScene(t)
	read := &counting{}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "/api/messages", read)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer junk")
	w := &discarding{header: http.Header{}}
	s.platform.messages(w, req)
	if w.status != http.StatusUnauthorized || read.calls > 0 {
		t.Errorf("status %d, the body was read %d times", w.status, read.calls)
	}
}

// refused sends what must not come through.
func (s *scene) refused(want int, token string, activity map[string]any) {
	s.Helper()
	before := len(s.events)
	if status, _ := s.send(token, activity); status != want && status != http.StatusBadRequest {
		s.Errorf("status %d, want %d", status, want)
	}
	if len(s.events) > before {
		s.Errorf("it came through: %+v", s.events[before:])
	}
	if strings.Contains(s.log.String(), "eyJ") {
		s.Error("the log tells the token")
	}
}

type counting struct{ calls int }

func (c *counting) Read([]byte) (int, error) { c.calls++; return 0, http.ErrBodyReadAfterClose }

type discarding struct {
	header http.Header
	status int
}

func (d *discarding) Header() http.Header         { return d.header }
func (d *discarding) Write(p []byte) (int, error) { return len(p), nil }
func (d *discarding) WriteHeader(status int)      { d.status = status }
