package teams

import (
	"crypto/rand"
	"crypto/rsa"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

func TestOnlyTeamsIsHeard(t *testing.T) {
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	type c = jwt.MapClaims
	type h = map[string]any
	for name, change := range map[string]func(claims c, header h){
		"expired":            func(c c, _ h) { c["exp"] = time.Now().Add(-time.Hour).Unix() },
		"without expiry":     func(c c, _ h) { delete(c, "exp") },
		"not yet":            func(c c, _ h) { c["nbf"] = time.Now().Add(time.Hour).Unix() },
		"another issuer":     func(c c, _ h) { c["iss"] = "https://evil.example" },
		"without issuer":     func(c c, _ h) { delete(c, "iss") },
		"another audience":   func(c c, _ h) { c["aud"] = other },
		"without audience":   func(c c, _ h) { delete(c, "aud") },
		"two audiences":      func(c c, _ h) { c["aud"] = []string{other, appID} },
		"another service":    func(c c, _ h) { c["serviceurl"] = "https://evil.example" },
		"without service":    func(c c, _ h) { delete(c, "serviceurl") },
		"an unknown key":     func(_ c, h h) { h["kid"] = "k9" },
		"without a key":      func(_ c, h h) { delete(h, "kid") },
		"a number for a key": func(_ c, h h) { h["kid"] = 1 },
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			if status, _ := s.send(s.token(change), s.activity(nil)); status != 401 && status != 403 {
				t.Errorf("status %d", status)
			}
			if len(s.events) > 0 {
				t.Errorf("it came through: %+v", s.events)
			}
		})
	}
	s := newScene(t)
	none := jwt.NewWithClaims(jwt.SigningMethodNone, c{"iss": issuer, "aud": appID, "exp": time.Now().Add(time.Hour).Unix(), "serviceurl": s.fake.URL})
	none.Header["kid"] = "k1"
	unsigned, _ := none.SignedString(jwt.UnsafeAllowNoneSignatureType)
	symmetric := jwt.NewWithClaims(jwt.SigningMethodHS256, none.Claims)
	symmetric.Header["kid"] = "k1"
	hs, _ := symmetric.SignedString([]byte("k1"))
	foreign := jwt.NewWithClaims(jwt.SigningMethodRS256, none.Claims)
	foreign.Header["kid"] = "k1"
	forged, _ := foreign.SignedString(stranger)
	for name, token := range map[string]string{
		"no token": "", "junk": "junk", "unsigned": unsigned, "symmetric": hs, "another's signature": forged,
		"cut": s.token(nil)[:80], "too long": strings.Repeat("a", 20<<10),
	} {
		if status, _ := s.send(token, s.activity(nil)); status != 401 {
			t.Errorf("%s: status %d", name, status)
		}
	}
	if len(s.events) > 0 || strings.Contains(s.log.String(), "eyJ") {
		t.Errorf("events %v, log %s", s.events, s.log.String())
	}
	if status, _ := s.send(s.token(nil), s.activity(nil)); status != 200 || len(s.events) != 1 {
		t.Errorf("a true request: status %d, %d events", status, len(s.events))
	}
}

func TestWhatATokenDoesNotSpeakForIsRefused(t *testing.T) {
	for name, change := range map[string]func(a map[string]any){
		"another organisation": func(a map[string]any) { a["conversation"].(map[string]any)["tenantId"] = other },
		"no organisation":      func(a map[string]any) { delete(a["conversation"].(map[string]any), "tenantId") },
		"another channel":      func(a map[string]any) { a["channelId"] = "webchat" },
		"another service":      func(a map[string]any) { a["serviceUrl"] = "http://127.0.0.1:1" },
		"no conversation":      func(a map[string]any) { a["conversation"] = map[string]any{"tenantId": org} },
		"no type":              func(a map[string]any) { delete(a, "type") },
	} {
		s := newScene(t)
		if status, _ := s.send(s.token(nil), s.activity(change)); status/100 != 4 || len(s.events) > 0 {
			t.Errorf("%s: status %d, %d events", name, status, len(s.events))
		}
	}
}

func TestJunkTokensFetchKeysOnceAMinuteAndLeaveNothing(t *testing.T) {
	s := newScene(t)
	s.send(s.token(nil), s.activity(nil))
	before, first := runtime.NumGoroutine(), s.fake.Fetched()
	junk := s.token(func(_ jwt.MapClaims, h map[string]any) { h["kid"] = "never-seen" })
	for range 1000 {
		if _, err := s.platform.verify.verify(t.Context(), "Bearer "+junk); err == nil {
			t.Fatal("junk is heard")
		}
	}
	if s.fake.Fetched()-first > 1 {
		t.Errorf("keys were fetched %d times", s.fake.Fetched()-first)
	}
	if now := runtime.NumGoroutine(); now > before+5 {
		t.Errorf("%d goroutines stay", now-before)
	}
}

func TestKeysAreRotatedAndOutlastAnOutage(t *testing.T) {
	s := newScene(t)
	clock := time.Now()
	s.platform.verify.keys.all.now = func() time.Time { return clock }
	if status, _ := s.send(s.token(nil), s.activity(nil)); status != 200 {
		t.Fatal("the first key is not known")
	}
	s.fake.Rotate("k2")
	rotated := s.token(nil)
	clock = clock.Add(2 * time.Minute)
	if status, _ := s.send(rotated, s.activity(nil)); status != 200 {
		t.Errorf("a rotated key is refused: %d", status)
	}
	s.platform.verify.keys.url = "http://127.0.0.1:1/down"
	clock = clock.Add(48 * time.Hour)
	if status, _ := s.send(rotated, s.activity(nil)); status != 200 {
		t.Errorf("while the source is down: %d", status)
	}
}
