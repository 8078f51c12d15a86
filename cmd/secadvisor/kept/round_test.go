package kept

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/bot/play"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/flows/archive"
	"secadvisor/flows/company"
	"secadvisor/storage"
	"secadvisor/storage/embedded"
	"secadvisor/storage/redis/redistest"
)

// What was exported and imported into an empty store is exported the same
// again: from a file to Redis, and back to a file.
func TestWhatIsImportedIsExportedTheSameAgain(t *testing.T) {
	t.Parallel()
	first := commandtest.Lived(t)
	one := exportOf(first)
	redis := first.In(redistest.Start(t).URL())
	commandtest.Did(t, Import{one, redis.Place()}.Run)
	two := exportOf(redis)
	back := first.In("file:" + filepath.Join(t.TempDir(), "back.db"))
	commandtest.Did(t, Import{two, back.Place()}.Run)
	three := exportOf(back)
	for i, path := range []string{two, three} {
		if diff := cmp.Diff(commandtest.Contents(t, one), commandtest.Contents(t, path)); diff != "" {
			t.Errorf("archive %d (-first +this):\n%s", i+2, diff)
		}
	}
	for name, want := range map[string]string{"audit.csv": "owner:Alex", "people.csv": "Acme", "documents/runs.json": `"pack":"quick-check"`, "timers.json": "remind/"} {
		if got := commandtest.Contents(t, one)[name]; !strings.Contains(got, want) {
			t.Errorf("%s does not have %q:\n%.500s", name, want, got)
		}
	}
	info, err := os.Stat(one)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the archive has mode %v, %v", info.Mode().Perm(), err)
	}
	if shown, err := commandtest.Talk(back.Path, "/sec map\n/sec remind\n/sec fixes\n"); err != nil || strings.Contains(shown, "I could not do that") {
		t.Errorf("after the import: %v\n%s", err, shown)
	}
}

