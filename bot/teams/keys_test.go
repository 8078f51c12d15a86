package teams

import (
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"secadvisor/bot/bottest/faketeams"
)

// movable is the clock of the keys, from now on moved by the test.
func (s *scene) movable() *atomic.Int64 {
	var ahead atomic.Int64
	now := func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	s.platform.verify.keys.all.now = now
	return &ahead
}

func (s *scene) holds(token string) error {
	_, err := s.platform.verify.verify(s.Context(), "Bearer "+token)
	return err
}

func (s *scene) signedBy(id string) string {
	return s.token(func(_ claimed, h header) { h["kid"] = id })
}

func TestAThousandJunkTokensFetchKeysOnceAMinuteAndLeaveNothing(t *testing.T) {
	s := newScene(t)
	ahead := s.movable()
	good := s.token(nil)
	if err := s.holds(good); err != nil {
		t.Fatal(err)
	}
	goroutines, first := runtime.NumGoroutine(), s.fake.Fetched()
	for i := range 1000 {
		if err := s.holds(s.signedBy(fmt.Sprint("junk ", i))); err == nil {
			t.Fatal("junk holds")
		}
		ahead.Add(int64(600 * time.Millisecond)) // ten minutes in all
	}
	if n := s.fake.Fetched() - first; n < 1 || n > 10 {
		t.Errorf("keys were fetched %d times in ten minutes", n)
	}
	within(t, "goroutines stay", func() bool { return runtime.NumGoroutine() <= goroutines })
	if err := s.holds(good); err != nil {
		t.Errorf("a true token among junk: %v", err)
	}
}

