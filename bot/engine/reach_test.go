package engine_test

import (
	"slices"
	"testing"

	"secadvisor/bot"
)

// sender shows something to whoever asks, in their direct messages.
var sender = bot.Flow{Name: "sender", Words: []string{"send"}, Step: func(_ *bot.Docs, e bot.Event) []bot.Effect {
	return []bot.Effect{bot.Show{Key: "k", To: bot.To(e.From.ID), View: bot.View{Title: "for you"}}}
}}

func TestHowToReachSomebodyIsKeptAndHandedOver(t *testing.T) {
	s := newScene(t, sender)
	ask := func(text, reach string) {
		e := s.typed(text)
		e.Place = bot.Place{Channel: "D1", Kind: bot.Direct}
		e.Reach = reach
		s.handle(e)
		s.settle()
	}
	ask("hello", "first")
	if got := s.keys("reach/"); len(got) != 1 || got[0] != "reach/@sam" {
		t.Fatalf("kept %q", got)
	}
	ask("send", "")
	ask("hello", "second")
	ask("send", "second")
	got := []string{}
	for _, p := range s.wall.posts {
		got = append(got, p.Reach)
	}
	if len(got) != 2 || got[0] != "first" || got[1] != "second" {
		t.Errorf("posts were handed %q", got)
	}
}

func TestHowToOpenAConversationIsKeptUntilThereIsOne(t *testing.T) {
	s := newScene(t, sender)
	ask := func(text, channel string, kind bot.PlaceKind, reach, from string) {
		e := s.typed(text)
		e.Place, e.Reach, e.From.Reach = bot.Place{Channel: channel, Kind: kind}, reach, from
		s.handle(e)
		s.settle()
	}
	ask("send", "C1", bot.Channel, "channel", "open Sam's")
	ask("send", "D1", bot.Direct, "Sam's", "")
	ask("send", "C1", bot.Channel, "channel", "open Sam's")
	got := []string{}
	for _, p := range s.wall.posts {
		got = append(got, p.Reach)
	}
	if want := []string{"open Sam's", "Sam's", "Sam's"}; !slices.Equal(got, want) {
		t.Errorf("posts were handed %q, want %q", got, want)
	}
	if got := s.keys("reach/"); !slices.Equal(got, []string{"reach/@sam", "reach/C1"}) {
		t.Errorf("kept %q", got)
	}
}

func TestAKnownReachLeavesAQuestionReadOnly(t *testing.T) {
	s := newScene(t)
	version := func() int64 {
		docs, err := s.store.Get(t.Context(), tenant, "reach/C1")
		if err != nil {
			t.Fatal(err)
		}
		return docs[0].Version
	}
	e := s.typed("hello")
	e.Reach = "here"
	s.handle(e)
	first := version()
	e = s.typed("hello again")
	e.Reach = "here"
	s.handle(e)
	if first == 0 || version() != first {
		t.Errorf("versions %d, then %d", first, version())
	}
}

func TestAFormIsOpenedBySomebodyWhoIsNewHere(t *testing.T) {
	opener := bot.Flow{Name: "opener", Step: func(*bot.Docs, bot.Event) []bot.Effect {
		return []bot.Effect{bot.Open{Form: bot.Form{Title: "Tell them"}}}
	}}
	s := newScene(t, opener)
	e := s.typed("")
	e.Kind, e.Action, e.Reach = bot.Click, bot.Do("opener", "open"), "here"
	reply, err := s.engine.Handle(t.Context(), e)
	if err != nil || reply.Form == nil {
		t.Errorf("reply %+v, %v", reply, err)
	}
	if got := s.keys("reach/"); len(got) != 1 {
		t.Errorf("kept %q", got)
	}
}
