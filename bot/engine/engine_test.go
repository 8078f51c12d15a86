package engine_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
)

// tally counts events in a document, and shows the count.
var tallyDoc = bot.Doc[int]{Prefix: "tally", Version: 1}

var tally = bot.Flow{Name: "tally", Words: []string{"count"}, Step: func(d *bot.Docs, e bot.Event) []bot.Effect {
	n, _ := tallyDoc.Get(d, "all")
	tallyDoc.Put(d, "all", n+1)
	return []bot.Effect{
		bot.Answer{View: bot.View{Title: fmt.Sprint("counted ", n+1)}},
		bot.Show{Key: "card", To: bot.To("olga"), View: bot.View{Title: fmt.Sprint("it is ", n+1)}},
	}
}}

func TestAnAnswerAloneLeavesNoTrace(t *testing.T) {
	s := newScene(t)
	reply := s.handle(s.typed("who handles printers?"))
	if reply.View == nil || reply.View.Title != "who handles printers?" {
		t.Fatalf("reply is %+v", reply)
	}
	stats, err := s.store.Stats(t.Context())
	if err != nil || stats.Items != 0 || len(s.keys("")) != 0 {
		t.Errorf("the store holds %d items and documents %v (%v)", stats.Items, s.keys(""), err)
	}
}

func TestARepeatedEventCountsOnce(t *testing.T) {
	s := newScene(t, tally)
	e := s.typed("count")
	first, again := s.handle(e), s.handle(e)
	s.settle()
	if first.View == nil || first.View.Title != "counted 1" {
		t.Errorf("first reply is %+v", first.View)
	}
	if again.View != nil {
		t.Errorf("the repeat was answered: %+v", again.View)
	}
	if diff := cmp.Diff([]string{"it is 1"}, s.wall.titles()); diff != "" {
		t.Error(diff)
	}
}

func TestConcurrentTurnsAllCount(t *testing.T) {
	s := newScene(t, tally)
	const people = 20
	var done sync.WaitGroup
	for i := range people {
		e := s.typed("count")
		e.Place.Channel = fmt.Sprint("C", i)
		done.Go(func() {
			if _, err := s.engine.Handle(t.Context(), e); err != nil {
				t.Error(err)
			}
		})
	}
	done.Wait()
	s.wait(time.Minute)
	e := s.typed("count")
	if got := s.handle(e); got.View.Title != fmt.Sprint("counted ", people+1) {
		t.Errorf("after %d events: %q", people, got.View.Title)
	}
}

func TestAnAnswerWhoseRequestIsGoneIsPosted(t *testing.T) {
	s := newScene(t, tally)
	e := s.typed("count")
	e.Kind, e.Inline = bot.Message, false
	reply := s.handle(e)
	s.settle()
	if reply.View != nil {
		t.Errorf("answered in a response that shows nothing: %+v", reply.View)
	}
	want := bot.Address{Channel: "C1", User: "sam"}
	if !slices.ContainsFunc(s.wall.posts, func(p bot.Post) bool { return p.To == want && p.View.Title == "counted 1" }) {
		t.Errorf("posts are %+v", s.wall.posts)
	}
}

// A card that a flow begins with somebody, and a file, are for people of the
// company alone, unless the flow hears guests; an answer, and what a channel
// reads, are not.
func TestCardsOfClosedFlowsAreForTheCompanyAlone(t *testing.T) {
	for open, want := range map[bool]bool{false: true, true: false} {
		file := func(*bot.Docs, bot.Action, time.Time) (bot.File, error) {
			return bot.File{Name: "card.txt", Type: "text/plain"}, nil
		}
		s := newScene(t, bot.Flow{Name: "cards", Words: []string{"card"}, Open: open, File: file, Step: func(_ *bot.Docs, e bot.Event) []bot.Effect {
			return []bot.Effect{
				bot.Show{Key: "one", To: bot.To("kim"), View: bot.View{Title: "for one"}},
				bot.Send{To: bot.To("kim"), File: bot.Do("cards", "card"), View: bot.View{Title: "a file"}},
				bot.Show{Key: "all", To: bot.Address{Channel: "C1"}, View: bot.View{Title: "for all"}},
				bot.Answer{View: bot.View{Title: "answer"}},
			}
		}})
		e := s.typed("card")
		e.Kind, e.Inline = bot.Message, false
		s.handle(e)
		s.settle()
		home := map[string]bool{}
		for _, p := range s.wall.posts {
			home[p.View.Title] = p.Home
		}
		if diff := cmp.Diff(map[string]bool{"for one": want, "a file": want, "for all": false, "answer": false}, home); diff != "" {
			t.Errorf("open %v (-want +got):\n%s", open, diff)
		}
	}
}

