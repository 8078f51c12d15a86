package menu_test

import (
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
)

// What people worry about is answered before anything else, to each as it is
// for them.
func TestAWorryIsAnswered(t *testing.T) {
	s := newScene(t)
	for _, c := range []struct {
		from  bot.Person
		text  string
		title string
		main  string
	}{
		{staff, "can i stay anonymous", "Here, only you see what you ask", "Something happened"},
		{guest, "who can see this", "Here, only you see what you ask", "Something happened"},
		{staff, "will i get fired", "It is good that you say it", "Something happened"},
		{owner, "is it my fault", "It is good that you say it", "Something happened"},
		{staff, "are we secure", "That is for the owner to check", "Something happened"},
		{owner, "are we secure", "Let's find out: ten questions, five minutes", "Check our security (5 minutes)"},
		{staff, "what is this", "I help you find who handles what: IT support, security expertise, or both", "Something happened"},
		{staff, "will my boss see this", "Here, only you see what you ask", "Something happened"},
		{staff, "no", "Which of my messages do you answer?", "Something happened"},
		{guest, "i can't", "Which of my messages do you answer?", "Something happened"},
		{owner, "done", "Which of my messages do you answer?", "Something happened"},
		{staff, "thanks", "You're welcome", ""},
		{owner, "you are useless", "Sorry that I was no help", "Something happened"},
		{staff, "what do i do now", "What happened? Pick the closest", ""},
		{staff, "who's the owner", "Nobody is the owner here yet", ""},
		{guest, "who is the owner", "I name this company's people to its own staff only", ""},
		{staff, "omg", "What happened? Pick the closest", ""},
		{staff, "delete my data", "What I keep, and who can read it", ""},
	} {
		v := bottest.Answered(s.Type(c.from, c.text))
		if v.Title != c.title {
			t.Errorf("%s: %q is answered with %q, want %q", c.from.Name, c.text, v.Title, c.title)
		}
		for _, b := range v.Actions() {
			if b.Main && b.Label != c.main {
				t.Errorf("%q: the first button is %q, want %q", c.text, b.Label, c.main)
			}
		}
		s.Unseen(v, "guilty", "promise")
	}
}

// Many answers say "ask the owner": who that is can be asked.
func TestWhoTheOwnerIsCanBeAsked(t *testing.T) {
	for want, people := range map[string]map[string]bot.Member{
		"Nobody is the owner here yet":         {"sam": {Role: bot.Partner, Name: "Sam"}},
		"The owner here is Olga":               {"olga": {Role: bot.Owner, Name: "Olga"}},
		"The owners here are Kim and Olga":     {"kim": {Role: bot.Owner, Name: "Kim"}, "olga": {Role: bot.Owner, Name: "Olga"}},
		"The owners here are Olga and 1 other": {"kim": {Role: bot.Owner}, "olga": {Role: bot.Owner, Name: "Olga"}},
		"You and Olga are the owners here":     {staff.ID: {Role: bot.Owner, Name: "Sam"}, "olga": {Role: bot.Owner, Name: "Olga"}},
	} {
		w := newCompany(t)
		bottest.Put(t, w, bot.RolesDoc, bot.RolesID, bot.Roles{People: people})
		s := &bottest.Scene{TB: t, World: w, Flow: "menu"}
		if v := bottest.Answered(s.Type(staff, "who is the owner")); v.Title != want {
			t.Errorf("of %v: got %q, want %q", people, v.Title, want)
		}
	}
}

// It promises no more than is true where the question itself was read by others.
func TestWhoSeesAQuestionIsSaidTruly(t *testing.T) {
	s := newScene(t)
	for _, c := range []struct {
		kind  bot.Kind
		place bot.Place
		alone bool
	}{
		{bot.Command, bot.Place{Channel: "C1", Kind: bot.Channel}, true},
		{bot.Message, bot.Place{Channel: "D1", Kind: bot.Direct}, true},
		{bot.Message, bot.Place{Channel: "C1", Kind: bot.Channel}, false},
		{bot.Message, bot.Place{Channel: "C1", Kind: bot.Shared}, false},
	} {
		v := bottest.Answered(s.Play(bot.Event{Kind: c.kind, From: staff, Text: "who can see this", Place: c.place}))
		if alone := v.Title == "Here, only you see what you ask"; alone != c.alone {
			t.Errorf("%v: %q", c, v.Title)
		}
		if !c.alone {
			s.Sees(v, "everybody there can read", "I don't keep it")
		}
		v = bottest.Answered(s.Play(bot.Event{Kind: c.kind, From: staff, Text: "am i in trouble", Place: c.place}))
		if c.alone {
			s.Sees(v, "What you ask here is shown to you alone")
		} else {
			s.Sees(v, "Only you see this answer. Ask me more in our direct messages")
		}
	}
}
