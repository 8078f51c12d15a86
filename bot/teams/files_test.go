package teams

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest/faketeams"
)

// File is what the bot behind the platform makes.
func (s *scene) File(_ context.Context, tenant, flow string, name bot.Action) (bot.File, error) {
	if flow != "assess" {
		return bot.File{}, errors.New("no such file")
	}
	return bot.File{Name: "report.pdf", Type: "application/pdf", Body: []byte("%PDF of " + tenant + " " + name.String())}, nil
}

func reportPost(s *scene, flow string) bot.Post {
	return bot.Post{Tenant: "teams." + org, To: bot.To("sam-oid"), View: bot.View{Title: "The report"}, Reach: s.at("a:29:sam").reach(),
		Flow: flow, Name: bot.Do("assess", "report", "x"), File: &bot.File{Name: "report.pdf", Type: "application/pdf", Body: []byte("%PDF")}}
}

// fetch opens the link of the last card.
func (s *scene) fetch(change func(link string) string) (*http.Response, string) {
	s.Helper()
	link := s.fake.See(faketeams.Staff, "The report").Link("Open report.pdf")
	if change != nil {
		link = change(link)
	}
	response, err := http.Get(link)
	if err != nil {
		s.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		s.Fatal(err)
	}
	return response, string(body)
}

func TestFilesAreGivenByALinkThatExpires(t *testing.T) {
	s := newScene(t)
	s.platform.config.Address = s.address
	if _, err := s.platform.Deliver(t.Context(), reportPost(s, "assess")); err != nil {
		t.Fatal(err)
	}
	response, body := s.fetch(nil)
	if response.StatusCode != http.StatusOK || body != "%PDF of teams."+org+" assess/report/x" || response.Header.Get("Content-Disposition") != `attachment; filename=report.pdf` || response.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %v %q", response.StatusCode, response.Header, body)
	}
	for name, change := range map[string]func(string) string{
		"another proof":  func(link string) string { return link[:len(link)-3] + "AAA" },
		"another body":   func(link string) string { return strings.Replace(link, "/teams/files/ey", "/teams/files/fy", 1) },
		"no proof":       func(link string) string { return link[:strings.LastIndex(link, ".")] },
		"nothing at all": func(link string) string { return s.address + "/teams/files/x.y" },
	} {
		if response, body := s.fetch(change); response.StatusCode != http.StatusNotFound || strings.Contains(body, "%PDF") {
			t.Errorf("%s: %d %q", name, response.StatusCode, body)
		}
	}
	s.platform.now = func() time.Time { return time.Now().Add(linkFor + time.Minute) }
	if response, body := s.fetch(nil); response.StatusCode != http.StatusGone || !strings.Contains(body, "expired") {
		t.Errorf("later: %d %q", response.StatusCode, body)
	}
}

func TestALinkOfAnotherCompanyIsNone(t *testing.T) {
	s := newScene(t)
	key, _ := s.platform.fileKey("teams." + org)
	l := link{"teams." + other, "assess", bot.Do("assess", "report"), time.Now().Add(time.Hour).Unix()}
	if _, err := s.platform.readLink(l.sign(key)); err == nil {
		t.Error("the key of one company opens a file of another")
	}
}

// Where nobody is authenticated there is no secret, and still nobody else
// writes a link.
func TestALinkCannotBeForgedInATrial(t *testing.T) {
	first, err := New(Config{NoAuth: true}, nil, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	second, err := New(Config{NoAuth: true}, nil, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	l := link{"teams." + org, "assess", bot.Do("assess", "report"), time.Now().Add(time.Hour).Unix()}
	key, _ := first.fileKey(l.Tenant)
	if _, err := first.readLink(l.sign(key)); err != nil {
		t.Error(err)
	}
	another, _ := second.fileKey(l.Tenant)
	for name, forged := range map[string][]byte{"nothing": nil, "no secret": proof(nil, []byte("links to files")), "the key of another process": another} {
		if _, err := first.readLink(l.sign(forged)); err == nil {
			t.Errorf("a link is written with %s", name)
		}
	}
}

func TestWithoutAnAddressFilesAreTextOrSaidToBeMissing(t *testing.T) {
	s := newScene(t)
	post := reportPost(s, "assess")
	if _, err := s.platform.Deliver(t.Context(), post); !bot.OutcomeOf(err).Permanent || !strings.Contains(bot.OutcomeOf(err).Reason, "teams.address") {
		t.Errorf("%v", err)
	}
	post.File = &bot.File{Name: "card.txt", Type: "text/plain; charset=utf-8", Body: []byte("Phone Robin\n555 0122")}
	if _, err := s.platform.Deliver(t.Context(), post); err != nil {
		t.Fatal(err)
	}
	s.fake.See(faketeams.Staff, "555 0122")
}

func TestAFileThatCannotBeMadeIsSaid(t *testing.T) {
	s := newScene(t)
	s.platform.config.Address = s.address
	if _, err := s.platform.Deliver(t.Context(), reportPost(s, "other")); err != nil {
		t.Fatal(err)
	}
	if response, body := s.fetch(nil); response.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "again") {
		t.Errorf("%d %q", response.StatusCode, body)
	}
}
