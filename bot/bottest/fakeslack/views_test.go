package fakeslack_test

import (
	"net/http"
	"strings"
	"testing"

	"secadvisor/bot/bottest/fakeslack"

	"github.com/slack-go/slack"
)

// opened opens a form for the owner and returns it.
func opened(t *testing.T, s *fakeslack.Server, f slack.ModalViewRequest) fakeslack.View {
	t.Helper()
	if _, err := client(s).OpenView(s.Command(fakeslack.Owner, "", "/sec", "").Trigger, f); err != nil {
		t.Fatal(err)
	}
	v, ok := s.View(fakeslack.Owner)
	if !ok {
		t.Fatal("no open form")
	}
	return v
}

func TestInputsKeepTheirInitialValues(t *testing.T) {
	s := fakeslack.Start(t)
	h := listen(t, s, nil)
	f := form()
	f.Blocks.BlockSet[0].(*slack.InputBlock).Element.(*slack.PlainTextInputBlockElement).InitialValue = "Sam"
	radio := f.Blocks.BlockSet[1].(*slack.InputBlock).Element.(*slack.RadioButtonsBlockElement)
	radio.InitialOption = radio.Options[1]
	s.SubmitForm(fakeslack.Owner, opened(t, s, f), nil)
	values := h.click().View.State.Values
	if values["name"]["value"].Value != "Sam" || values["side"]["value"].SelectedOption.Value != "sec" {
		t.Errorf("values %+v", values)
	}
}

func TestWhatAPersonCannotDoIsNotSent(t *testing.T) {
	s := fakeslack.New() // without a test to complain to
	if err := s.Serve("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	h := listen(t, s, nil)
	v := opened(t, s, form())
	before := h.count()
	for want, d := range map[string]*fakeslack.Delivery{
		"must be filled in":         s.SubmitForm(fakeslack.Owner, v, nil),
		`no input ["surname"]`:      s.SubmitForm(fakeslack.Owner, v, map[string]string{"name": "x", "surname": "y"}),
		`no option "Both"`:          s.SubmitForm(fakeslack.Owner, v, map[string]string{"name": "x", "side": "Both"}),
		`no button "Go"`:            s.Press(fakeslack.Owner, fakeslack.Message{Channel: fakeslack.General}, "Go"),
		"there is no user U0NOBODY": s.DMText("U0NOBODY", "x"),
	} {
		if !strings.Contains(d.Problem(), want) || d.Acked() {
			t.Errorf("got %q, want %q", d.Problem(), want)
		}
	}
	if h.count() != before {
		t.Error("the bot was told of it")
	}
}

func TestFormsAreChangedStackedAndClosed(t *testing.T) {
	s := fakeslack.Start(t)
	second := form()
	second.Title = plain("Second")
	answer := map[string]any{"response_action": "push", "view": second}
	listen(t, s, func(w http.ResponseWriter, path string) {
		if path == "/slack/actions" {
			sendJSON(w, answer)
		}
	})
	c := client(s)
	v := opened(t, s, form())
	changed := form()
	changed.Title = plain("Changed")
	if _, err := c.UpdateView(changed, "", "another-hash", v.ID); err == nil || !strings.Contains(err.Error(), "hash_conflict") {
		t.Errorf("an edit of an old version: %v", err)
	}
	if _, err := c.UpdateView(changed, "", v.Hash, v.ID); err != nil {
		t.Fatal(err)
	}
	if v, _ = s.View(fakeslack.Owner); v.Title != "Changed" {
		t.Errorf("after the edit: %+v", v)
	}
	fill := map[string]string{"name": "Sam"}
	s.SubmitForm(fakeslack.Owner, v, fill)
	top, _ := s.View(fakeslack.Owner)
	if top.Title != "Second" || top.Root != v.ID || top.Previous != v.ID {
		t.Errorf("on top: %+v", top)
	}
	s.CloseForm(fakeslack.Owner, top)
	if below, _ := s.View(fakeslack.Owner); below.ID != v.ID {
		t.Errorf("below: %+v", below)
	}
	answer = map[string]any{"response_action": "clear"}
	s.SubmitForm(fakeslack.Owner, v, fill)
	if v, ok := s.View(fakeslack.Owner); ok {
		t.Errorf("after clear: %+v", v)
	}
	if _, err := c.UpdateView(changed, "", "", v.ID); err == nil || !strings.Contains(err.Error(), "not_found") {
		t.Errorf("an edit of a closed form: %v", err)
	}
}

func TestThreeFormsAtMostAreStacked(t *testing.T) {
	s := fakeslack.Start(t)
	h := listen(t, s, nil)
	f := form()
	f.Blocks.BlockSet = append(f.Blocks.BlockSet, slack.NewActionBlock("more", slack.NewButtonBlockElement("more", "x", plain("More"))))
	v := opened(t, s, f)
	var err error
	for n := 2; n <= 4; n++ {
		s.PressIn(fakeslack.Owner, v, "More")
		_, err = client(s).PushView(h.click().TriggerID, f)
		if n < 4 && err != nil {
			t.Fatal(err)
		}
		v, _ = s.View(fakeslack.Owner)
	}
	if err == nil || !strings.Contains(err.Error(), "push_limit_reached") {
		t.Errorf("a fourth form: %v", err)
	}
}