func TestASecondShowOfAKeyEdits(t *testing.T) {
	s := newScene(t, poster("card"))
	s.handle(s.typed("post one"))
	s.settle()
	s.handle(s.typed("post two"))
	s.settle()
	if p := s.wall.posts; len(p) != 2 || p[0].Edit != "" || p[1].Edit != "receipt-1" {
		t.Errorf("posts are %+v", p)
	}
}

func TestAMessageThatIsGoneIsPostedAnew(t *testing.T) {
	s := newScene(t, poster("card"))
	s.handle(s.typed("post one"))
	s.settle()
	s.wall.fail = []error{errGone}
	s.handle(s.typed("post two"))
	s.settle()
	if p := s.wall.posts; len(p) != 2 || p[1].Edit != "" {
		t.Errorf("posts are %+v", p)
	}
}

func TestAfterEndAKeyIsPostedAnew(t *testing.T) {
	ender := bot.Flow{Name: "ender", Words: []string{"end"}, Step: func(_ *bot.Docs, e bot.Event) []bot.Effect {
		return []bot.Effect{bot.End{Key: "card", To: bot.Address{Channel: "C1"}}}
	}}
	s := newScene(t, poster("card"), ender)
	for _, text := range []string{"post one", "end", "post two"} {
		s.handle(s.typed(text))
		s.settle()
	}
	if p := s.wall.posts; len(p) != 2 || p[1].Edit != "" {
		t.Errorf("posts are %+v", p)
	}
}

func TestOrderIsKeptThroughFailures(t *testing.T) {
	s := newScene(t, poster(""))
	s.wall.fail = []error{errTimeout, errBusy, nil, errTimeout}
	want := []string{}
	for i := range 5 {
		s.handle(s.typed(fmt.Sprint("post ", i)))
		want = append(want, fmt.Sprint(i))
		s.settle()
	}
	for range 4 {
		s.wait(time.Minute)
	}
	if diff := cmp.Diff(want, s.wall.titles()); diff != "" {
		t.Error(diff)
	}
}

func TestRetryAfterIsObeyedAndCertain(t *testing.T) {
	s := newScene(t, poster(""))
	s.wall.fail = []error{errBusy}
	s.handle(s.typed("post it"))
	s.settle()
	s.wait(25 * time.Second)
	if len(s.wall.posts) != 0 {
		t.Fatal("posted before its time")
	}
	s.wait(10 * time.Second)
	if p := s.wall.posts; len(p) != 1 || p[0].Again {
		t.Errorf("posts are %+v: after a certain refusal nobody need look", p)
	}
}

func TestAnAmbiguousPostIsLookedForBeforeItIsSentAgain(t *testing.T) {
	s := newScene(t, poster(""))
	s.wall.fail = []error{errTimeout}
	s.handle(s.typed("post it"))
	s.settle()
	s.wait(time.Minute)
	if p := s.wall.posts; len(p) != 1 || !p[0].Again {
		t.Errorf("posts are %+v", p)
	}
}

func TestAPermanentFailureIsSaidAloud(t *testing.T) {
	s := newScene(t, poster(""))
	s.wall.fail = []error{errArchived}
	s.handle(s.typed("post it"))
	s.settle()
	if diff := cmp.Diff([]string{"not delivered: the channel was archived"}, s.wall.titles()); diff != "" {
		t.Error(diff)
	}
	if dead := s.keys("dead/"); len(dead) != 1 {
		t.Errorf("dead letters: %v", dead)
	}
}

func TestAFailureOfTheFailureEnds(t *testing.T) {
	s := newScene(t, poster(""))
	s.wall.fail = []error{errArchived, errArchived, errArchived, errArchived}
	s.handle(s.typed("post it"))
	s.settle()
	if left := len(s.wall.fail); left != 2 {
		t.Errorf("%d deliveries were tried, want 2", 4-left)
	}
}

func TestTenAmbiguousAttemptsAreEnough(t *testing.T) {
	s := newScene(t, poster(""))
	for range 30 {
		s.wall.fail = append(s.wall.fail, errTimeout)
	}
	s.handle(s.typed("post it"))
	s.settle()
	for range 25 {
		s.wait(10 * time.Minute)
	}
	if tried := 30 - len(s.wall.fail); tried != 20 {
		t.Errorf("%d attempts, want ten of the post and ten of telling that it failed", tried)
	}
}

