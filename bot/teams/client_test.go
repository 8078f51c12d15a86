package teams

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/bot/bottest/faketeams"
)

var hello = Render(bot.View{Title: "Hello"})

func (s *scene) at(conversation string) place {
	return place{Service: s.fake.URL, Conversation: conversation, Bot: appID, BotID: "28:" + appID}
}

func TestAMessageIsPostedAndChanged(t *testing.T) {
	s := newScene(t)
	k, at, ctx := s.platform.calls, s.at("a:29:sam"), t.Context()
	id, err := k.post(ctx, at, hello)
	if err != nil || id == "" {
		t.Fatalf("id %q, %v", id, err)
	}
	changed := Render(bot.View{Title: "Changed", Gist: "\"Changed\" <b>"})
	if err := k.update(ctx, at, id, changed); err != nil {
		t.Error(err)
	}
	if _, err := k.postTo(ctx, at, faketeams.Staff, hello); err != nil {
		t.Error(err)
	}
	var got []string
	for _, p := range s.fake.Posted() {
		got = append(got, p.Method+" "+p.Path+"?"+p.Query+" "+p.Raw)
	}
	in := "/v3/conversations/a:29:sam/activities"
	around := `{"type":"message","summary":%s,"attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":%s}]`
	posted := fmt.Sprintf(around, `"Hello"`, hello.json())
	want := []string{
		"POST " + in + "? " + posted + "}",
		"PUT " + in + "/" + id + "? " + fmt.Sprintf(around, `"\"Changed\" <b>"`, changed.json()) + "}",
		"POST " + in + "?isTargetedActivity=true " + posted + `,"recipient":{"id":"29:sam"}}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	if n := len(s.fake.In("a:29:sam")); n != 2 {
		t.Errorf("%d messages stay", n)
	}
}

func TestOddIdsLeadNowhereElse(t *testing.T) {
	s := newScene(t)
	for _, id := range []string{"", ".", "..", "../../v3/botstate", "a/b", `a\b`, "a\nb", "\x00", strings.Repeat("a", 2000), "\xff"} {
		for name, call := range map[string]func() error{
			"post":    func() error { _, err := s.platform.calls.post(t.Context(), s.at(id), hello); return err },
			"update":  func() error { return s.platform.calls.update(t.Context(), s.at("a:1"), id, hello) },
			"in":      func() error { return s.platform.calls.update(t.Context(), s.at(id), "1", hello) },
			"member":  func() error { _, err := s.platform.calls.member(t.Context(), s.at("a:1"), id); return err },
			"members": func() error { _, _, err := s.platform.calls.members(t.Context(), s.at(id)); return err },
			"direct":  func() error { _, err := s.platform.calls.direct(t.Context(), s.at(""), id, org); return err },
		} {
			got := bot.OutcomeOf(call())
			if !got.Permanent && !got.Gone || got.Permanent && got.Reason == "" {
				t.Errorf("%s of %q: %+v", name, id, got)
			}
		}
	}
	for _, id := range []string{"19:x@thread.tacv2;messageid=17", "a:1Bk-_", "19:ü?x=1#y%2f..", "29:1 2"} {
		if _, err := s.platform.calls.post(t.Context(), s.at(id), hello); err != nil {
			t.Errorf("%q: %v", id, err)
		}
		if all := s.fake.In(id); len(all) != 1 {
			t.Errorf("%q arrived elsewhere: %v", id, s.fake.Posted())
		}
	}
	for _, p := range s.fake.Posted() {
		if p.Query != "" || !strings.HasPrefix(p.Path, "/v3/conversations/") {
			t.Errorf("a call went to %s?%s", p.Path, p.Query)
		}
	}
}

func TestTokensGoToTeamsAlone(t *testing.T) {
	s := newScene(t)
	for name, at := range map[string]place{
		"another service": {Service: "https://evil.example/", Conversation: "a:1", Bot: appID},
		"no service":      {Service: "", Conversation: "a:1", Bot: appID},
		"another's bot":   {Service: s.fake.URL, Conversation: "a:1", Bot: other},
		"no bot":          {Service: s.fake.URL, Conversation: "a:1", Bot: ""},
	} {
		_, err := s.platform.calls.post(t.Context(), at, hello)
		if got := bot.OutcomeOf(err); !got.Permanent || got.Reason == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := s.fake.Count(faketeams.Token); n > 0 {
		t.Errorf("%d tokens were asked for", n)
	}
}

// What becomes of a post, a change of one, and a question, when Teams fails.
func TestFaultsAreSurvived(t *testing.T) {
	type want struct {
		certain bool // nothing is left to try again by whoever asked
		calls   int
		effects int // messages that arrived
	}
	ok := func(calls int) want { return want{true, calls, 1} }
	for _, row := range []struct {
		name          string
		fault         faketeams.Fault
		n             int
		post, rewrite want
	}{
		{"412 once", faketeams.Broken(412), 1, ok(2), ok(2)},
		{"412 twice", faketeams.Broken(412), 2, ok(3), ok(3)},
		{"429 for a second", faketeams.TooMany("1"), 1, ok(2), ok(2)},
		{"500 once", faketeams.Broken(500), 1, want{false, 1, 0}, want{false, 1, 0}},
		{"502 once", faketeams.Broken(502), 1, want{false, 1, 0}, ok(2)},
		{"503 once", faketeams.Broken(503), 1, want{false, 1, 0}, ok(2)},
		{"504 once", faketeams.Broken(504), 1, want{false, 1, 0}, ok(2)},
		{"cut", faketeams.Cut(), 1, want{false, 1, 0}, ok(2)},
		{"cut after", faketeams.CutAfter(), 1, want{false, 1, 1}, want{true, 2, 2}},
		{"accepted but 500", faketeams.AcceptedBut(500), 1, want{false, 1, 1}, want{false, 1, 1}},
		{"accepted but 502", faketeams.AcceptedBut(502), 1, want{false, 1, 1}, want{true, 2, 2}},
		{"412 for ever", faketeams.Broken(412), 9, want{false, 3, 0}, want{false, 3, 0}},
		{"503 for ever", faketeams.Broken(503), 9, want{false, 1, 0}, want{false, 3, 0}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			for call, want := range map[string]want{faketeams.Post: row.post, faketeams.Update: row.rewrite} {
				s := newScene(t)
				k, at := s.platform.calls, s.at("a:1")
				k.pause = time.Millisecond
				id, err := k.post(t.Context(), at, hello)
				if err != nil {
					t.Fatal(err)
				}
				before := s.fake.Count(call)
				s.fake.FailAt(call, row.fault, row.n)
				if call == faketeams.Post {
					_, err = k.post(t.Context(), at, hello)
				} else {
					err = k.update(t.Context(), at, id, hello)
				}
				got := want
				got.certain, got.calls, got.effects = err == nil, s.fake.Count(call)-before, len(s.fake.Posted())-1
				if got != want {
					t.Errorf("%s: %+v, want %+v (%v)", call, got, want, err)
				}
				if o := bot.OutcomeOf(err); o.Permanent {
					t.Errorf("%s: it is given up: %v", call, err)
				}
			}
		})
	}
}

func TestALongPauseIsLeftToTheOutbox(t *testing.T) {
	s := newScene(t)
	for after, want := range map[string]time.Duration{"3": 3 * time.Second, "": pauseFor, "0": pauseFor, "-1": pauseFor, "soon": pauseFor, "31536000": mostPause} {
		s.fake.FailAt(faketeams.Post, faketeams.TooMany(after), 1)
		before := s.fake.Count(faketeams.Post)
		_, err := s.platform.calls.post(t.Context(), s.at("a:1"), hello)
		if got := bot.OutcomeOf(err).After; got != want || s.fake.Count(faketeams.Post) != before+1 {
			t.Errorf("%q: after %v, want %v", after, got, want)
		}
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	for _, code := range []int{301, 302, 303, 307, 308} {
		s := newScene(t)
		s.fake.FailAt(faketeams.Post, faketeams.Moved(code), 1)
		_, err := s.platform.calls.post(t.Context(), s.at("a:1"), hello)
		if got := bot.OutcomeOf(err); !got.Permanent || s.fake.Strayed() > 0 {
			t.Errorf("%d: %+v, %d calls went astray", code, got, s.fake.Strayed())
		}
	}
}

func TestASlowServiceDoesNotHoldUpItsCaller(t *testing.T) {
	s := newScene(t)
	s.fake.FailAt(faketeams.Post, faketeams.Slow(time.Minute), 1)
	if err := s.platform.calls.update(t.Context(), s.at("a:1"), "none", hello); !bot.OutcomeOf(err).Gone { // the token is there now
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, err := s.platform.calls.post(ctx, s.at("a:1"), hello)
	if got := bot.OutcomeOf(err); !errors.Is(err, context.DeadlineExceeded) || got.Permanent || got.After > 0 || time.Since(began) > 20*time.Second {
		t.Errorf("%v after %v: %+v", err, time.Since(began), got)
	}
}

func TestADeadServiceIsCertain(t *testing.T) {
	s := newScene(t)
	at := s.at("a:1")
	at.Service = "http://127.0.0.1:1"
	s.platform.calls.pause = time.Millisecond
	_, err := s.platform.calls.post(t.Context(), at, hello)
	if got := bot.OutcomeOf(err); got.After != 2*time.Second || strings.Contains(err.Error(), "a:1") {
		t.Errorf("%v: %+v", err, got)
	}
}

func TestWhatIsTooLongIsNotSent(t *testing.T) {
	s := newScene(t)
	around := len(`{"type":"message","text":""}`)
	for name, row := range map[string]struct {
		text string
		want bool
	}{
		"as long as may be": {strings.Repeat("a", maxSent/2-around), true},
		"one more":          {strings.Repeat("a", maxSent/2-around+1), false},
		"wide letters":      {strings.Repeat("語", maxSent/2-around), true},
		"pairs":             {strings.Repeat("🚨", maxSent/4-around), true},
		"too many pairs":    {strings.Repeat("🚨", maxSent/4), false},
		"angles":            {strings.Repeat("<", maxSent/2-around), true},
	} {
		_, err := s.platform.calls.post(t.Context(), s.at("a:1"), &card{message: []byte(`{"type":"message","text":"` + row.text + `"}`)})
		if got := bot.OutcomeOf(err); (err == nil) != row.want || err != nil && (!got.Permanent || got.Reason == "") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAMessageWithoutAnIDIsPostedAnew(t *testing.T) {
	s := newScene(t)
	s.fake.FailAt(faketeams.Post, faketeams.Broken(202), 1)
	id, err := s.platform.calls.post(t.Context(), s.at("a:1"), hello)
	if id != "" || err != nil {
		t.Fatalf("id %q, %v", id, err)
	}
	if err := s.platform.calls.update(t.Context(), s.at("a:1"), id, hello); !bot.OutcomeOf(err).Gone {
		t.Errorf("an edit of it: %v", err)
	}
}

func TestAllPagesOfMembersAreRead(t *testing.T) {
	s := newScene(t)
	s.fake.Join("19:crowd", 2, faketeams.Owner, faketeams.Staff, faketeams.Guest, faketeams.Owner, faketeams.Stranger)
	all, more, err := s.platform.calls.members(t.Context(), s.at("19:crowd"))
	if err != nil || more || len(all) != 5 || all[4].Tenant != other || s.fake.Count(faketeams.Members) != 3 {
		t.Errorf("%d members, more %v, %v", len(all), more, err)
	}
	s.fake.Join("19:throng", 1, slices.Repeat([]string{faketeams.Staff}, 11)...)
	if all, more, err = s.platform.calls.members(t.Context(), s.at("19:throng")); err != nil || !more || len(all) != mostPages {
		t.Errorf("%d members, more %v, %v", len(all), more, err)
	}
	s.platform.calls.pause = time.Millisecond
	s.fake.FailAt(faketeams.Members, faketeams.Broken(200), 9)
	if _, _, err := s.platform.calls.members(t.Context(), s.at("19:crowd")); err == nil {
		t.Error("an empty answer is taken for an empty channel")
	}
}

func TestAConversationIsOpenedWithOnePerson(t *testing.T) {
	s := newScene(t)
	s.platform.calls.pause = time.Millisecond
	s.fake.FailAt(faketeams.Create, faketeams.Broken(503), 1)
	at, err := s.platform.calls.direct(t.Context(), s.at(faketeams.General), faketeams.Staff, org)
	if err != nil || at.Conversation != "a:29:sam" || at.Service != s.fake.URL {
		t.Errorf("%+v, %v", at, err)
	}
	if _, err := s.platform.calls.direct(t.Context(), at, "29:nobody", org); !bot.OutcomeOf(err).Permanent {
		t.Errorf("with nobody: %v", err)
	}
	s.fake.FailAt(faketeams.Create, faketeams.Broken(201), 1)
	if _, err := s.platform.calls.direct(t.Context(), at, faketeams.Staff, org); bot.OutcomeOf(err).After == 0 {
		t.Errorf("without an id: %v", err)
	}
}
