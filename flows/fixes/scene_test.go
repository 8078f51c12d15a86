package fixes_test

import (
	"strings"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/content/contenttest"
	"secadvisor/flows/fixes"
	"secadvisor/flows/score"
)

var (
	olga  = bot.Person{ID: "olga", Name: "Olga", Affiliation: bot.Home, Role: bot.Owner, Zone: "Europe/Berlin"}
	otto  = bot.Person{ID: "otto", Name: "Otto", Affiliation: bot.Home, Role: bot.Owner}
	robin = bot.Person{ID: "robin", Name: "Robin", Affiliation: bot.Home, Role: bot.IT}
	kim   = bot.Person{ID: "kim", Name: "Kim", Affiliation: bot.Home, Role: bot.Partner}
	sam   = bot.Person{ID: "sam", Name: "Sam", Affiliation: bot.Home}
	gus   = bot.Person{ID: "gus", Name: "Gus", Affiliation: bot.Guest, Role: bot.Owner}
	eve   = bot.Person{ID: "eve", Name: "Eve"}

	start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
)

const (
	mfa     = "acc-mfa-email"       // both
	leavers = "acc-leavers"         // both, not known in the worked example
	restore = "data-restore-test"   // it
	payment = "ppl-payment-check"   // security
	helper  = "ir-contact"          // security
	assess  = "gov-risk-assessment" // security

	run1 = "abcdefghij23"
	run2 = "bbcdefghij23"
)

// scene is a company that Olga owns, with the result of the specification's
// first example.
type scene struct {
	*bottest.Scene
	lib *content.Library
}

func newScene(t *testing.T, owners ...string) *scene {
	t.Helper()
	lib := contenttest.BuiltIn(t)
	owners = append(owners, "olga")
	w := bottest.NewWorld([]bot.Flow{fixes.New(lib, func(string) []string { return owners }), bottest.Elsewhere("assess"), bottest.Elsewhere("menu")}, start.Add(time.Hour))
	s := &scene{&bottest.Scene{TB: t, World: w, Flow: "fixes", Pace: time.Second}, lib}
	s.keep(run1, s.worked(start))
	return s
}

// made is a scene in which the list is made.
func made(t *testing.T) *scene {
	t.Helper()
	s := newScene(t)
	s.Press(olga, "make", run1)
	return s
}

// worked is a finished run with the answers of the first example, as they
// were given at a time.
func (s *scene) worked(at time.Time) company.Run {
	answers := map[string]company.Answer{}
	for id, value := range map[string]string{
		mfa: score.Partly, "dev-updates": score.Yes, "data-backup": score.Yes, restore: score.Never, "dev-antimalware": score.Yes, leavers: score.DontKnow,
		payment: score.No, "ppl-training": at.AddDate(0, 0, -200).Format(score.DayFormat), helper: score.No, assess: score.Never,
	} {
		answers[id] = company.Answer{Value: value, By: "olga", At: at, Revision: s.lib.Questions[id].Revision}
	}
	return company.Run{Pack: "quick-check", Owner: "olga", Started: at, Changed: at, Finished: at, Answers: answers}
}

// keep stores a run as it stands when it is finished, its answers in the
// bank.
func (s *scene) keep(id string, run company.Run) {
	s.Helper()
	bottest.Put(s, s.World, company.Runs, id, run)
	for question, said := range run.Answers {
		s.answered(question, said)
	}
}

// answered puts an answer into the company's bank.
func (s *scene) answered(question string, said company.Answer) {
	s.Helper()
	bank := bottest.Get(s, s.World, company.Banks, company.BankID)
	if bank.Answers == nil {
		bank.Answers = map[string]company.Answer{}
	}
	bank.Answers[question] = said
	bottest.Put(s, s.World, company.Banks, company.BankID, bank)
}

// says answers a question now.
func (s *scene) says(question, value string) {
	s.Helper()
	s.pass(time.Hour)
	s.answered(question, company.Answer{Value: value, By: "olga", At: s.Now, Revision: s.lib.Questions[question].Revision})
	s.pass(time.Hour)
}

func (s *scene) pass(d time.Duration) { s.Now = s.Now.Add(d) }

func (s *scene) list() company.Fixes {
	s.Helper()
	return bottest.Get(s, s.World, company.FixesOf, company.FixesID)
}

func (s *scene) fix(id string) company.Fix { s.Helper(); return s.list().Tasks[id] }

// looks is what somebody sees who types the command.
func (s *scene) looks(who bot.Person) bot.View {
	s.Helper()
	return bottest.Answered(s.Play(bot.Event{Kind: bot.Command, From: who}))
}

// form is what somebody fills in. The field "user" is picked.
type form map[string]string

func (s *scene) submit(who bot.Person, f form, verb string, args ...string) []bot.Effect {
	s.Helper()
	e := bot.Event{Kind: bot.Submit, From: who, Action: bot.Do("fixes", verb, args...), Values: f}
	for _, p := range []bot.Person{olga, robin, kim, sam, gus, eve} {
		if f["user"] == p.ID {
			e.Picked = map[string]bot.Picked{"user": {ID: p.ID, Name: p.Name, Affiliation: p.Affiliation}}
		}
	}
	return s.Play(e)
}

// gives has Olga give a task, or a part of it, to somebody.
func (s *scene) gives(id string, who bot.Person, part, due string) []bot.Effect {
	s.Helper()
	return s.submit(olga, form{"user": who.ID, "part": part, "due": due}, "give", id)
}

// fires lets the timers happen that are due now.
func (s *scene) fires() {
	s.Helper()
	for name, at := range s.Timers {
		if at.After(s.Now) {
			continue
		}
		delete(s.Timers, name)
		s.Play(bot.Event{Kind: bot.Timer, Timer: strings.TrimPrefix(name, "fixes/")})
	}
}