// A container has no place to write: archive and receipt go to the output, without
// another byte.
func TestArchiveAndReceiptOnTheOutput(t *testing.T) {
	t.Parallel()
	k := commandtest.Lived(t)
	path := filepath.Join(t.TempDir(), "company.zip")
	raw := commandtest.Did(t, Export{k.Place(), "-"}.Run)
	if err := os.WriteFile(path, []byte(raw), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := commandtest.Contents(t, path)["audit.csv"]; !strings.Contains(got, "owner:Alex") {
		t.Errorf("the archive on the output has %q", got)
	}
	said := commandtest.Did(t, Erase{Place: k.Place(), Yes: true, Receipt: "-"}.Run)
	var r receipt
	if err := json.Unmarshal([]byte(said), &r); err != nil || r.Erased != "company" {
		t.Errorf("the output is no receipt, %v: %s", err, said)
	}
}

func TestAnArchiveGoesIntoAnEmptyCompanyOnly(t *testing.T) {
	t.Parallel()
	k := commandtest.Lived(t)
	path := exportOf(k)
	commandtest.Refused(t, Export{k.Place(), path}.Run, "is there already: choose another name")
	commandtest.Refused(t, Import{path, k.Place()}.Run, "the store has data of play already")
	commandtest.Refused(t, Import{path, stores.Place{Company: "slack.T0123ABCD", Config: k.Config}}.Run, "is of play. What one company keeps is not for another")
	commandtest.Refused(t, Import{path + ".none", k.Place()}.Run, "there is no file")
	broken := k.File("broken.zip", "PK")
	commandtest.Refused(t, Import{broken, k.Place()}.Run, "nothing was imported: "+broken+": it is not a whole archive")
	commandtest.Refused(t, Export{stores.Place{Company: "slack.T9", Config: k.Config}, path + ".t9"}.Run, "there is no company slack.T9")
}

// A server that has just been started has made a claim code, and saved the
// number that its configuration names.
func TestAnArchiveGoesIntoACompanyThatAServerHasJustMet(t *testing.T) {
	t.Parallel()
	k := commandtest.Lived(t)
	path := exportOf(k)
	fresh := k.In("file:" + filepath.Join(t.TempDir(), "fresh.db"))
	store, err := embedded.Open(fresh.Path)
	if err != nil {
		t.Fatal(err)
	}
	contacts, err := company.ContactsOf.Encode(company.Contacts{Incident: company.Contact{Name: "x"}, Changed: map[string]company.Change{"incident": {By: config.ByOperator}}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = store.Apply(t.Context(), play.Tenant, storage.Change{Put: []storage.Write{
		{Key: "company/contacts", Body: contacts}, {Key: "company/claim", Body: []byte(`{"v":1,"d":{}}`)}, {Key: "reach/@x", Body: []byte(`{}`)},
	}})
	if err := errors.Join(err, store.Close()); err != nil {
		t.Fatal(err)
	}
	commandtest.Did(t, Import{path, fresh.Place()}.Run)
	if diff := cmp.Diff(commandtest.Contents(t, path)["documents/contacts.json"], commandtest.Contents(t, exportOf(fresh))["documents/contacts.json"]); diff != "" {
		t.Error(diff)
	}
}

// halting is a store that breaks after some changes.
type halting struct {
	storage.Store
	left int
}

var errHalted = errors.New("the machine went down")

func (h *halting) Apply(ctx context.Context, tenant string, c storage.Change) (storage.Applied, error) {
	if h.left--; h.left < 0 {
		return storage.Applied{}, errHalted
	}
	return h.Store.Apply(ctx, tenant, c)
}

func (h *halting) Unwrap() storage.Store { return h.Store }

// An import that stops anywhere goes on with the same file, with nothing
// written twice; until then nothing comes up, and no other archive gets in.
func TestAnInterruptedImportGoesOn(t *testing.T) {
	t.Parallel()
	a := archive.Archive{Company: play.Tenant, Made: time.Now()}
	for i := range 3*stepDocs + 7 {
		a.Docs = append(a.Docs, archive.Doc{Key: "run/" + string(rune('a'+i/1000)) + time.Duration(i+1000).String(), Body: []byte(`{"v":1,"d":{}}`)})
	}
	for i := range stepTimers + 3 {
		a.Timers = append(a.Timers, archive.Timer{Name: "remind/" + time.Duration(i+1000).String(), At: time.Now().Add(time.Hour)})
	}
	store, err := embedded.Open(filepath.Join(t.TempDir(), "x.db"), embedded.Volatile())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	c := Import{Place: stores.Place{Company: play.Tenant}}
	try := func(s storage.Store, sum string) error {
		plan, err := c.plan(t.Context(), s, a, sum, time.Now())
		if err != nil {
			return err
		}
		return plan.do(t.Context(), s, play.Tenant)
	}
	const steps = 4 + 2 + 1
	for n := range steps {
		if err := try(&halting{store, 1}, "sum"); n < steps-1 && !errors.Is(err, errHalted) || n == steps-1 && err != nil {
			t.Fatalf("step %d: %v", n+1, err)
		}
		w, err := store.Waiting(t.Context(), play.Tenant)
		if err != nil || n < 4 && len(w.Timers) > 0 {
			t.Errorf("after step %d there are %d timers, %v", n+1, len(w.Timers), err)
		}
		if err := try(store, "other"); n < steps-1 && (err == nil || !strings.Contains(err.Error(), "an import of another archive was begun")) {
			t.Errorf("another archive after step %d: %v", n+1, err)
		}
	}
	docs, err := stores.Documents(t.Context(), store, play.Tenant)
	w, waitErr := store.Waiting(t.Context(), play.Tenant)
	if err := errors.Join(err, waitErr); err != nil || len(docs) != len(a.Docs)+1 || len(w.Timers) != len(a.Timers) {
		t.Errorf("%d documents, %d timers, %v", len(docs), len(w.Timers), err)
	}
	if slices.ContainsFunc(docs, func(d storage.Doc) bool { return strings.HasPrefix(d.Key, importPrefix) }) {
		t.Error("its note is left")
	}
}

// Of many reminders whose time has passed, one comes every ten minutes, in
// their order, and none before the server can be started.
func TestLateTimersOfAnArchiveComeOneAfterAnother(t *testing.T) {
	t.Parallel()
	now := time.Now()
	a := archive.Archive{Company: play.Tenant, Timers: []archive.Timer{
		{Name: "a", At: now.Add(-time.Hour)}, {Name: "b", At: now.AddDate(0, -3, 0)}, {Name: "c", At: now.Add(time.Minute)}, {Name: "d", At: now.Add(time.Hour)},
	}}
	p := importPlan{marker: marker{Begun: now}, from: now.Add(firstLate)}
	p.timers(a)
	at := map[string]time.Duration{}
	for _, timer := range p.steps[0].Timers {
		at[timer.Name] = timer.At.Sub(now)
	}
	want := map[string]time.Duration{"b": 15 * time.Minute, "a": 25 * time.Minute, "c": time.Minute, "d": time.Hour}
	if diff := cmp.Diff(want, at); diff != "" || p.late != 2 {
		t.Errorf("%d are late\n%s", p.late, diff)
	}
}

func TestTheAuditLogIsPrinted(t *testing.T) {
	t.Parallel()
	k := commandtest.Lived(t)
	exportOf(k)
	for format, want := range map[string][]string{
		"text": {"owner:Alex Alex", "exported everything  the server"},
		"csv":  {"when_utc,person,name,did,what,from_where\n", ",owner:Alex,Alex,", ",,,exported,everything,the server\n"},
		"json": {`"by":"owner:Alex"`, `"where":"direct messages"`},
	} {
		got := commandtest.Did(t, Audit{k.Place(), format}.Run)
		for _, text := range want {
			if !strings.Contains(got, text) {
				t.Errorf("%s does not have %q:\n%.800s", format, text, got)
			}
		}
	}
	forged, err := bot.AuditDoc.Encode(bot.AuditLine{By: "U1", Name: "Mallory\n2026-01-01 00:00 UTC  U2", Verb: "claimed", Object: "a role\n2026-01-01 00:00 UTC  U3"})
	if err != nil {
		t.Fatal(err)
	}
	plant(k, bot.AuditDoc.Key("0"), string(forged))
	if out := commandtest.Did(t, Audit{k.Place(), "text"}.Run); strings.Contains(out, "\n2026-01-01") || !strings.Contains(out, "U1 Mallory 2026-01-01") {
		t.Errorf("something in it makes a line of its own:\n%s", out)
	}
	if out := commandtest.Did(t, Audit{k.Place(), "text"}.Run); bytes.Count([]byte(out), []byte("\n")) < 10 {
		t.Errorf("it has little to say:\n%s", out)
	}
}
