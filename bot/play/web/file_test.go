package web

import (
	"net/http"
	"strings"
	"testing"

	"secadvisor/bot"
)

func TestFilesAreShownOrSaved(t *testing.T) {
	s := newScene(t, echo)
	me := s.browser()
	get := func(path string) (status int, h http.Header) {
		r, err := me.client.Get(s.server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		return r.StatusCode, r.Header
	}
	for kind, shown := range map[string]bool{
		"application/pdf": true, "text/plain; charset=utf-8": true,
		"text/html": false, "image/svg+xml": false, "application/json": false, "text/csv; charset=utf-8": false, "application/xhtml+xml": false, "": false,
	} {
		id := s.sends(bot.Post{To: bot.To("owner:Alex"), View: bot.View{Title: "Your file"}, File: &bot.File{Name: "it.bin", Type: kind, Body: []byte("<script>alert(1)</script>")}})
		path := "/file/" + id + "/it.bin?as=owner:Alex"
		status, h := get(path)
		how, _, _ := strings.Cut(h.Get("Content-Disposition"), ";")
		if status != 200 || (how == "inline") != shown || how == "" {
			t.Errorf("%q: %d, %q", kind, status, how)
		}
		if p := h.Get("Content-Security-Policy"); !strings.HasPrefix(p, "default-src 'none'") || strings.Contains(p, "script") || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%q: policy %q", kind, p)
		}
		if h.Get("Content-Type") != kind && kind != "" || h.Get("Content-Type") == "" {
			t.Errorf("%q: type %q", kind, h.Get("Content-Type"))
		}
		if _, h = get(path + "&save=1"); !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") {
			t.Errorf("%q is not saved: %q", kind, h.Get("Content-Disposition"))
		}
		me.visit("/")
		if word := map[bool]string{true: "Open it.bin", false: "Save it.bin"}[shown]; !strings.Contains(me.page, word) {
			t.Errorf("%q: the page has no %q", kind, word)
		}
		for who, path := range map[string]string{"somebody else here": "/file/" + id + "/it.bin?as=it:Robin", "a file of nobody": "/file/x/it.bin"} {
			if status, _ := get(path); status != http.StatusNotFound {
				t.Errorf("%s: %d", who, status)
			}
		}
		if r, err := s.browser().client.Get(s.server.URL + path); err != nil || r.StatusCode != http.StatusNotFound {
			t.Errorf("another browser gets it: %v %v", r.StatusCode, err)
		}
	}
}
