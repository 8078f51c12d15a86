package sides_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/sides"
)

func TestOnlyOwnersStart(t *testing.T) {
	s := newScene(t)
	for _, who := range []bot.Person{robin, sam, {ID: "gus", Affiliation: bot.Guest, Role: bot.Owner}} {
		for _, verb := range []string{"start", "choose", "chosen"} {
			s.click(who, bot.Do("sides", verb, "quick-check"))
			s.Sees(s.reply, "Only an owner starts this")
		}
		s.types(who, "")
		s.Sees(s.reply, "Nobody has asked you to compare notes")
	}
	if len(s.Docs)+len(s.Forms) > 0 {
		t.Errorf("kept %v, forms %v", s.Docs, s.Forms)
	}
}

func TestWhatItIsAndWhoSeesWhatIsSaidFirst(t *testing.T) {
	s := newScene(t)
	for _, text := range []string{"", "sides", "both sides", "both-sides check", "compare with it", "Quick check", "both sides quick check"} {
		s.types(olga, text)
		s.Sees(s.reply, "the same 10 questions, apart", "You see nothing of their answers before both are done", "they can say no", "[Choose who]")
	}
	s.types(olga, "insurance readiness")
	s.Sees(s.reply, "the same 18 questions")
	s.types(olga, "it provider check")
	s.Sees(s.reply, "the same 12 questions")
	s.types(olga, "no such pack")
	s.Sees(s.reply, "There is no assessment of that name", "[Incident readiness]")
	s.where = bot.Place{Channel: "C2", Kind: bot.Shared}
	s.types(olga, "")
	s.Sees(s.reply, "other companies may read this channel")
}

func TestWhoLooksAfterITIsSuggested(t *testing.T) {
	s := newScene(t)
	suggested := func() string {
		s.click(olga, bot.Do("sides", "choose", "quick-check"))
		return s.Forms[len(s.Forms)-1].Fields[0].Value
	}
	if got := suggested(); got != "" {
		t.Errorf("somebody is suggested: %q", got)
	}
	bottest.Put(s, s.World, bot.RolesDoc, bot.RolesID, bot.Roles{People: map[string]bot.Member{"kim": {Role: bot.IT, Name: "Kim"}, "ada": {Name: "Ada"}}})
	if got := suggested(); got != "kim" {
		t.Errorf("the role suggests %q", got)
	}
	var m company.Map
	m.Duties = map[string]company.Duty{company.GroupIT: {Does: m.Enter(company.Party{Name: "Noor", User: "noor"})}}
	bottest.Put(s, s.World, company.Maps, company.MapID, m)
	if got := suggested(); got != "noor" {
		t.Errorf("the map suggests %q", got)
	}
	m.Enter(company.Party{Name: "Acme IT", Provider: true})
	m.Enter(company.Party{Name: "Olga", User: "olga", Provider: true})
	m.Enter(company.Party{Name: "Robin", User: "robin", Provider: true})
	bottest.Put(s, s.World, company.Maps, company.MapID, m)
	if got := suggested(); got != "robin" {
		t.Errorf("the provider is %q", got)
	}
	if intro := s.Forms[len(s.Forms)-1].Intro; !strings.Contains(intro, "As far as I know it is Robin.") {
		t.Errorf("intro %q", intro)
	}
}

func TestOnlyAnotherPersonOfTheCompanyIsAsked(t *testing.T) {
	s := newScene(t)
	for who, why := range map[string]string{"olga": "That is you", "gus": "a guest, or from another company", "eve": "a guest, or from another company"} {
		s.choose(who)
		refused, ok := s.last[0].(bot.Refuse)
		if !ok || !strings.Contains(refused.Why["user"], why) {
			t.Errorf("%s: %+v", who, s.last)
		}
	}
	s.do(olga, bot.Event{Kind: bot.Submit, Action: s.Forms[0].Action})
	if _, ok := s.last[0].(bot.Refuse); !ok || len(s.Docs) > 0 {
		t.Errorf("nobody was chosen: %+v", s.last)
	}
}

func TestBothGetACardOfTheirOwn(t *testing.T) {
	s := newScene(t)
	s.where = bot.Place{Channel: "C1", Kind: bot.Channel}
	s.choose("robin")
	s.Sees(s.reply, "sent it to your direct messages")
	s.Sees(s.card(robin), "Olga would like to compare notes with you", "Nobody is graded", "[Start (5 minutes)]", "[Not now]", "[I'd rather talk]", "Whoever runs this server could read", "Never type passwords")
	s.Sees(s.card(olga), "1 of 10", "I have asked Robin. Robin sees nothing of this before both are done", "[Yes, I've seen it]", "[Back]", "[Later]", "[Why this matters]")
}

func TestASecondCheckDoesNotRunBesideTheFirst(t *testing.T) {
	s := newScene(t)
	s.choose("robin")
	first := s.Forms[0]
	s.press(olga, "No")
	before := maps.Clone(s.Docs)
	s.do(olga, bot.Event{Kind: bot.Submit, Action: first.Action, Picked: map[string]bot.Picked{"user": {ID: "sam", Name: "Sam", Affiliation: bot.Home}}})
	s.Sees(s.reply, "is under way", "I have asked Robin. You have answered 1 of 10.", "[Show my card]", "[Ask somebody else]", "[Stop this check]")
	s.types(olga, "")
	s.Sees(s.reply, "is under way")
	if diff := cmp.Diff(before, s.Docs); diff != "" {
		t.Error(diff)
	}
}

