package installs

import (
	"errors"
	"regexp"
	"sync"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/slack"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/flows/company"
	"secadvisor/storage"
	"secadvisor/storage/embedded"
)

const acme = "slack.T1"

var noon = time.Date(2026, time.March, 2, 12, 0, 0, 0, time.UTC)

// registry has a clock that a test can move.
type registry struct {
	Registry
	t     *testing.T
	store *embedded.Store
	past  time.Duration
}

func newRegistry(t *testing.T) *registry {
	t.Helper()
	r := &registry{t: t}
	store, err := embedded.Open(t.TempDir()+"/x.db", embedded.Volatile(), embedded.ClockOffset(func() time.Duration { return r.past }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	r.store, r.Registry = store, In(store, func() time.Time { return noon.Add(r.past) })
	return r
}

func (r *registry) find() slack.Kept {
	r.t.Helper()
	k, err := r.Find(r.t.Context(), acme)
	if err != nil {
		r.t.Fatal(err)
	}
	return k
}

func (r *registry) timers() map[string]time.Time {
	r.t.Helper()
	w, err := r.store.Waiting(r.t.Context(), acme)
	if err != nil {
		r.t.Fatal(err)
	}
	all := map[string]time.Time{}
	for _, timer := range w.Timers {
		all[timer.Name] = timer.At.UTC()
	}
	return all
}

func (r *registry) docs(keys ...string) []storage.Doc {
	r.t.Helper()
	docs, err := r.store.Get(r.t.Context(), acme, keys...)
	if err != nil {
		r.t.Fatal(err)
	}
	return docs
}

var fresh = slack.Kept{Company: slack.Company{Team: "T1", By: "U1", Token: "xoxb-1", Renew: noon.Add(10 * time.Hour)}}

// What is kept of a company is found again, what is due is planned with it, and
// whoever writes what somebody else has changed meanwhile is told.
func TestAnInstallationIsKept(t *testing.T) {
	r := newRegistry(t)
	if k := r.find(); k.Version != 0 {
		t.Errorf("before: %v", k)
	}
	code, err := r.Install(t.Context(), fresh)
	if err != nil || !regexp.MustCompile(`^[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}$`).MatchString(code) {
		t.Fatalf("%q, %v", code, err)
	}
	k := r.find()
	if k.Token != "xoxb-1" || k.Tenant() != acme || !r.timers()[RenewTimer].Equal(fresh.Renew) {
		t.Errorf("%#v, %v", k.Company, r.timers())
	}
	stale := k
	k.Token, k.Renew = "xoxb-2", noon.Add(20*time.Hour)
	if err := r.Keep(t.Context(), k); err != nil {
		t.Fatal(err)
	}
	if err := r.Keep(t.Context(), stale); !errors.Is(err, slack.ErrChanged) {
		t.Errorf("an old token is written over a new one: %v", err)
	}
	if k = r.find(); k.Token != "xoxb-2" || !r.timers()[RenewTimer].Equal(k.Renew) {
		t.Errorf("%v", r.timers())
	}

	k.Gone = &slack.Gone{Why: "the bot was taken out", At: noon, Erase: noon.Add(30 * 24 * time.Hour)}
	if err := r.Keep(t.Context(), k); err != nil {
		t.Fatal(err)
	}
	if timers := r.timers(); len(timers) != 1 || !timers[EraseTimer].Equal(k.Gone.Erase) {
		t.Errorf("a company that has left waits for %v", timers)
	}
	if _, err := r.Install(t.Context(), slack.Kept{Company: fresh.Company, Version: r.find().Version}); err != nil {
		t.Fatal(err)
	}
	if timers := r.timers(); len(timers) != 1 || timers[RenewTimer].IsZero() {
		t.Errorf("one that came back would be erased: %v", timers)
	}
}

// Installing makes an owner only where there is none: whoever may install apps
// is not to take a company over.
func TestACodeIsGivenOnlyWhereNobodyOwns(t *testing.T) {
	r := newRegistry(t)
	first, err := r.Install(t.Context(), fresh)
	if err != nil || first == "" {
		t.Fatal(first, err)
	}
	second, err := r.Install(t.Context(), slack.Kept{Company: fresh.Company, Version: r.find().Version})
	if err != nil || second == "" || second == first {
		t.Fatalf("again: %q, %v", second, err)
	}
	code := r.docs(company.Codes.Key(company.CodeID))[0]
	if kept, err := company.Codes.Decode(code.Body); err != nil || !kept.Matches(second) || kept.Matches(first) {
		t.Errorf("the code that works: %+v, %v", kept, err)
	}

	own := func(role bot.Role) {
		was := r.docs(bot.RolesDoc.Key(bot.RolesID))[0]
		body, err := bot.RolesDoc.Encode(bot.Roles{People: map[string]bot.Member{"U9": {Role: role}}})
		if err == nil {
			_, err = r.store.Apply(t.Context(), acme, storage.Change{Put: []storage.Write{{Key: was.Key, Version: was.Version, Body: body}}})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	own(bot.IT)
	if code, err := r.Install(t.Context(), slack.Kept{Company: fresh.Company, Version: r.find().Version}); err != nil || code == "" {
		t.Errorf("with IT and no owner: %q, %v", code, err)
	}
	own(bot.Owner)
	if code, err := r.Install(t.Context(), slack.Kept{Company: fresh.Company, Version: r.find().Version}); err != nil || code != "" {
		t.Errorf("with an owner: %q, %v", code, err)
	}
	audit, _, err := r.store.List(t.Context(), acme, bot.AuditDoc.Key(""), "", 10)
	if err != nil || len(audit) != 4 {
		t.Errorf("the log has %d lines of four installations, %v", len(audit), err)
	}
}

// People who cannot be read are not taken for nobody.
func TestDamagedPeopleGiveNoCode(t *testing.T) {
	r := newRegistry(t)
	_, err := r.store.Apply(t.Context(), acme, storage.Change{Put: []storage.Write{{Key: bot.RolesDoc.Key(bot.RolesID), Body: []byte(`{"v":1,"d":{"peo`)}}})
	if err != nil {
		t.Fatal(err)
	}
	if code, err := r.Install(t.Context(), fresh); err == nil || code != "" {
		t.Errorf("%q, %v", code, err)
	}
	if k := r.find(); k.Version != 0 {
		t.Errorf("half of it is kept: %v", k)
	}
	if owned, err := HasOwner(storage.Doc{Version: -1, Fault: storage.ErrDamaged}); err == nil || owned {
		t.Errorf("%v, %v", owned, err)
	}
}

// One of many holds the lock, and nobody for longer than it asked for.
func TestTheLockIsHeldByOne(t *testing.T) {
	r := newRegistry(t)
	take := func() func() {
		t.Helper()
		free, err := r.Lock(t.Context(), acme, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		return free
	}
	free := take()
	if free == nil || take() != nil {
		t.Fatal("it is held by two, or by nobody")
	}
	free()
	late := take()
	if late == nil {
		t.Fatal("it was not given back")
	}
	r.past = 2 * time.Minute
	next := take()
	if next == nil {
		t.Fatal("it is held for longer than it was asked for")
	}
	late() // by whom it was held before
	if take() != nil {
		t.Error("it was given back for somebody else")
	}
}

// What a browser brings back works once, with its own mark, in its time.
func TestABeginningIsRedeemedOnce(t *testing.T) {
	r := newRegistry(t)
	ctx := t.Context()
	if err := r.Begin(ctx, "k", "mark", time.Minute); err != nil {
		t.Fatal(err)
	}
	for _, try := range [][2]string{{"k", "other"}, {"other", "mark"}, {"k", ""}} {
		if yes, err := r.Redeem(ctx, try[0], try[1]); yes || err != nil {
			t.Errorf("%v: %v, %v", try, yes, err)
		}
	}
	var mu sync.Mutex
	var all sync.WaitGroup
	did := 0
	for range 20 {
		all.Go(func() {
			yes, err := r.Redeem(ctx, "k", "mark")
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			if yes {
				did++
			}
		})
	}
	if all.Wait(); did != 1 {
		t.Errorf("it is redeemed %d times", did)
	}
	if err := r.Begin(ctx, "late", "mark", time.Minute); err != nil {
		t.Fatal(err)
	}
	r.past = 2 * time.Minute
	if yes, err := r.Redeem(ctx, "late", "mark"); yes || err != nil {
		t.Errorf("after its time: %v, %v", yes, err)
	}
	if docs, err := r.store.Get(ctx, stores.Lobby, "state/k"); err != nil || docs[0].Version != 0 {
		t.Errorf("what was redeemed is kept: %+v, %v", docs, err)
	}
}
