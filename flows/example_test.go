package flows_test

import (
	"fmt"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
)

// newNotice makes the flow: an owner pins a notice for a week, everybody reads it.
func newNotice() bot.Flow {
	f := flow{}
	return bot.Flow{Name: "notice", Words: []string{"notice"}, Reads: f.reads, Step: f.step}
}

// notice is the document of this flow.
type notice struct {
	Says  string    `json:"says"`
	Until time.Time `json:"until"`
}

// notices holds the one notice under noticeID.
var notices = bot.Doc[notice]{Prefix: "company", Version: 1}

const noticeID = "notice"

// flow would hold the content and the configured owners, where it needs them.
type flow struct{}

func (f flow) reads(bot.Event) []string { return []string{notices.Key(noticeID)} }

// turn is one step of the flow.
type turn struct {
	flow
	d      *bot.Docs
	event  bot.Event
	notice notice
}

func (f flow) step(d *bot.Docs, e bot.Event) []bot.Effect {
	n, _ := notices.Get(d, noticeID)
	t := &turn{f, d, e, n}
	switch e.Kind {
	case bot.Command, bot.Message:
		return bot.Respond(t.card())
	case bot.Click:
		return t.press(e.Action.Verb)
	case bot.Submit:
		return t.filled(e.Action.Verb)
	case bot.Timer:
		return t.over()
	}
	return nil
}

func (t *turn) card() bot.View {
	v := bot.View{Title: "Nothing is pinned"}
	if t.notice.Says != "" {
		v = bot.View{Title: "Pinned until " + t.notice.Until.Format("2 January"), Blocks: []bot.Block{bot.Say(t.notice.Says)}}
	}
	if t.event.From.Owner() {
		v.Blocks = append(v.Blocks, bot.Row(bot.Press("Pin another", bot.Do("notice", "write"))))
	}
	return v
}

// press answers a button.
func (t *turn) press(verb string) []bot.Effect {
	if verb != "write" || !t.event.From.Owner() {
		return bot.Respond(t.card())
	}
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title:  "Pin a notice",
		Fields: []bot.Input{{ID: "says", Label: "What shall everybody read?", Max: 200}},
		Submit: "Pin it",
		Action: bot.Do("notice", "pin"),
	}}}
}

// filled takes the form.
func (t *turn) filled(verb string) []bot.Effect {
	says := strings.TrimSpace(t.event.Values["says"])
	switch {
	case verb != "pin" || !t.event.From.Owner():
		return bot.Respond(t.card())
	case says == "":
		return []bot.Effect{bot.Refuse{Why: map[string]string{"says": "Please write what everybody shall read."}}}
	}
	t.notice = notice{Says: says, Until: t.event.Now.AddDate(0, 0, 7)}
	notices.Put(t.d, noticeID, t.notice)
	return []bot.Effect{
		bot.Audit{Verb: "pinned", Object: "notice"},
		bot.Set{Name: "over", At: t.notice.Until},
		bot.Answer{View: t.card()},
	}
}

// over takes the notice down, unless another one was pinned since.
func (t *turn) over() []bot.Effect {
	if !t.event.Now.Before(t.notice.Until) {
		notices.Delete(t.d, noticeID)
	}
	return nil
}

// A whole flow, and somebody who uses it.
func Example() {
	olga := bot.Person{ID: "olga", Name: "Olga", Affiliation: bot.Home, Role: bot.Owner}
	sam := bot.Person{ID: "sam", Name: "Sam", Affiliation: bot.Home}
	world := bottest.NewWorld([]bot.Flow{newNotice()}, time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
	play := func(e bot.Event) {
		effects, err := world.Do("notice", e)
		if err != nil {
			fmt.Println(err)
		}
		for _, x := range effects {
			if answer, ok := x.(bot.Answer); ok {
				fmt.Println(e.From.Name + " sees\n" + bottest.Lines(answer.View))
			}
		}
	}
	play(bot.Event{Kind: bot.Command, From: sam})
	play(bot.Event{Kind: bot.Submit, From: sam, Action: bot.Do("notice", "pin"), Values: map[string]string{"says": "Free cake"}})
	play(bot.Event{Kind: bot.Submit, From: olga, Action: bot.Do("notice", "pin"), Values: map[string]string{"says": "The office is closed on Friday."}})
	world.Now = world.Now.AddDate(0, 0, 7)
	world.Fire()
	play(bot.Event{Kind: bot.Command, From: sam})
	// Output:
	// Sam sees
	// Nothing is pinned
	// Sam sees
	// Nothing is pinned
	// Olga sees
	// Pinned until 9 March
	// The office is closed on Friday.
	// [Pin another]
	// Sam sees
	// Nothing is pinned
}
