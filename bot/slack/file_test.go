package slack

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest/fakeslack"
)

func aFile(to bot.Address) bot.Post {
	p := aPost(to)
	p.File = &bot.File{Name: "emergency-card.txt", Type: "text/plain; charset=utf-8", Body: []byte("1. Phone Robin\n")}
	return p
}

// files lists the files in a conversation, by name and contents.
func (s *scene) files(channel string) (all []string) {
	for _, m := range s.slack.Messages(channel) {
		for _, id := range m.Files {
			f, _ := s.slack.File(id)
			all = append(all, f.Name+"|"+f.Title+"|"+string(f.Data)+"|"+m.Thread)
		}
	}
	return all
}

func TestAFileArrivesBesideItsView(t *testing.T) {
	s := newScene(t, "http", fakeslack.WithScopes(manifestScopes(t)...))
	dm := fakeslack.Direct(fakeslack.Staff)
	p := aFile(bot.To(fakeslack.Staff))
	p.View = bot.View{Title: "Keep this *card*", Blocks: []bot.Block{bot.Row(bot.Press("I have it", bot.Do("emergency", "kept")))}}
	receipt, err := s.Deliver(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if diff := difference([]string{"emergency-card.txt|emergency-card.txt|1. Phone Robin\n|"}, s.files(dm)); diff != "" {
		t.Error(diff)
	}
	m, ok := s.slack.Message(split2(receipt))
	if !ok || m.Channel != dm || !strings.Contains(m.Shown(), "Keep this *card*") || len(m.Buttons()) != 1 {
		t.Errorf("the view beside it: %v %q", ok, m.Shown())
	}
	if all := s.slack.DM(fakeslack.Staff); len(all) != 2 || len(all[0].Files) != 1 {
		t.Errorf("%d messages, want the file and then the view", len(all))
	}
}

func TestAFileForOnePersonIsNotShownInAChannel(t *testing.T) {
	s := newScene(t, "http")
	p := aFile(bot.Address{Channel: fakeslack.General, User: fakeslack.Staff})
	p.Edit = fakeslack.General + ":1.2"
	if _, err := s.Deliver(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if len(s.slack.Messages(fakeslack.General)) != 0 || len(s.files(fakeslack.Direct(fakeslack.Staff))) != 1 {
		t.Errorf("in the channel: %v", s.slack.Messages(fakeslack.General))
	}
	_, err := s.Deliver(t.Context(), aFile(bot.Address{Channel: fakeslack.Shared}))
	if !bot.OutcomeOf(err).Permanent || len(s.slack.Messages(fakeslack.Shared)) != 0 {
		t.Errorf("to a channel that other companies read: %v", err)
	}
	asked := s.slack.Say(fakeslack.Staff, fakeslack.General, "the card?")
	p = aFile(bot.Address{Channel: fakeslack.General, Thread: asked.TS})
	p.ID = "post-2"
	if _, err := s.Deliver(t.Context(), p); err != nil || !strings.HasSuffix(s.files(fakeslack.General)[0], "|"+asked.TS) {
		t.Errorf("in a thread: %v %v", err, s.files(fakeslack.General))
	}
}

func TestHowSendingAFileFails(t *testing.T) {
	for _, row := range []struct {
		method    string
		fault     fakeslack.Fault
		permanent bool
		after     time.Duration
	}{
		{"files.getUploadURLExternal", fakeslack.Refused("file_uploads_disabled"), true, 0},
		{"files.getUploadURLExternal", fakeslack.TooMany("7"), false, 7 * time.Second},
		{"files.getUploadURLExternal", fakeslack.Broken(500), false, 0},
		{"files.completeUploadExternal", fakeslack.Refused("missing_scope"), true, 0},
		{"files.completeUploadExternal", fakeslack.TooMany("9"), false, 9 * time.Second},
		{"files.completeUploadExternal", fakeslack.CutAfter(), false, 0},
		{"conversations.open", fakeslack.Refused("user_disabled"), true, 0},
	} {
		s := newScene(t, "http")
		s.slack.Fail(row.method, row.fault, 1)
		_, err := s.Deliver(t.Context(), aFile(bot.To(fakeslack.Staff)))
		got := bot.OutcomeOf(err)
		if err == nil || got.Permanent != row.permanent || got.After != row.after || row.permanent && got.Reason == "" {
			t.Errorf("%s %+v: %v, %+v", row.method, row.fault, err, got)
		}
		if s.slack.Count("chat.postMessage") != 0 {
			t.Errorf("%s: the view is there without its file", row.method)
		}
	}
	s := newScene(t, "http")
	empty := aFile(bot.To(fakeslack.Staff))
	empty.File.Body = nil
	if _, err := s.Deliver(t.Context(), empty); !bot.OutcomeOf(err).Permanent || s.slack.Count("") != 0 {
		t.Errorf("an empty file: %v", err)
	}
}

// The message that follows a file says that the file has arrived.
func TestAFileThatArrivedIsNotSentAgain(t *testing.T) {
	s := newScene(t, "http")
	p := aFile(bot.To(fakeslack.Staff))
	s.slack.Fail("chat.postMessage", fakeslack.TooMany("1"), 1)
	s.slack.Fail("chat.postMessage", fakeslack.AcceptedBut(500), 1)
	for range 2 {
		if _, err := s.Deliver(t.Context(), p); err == nil {
			t.Fatal("no error")
		}
	}
	p.Again = true
	s.shared = newFacts[bool](0, 0) // the bot was started anew
	if _, err := s.Deliver(t.Context(), p); err != nil || len(s.slack.DM(fakeslack.Staff)) != 2 {
		t.Errorf("%v, %d messages, want the file and the view once", err, len(s.slack.DM(fakeslack.Staff)))
	}
}

func TestAFileIsUploadedToSlackAloneAndWithoutAToken(t *testing.T) {
	var seen http.Header
	status := http.StatusOK
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = r.Header
		w.WriteHeader(status)
	}))
	defer elsewhere.Close()
	s := newScene(t, "http")
	if err := s.upload(t.Context(), elsewhere.URL+"/upload-very-secret", []byte("x")); err == nil || seen != nil {
		t.Errorf("uploaded elsewhere: %v", err)
	}
	s.config.APIURL = elsewhere.URL + "/api/"
	if err := s.upload(t.Context(), elsewhere.URL+"/upload-very-secret", []byte("x")); err != nil || seen.Get("Authorization") != "" {
		t.Errorf("%v, headers %v", err, seen)
	}
	status = http.StatusTooManyRequests
	if err := s.upload(t.Context(), elsewhere.URL+"/upload-very-secret", []byte("x")); bot.OutcomeOf(err).After == 0 {
		t.Errorf("429: %v", err)
	}
	status = http.StatusInternalServerError
	if err := s.upload(t.Context(), elsewhere.URL+"/upload-very-secret", []byte("x")); err == nil || strings.Contains(err.Error(), "very-secret") {
		t.Errorf("500: %v", err)
	}
}
