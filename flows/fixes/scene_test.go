package fixes_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
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
	*testing.T
	*bottest.World
	lib *content.Library
}

// library is the built-in content, which no test changes.
var library = sync.OnceValues(func() (*content.Library, error) { return content.Load(content.Settings{}) })

func newScene(t *testing.T, owners ...string) *scene {
	t.Helper()
	lib, err := library()
	if err != nil {
		t.Fatal(err)
	}
	owners = append(owners, "olga")
	elsewhere := func(name string) bot.Flow {
		return bot.Flow{Name: name, Step: func(*bot.Docs, bot.Event) ([]bot.Effect, error) {
			return []bot.Effect{bot.Answer{View: bot.View{Title: name}}}, nil
		}}
	}
	w := bottest.NewWorld([]bot.Flow{fixes.New(lib, func(string) []string { return owners }), elsewhere("assess"), elsewhere("menu")}, start.Add(time.Hour))
	s := &scene{t, w, lib}
	s.keep(run1, s.worked(start))
	return s
}

// made is a scene in which the list is made.
func made(t *testing.T) *scene {
	t.Helper()
	s := newScene(t)
	s.press(olga, "make", run1)
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
	put(s, company.Runs, id, run)
	for question, said := range run.Answers {
		s.answered(question, said)
	}
}

// answered puts an answer into the company's bank.
func (s *scene) answered(question string, said company.Answer) {
	s.Helper()
	bank := get(s, company.Banks, company.BankID)
	if bank.Answers == nil {
		bank.Answers = map[string]company.Answer{}
	}
	bank.Answers[question] = said
	put(s, company.Banks, company.BankID, bank)
}

// says answers a question now.
func (s *scene) says(question, value string) {
	s.Helper()
	s.pass(time.Hour)
	s.answered(question, company.Answer{Value: value, By: "olga", At: s.Now, Revision: s.lib.Questions[question].Revision})
	s.pass(time.Hour)
}

func (s *scene) pass(d time.Duration) { s.Now = s.Now.Add(d) }

func put[T any](s *scene, doc bot.Doc[T], id string, v T) {
	s.Helper()
	body, err := doc.Encode(v)
	if err != nil {
		s.Fatal(err)
	}
	s.Docs[doc.Key(id)] = body
}

func get[T any](s *scene, doc bot.Doc[T], id string) (v T) {
	s.Helper()
	body, ok := s.Docs[doc.Key(id)]
	if !ok {
		return v
	}
	v, err := doc.Decode(body)
	if err != nil {
		s.Fatal(err)
	}
	return v
}

func (s *scene) list() company.Fixes { s.Helper(); return get(s, company.FixesOf, company.FixesID) }

func (s *scene) fix(id string) company.Fix { s.Helper(); return s.list().Tasks[id] }

func (s *scene) do(e bot.Event) []bot.Effect {
	s.Helper()
	s.pass(time.Second)
	effects, err := s.Do("fixes", e)
	if err != nil {
		s.Fatal(err)
	}
	return effects
}

func (s *scene) press(who bot.Person, verb string, args ...string) []bot.Effect {
	s.Helper()
	return s.do(bot.Event{Kind: bot.Click, From: who, Action: bot.Do("fixes", verb, args...)})
}

// looks is what somebody sees who types the command.
func (s *scene) looks(who bot.Person) bot.View {
	s.Helper()
	return answered(s.do(bot.Event{Kind: bot.Command, From: who}))
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
	return s.do(e)
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
		s.do(bot.Event{Kind: bot.Timer, Timer: strings.TrimPrefix(name, "fixes/")})
	}
}

// answered is what the one sees who caused the effects.
func answered(effects []bot.Effect) bot.View {
	for _, x := range effects {
		if a, ok := x.(bot.Answer); ok {
			return a.View
		}
	}
	return bot.View{}
}

// written is what was sent, by who gets it.
func written(effects []bot.Effect) map[string]bot.View {
	to := map[string]bot.View{}
	for _, x := range effects {
		if show, ok := x.(bot.Show); ok {
			to[show.To.User] = show.View
		}
	}
	return to
}

func refused(effects []bot.Effect) map[string]string {
	for _, x := range effects {
		if r, ok := x.(bot.Refuse); ok {
			return r.Why
		}
	}
	return nil
}

func audits(effects []bot.Effect) string {
	var lines []string
	for _, x := range effects {
		if a, ok := x.(bot.Audit); ok {
			lines = append(lines, a.Verb+" "+a.Object)
		}
	}
	return strings.Join(lines, "; ")
}

// seen is a view as lines of text.
func seen(v bot.View) string {
	lines := []string{v.Title}
	for _, b := range v.Blocks {
		switch {
		case b.Text != nil:
			lines = append(lines, b.Text.Body)
		case b.Heading != nil:
			lines = append(lines, b.Heading.Body)
		case b.List != nil:
			lines = append(lines, b.List.Items...)
		case b.Note != nil:
			lines = append(lines, b.Note.Body)
		case b.Code != nil:
			lines = append(lines, b.Code.Body)
		case b.Fields != nil:
			for _, f := range b.Fields.Items {
				lines = append(lines, f.Name+": "+f.Value)
			}
		}
	}
	for _, b := range v.Actions() {
		lines = append(lines, "["+b.Label+"]")
	}
	return strings.Join(lines, "\n")
}

func (s *scene) sees(v bot.View, want ...string) {
	s.Helper()
	for _, w := range want {
		if !strings.Contains(seen(v), w) {
			s.Errorf("%q is not on:\n%s", w, seen(v))
		}
	}
}

func (s *scene) unseen(v bot.View, not ...string) {
	s.Helper()
	for _, n := range not {
		if strings.Contains(seen(v), n) {
			s.Errorf("%q is on:\n%s", n, seen(v))
		}
	}
}