func TestANewOneMakesTheButtonsOfTheLastOneLate(t *testing.T) {
	s := differing(t)
	old := s.button(olga, "Take their answer")
	s.types(olga, "")
	s.press(olga, "Show the last comparison")
	s.Sees(s.compared(olga), "see 10 of 10 differently")
	s.choose("robin")
	for _, who := range []bot.Person{olga, robin} {
		s.click(who, old)
		s.Sees(s.reply, "That check is over")
	}
	if c := s.check(); len(c.Settled)+len(c.Owner.Answers) > 0 {
		t.Errorf("the new one begins with %+v", c)
	}
}

// run is a finished run with an answer to every question of the quick check,
// given so many days ago.
func (s *scene) run(id, owner string, days int) {
	s.Helper()
	at := s.Now.AddDate(0, 0, -days)
	run := company.Run{Pack: "quick-check", Owner: owner, Finished: at, Answers: map[string]company.Answer{}}
	for _, pq := range s.lib.Packs[0].Questions {
		said := company.Answer{Value: "yes", By: owner, At: at, Revision: 1}
		if s.lib.Questions[pq.ID].Kind == "date" {
			said.Value = at.AddDate(0, 0, -10).Format("2006-01-02")
		}
		run.Answers[pq.ID] = said
	}
	bottest.Put(s, s.World, company.Runs, id, run)
	index, _ := company.Indexes.Decode(s.Docs[company.Indexes.Key(company.IndexID)])
	index.Finish(owner, "quick-check", id)
	bottest.Put(s, s.World, company.Indexes, company.IndexID, index)
}

func TestFreshAnswersAreTakenOverWithOneTap(t *testing.T) {
	s := newScene(t)
	s.run("aaaaaaaaaaaa", "olga", 9)
	s.run("bbbbbbbbbbbb", "otto", 1) // another owner's stays theirs
	s.choose("robin")
	s.Sees(s.card(olga), "You answered these questions on 3 May 2026", "[Answer anew]")
	use := s.button(olga, "Use my answers of 3 May 2026")
	s.click(olga, use)
	s.Sees(s.card(olga), "your part is done")
	s.click(olga, use)
	s.Sees(s.reply, "answered already")
	s.press(robin, "Start (")
	s.all(robin, "yes")
	s.Sees(s.compared(robin), "see all 10 the same way")
	if got := s.bank()["acc-leavers"]; got.By != "olga" || !got.At.Equal(start.AddDate(0, 0, -9)) {
		t.Errorf("the bank has %+v", got)
	}
}

func TestWhatIsTooOldIsAskedAgain(t *testing.T) {
	s := newScene(t)
	s.run("aaaaaaaaaaaa", "olga", 100) // seven questions go stale after 90 days
	s.choose("robin")
	s.press(olga, "Use my answers")
	s.Sees(s.card(olga), "1 of 10")
	for range 6 {
		s.click(olga, coded(answers(s.card(olga)), "yes"))
	}
	s.Sees(s.card(olga), "your part is done")
}

func TestOldRunsAndAnswersAnewAreNotOffered(t *testing.T) {
	s := newScene(t)
	s.run("aaaaaaaaaaaa", "olga", 800)
	s.choose("robin")
	s.Sees(s.card(olga), "1 of 10", "[Partly]")

	s = newScene(t)
	s.run("aaaaaaaaaaaa", "olga", 9)
	s.choose("robin")
	s.press(olga, "Answer anew")
	s.Sees(s.card(olga), "1 of 10", "[Partly]")
	s.Unseen(s.card(olga), "Your answer so far")
}

func TestWhoeverWasAskedFindsTheirCardAgain(t *testing.T) {
	s := begun(t)
	s.types(robin, "")
	s.Sees(s.card(robin), "Olga would like to compare notes with you")
	s.press(robin, "Start (", "No", "Later")
	s.Sees(s.card(robin), "paused: 1 of 10 answered", "/sec sides")
	s.types(robin, "")
	s.press(robin, "Continue")
	s.Sees(s.card(robin), "2 of 10")
	s.do(otto, bot.Event{Kind: bot.Submit, Action: bot.Do("sides", "chosen", "quick-check", ""), Picked: map[string]bot.Picked{"user": {ID: "robin", Affiliation: bot.Home}}})
	s.types(robin, "")
	s.Sees(s.reply, "Which comparison", "[Quick check with Olga]", "[Quick check with Otto]")
}

// A store refuses keys that are too long, and would be asked again and again.
func TestOnlyIdsOfOursAreLookedFor(t *testing.T) {
	flow := sides.New(newScene(t).lib, func(string) []string { return nil })
	for _, id := range []string{"", strings.Repeat("a", 5000), "../company/roles", "aaaaaaaaaaa1"} {
		for _, e := range []bot.Event{
			{Kind: bot.Click, From: olga, Action: bot.Do("sides", "show", id)},
			{Kind: bot.Timer, Timer: id + "/silence"},
			{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: "sides/" + id + "/x", To: bot.To("robin")}},
		} {
			d := bot.NewDocs()
			flow.Step(d, e)
			for _, key := range append(flow.Reads(e), fmt.Sprint(d.Needs())) {
				if strings.Contains(key, "sides/") {
					t.Errorf("%.20q is looked for: %.40s", id, key)
				}
			}
		}
	}
}
