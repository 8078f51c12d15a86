package web

import (
	"html"
	"strings"
	"testing"

	"secadvisor/bot"
)

// asking opens a form at every message, and answers what is sent.
func asking(fields ...bot.Input) func(bot.Event) bot.Reply {
	return func(e bot.Event) bot.Reply {
		switch {
		case e.Kind == bot.Message:
			return bot.Reply{Form: &bot.Form{Title: "Who does it", Intro: "About printers", Submit: "Save", Action: bot.Do("duty", "save", "printers"), Fields: fields}}
		case e.Kind == bot.Submit && e.Values["text"] == "refuse me":
			return bot.Reply{Refused: map[string]string{"text": "Please say it otherwise."}}
		case e.Kind == bot.Submit:
			return bot.Reply{View: &bot.View{Title: "Saved"}}
		}
		return bot.Reply{}
	}
}

var everyField = []bot.Input{
	{ID: "text", Label: "A text", Hint: "Not too long", Max: 10},
	{ID: "lines", Label: "Several lines", Lines: true, Optional: true, Value: "as before"},
	{ID: "some", Label: "One of a few", Options: []bot.Option{{Value: "a", Label: "The first"}, {Value: "b", Label: "The second"}}},
	{ID: "many", Label: "One of many", Value: "3", Options: []bot.Option{{Value: "1", Label: "1"}, {Value: "2", Label: "2"}, {Value: "3", Label: "3"}, {Value: "4", Label: "4"}, {Value: "5", Label: "5"}, {Value: "6", Label: "6"}}},
	{ID: "who", Label: "A person", Pick: bot.PickPerson},
	{ID: "where", Label: "A channel", Pick: bot.PickChannel, Optional: true},
}

func (t *tab) opensForm() {
	t.Helper()
	t.post("/say", "text", "assign")
	t.sees(`<h2 id="form-title"`)
}

// fills sends the open form.
func (t *tab) fills(fields ...string) {
	t.Helper()
	t.post("/fill", append([]string{"form", t.hidden("form")}, fields...)...)
}

func TestEveryFieldIsDrawn(t *testing.T) {
	me := newScene(t, asking(everyField...)).browser()
	me.opensForm()
	me.sees("Who does it</h2>", "<p>About printers</p>", `maxlength="10"`, `<label for="field-0">A text</label>`, "Not too long", `aria-describedby="hint-0 why-0"`,
		">as before</textarea>", "Several lines <small>(if you like)</small>", `<input type="radio" name="f.some" value="b"> The second`, "<legend>One of a few</legend>",
		`<option value="3" selected>3</option>`, `<option value="it:Robin">Robin (IT person)</option>`, `<option value="#leadership">#leadership`, `<button class="main">Save</button>`)
}

func TestAFormIsSent(t *testing.T) {
	s := newScene(t, asking(everyField...))
	me := s.browser()
	me.opensForm()
	me.fills("f.text", " printers ", "f.lines", "one\r\ntwo", "f.some", "b", "f.many", "4", "f.who", "guest:Charlie", "f.where", "#with-our-bank", "f.more", "not asked")
	e := s.last()
	if e.Kind != bot.Submit || e.Action.String() != "duty/save/printers" {
		t.Fatalf("event %+v", e)
	}
	want := map[string]string{"text": "printers", "lines": "one\ntwo", "some": "b", "many": "4", "who": "guest:Charlie", "where": "#with-our-bank"}
	for id, v := range want {
		if e.Values[id] != v {
			t.Errorf("%s is %q, want %q", id, e.Values[id], v)
		}
	}
	if len(e.Values) != len(want) {
		t.Errorf("values %v", e.Values)
	}
	if p := e.Picked["who"]; p.Name != "Charlie" || p.Affiliation != bot.Guest {
		t.Errorf("picked %+v", p)
	}
	if p := e.Picked["where"]; p.Room.Kind != bot.Shared || p.Room.People == 0 {
		t.Errorf("picked %+v", p)
	}
	me.sees("Saved")
	me.seesNot(`<h2 id="form-title"`)
}

func TestAFormSaysWhatItCannotTake(t *testing.T) {
	s := newScene(t, asking(everyField...))
	me := s.browser()
	me.opensForm()
	before := len(s.scripts[0].events)
	me.fills("f.text", "much too long a text", "f.some", "c", "f.many", "", "f.who", "it:Mallory", "f.where", "#secret")
	if len(s.scripts[0].events) != before {
		t.Errorf("it was sent: %+v", s.last())
	}
	me.sees("Please look at what is marked below", "at most 10 characters", "Please choose one of these.", "This one is needed.", "Please choose one from the list.", `value="much too long a text"`, `aria-invalid="true"`)
	if n := strings.Count(me.page, "Please choose one from the list."); n != 2 {
		t.Errorf("%d of 2 picks are refused", n)
	}
	me.fills("f.text", "refuse me", "f.some", "a", "f.many", "1", "f.who", "it:Robin")
	me.sees("Please say it otherwise.", `value="refuse me"`, `value="a" checked`, `<option value="it:Robin" selected>`)
	if n := strings.Count(me.page, "aria-invalid"); n != 1 {
		t.Errorf("%d fields are marked, want the one", n)
	}
	me.fills("f.text", "as you say", "f.some", "a", "f.many", "1", "f.who", "it:Robin")
	me.sees("Saved")
}

func TestHostileTextInAForm(t *testing.T) {
	me := newScene(t, asking(everyField...)).browser()
	me.opensForm()
	want := ""
	for _, text := range []string{"plain text that is long", `"><script>alert(1)</script>`, "</textarea><script>alert(1)</script>", "' onfocus=alert(1) autofocus x='"} {
		me.fills("f.text", text, "f.lines", text, "f.some", text, "f.many", text, "f.who", text, "f.where", text)
		if text := html.EscapeString(text); !strings.Contains(strings.ReplaceAll(me.page, "&#43;", "+"), text+"</textarea>") {
			t.Errorf("%q is not kept in the form", text)
		}
		if want == "" {
			want = skeleton(me.page)
		}
		if got := skeleton(me.page); got != want {
			t.Errorf("%q changes the page:\n%s\nwant\n%s", text, got, want)
		}
	}
}

func TestAFormCanBeLeft(t *testing.T) {
	s := newScene(t, asking(bot.Input{ID: "text", Label: "A text"}))
	me := s.browser()
	me.opensForm()
	form := me.hidden("form")
	other := s.browser()
	other.post("/fill", "form", form, "f.text", "x")
	me.visit("/?as=staff:Sam")
	me.seesNot(`<h2 id="form-title"`)
	me.visit("/")
	me.post("/cancel")
	me.seesNot(`<h2 id="form-title"`)
	before := len(s.scripts[0].events)
	if status := me.post("/fill", "form", form, "f.text", "late"); status != 200 || len(s.scripts[0].events) != before {
		t.Errorf("a form that is closed was sent: %d", status)
	}
	me.opensForm()
	me.post("/fill", "form", form, "f.text", "of the form before")
	me.sees(`<h2 id="form-title"`)
	if len(s.scripts[0].events) != before+1 {
		t.Error("a form of before was sent as the one that is open")
	}
}
