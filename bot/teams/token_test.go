package teams

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest/faketeams"
)

// sayHello posts to Sam, and returns the error.
func (s *scene) sayHello(ctx context.Context) error {
	_, err := s.platform.calls.post(ctx, s.at("a:29:sam"), hello)
	return err
}

func TestOneTokenServesManyCalls(t *testing.T) {
	s := newScene(t)
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if err := s.sayHello(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := s.fake.Count(faketeams.Token); n != 1 {
		t.Errorf("%d tokens were asked for", n)
	}
}

func TestTokensAreRenewedBeforeTheyEnd(t *testing.T) {
	s := newScene(t)
	now := time.Now()
	s.platform.calls.tokens.now = func() time.Time { return now }
	for _, row := range []struct {
		ahead time.Duration
		asked int
	}{{0, 1}, {54 * time.Minute, 1}, {56 * time.Minute, 2}} {
		now = time.Now().Add(row.ahead)
		if err := s.sayHello(t.Context()); err != nil {
			t.Fatal(err)
		}
		within(t, "no token is asked for", func() bool { return s.fake.Count(faketeams.Token) == row.asked })
	}
}

func TestAnOldTokenServesWhileTheSourceIsSlow(t *testing.T) {
	s := newScene(t)
	if err := s.sayHello(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.platform.calls.tokens.now = func() time.Time { return time.Now().Add(57 * time.Minute) }
	s.fake.FailAt(faketeams.Token, faketeams.Slow(time.Minute), 1)
	began := time.Now()
	if err := s.sayHello(t.Context()); err != nil || time.Since(began) > 8*time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
}

func TestARevokedTokenIsReplaced(t *testing.T) {
	s := newScene(t)
	if err := s.sayHello(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.fake.Revoke(time.Hour)
	s.platform.calls.tokens.of(s.platform.config.Bots[0]).pause = 0
	if err := s.sayHello(t.Context()); err != nil {
		t.Fatal(err)
	}
	if asked, posted := s.fake.Count(faketeams.Token), len(s.fake.Posted()); asked != 2 || posted != 2 {
		t.Errorf("%d tokens, %d posts", asked, posted)
	}
}

func TestATokenThatIsNeverTakenIsNotAskedForAllTheTime(t *testing.T) {
	s := newScene(t)
	for range 20 {
		s.fake.FailAt(faketeams.Post, faketeams.Refused(401, "Unauthorized"), 2)
		got := bot.OutcomeOf(s.sayHello(t.Context()))
		if got.Permanent || got.After != time.Minute {
			t.Fatalf("outcome %+v", got)
		}
	}
	if n := s.fake.Count(faketeams.Token); n > 2 {
		t.Errorf("%d tokens were asked for", n)
	}
}

func TestWithoutATokenNothingIsSent(t *testing.T) {
	for name, row := range map[string]struct {
		fault faketeams.Fault
		want  string // in the error
		asked int
		after time.Duration
	}{
		"wrong secret": {faketeams.Fault{}, "invalid_client", 1, time.Minute},
		"down":         {faketeams.Broken(503), "503", 3, tokenPause},
		"cut":          {faketeams.Cut(), "EOF", 3, tokenPause},
		"moved":        {faketeams.Moved(307), "307", 3, tokenPause},
		"too many":     {faketeams.TooMany("3"), "429", 1, time.Minute},
		"no token":     {faketeams.Broken(200), "", 3, tokenPause},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			s.fake.Secret("another secret")
			s.fake.FailAt(faketeams.Token, row.fault, 10)
			err := s.sayHello(t.Context())
			got := bot.OutcomeOf(err)
			if err == nil || got.After != row.after || got.Permanent || !strings.Contains(err.Error(), row.want) {
				t.Fatalf("%v, outcome %+v", err, got)
			}
			if strings.Contains(err.Error(), "a secret") || strings.Contains(err.Error(), "127.0.0.1") {
				t.Errorf("the error tells too much: %v", err)
			}
			if n := s.fake.Count(faketeams.Token); n != row.asked || len(s.fake.Posted()) > 0 || s.fake.Strayed() > 0 {
				t.Errorf("%d tokens asked for, %d posts, %d strayed", n, len(s.fake.Posted()), s.fake.Strayed())
			}
		})
	}
}

func TestWhoWaitsForATokenGoesWhenTheirTimeIsOver(t *testing.T) {
	s := newScene(t)
	s.fake.FailAt(faketeams.Token, faketeams.Slow(time.Minute), 1)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	began := time.Now()
	err := s.sayHello(ctx)
	if got := bot.OutcomeOf(err); err == nil || got.After == 0 || time.Since(began) > 8*time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
}

func TestWithoutAuthenticationNoTokenIsSent(t *testing.T) {
	k := newConnector(Config{NoAuth: true})
	if token, err := k.token(t.Context(), Bot{}); token != "" || err != nil {
		t.Errorf("token %q, %v", token, err)
	}
}
