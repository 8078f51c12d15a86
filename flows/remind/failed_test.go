package remind_test

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
)

// fails says that the latest card of somebody did not arrive.
func (s *scene) fails(lane, why string) {
	s.Helper()
	last := s.shown[lane][len(s.shown[lane])-1]
	s.do(bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: last.Key, To: last.To, Reason: why}})
}

func TestWhatDidNotArriveIsSaidAloudInAnotherPlace(t *testing.T) {
	s := forRobin(t)
	s.firesUntil("@robin")
	s.fails("@robin", "that person's account was switched off")
	s.Sees(s.card("@olga"), "I couldn't post the reminder to Robin: Restore test", "That person's account was switched off.", "[Send it to me]", "[Choose another]")
	s.types("status")
	s.Sees(s.answer, "one did not arrive", "not delivered (that person's account was switched off)")
	s.types("")
	s.Sees(s.answer, "I couldn't deliver the last one: that person's account was switched off.")
	s.on(s.card("@olga"), "Send it to me")
	s.Sees(s.card("@olga"), "Restore test", "[Done]", "[Stop reminding]")
	if got := s.schedule("restore-test"); got.To != bot.To("olga") || got.Failed != "" {
		t.Errorf("the schedule is %+v", got)
	}
	s.types("status")
	s.Sees(s.answer, "all arrived", "Restore test, to you")
}

func TestTheNextOneIsAskedWhereNobodyChooses(t *testing.T) {
	s := forRobin(t)
	s.firesUntil("@robin")
	s.fails("@robin", "it was refused")
	at := s.Now
	s.firesUntil("@kim")
	if days := s.Now.Sub(at).Hours() / 24; days > 2 {
		t.Errorf("the deputy is asked after %.1f days", days)
	}
	s.Unseen(s.card("@kim"), "unanswered", "Robin")
}

func TestAnotherPersonIsChosenInAForm(t *testing.T) {
	s := forRobin(t)
	s.firesUntil("@robin")
	s.fails("@robin", "it was refused")
	s.on(s.card("@olga"), "Choose another")
	s.fill(map[string]string{"user": "kim"}, map[string]bot.Picked{"user": {ID: "kim", Name: "Kim", Affiliation: bot.Home}})
	s.Sees(s.answer, "I'll ask Kim in direct messages")
	s.Sees(s.card("@kim"), "Restore test", "[Done]")
}

// The only other place of an owner who cannot be reached is another owner.
func TestAnOwnerWhoCannotBeReachedIsToldToTheOther(t *testing.T) {
	s := quarterly(t)
	s.fires()
	s.fails("@olga", "it was refused")
	s.Sees(s.card("@otto"), "I couldn't post the reminder to Olga: Quick check")
	if n := len(s.shown["@olga"]); n != 1 {
		t.Errorf("Olga was sent %d messages", n)
	}
}

func TestFiveInARowPauseThatOneAndNoOther(t *testing.T) {
	s := forRobin(t)
	s.types("quarterly")
	s.press("Set it")
	for i := range 5 {
		s.Timers["remind/restore-test/next"] = time.Time{}
		delete(s.Timers, "remind/restore-test/next")
		s.firesUntil("@robin")
		s.fails("@robin", "it was refused")
		if paused := !s.schedule("restore-test").Paused.IsZero(); paused != (i == 4) {
			t.Fatalf("paused after %d: %v", i+1, paused)
		}
	}
	s.Sees(s.card("@olga"), "the fifth time in a row", "[Choose another]")
	s.types("status")
	s.Sees(s.answer, "Paused since", "Quick check, to you: last on")
	n := len(s.shown["@robin"])
	s.Timers = map[string]time.Time{"remind/restore-test/due": s.schedule("restore-test").Due}
	s.fires()
	s.fires()
	if len(s.shown["@robin"]) > n {
		t.Error("it was tried again")
	}
	s.on(s.shown["@olga"][len(s.shown["@olga"])-1].View, "Choose another")
	s.fill(map[string]string{"user": "robin"}, map[string]bot.Picked{"user": {ID: "robin", Name: "Robin", Affiliation: bot.Home}})
	if !s.schedule("restore-test").Paused.IsZero() {
		t.Error("still paused after somebody chose anew")
	}
}

// What owners are told is nothing to wake them for.
func TestOwnersAreToldWhenTheyAreAtWork(t *testing.T) {
	s := forRobin(t)
	s.firesUntil("@robin")
	s.Now = time.Date(2026, 6, 2, 21, 0, 0, 0, time.UTC) // 23:00 in Berlin
	s.fails("@robin", "that person's account was switched off")
	if len(s.shown["@olga"]) > 0 {
		t.Fatalf("Olga is told at night: %s", bottest.Lines(s.card("@olga")))
	}
	for len(s.shown["@olga"]) == 0 {
		s.fires()
	}
	if want := time.Date(2026, 6, 3, 6, 0, 0, 0, time.UTC); !s.Now.Equal(want) {
		t.Errorf("Olga is told at %v, want %v", s.Now, want)
	}
	s.Sees(s.card("@olga"), "I couldn't post the reminder to Robin: Restore test", "[Send it to me]")
	if left := s.schedule("restore-test").Later; len(left) > 0 {
		t.Errorf("told, and kept: %+v", left)
	}

	s = quarterly(t)
	s.Now = due.AddDate(0, 7, 0).Add(14 * time.Hour) // 22:00 in Berlin, in winter
	s.fires()
	if len(s.shown["@olga"]) > 0 {
		t.Fatalf("Olga is told at night: %s", bottest.Lines(s.card("@olga")))
	}
	s.firesUntil("@olga")
	s.Sees(s.card("@olga"), "I missed the reminder of Tuesday 2 June 2026")
}