// That there was no answer is something else than a refusal: it may pass.
func TestAFlowIsToldThatThereWasNoAnswer(t *testing.T) {
	s := newScene(t, poster(""))
	s.wall.fail = slices.Repeat([]error{errTimeout}, 10)
	s.handle(s.typed("post it"))
	for range 10 {
		s.wait(10 * time.Minute)
	}
	if diff := cmp.Diff([]string{"not delivered: it did not answer, ten times over, which may pass"}, s.wall.titles()); diff != "" {
		t.Error(diff)
	}
}

func TestFiveDeadPostsPauseAnAddressAlone(t *testing.T) {
	s := newScene(t, poster(""))
	for i := range 5 {
		s.wall.fail = []error{errArchived}
		s.handle(s.typed(fmt.Sprint("post ", i)))
		s.settle()
	}
	s.wall.posts = nil
	s.handle(s.typed("post while paused"))
	s.settle()
	if titles := s.wall.titles(); len(titles) != 1 || titles[0] == "while paused" {
		t.Errorf("while paused: %q", titles)
	}
	s.wall.posts = nil
	s.wait(25 * time.Hour)
	s.handle(s.typed("post tomorrow"))
	s.settle()
	if diff := cmp.Diff([]string{"tomorrow"}, s.wall.titles()); diff != "" {
		t.Error(diff)
	}
}

// An hour without the platform says nothing of any address: when it is over,
// nobody waits until tomorrow.
func TestAnOutagePausesNoAddress(t *testing.T) {
	s := newScene(t, poster(""))
	for range 6 {
		s.handle(s.typed("post it"))
	}
	s.wall.fail = slices.Repeat([]error{errTimeout}, 200)
	for range 70 {
		s.wait(10 * time.Minute)
	}
	if tried := 200 - len(s.wall.fail); tried != 120 {
		t.Fatalf("%d attempts, want ten of each post and of telling that it failed", tried)
	}
	s.wall.fail = nil
	s.handle(s.typed("post afterwards"))
	s.settle()
	if diff := cmp.Diff([]string{"afterwards"}, s.wall.titles()); diff != "" {
		t.Error(diff)
	}
}

// Nor does an hour in which the company is not connected.
func TestACompanyThatIsBackIsWrittenToAtOnce(t *testing.T) {
	s := newScene(t, poster(""))
	s.gone = true
	for range 6 {
		s.handle(s.typed("post it"))
		s.settle()
	}
	s.gone = false
	s.handle(s.typed("post afterwards"))
	s.settle()
	if diff := cmp.Diff([]string{"afterwards"}, s.wall.titles()); diff != "" {
		t.Error(diff)
	}
}

// While a company's connection has ended nothing arrives anywhere, which no address
// is to blame for: when it is installed anew, nobody waits until tomorrow.
func TestAConnectionThatEndedPausesNoAddress(t *testing.T) {
	s := newScene(t, poster(""))
	for range 6 {
		s.wall.fail = []error{errEnded, errEnded} // also the word that it failed
		s.handle(s.typed("post it"))
		s.settle()
		if len(s.wall.fail) > 0 {
			t.Fatalf("%d attempts were not made", len(s.wall.fail))
		}
	}
	s.handle(s.typed("post afterwards"))
	s.settle()
	if diff := cmp.Diff([]string{"afterwards"}, s.wall.titles()); diff != "" {
		t.Error(diff)
	}
}

func TestATimerFiresOnceAndCanSetItselfAgain(t *testing.T) {
	clockwork := bot.Flow{Name: "clock", Words: []string{"wind"}, Step: func(d *bot.Docs, e bot.Event) []bot.Effect {
		if e.Kind == bot.Command {
			return []bot.Effect{bot.Set{Name: "run/tick", At: e.Now.Add(time.Hour)}}
		}
		return []bot.Effect{
			bot.Show{To: bot.To("olga"), View: bot.View{Title: e.Timer}},
			bot.Set{Name: "run/tick", At: e.Now.Add(time.Hour)},
		}
	}}
	s := newScene(t, clockwork)
	s.handle(s.typed("wind"))
	for range 3 {
		s.wait(61 * time.Minute)
	}
	if diff := cmp.Diff([]string{"run/tick", "run/tick", "run/tick"}, s.wall.titles()); diff != "" {
		t.Error(diff)
	}
}

