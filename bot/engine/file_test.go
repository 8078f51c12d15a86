package engine_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
)

// cards sends a file with what a document says when it is delivered.
func cards(file func(d *bot.Docs, name bot.Action, now time.Time) (bot.File, error)) bot.Flow {
	return bot.Flow{Name: "cards", Words: []string{"card"}, File: file, Step: func(d *bot.Docs, e bot.Event) []bot.Effect {
		if e.Kind == bot.Failed {
			return []bot.Effect{bot.Show{To: bot.To("olga"), View: bot.View{Title: "not sent: " + e.Undelivered.Reason}}}
		}
		tallyDoc.Put(d, "cards", 1)
		return []bot.Effect{bot.Send{To: bot.To("sam"), File: bot.Do("cards", "card", "it"), View: bot.View{Title: "Keep this"}}}
	}}
}

// fromDocument reads how often people counted, and writes it down.
func fromDocument(d *bot.Docs, name bot.Action, now time.Time) (bot.File, error) {
	n, ok := tallyDoc.Get(d, "all")
	if !ok { // so it is in the first round, too
		return bot.File{}, errors.New("nobody has counted")
	}
	return bot.File{Name: name.Arg(0) + ".txt", Type: "text/plain", Body: []byte{byte('0' + n)}}, nil
}

// The file is made when it is delivered, of what the documents say then.
func TestAFileIsMadeWhenItIsDelivered(t *testing.T) {
	s := newScene(t, tally, cards(fromDocument))
	s.handle(s.typed("count"))
	s.settle()
	s.wall.posts, s.wall.fail = nil, []error{errBusy}
	s.handle(s.typed("card"))
	s.settle()
	s.handle(s.typed("count"))
	s.wait(time.Minute)
	var got *bot.File
	for _, p := range s.wall.posts {
		if p.File != nil {
			got = p.File
		}
	}
	if diff := cmp.Diff(&bot.File{Name: "it.txt", Type: "text/plain", Body: []byte("2")}, got); diff != "" {
		t.Error(diff)
	}
}

func TestAFileThatCannotBeMadeIsToldAtOnce(t *testing.T) {
	for name, make := range map[string]func(*bot.Docs, bot.Action, time.Time) (bot.File, error){
		"no maker": nil,
		"an error": fromDocument,
		"a panic":  func(*bot.Docs, bot.Action, time.Time) (bot.File, error) { panic("oh") },
		"a damaged document": func(d *bot.Docs, _ bot.Action, _ time.Time) (bot.File, error) {
			bot.Doc[string]{Prefix: "tally", Version: 1}.Get(d, "cards")
			return bot.File{Name: "x"}, nil
		},
		"documents without end": func(d *bot.Docs, _ bot.Action, now time.Time) (bot.File, error) {
			for i := 0; len(d.Needs()) == 0; i++ {
				tallyDoc.Get(d, string(rune('a'+i)))
			}
			return bot.File{}, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t, cards(make))
			s.handle(s.typed("card"))
			s.settle()
			if diff := cmp.Diff([]string{"not sent: the file could not be made"}, s.wall.titles()); diff != "" {
				t.Error(diff)
			}
			if dead := s.keys("dead/"); len(dead) != 1 {
				t.Errorf("dead letters: %v", dead)
			}
		})
	}
}

// A flow that names a file learns which did not arrive, and the same name sends
// it anew.
func TestAFileHasAKeyAndIsNoCardToEdit(t *testing.T) {
	s := newScene(t, bot.Flow{Name: "cards", Words: []string{"card"}, Step: func(_ *bot.Docs, e bot.Event) []bot.Effect {
		if e.Kind == bot.Failed {
			return []bot.Effect{bot.Show{To: bot.To("olga"), View: bot.View{Title: "not sent: " + e.Undelivered.Key}}}
		}
		return []bot.Effect{bot.Send{Key: "card/1", To: bot.To("sam"), File: bot.Do("cards", "card"), View: bot.View{Title: "Keep this"}}}
	}, File: func(*bot.Docs, bot.Action, time.Time) (bot.File, error) {
		return bot.File{Name: "card.txt", Body: []byte("1")}, nil
	}})
	for range 2 {
		s.handle(s.typed("card"))
		s.settle()
	}
	if len(s.wall.posts) != 2 || s.wall.posts[1].Edit != "" {
		t.Errorf("%d posts, and the second edits the first: %v", len(s.wall.posts), s.wall.titles())
	}
	s.wall.posts, s.wall.fail = nil, []error{&bot.Outcome{Permanent: true, Reason: "they left", Err: errors.New("left")}}
	s.handle(s.typed("card"))
	s.settle()
	if diff := cmp.Diff([]string{"not sent: card/1"}, s.wall.titles()); diff != "" {
		t.Error(diff)
	}
}
