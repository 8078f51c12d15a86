package teams

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
)

func TestRefusalsAreClassified(t *testing.T) {
	for code, want := range map[int]bot.Outcome{
		429: {After: 7 * time.Second}, 412: {After: time.Second}, 403: {Permanent: true, Reason: reasons["MessageWritesBlocked"]},
		401: {After: time.Minute}, 404: {Permanent: true, Reason: "that conversation is no longer there"}, 500: {}, 502: {}, 503: {}, 504: {}, 408: {},
		301: {Permanent: true, Reason: "Teams sent it elsewhere, which I don't follow"}, 413: {Permanent: true, Reason: "Teams did not take the message"},
	} {
		s := newScene(t)
		s.platform.calls.pause = time.Millisecond
		s.fake.Fail(code, code, code)
		_, err := s.platform.Deliver(t.Context(), bot.Post{Tenant: "teams." + org, To: bot.To("x"), View: bot.View{Title: "x"},
			Reach: place{s.fake.URL, "a:1", appID, "28:x"}.reach()})
		got := bot.OutcomeOf(err)
		if err == nil || got.After != want.After || got.Permanent != want.Permanent || got.Reason != want.Reason {
			t.Errorf("%d: %+v, want %+v", code, got, want)
			continue
		}
		if strings.Contains(err.Error(), "for-the-connector") || strings.Contains(err.Error(), "a secret") {
			t.Errorf("%d: the error tells a secret: %v", code, err)
		}
	}
}