func TestAStepThatFailsChangesNothingAndSaysSo(t *testing.T) {
	for name, step := range map[string]func(*bot.Docs, bot.Event) []bot.Effect{
		"panic": func(d *bot.Docs, _ bot.Event) []bot.Effect { tallyDoc.Put(d, "all", 9); panic("oh") },
		"endless": func(d *bot.Docs, e bot.Event) []bot.Effect {
			for i := 0; ; i++ {
				if _, ok := tallyDoc.Get(d, fmt.Sprint(i)); !ok && len(d.Needs()) > 0 {
					return nil
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t, bot.Flow{Name: "bad", Words: []string{"bad"}, Step: step})
			reply := s.handle(s.typed("bad"))
			if reply.View == nil || reply.View.Title != "Something of mine failed, and nothing was changed" {
				t.Errorf("reply is %+v", reply.View)
			}
			if got := s.keys("tally/"); len(got) != 0 {
				t.Errorf("documents were written: %v", got)
			}
			if got := s.keys("dead/"); len(got) != 1 {
				t.Errorf("dead letters: %v", got)
			}
		})
	}
}

func TestOnlyOpenFlowsHearGuests(t *testing.T) {
	s := newScene(t, tally)
	for _, who := range []bot.Affiliation{bot.Guest, bot.Foreign} {
		e := s.typed("count")
		e.From.Affiliation = who
		if got := s.handle(e); got.View == nil || got.View.Title != "Only people of this company can do that" {
			t.Errorf("%q was answered %+v", who, got.View)
		}
		e = s.typed("who handles printers?")
		e.From.Affiliation = who
		if got := s.handle(e); got.View == nil || got.View.Title != e.Text {
			t.Errorf("%q asked and got %+v", who, got.View)
		}
	}
}

// While the platform does not say who somebody is, nothing false is said of
// them, and nothing is changed.
func TestWhoIsNotKnownJustNowIsToldSo(t *testing.T) {
	s := newScene(t, tally)
	e := s.typed("count")
	e.From.Affiliation, e.From.Unsure = bot.Foreign, true
	if got := s.handle(e); got.View == nil || !strings.Contains(got.View.Title, "just now") || len(s.keys("tally/")) > 0 {
		t.Errorf("answered %+v, kept %v", got.View, s.keys(""))
	}
	e = s.typed("")
	e.Kind, e.Action, e.From.Affiliation, e.From.Unsure = bot.Click, bot.Do("tally", "add", "one"), bot.Foreign, true
	if got := s.handle(e); got.View == nil || len(got.View.Actions()) != 1 || !reflect.DeepEqual(got.View.Actions()[0].Action, e.Action) || !got.View.Actions()[0].Vanishes || len(s.keys("tally/")) > 0 {
		t.Errorf("pressed, and got %+v", got.View)
	}
	e = s.typed("who handles printers?")
	e.From.Affiliation, e.From.Unsure = bot.Foreign, true
	if got := s.handle(e); got.View == nil || got.View.Title != e.Text {
		t.Errorf("asked, and got %+v", got.View)
	}
	e = s.typed("")
	e.Kind, e.Action = bot.Submit, bot.Do("tally", "add")
	e.Picked = map[string]bot.Picked{"who": {ID: "olga", Unsure: true}, "where": {ID: "C1"}}
	if got := s.handle(e); got.Refused["who"] == "" || len(got.Refused) != 1 || len(s.keys("tally/")) > 0 {
		t.Errorf("a form with somebody who is not known just now: %+v, kept %v", got, s.keys(""))
	}
}

