package kept

import (
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
	"secadvisor/flows/company"
	"secadvisor/storage"
	"secadvisor/storage/embedded"
	"secadvisor/storage/redis/redistest"
)

func eraseOf(k commandtest.Kept, person string) Erase {
	return Erase{Place: k.Place(), Person: person, Yes: true, Receipt: filepath.Join(k.TempDir(), "receipt.json")}
}

// plant writes a document that is not there yet.
func plant(k commandtest.Kept, key, body string) {
	k.Helper()
	store, err := embedded.Open(k.Path)
	if err != nil {
		k.Fatal(err)
	}
	_, err = store.Apply(k.Context(), play.Tenant, storage.Change{Put: []storage.Write{{Key: key, Body: []byte(body)}}})
	if err := errors.Join(err, store.Close()); err != nil {
		k.Fatal(err)
	}
}

func receiptOf(t *testing.T, c Erase) (r receipt) {
	t.Helper()
	raw, err := os.ReadFile(c.Receipt)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestNothingReadableIsLeftOfAnErasedCompany(t *testing.T) {
	t.Parallel()
	k := commandtest.Lived(t)
	secret := commandtest.Words(allOf(k).docs)
	if len(secret) < 50 || len(commandtest.Readable(t, k.Path, secret)) != len(secret) {
		t.Fatalf("%d words, of which %d can be found", len(secret), len(commandtest.Readable(t, k.Path, secret)))
	}
	first := eraseOf(k, "")
	first.Yes = false
	commandtest.Refused(t, first.Run, "nothing was erased. It cannot be taken back; if you want it, add --yes")
	first.Yes = true
	out := commandtest.Did(t, first.Run)
	if found := commandtest.Readable(t, k.Path, secret); len(found) > 0 {
		t.Errorf("the file still has %q", found)
	}
	r := receiptOf(t, first)
	if r.Documents["runs"] == 0 || r.Documents["audit"] == 0 || r.Timers == 0 || r.Company != play.Tenant || r.Ended.IsZero() || r.Continued || !strings.Contains(out, first.Receipt) {
		t.Errorf("%+v\n%s", r, out)
	}
	commandtest.Refused(t, first.Run, "is there already")

	again := eraseOf(k, "") // as after an interruption
	commandtest.Did(t, again.Run)
	if r := receiptOf(t, again); !r.Continued || len(r.Documents) != 0 {
		t.Errorf("again: %+v", r)
	}
	store, err := embedded.Open(k.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if _, err := store.Apply(t.Context(), play.Tenant, storage.Change{}); !errors.Is(err, storage.ErrErased) {
		t.Errorf("the tombstone is gone: %v", err)
	}
	commandtest.Refused(t, eraseOf(k, "").Run, "is in use")
}

func TestNothingReadableIsLeftInRedis(t *testing.T) {
	t.Parallel()
	k := commandtest.Lived(t)
	server := redistest.Start(t)
	path := exportOf(k)
	in := k.In(server.URL())
	commandtest.Did(t, Import{path, in.Place()}.Run)
	secret := commandtest.Words(allOf(in).docs)
	client := server.Client()
	defer client.Close()
	told, err := client.ConfigGet(t.Context(), "dir").Result()
	if err != nil {
		t.Fatal(err)
	}
	onDisk := func() (found []string) {
		files, err := filepath.Glob(filepath.Join(told["dir"], "appendonlydir", "*"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no append-only file: %v, %v", files, err)
		}
		for _, file := range files {
			found = append(found, commandtest.Readable(t, file, secret)...)
		}
		return found
	}
	// While the disk is busy Redis writes to it up to two seconds later.
	for begun := time.Now(); len(onDisk()) < len(secret); time.Sleep(50 * time.Millisecond) {
		if time.Since(begun) > 10*time.Second {
			t.Fatalf("of %d words, %d are on the disk", len(secret), len(onDisk()))
		}
	}
	e := eraseOf(in, "")
	commandtest.Did(t, e.Run)
	if found := onDisk(); len(found) > 0 {
		t.Errorf("the disk still has %q", found)
	}
	if r := receiptOf(t, e); !strings.Contains(r.Disk, "wrote their files anew") || r.Documents["runs"] == 0 {
		t.Errorf("%+v", r)
	}
	// An erased company can be brought back from an archive that somebody kept.
	commandtest.Did(t, Import{path, in.Place()}.Run)
	if diff := cmp.Diff(commandtest.Contents(t, path), commandtest.Contents(t, exportOf(in))); diff != "" {
		t.Error(diff)
	}
}

func TestOnePersonIsErased(t *testing.T) {
	t.Parallel()
	k := commandtest.Lived(t)
	plant(k, "run/noted", `{"v":1,"d":{"pack":"quick-check","owner":"it:Robin","at":{},"started":"2026-03-02T09:00:00Z","changed":"2026-03-02T09:00:00Z","finished":"2026-03-02T09:00:00Z","step":1,"notes":{"q":"Robin has the list"}}}`)
	before := allOf(k)
	e := eraseOf(k, commandtest.Robin)
	out := commandtest.Did(t, e.Run)
	after := allOf(k)
	for _, d := range after.docs {
		if strings.Contains(d.Key, commandtest.Robin) || strings.Contains(string(d.Body), commandtest.Robin) {
			t.Errorf("%s still has them: %s", d.Key, d.Body)
		}
		kind, _ := kinds().Of(d.Key)
		if err := kind.Check(d.Body); err != nil {
			t.Errorf("%s cannot be read any more: %v", d.Key, err)
		}
	}
	for _, timer := range after.Timers {
		if strings.Contains(timer.Name, commandtest.Robin) {
			t.Errorf("the timer %s is left", timer.Name)
		}
	}
	if found := commandtest.Readable(t, k.Path, []string{commandtest.Robin}); len(found) > 0 {
		t.Error("the file still has their id")
	}
	// What is kept for a time is kept no longer than it was.
	until := map[string]int{}
	for i, d := range before.docs {
		until[d.Key] = i
	}
	for i, d := range after.docs {
		if j, was := until[d.Key]; was && (after.until[i].IsZero() != before.until[j].IsZero() || after.until[i].Sub(before.until[j]).Abs() > 1e10) {
			t.Errorf("%s vanishes %v, it was %v", d.Key, after.until[i], before.until[j])
		}
	}
	r := receiptOf(t, e)
	if r.Changed["audit"] == 0 || r.Changed["roles"] != 1 || r.Changed["map"] != 1 || r.Person != commandtest.Robin || len(r.Stays) < 3 {
		t.Errorf("%+v", r)
	}
	for _, want := range []string{"words that people typed: 1 document may name them (runs)", "1 finished assessment that they started", "it says \"somebody\" now"} {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q:\n%s", want, out)
		}
	}
	commandtest.Refused(t, eraseOf(k, commandtest.Robin).Run, "nothing of "+commandtest.Robin+" is kept")
	commandtest.Refused(t, eraseOf(k, "@U1").Run, "--person must be the id of a person")
	if !strings.Contains(commandtest.Did(t, Audit{k.Place(), "text"}.Run), "erased one person  the server") {
		t.Error("the audit log has no line of it")
	}
}

// Whoever is left uses the bot as before: nothing that was changed keeps a flow
// from working.
func TestEverythingWorksAfterAPersonWasErased(t *testing.T) {
	t.Parallel()
	for _, person := range []string{commandtest.Robin, play.Owner, "staff:Sam"} {
		k := commandtest.Lived(t)
		commandtest.Did(t, eraseOf(k, person).Run)
		w := world(t)
		for _, d := range allOf(k).docs {
			w.Docs[d.Key] = d.Body
		}
		for _, who := range []bot.Person{{ID: play.Owner, Name: "Alex", Affiliation: bot.Home, Role: bot.Owner}, {ID: "staff:Sam", Name: "Sam", Affiliation: bot.Home}, {ID: commandtest.Robin, Name: "Robin", Affiliation: bot.Home, Role: bot.IT}} {
			for flow := range w.Flows {
				if _, err := w.Do(flow, bot.Event{Kind: bot.Command, From: who, Inline: true}); err != nil {
					t.Fatalf("without %s: %v", person, err)
				}
			}
			if _, err := w.Explore(who, bot.Place{Channel: "D1", Kind: bot.Direct}, 1500); err != nil {
				t.Fatalf("without %s: %v", person, err)
			}
		}
		for _, timer := range allOf(k).Timers {
			w.Timers[timer.Name] = timer.At
		}
		for range 50 {
			if more, err := w.Fire(); err != nil {
				t.Fatalf("without %s: %v", person, err)
			} else if !more {
				break
			}
		}
	}
}

func TestAnUnfinishedImportIsNeitherExportedNorErasedInPart(t *testing.T) {
	t.Parallel()
	k := commandtest.Lived(t)
	plant(k, markerKey, `{"archive":"x"}`)
	commandtest.Refused(t, Export{k.Place(), filepath.Join(t.TempDir(), "x.zip")}.Run, "an import of this company is not finished")
	commandtest.Refused(t, eraseOf(k, commandtest.Robin).Run, "an import of this company is not finished")
	commandtest.Did(t, eraseOf(k, "").Run)
}

func TestErasingOnePersonLeavesTheOthersReminders(t *testing.T) {
	t.Parallel()
	k := commandtest.Lived(t)
	commandtest.Did(t, eraseOf(k, commandtest.Robin).Run)
	var owners []string
	for _, d := range allOf(k).docs {
		if strings.HasPrefix(d.Key, company.Schedules.Key("")) {
			s, err := company.Schedules.Decode(d.Body)
			if err != nil {
				t.Fatal(err)
			}
			owners = append(owners, s.Owner)
		}
	}
	if len(owners) == 0 || slices.Contains(owners, "erased") || slices.Contains(owners, commandtest.Robin) {
		t.Errorf("reminders are set by %q", owners)
	}
}