func TestJunkHoldsUpNobodyWhileKeysAreSlow(t *testing.T) {
	s := newScene(t)
	ahead := s.movable()
	good := s.token(nil)
	if err := s.holds(good); err != nil {
		t.Fatal(err)
	}
	ahead.Add(int64(time.Hour))
	s.fake.FailAt(faketeams.Metadata, faketeams.Slow(5*time.Second), 1)
	done := make(chan error)
	go func() { done <- s.holds(s.signedBy("junk")) }()
	within(t, "nobody fetches", func() bool { return s.fake.Fetched() == 2 })
	began := time.Now()
	for range 100 {
		if err := s.holds(good); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(began); took > 4*time.Second {
		t.Errorf("a hundred true tokens took %v", took)
	}
	if err := <-done; !errors.Is(err, errBadToken) {
		t.Errorf("junk: %v", err)
	}
}

func TestRotatedKeysAreTaken(t *testing.T) {
	s := newScene(t)
	ahead := s.movable()
	before := s.token(nil)
	if err := s.holds(before); err != nil {
		t.Fatal(err)
	}
	s.fake.Rotate("k2")
	after := s.token(nil)
	ahead.Add(int64(30 * time.Second))
	if err := s.holds(after); !errors.Is(err, errBadToken) {
		t.Errorf("within a minute: %v", err)
	}
	ahead.Add(int64(31 * time.Second))
	if err := s.holds(after); err != nil {
		t.Errorf("a rotated key after a minute: %v", err)
	}
	if err := s.holds(before); !errors.Is(err, errBadToken) {
		t.Errorf("a key that is no longer published: %v", err)
	}
	s.fake.Rotate("k2") // the id stays, the key does not
	if err := s.holds(s.token(nil)); !errors.Is(err, errBadToken) {
		t.Errorf("another key of the same id: %v", err)
	}
}

func TestKeysAreFetchedEveryDay(t *testing.T) {
	s := newScene(t)
	ahead := s.movable()
	stale := s.token(nil)
	if err := s.holds(stale); err != nil {
		t.Fatal(err)
	}
	s.fake.Rotate("k2")
	ahead.Add(int64(23 * time.Hour))
	if err := s.holds(stale); err != nil || s.fake.Fetched() != 1 {
		t.Errorf("within a day: %v, fetched %d times", err, s.fake.Fetched())
	}
	ahead.Add(int64(2 * time.Hour))
	if err := s.holds(stale); !errors.Is(err, errBadToken) {
		t.Errorf("a key that was taken back a day ago: %v", err)
	}
}

func TestKeysOutlastAnOutage(t *testing.T) {
	for name, fault := range map[string]faketeams.Fault{
		"down": faketeams.Broken(503), "cut": faketeams.Cut(), "moved": faketeams.Moved(302), "empty": faketeams.Broken(200), "slow": faketeams.Slow(time.Minute),
	} {
		for _, call := range []string{faketeams.Metadata, faketeams.Keys} {
			t.Run(name+" "+call, func(t *testing.T) {
				t.Parallel()
				s := newScene(t)
				ahead := s.movable()
				good := s.token(nil)
				if err := s.holds(good); err != nil {
					t.Fatal(err)
				}
				s.fake.FailAt(call, fault, 100)
				ahead.Add(int64(48 * time.Hour))
				began := time.Now()
				if err := s.holds(good); err != nil || time.Since(began) > 8*time.Second {
					t.Errorf("two days on: %v after %v", err, time.Since(began))
				}
				if s.fake.Strayed() > 0 {
					t.Error("a redirect was followed")
				}
			})
		}
	}
}

func TestKeysDoNotOutlastEverything(t *testing.T) {
	s := newScene(t)
	ahead := s.movable()
	good := s.token(nil)
	if err := s.holds(good); err != nil {
		t.Fatal(err)
	}
	s.fake.FailAt(faketeams.Keys, faketeams.Broken(500), 100)
	ahead.Add(int64(8 * 24 * time.Hour))
	if err := s.holds(good); !errors.Is(err, errNoKeys) {
		t.Errorf("after a week: %v", err)
	}
	s.fake.Mend()
	ahead.Add(int64(time.Minute))
	if err := s.holds(good); err != nil {
		t.Errorf("when it is over: %v", err)
	}
}

func TestWithoutKeysNobodyCanSay(t *testing.T) {
	s := newScene(t)
	s.fake.FailAt(faketeams.Metadata, faketeams.Broken(500), 2)
	if err := s.holds(s.token(nil)); err != nil {
		t.Errorf("after two failures: %v", err)
	}
	s = newScene(t)
	s.fake.FailAt(faketeams.Metadata, faketeams.Broken(500), 100)
	err := s.holds(s.token(nil))
	if !errors.Is(err, errNoKeys) || !strings.Contains(err.Error(), "status 500") {
		t.Errorf("got %v", err)
	}
	if status, _ := s.send(s.token(nil), s.activity(nil)); status != http.StatusServiceUnavailable {
		t.Errorf("status %d", status)
	}
	for i := range 100 {
		_ = s.holds(s.signedBy(fmt.Sprint("junk ", i)))
	}
	if n := s.fake.Count(faketeams.Metadata); n != tries {
		t.Errorf("the keys were asked for %d times within a minute", n)
	}
}

func TestKeysComeFromWhereTheyAreSafe(t *testing.T) {
	for metadata, rows := range map[string]map[string]bool{
		"https://login.botframework.com/v1/.well-known/openidconfiguration": {
			"https://login.botframework.com/v1/.well-known/keys": true, "http://login.botframework.com/keys": false, "file:///etc/passwd": false, "": false, "//x": false,
		},
	} {
		for keys, want := range rows {
			if got := sameScheme(metadata, keys); got != want {
				t.Errorf("%q: %v, want %v", keys, got, want)
			}
		}
	}
}

func TestWhatIsNoKeyIsLeftOut(t *testing.T) {
	long := strings.Repeat("w", 342) // 256 bytes
	for name, row := range map[string]struct {
		key  jwk
		want bool
	}{
		"a key":            {jwk{ID: "1", Kind: "RSA", N: long, E: "AQAB"}, true},
		"to sign":          {jwk{ID: "1", Kind: "RSA", Use: "sig", N: long, E: "AQAB"}, true},
		"to encrypt":       {jwk{ID: "1", Kind: "RSA", Use: "enc", N: long, E: "AQAB"}, false},
		"a curve":          {jwk{ID: "1", Kind: "EC", N: long, E: "AQAB"}, false},
		"too short":        {jwk{ID: "1", Kind: "RSA", N: long[:171], E: "AQAB"}, false},
		"too long":         {jwk{ID: "1", Kind: "RSA", N: strings.Repeat(long, 5), E: "AQAB"}, false},
		"exponent one":     {jwk{ID: "1", Kind: "RSA", N: long, E: "AQ"}, false},
		"exponent too big": {jwk{ID: "1", Kind: "RSA", N: long, E: long}, false},
		"no exponent":      {jwk{ID: "1", Kind: "RSA", N: long}, false},
		"no base64":        {jwk{ID: "1", Kind: "RSA", N: "?" + long, E: "AQAB"}, false},
	} {
		if got := row.key.public() != nil; got != row.want {
			t.Errorf("%s: %v, want %v", name, got, row.want)
		}
	}
}

// within waits a little for what happens elsewhere.
func within(t *testing.T, otherwise string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !holds(); time.Sleep(5 * time.Millisecond) {
		http.DefaultTransport.(*http.Transport).CloseIdleConnections()
		if time.Now().After(end) {
			t.Fatal(otherwise)
		}
	}
}