// What somebody typed into a form stays there while the platform does not say.
func TestAFormStaysOpenWhileThePlatformDoesNotSay(t *testing.T) {
	step := func(d *bot.Docs, e bot.Event) []bot.Effect {
		d.Room("C2")
		return bot.Tell("preview", e.Values["text"])
	}
	s := newScene(t, bot.Flow{Name: "asks", Step: step}, bot.Flow{Name: "here", Placed: true, Step: step})
	s.wall.mute = true
	for name, change := range map[string]func(*bot.Event){
		"another channel": func(*bot.Event) {},
		"this channel":    func(e *bot.Event) { e.Action.Flow, e.Place.Unsure = "here", true },
		"the person":      func(e *bot.Event) { e.From.Unsure, e.From.Affiliation = true, bot.Foreign },
	} {
		e := s.typed("")
		e.Kind, e.Action, e.Values = bot.Submit, bot.Do("asks", "form"), map[string]string{"text": "a thousand letters", "to": "x"}
		change(&e)
		if got := s.handle(e); !strings.Contains(got.Refused["text"], "just now") || got.View != nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestRolesComeFromRecordsAndConfigurationNeverFromThePlatform(t *testing.T) {
	whoami := bot.Flow{Name: "whoami", Words: []string{"whoami"}, Open: true, Step: func(_ *bot.Docs, e bot.Event) []bot.Effect {
		return []bot.Effect{bot.Answer{View: bot.View{Title: fmt.Sprint("role ", e.From.Role)}}}
	}}
	s := newScene(t, whoami)
	for _, c := range []struct {
		person bot.Person
		want   string
	}{
		{bot.Person{ID: "olga", Affiliation: bot.Home}, "role owner"},
		{bot.Person{ID: "olga", Affiliation: bot.Guest}, "role "},
		{bot.Person{ID: "sam", Affiliation: bot.Home, Role: bot.Owner}, "role "},
	} {
		e := s.typed("whoami")
		e.From = c.person
		if got := s.handle(e).View.Title; got != c.want {
			t.Errorf("%+v is %q, want %q", c.person, got, c.want)
		}
	}
}

func TestAnOldButtonIsAnswered(t *testing.T) {
	s := newScene(t)
	e := s.typed("")
	e.Kind, e.Action = bot.Click, bot.Do("gone", "press")
	if got := s.handle(e); got.View == nil || got.View.Title != "That button is from an earlier version" {
		t.Errorf("reply is %+v", got.View)
	}
}

func TestRoutes(t *testing.T) {
	menu := bot.Flow{Name: "menu", Words: []string{"help"}, Typed: []string{"", "good morning"}, Step: echo.Step}
	assess := bot.Flow{Name: "assess", Words: []string{"assess"}, Step: echo.Step}
	for _, c := range []struct {
		kind bot.Kind
		text string
		want string // the title that the flow gives: what is left of the text
	}{
		{bot.Command, "assess quick-check", "quick-check"},
		{bot.Command, "ASSESS", ""},
		{bot.Command, "who can assess us?", "who can assess us?"},
		{bot.Message, "assess", ""},
		{bot.Message, "assess our printers", "assess our printers"},
		{bot.Message, "/sec assess quick-check", "quick-check"},
		{bot.Message, "/second opinion", "/second opinion"},
		{bot.Message, "Good morning!", "good morning"},
		{bot.Message, "/sec", ""},
	} {
		s := newScene(t, menu, assess)
		e := s.typed(c.text)
		e.Kind = c.kind
		if got := s.handle(e).View.Title; got != c.want {
			t.Errorf("%s %q left %q, want %q", c.kind, c.text, got, c.want)
		}
	}
}

func TestAnUnstoredAnswerIsQueuedWithWhatIsStored(t *testing.T) {
	s := newScene(t, tally)
	e := s.typed("hello")
	e.Unstored = true
	if reply := s.handle(e); reply.View == nil || len(s.wall.posts) != 0 {
		t.Errorf("a plain answer: %+v and %d posts", reply, len(s.wall.posts))
	}
	e = s.typed("count")
	e.Unstored = true
	reply := s.handle(e)
	s.settle()
	if reply.View != nil || len(s.wall.posts) != 2 {
		t.Errorf("an answer with a change: %+v and %d posts", reply, len(s.wall.posts))
	}
}

// A platform that failed to send an answer asks again, for it to be queued.
func TestATypedCommandThatIsNotAnsweredInTheResponseIsQueued(t *testing.T) {
	s := newScene(t, tally)
	e := s.typed("/sec hello")
	e.Kind, e.Inline = bot.Message, false
	reply := s.handle(e)
	s.settle()
	if reply.View != nil || len(s.wall.posts) != 1 {
		t.Errorf("answered by %+v and %d posts", reply, len(s.wall.posts))
	}
}

// Where answers go to the asker's direct messages, what is shown there is not
// answered once more.
func TestAnAnswerAsideIsNotPostedTwice(t *testing.T) {
	for name, c := range map[string]struct {
		aside bool
		shown bot.View
		to    bot.Address
		want  int
	}{
		"the same, aside":                {true, bot.View{Title: "Act now"}, bot.To("sam"), 1},
		"the same, where it was asked":   {false, bot.View{Title: "Act now"}, bot.To("sam"), 2},
		"another view":                   {true, bot.View{Title: "3 of 10"}, bot.To("sam"), 2},
		"the same, shown to others, too": {true, bot.View{Title: "Act now"}, bot.To("olga"), 2},
	} {
		s := newScene(t, bot.Flow{Name: "urgent", Words: []string{"urgent"}, Step: func(_ *bot.Docs, _ bot.Event) []bot.Effect {
			return []bot.Effect{bot.Answer{View: bot.View{Title: "Act now"}}, bot.Show{Key: "k", To: c.to, View: c.shown}}
		}})
		e := s.typed("/sec urgent")
		e.Kind, e.Inline, e.Aside = bot.Message, false, c.aside
		s.handle(e)
		s.settle()
		if len(s.wall.posts) != c.want {
			t.Errorf("%s: %d posts, want %d", name, len(s.wall.posts), c.want)
		}
	}
}
