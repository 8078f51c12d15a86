package engine_test

import (
	"bytes"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/storage"
	"secadvisor/storage/sealed"
)

type note struct{ Text string }

var notes = bot.Doc[note]{Prefix: "note", Version: 1}

// noting writes, reads and lists documents.
var noting = bot.Flow{Name: "noting", Words: []string{"note"}, Step: func(d *bot.Docs, e bot.Event) []bot.Effect {
	title := ""
	switch e.Text {
	case "all":
		for _, id := range notes.List(d, "", 10) {
			n, _ := notes.Get(d, id)
			title += n.Text + " "
		}
	case "one?", "two?":
		n, _ := notes.Get(d, e.Text[:3])
		title = n.Text
	default:
		notes.Put(d, e.Text, note{e.Text})
	}
	return []bot.Effect{bot.Answer{View: bot.View{Title: title}}}
}}

// sealedScene has a store that is sealed, and what lies in it as it is.
func sealedScene(t *testing.T) (s *scene, raw storage.Store) {
	t.Helper()
	keys, err := sealed.ParseKeys(sealed.NewKey())
	if err != nil {
		t.Fatal(err)
	}
	s = newScene(t, noting, poster("card"))
	raw = s.store
	s.store = sealed.New(raw, keys)
	s.engine.Store = s.store
	return s, raw
}

// forge puts something that is not sealed in the place of a document.
func forge(t *testing.T, raw storage.Store, key string) {
	t.Helper()
	docs, err := raw.Get(t.Context(), tenant, key)
	if err != nil || docs[0].Version == 0 {
		t.Fatalf("%s is not there: %v", key, err)
	}
	if _, err := raw.Apply(t.Context(), tenant, storage.Change{Put: []storage.Write{{Key: key, Version: docs[0].Version, Body: []byte(`{"v":1,"d":{"Text":"forged"}}`)}}}); err != nil {
		t.Fatal(err)
	}
}

func TestADocumentThatCannotBeOpenedIsInNobodysWay(t *testing.T) {
	s, raw := sealedScene(t)
	s.handle(s.typed("note one"))
	s.handle(s.typed("note two"))
	forge(t, raw, "note/one")
	if got := s.handle(s.typed("note two?")).View.Title; got != "two" {
		t.Errorf("the other says %q", got)
	}
	if got := s.handle(s.typed("note all")).View.Title; got != "two " {
		t.Errorf("the list says %q", got)
	}
	reply := s.handle(s.typed("note one?"))
	if reply.View == nil || reply.View.Title == "forged" || len(reply.View.Blocks) == 0 {
		t.Errorf("it says %+v", reply.View)
	}
	if dead := s.keys("dead/"); len(dead) != 1 {
		t.Errorf("dead letters: %v", dead)
	}
}

func TestAJobThatCannotBeOpenedIsADeadLetter(t *testing.T) {
	s, raw := sealedScene(t)
	s.handle(s.typed("post first"))
	queue := func(to storage.Store, title string) {
		t.Helper()
		job := storage.Job{ID: title, Lane: "out/C9", Body: []byte(`{"post":{"flow":"poster","to":{"Channel":"C9"},"view":{"Title":"` + title + `"}}}`)}
		if _, err := to.Apply(t.Context(), tenant, storage.Change{Jobs: []storage.Job{job}}); err != nil {
			t.Fatal(err)
		}
	}
	queue(raw, "forged")
	queue(s.store, "behind it")
	s.settle()
	if got := s.wall.titles(); !slices.Contains(got, "behind it") || slices.Contains(got, "forged") {
		t.Errorf("posted %q", got)
	}
	if dead := s.keys("dead/"); len(dead) != 1 {
		t.Errorf("dead letters: %v", dead)
	}
}

// Where a card is can be found out anew: it is posted again.
func TestAnAddressThatCannotBeOpenedIsWrittenAnew(t *testing.T) {
	s, raw := sealedScene(t)
	s.handle(s.typed("post first"))
	s.settle()
	sent := s.keys("sent/")
	if len(sent) != 1 {
		t.Fatalf("cards: %v", sent)
	}
	forge(t, raw, sent[0])
	s.handle(s.typed("post second"))
	s.settle()
	s.handle(s.typed("post third"))
	s.settle()
	if got := s.wall.posts; len(got) != 3 || got[1].Edit != "" || got[2].Edit != "receipt-2" {
		t.Errorf("posted %+v", got)
	}
}

// What cannot be decoded is in nobody's way either, and no line of the log
// quotes it.
func TestWhatCannotBeDecodedIsQuotedNowhere(t *testing.T) {
	s := newScene(t, noting, poster("card"))
	var log bytes.Buffer
	s.engine.Log = slog.New(slog.NewTextHandler(&log, nil))
	s.handle(s.typed("note one"))
	s.handle(s.typed("post first"))
	s.settle()
	damage := func(key, body string) {
		t.Helper()
		docs, err := s.store.Get(t.Context(), tenant, key)
		if err != nil || docs[0].Version == 0 {
			t.Fatalf("%s is not there: %v", key, err)
		}
		if _, err := s.store.Apply(t.Context(), tenant, storage.Change{Put: []storage.Write{{Key: key, Version: docs[0].Version, Body: []byte(body)}}}); err != nil {
			t.Fatal(err)
		}
	}
	damage("note/one", `{"v":1,"d":{"Text":31337}}`)
	if reply := s.handle(s.typed("note one?")); reply.View == nil {
		t.Errorf("it says %+v", reply)
	}
	for n, body := range []string{`{"receipt":31337}`, `31337`, `{"receipt":"31337`, `{"receipt":~31337}`} {
		damage(s.keys("sent/")[0], body)
		s.handle(s.typed("post again"))
		s.settle()
		if got := len(s.wall.posts); got != n+2 {
			t.Fatalf("%s: %d posts", body, got)
		}
	}
	for _, body := range []string{`{"post":31337}`, `31337`, `{"flow":31337.5}`, `~31337`} {
		job := storage.Job{ID: body, Lane: "out/C9", Body: []byte(body)}
		if _, err := s.store.Apply(t.Context(), tenant, storage.Change{Jobs: []storage.Job{job}}); err != nil {
			t.Fatal(err)
		}
	}
	s.settle()
	if dead := s.keys("dead/"); len(dead) != 5 {
		t.Errorf("dead letters: %v", dead)
	}
	if lines := log.String(); strings.Contains(lines, "31337") || strings.Contains(lines, "~") || !strings.Contains(lines, "job is dead") {
		t.Errorf("the log says %s", lines)
	}
}
