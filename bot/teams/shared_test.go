package teams

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest/faketeams"
)

func TestACardInAChannelIsNotChangedWhereOthersReadIt(t *testing.T) {
	s := newScene(t)
	post := bot.Post{Tenant: "teams." + org, To: bot.Address{Channel: faketeams.General}, View: bot.View{Title: "1 of 10"}, Reach: s.at(faketeams.General).reach()}
	receipt, err := s.platform.Deliver(t.Context(), post)
	if err != nil {
		t.Fatal(err)
	}
	post.Edit, post.View.Title = receipt, "2 of 10"
	if _, err := s.platform.Deliver(t.Context(), post); err != nil {
		t.Fatal(err)
	}
	s.fake.FailAt(faketeams.Members, faketeams.TooMany("30"), 1)
	if _, err := s.platform.Deliver(t.Context(), post); bot.OutcomeOf(err).After != 30*time.Second {
		t.Errorf("while Teams does not say who reads it: %v", err)
	}
	s.fake.Join(faketeams.General, 500, faketeams.Owner, faketeams.Stranger)
	post.View.Title = "3 of 10"
	_, err = s.platform.Deliver(t.Context(), post)
	if o := bot.OutcomeOf(err); !o.Permanent || !strings.Contains(o.Reason, "other companies") {
		t.Errorf("%v", err)
	}
	if shown := s.fake.In(faketeams.General)[0].Shown(); !strings.Contains(shown, "2 of 10") {
		t.Errorf("it shows %q", shown)
	}
}

// What is for people of the company alone does not begin anew with who has
// become a guest since; while Teams does not say, it goes out.
func TestNothingNewForTheCompanyAloneGoesToAGuest(t *testing.T) {
	for id, arrives := range map[string]bool{faketeams.Guest: false, faketeams.Staff: true} {
		s := newScene(t)
		s.send(s.token(nil), s.activity(nil)) // Teams is heard from
		object := strings.ToLower(s.fake.Object(id))
		post := bot.Post{Tenant: "teams." + org, To: bot.To(object), View: bot.View{Title: "Due now"}, Home: true}
		_, err := s.platform.Deliver(t.Context(), post)
		if got := len(s.fake.Chat(id)) == 1; got != arrives || bot.OutcomeOf(err).Permanent == arrives {
			t.Errorf("%s: arrived %v, %v", id, got, err)
		}
		post.Home = false
		if _, err := s.platform.Deliver(t.Context(), post); err != nil {
			t.Errorf("%s gets what is for everybody: %v", id, err)
		}
	}
	s := newScene(t)
	s.send(s.token(nil), s.activity(nil))
	s.fake.FailAt(faketeams.Member, faketeams.Broken(500), 100)
	post := bot.Post{Tenant: "teams." + org, To: bot.To("gus-oid"), View: bot.View{Title: "Due now"}, Home: true}
	if _, err := s.platform.Deliver(t.Context(), post); err != nil {
		t.Errorf("while Teams does not say: %v", err)
	}
}

func TestAChannelWhoseReadersAreNotAllKnownIsShared(t *testing.T) {
	s := newScene(t)
	everybody := make([]string, mostPages+1)
	for i := range everybody {
		everybody[i] = faketeams.Staff
	}
	everybody[mostPages] = faketeams.Stranger
	s.send(s.token(nil), s.activity(nil)) // Teams is heard from
	s.fake.Join("19:throng", 1, everybody...)
	s.fake.Join("19:empty", 1)
	for _, channel := range []string{"19:throng", "19:empty"} {
		if room, err := s.platform.Room(t.Context(), "teams."+org, channel, ""); err != nil || room.Kind != bot.Shared {
			t.Errorf("%s: %+v", channel, room)
		}
	}
}

func TestAConversationOfAnotherCompanysBotIsNotWrittenTo(t *testing.T) {
	s := newScene(t)
	second := "44444444-4444-4444-4444-444444444444"
	s.platform.config.Bots = append(s.platform.config.Bots, Bot{AppID: second, Secret: "x", Tenant: other})
	first := s.at("a:29:sam")
	first.User = faketeams.Staff
	reach := first.reach()
	_, err := s.platform.Deliver(t.Context(), bot.Post{Tenant: "teams." + other, To: bot.To("sam-oid"), Reach: reach, View: bot.View{Title: "secret of the other"}})
	if len(s.fake.Chat(faketeams.Staff)) > 0 || err == nil {
		t.Errorf("it was written: %v", err)
	}
}
