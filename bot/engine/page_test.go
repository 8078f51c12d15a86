package engine_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/engine"
)

var page = bot.Flow{Name: "page", Page: true, Step: func(d *bot.Docs, e bot.Event) []bot.Effect {
	if e.Kind != bot.Looked {
		return nil
	}
	n, _ := tallyDoc.Get(d, "all")
	return []bot.Effect{bot.Answer{View: bot.View{Title: fmt.Sprint("counted ", n, " for ", e.From.ID)}}}
}}

func (s *scene) look() bot.Reply {
	s.Helper()
	e := s.typed("")
	e.Kind, e.Inline = bot.Looked, false
	return s.handle(e)
}

func TestTheFlowOfThePageFillsIt(t *testing.T) {
	s := newScene(t, tally, page)
	s.handle(s.typed("count"))
	if got := s.look(); got.View == nil || got.View.Title != "counted 1 for sam" {
		t.Errorf("the page is %+v", got.View)
	}
	if s.settle(); len(s.wall.posts) != 1 {
		t.Errorf("looking posts %+v", s.wall.posts)
	}
}

func TestWithoutAPageNothingIsShown(t *testing.T) {
	s := newScene(t)
	if got := s.look(); got.View != nil {
		t.Errorf("the page is %+v", got.View)
	}
	if s.settle(); len(s.wall.posts) != 0 {
		t.Errorf("posts %+v", s.wall.posts)
	}
}

func TestOneFlowFillsThePage(t *testing.T) {
	s := newScene(t)
	other := page
	other.Name = "other"
	c := s.engine.Config
	c.Flows = []bot.Flow{echo, page, other}
	if _, err := engine.New(c); err == nil || !strings.Contains(err.Error(), "fills the page already") {
		t.Errorf("two pages: %v", err)
	}
}

func TestAStepLearnsWhoCanReadAChannelNow(t *testing.T) {
	readers := bot.Flow{Name: "readers", Words: []string{"readers"}, Step: func(d *bot.Docs, e bot.Event) []bot.Effect {
		r := d.Room(e.Text)
		return []bot.Effect{bot.Answer{View: bot.View{Title: fmt.Sprintf("%s %q %d", r.Name, r.Kind, r.People)}}}
	}}
	s := newScene(t, readers)
	s.wall.rooms = map[string]bot.Room{"C1": {Name: "#it-help", Kind: bot.Channel, People: 40}}
	for channel, want := range map[string]string{"C1": `#it-help "channel" 40`, "C2": ` "" 0`} {
		if got := s.handle(s.typed("readers " + channel)); got.View == nil || got.View.Title != want {
			t.Errorf("%s: %+v, want %s", channel, got.View, want)
		}
	}
	s.wall.rooms["C1"] = bot.Room{Name: "#it-help", People: 41}
	e := s.typed("readers C1")
	e.Reach = "by bus"
	if got := s.handle(e); got.View.Title != `#it-help "" 41` {
		t.Errorf("after it was shared: %+v", got.View)
	}
	s.handle(s.typed("readers C1"))
	if last := s.wall.asked[len(s.wall.asked)-1]; last != "by bus" {
		t.Errorf("asked with the reach %q", last)
	}
	c := s.engine.Config
	c.Platform = func(string) (bot.Platform, bool) { return deaf{}, true }
	g, err := engine.New(c)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := g.Handle(t.Context(), s.typed("readers C1")); err != nil || got.View.Title != ` "" 0` {
		t.Errorf("a platform that knows no channels: %+v, %v", got.View, err)
	}
}

// While the platform does not say who can read a channel, nothing false is said
// of it and nothing is changed; what waits comes again.
func TestWhoReadsIsNotKnownJustNowIsSaidSo(t *testing.T) {
	step := func(d *bot.Docs, e bot.Event) []bot.Effect {
		switch {
		case e.Kind == bot.Command && e.Text == "alarm":
			return []bot.Effect{bot.Set{Name: "ring", At: e.Now.Add(time.Minute)}, bot.Answer{View: bot.View{Title: "set"}}}
		case d.Room("C2").Kind != bot.Channel:
			return []bot.Effect{bot.Show{To: bot.To("olga"), View: bot.View{Title: "others read it"}}}
		}
		return []bot.Effect{bot.Show{To: bot.Address{Channel: "C2"}, View: bot.View{Title: "posted"}}}
	}
	s := newScene(t, bot.Flow{Name: "asks", Words: []string{"post"}, Step: step}, bot.Flow{Name: "here", Words: []string{"here"}, Placed: true, Step: step})
	s.wall.rooms = map[string]bot.Room{"C2": {Kind: bot.Channel}}
	justNow := func(when string, r bot.Reply) {
		t.Helper()
		s.settle()
		if r.View == nil || !strings.Contains(r.View.Title, "just now") || len(s.wall.posts) > 0 {
			t.Errorf("%s: %+v, posted %v", when, r.View, s.wall.titles())
		}
	}
	s.wall.mute = true
	justNow("another channel", s.handle(s.typed("post")))
	s.handle(s.typed("post alarm"))
	s.wait(2 * time.Minute)
	s.wall.mute = false
	e := s.typed("here")
	e.Place = bot.Place{Channel: "C1", Unsure: true}
	justNow("this channel", s.handle(e))
	e = s.typed("")
	e.Kind, e.Action = bot.Submit, bot.Do("asks", "form")
	e.Picked = map[string]bot.Picked{"who": {ID: "olga"}, "where": {ID: "C1", Room: bot.Room{Unsure: true}}}
	if got := s.handle(e); !strings.Contains(got.Refused["where"], "just now") || len(got.Refused) != 1 {
		t.Errorf("a form with a channel that is not known just now: %+v", got)
	}
	s.wait(2 * time.Minute)
	if got := s.wall.titles(); len(got) != 1 || got[0] != "posted" {
		t.Errorf("the timer, later: %v", got)
	}
	e = s.typed("who is here?")
	e.Place = bot.Place{Channel: "C1", Unsure: true}
	if got := s.handle(e); got.View == nil || got.View.Title != e.Text {
		t.Errorf("what does not hang on it: %+v", got.View)
	}
}

// deaf is a platform that does nothing else than deliver.
type deaf struct{ bot.Platform }