func TestAFailureOfWhatIsOverIsLeftAlone(t *testing.T) {
	s := forRobin(t)
	s.firesUntil("@robin")
	card := s.shown["@robin"][0]
	s.as(robin)
	s.press("Done")
	s.fill(nil, nil)
	for _, u := range []*bot.Undelivered{
		nil, {}, {Key: "remind"}, {Key: "remind/"}, {Key: "remind/gone/1"}, {Key: "remind/restore-test/1"}, {Key: "told/remind/restore-test/2/missed"},
		{Key: card.Key, To: bot.To("sam")}, {Key: card.Key + "/7", To: card.To}, {Key: "remind/restore-test/x", To: card.To},
	} {
		if s.do(bot.Event{Kind: bot.Failed, Undelivered: u}); s.told > 0 {
			t.Errorf("%+v said something", u)
		}
	}
}

func TestAChannelIsAskedWithoutAnyGaps(t *testing.T) {
	s := begin(t)
	s.Rooms = map[string]bot.Room{"C1": {Name: "#it-help", Kind: bot.Channel, People: 9}}
	gap(s)
	s.types("restore test quarterly")
	s.press("Another time, or somebody else")
	for id, room := range map[string]bot.Room{"C2": {Name: "#all"}, "C3": {Name: "x", Kind: bot.Direct}, "": {}} {
		if why := bottest.Refused(s.fill(map[string]string{"channel": "x"}, map[string]bot.Picked{"channel": {ID: id, Room: room}})); !strings.Contains(why["channel"], "only people of your company") {
			t.Errorf("%s: refused with %v", id, why)
		}
	}
	s.fill(map[string]string{"channel": "C1"}, map[string]bot.Picked{"channel": {ID: "C1", Room: s.Rooms["C1"]}})
	s.Sees(s.answer, "I'll ask #it-help on Tuesday 2 June")
	s.firesUntil("C1")
	s.Sees(s.card("C1"), "Restore test", "[Done]")
	s.Unseen(s.card("C1"), "Still open", "[I can't]", "[Stop", "[Don't remind")
	s.as(kim)
	s.on(s.card("C1"), "Done") // from another place: the form is for those who read the channel
	s.Sees(s.answer, "This reminder is not yours")
	s.place = bot.Place{Channel: "C1", Kind: bot.Channel}
	s.on(s.card("C1"), "Done")
	s.fill(map[string]string{"note": "done in ten minutes"}, nil)
	s.Sees(s.card("C1"), "Done: Restore test", "Done on 2 June.")
	s.Unseen(s.card("C1"), "ten minutes") // which was written for the owners
	s.as(olga)
	s.types("")
	s.press("How it went")
	s.Sees(s.answer, "Due on 2 June: done on 2 June, Kim: “done in ten minutes”")
}

func TestAChannelThatOthersReadNowIsNotWrittenTo(t *testing.T) {
	s := begin(t)
	s.Rooms = map[string]bot.Room{"C1": {Name: "#it-help", Kind: bot.Channel, People: 9}}
	s.types("quick check quarterly")
	s.press("Another time, or somebody else")
	s.fill(map[string]string{"channel": "C1"}, map[string]bot.Picked{"channel": {ID: "C1", Room: s.Rooms["C1"]}})
	s.Rooms["C1"] = bot.Room{Name: "#it-help", People: 40}
	s.firesUntil("@olga")
	if len(s.shown["C1"]) > 0 {
		t.Error("other companies read the reminder")
	}
	all := ""
	for _, x := range s.shown["@olga"] {
		all += bottest.Lines(x.View)
	}
	if !strings.Contains(all, "I couldn't post the reminder in #it-help: Quick check") || !strings.Contains(all, "[Yes, I've seen it]") {
		t.Errorf("Olga reads\n%s", all)
	}
}

// gap puts a task on the fix list that Robin has.
func gap(s *scene) {
	s.Helper()
	bottest.Put(s, s.World, company.FixesOf, company.FixesID, company.Fixes{Tasks: map[string]company.Fix{
		"data-restore-test":   {State: company.FixOpen, Side: "it", Priority: 30, Parts: map[string]company.Part{"it": {User: "robin", Name: "Robin", Due: time.Date(2026, 5, 28, 0, 0, 0, 0, time.UTC)}}},
		"data-backup-offline": {State: company.FixOpen, Side: "it", Priority: 20},
	}})
}
