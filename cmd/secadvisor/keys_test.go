package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot/engine"
	"secadvisor/bot/play"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/doctor"
	"secadvisor/cmd/secadvisor/kept"
	"secadvisor/cmd/secadvisor/keys"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/flows/content"
	"secadvisor/storage"
	"secadvisor/storage/embedded"
	"secadvisor/storage/redis/redistest"
	"secadvisor/storage/sealed"
)

// erased erases the company, or one person.
func erased(k commandtest.Kept, person string) kept.Erase {
	return kept.Erase{Place: k.Place(), Person: person, Yes: true, Receipt: filepath.Join(k.TempDir(), "receipt.json")}
}

// exported is an archive of the company.
func exported(k commandtest.Kept) string {
	k.Helper()
	path := filepath.Join(k.TempDir(), "company.zip")
	commandtest.Did(k.T, kept.Export{Place: k.Place(), Out: path}.Run)
	return path
}

// serverStarts is how a server begins with a configuration.
func serverStarts(k commandtest.Kept) error {
	k.Helper()
	s, err := serverOf(k)
	if err != nil {
		return err
	}
	s.listen.Close()
	return s.store.Close()
}

func serverOf(k commandtest.Kept) (*server, error) {
	k.Helper()
	c, err := config.Load(k.Config)
	if err != nil {
		k.Fatal(err)
	}
	c.Listen, c.Slack.Mode, c.Slack.SigningSecret, c.Slack.BotToken = "127.0.0.1:0", "http", signingSecret, commandtest.BotToken
	return newServer(context.Background(), c, &engine.Clock{}, slog.New(slog.DiscardHandler))
}

func refusesToStart(k commandtest.Kept, want string) {
	k.Helper()
	if err := serverStarts(k); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), commandtest.Key) {
		k.Errorf("the server says %v, want %q", err, want)
	}
}

// What was stored in plain words is sealed by keys rotate; nothing of it can be
// read in the file then, and everything works as before.
func TestAStoreFromBeforeIsSealed(t *testing.T) {
	t.Parallel()
	k := commandtest.Lived(t)
	secret := commandtest.Words(k.Docs())
	before := commandtest.Contents(t, exported(k))
	if err := serverStarts(k); err != nil {
		t.Errorf("without a key: %v", err)
	}
	keyed := k.Keyed("", commandtest.Key)
	refusesToStart(keyed, "play is not wholly sealed yet. With the server stopped: secadvisor keys rotate --plain")
	if err := serverStarts(k.Keyed("  plain: true\n", commandtest.Key)); err != nil {
		t.Errorf("while it is turned on: %v", err)
	}
	commandtest.Refused(t, keys.Rotate{Config: keyed.Config}.Run, "add --plain")
	out := commandtest.Did(t, keys.Rotate{Config: keyed.Config, Plain: true}.Run)
	for _, want := range []string{"documents sealed anew", "On the disk: the file was written anew"} {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q:\n%s", want, out)
		}
	}
	hides(keyed, secret)
	lib, err := content.Load(content.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	for id := range lib.Questions { // what is weak there would be told by the name of a card or a timer
		if strings.Contains(namesIn(keyed), id) {
			t.Errorf("a name tells of %s", id)
		}
	}
	if err := serverStarts(keyed); err != nil {
		t.Errorf("after it was sealed: %v", err)
	}
	if diff := cmp.Diff(before, commandtest.Contents(t, exported(keyed))); diff != "" {
		t.Errorf("it is not what it was: %s", diff)
	}
	list := commandtest.Did(t, keys.List{Config: keyed.Config}.Run)
	if !strings.Contains(list, "play  sealed under ") || strings.Contains(list, "yet") || strings.Contains(list, "older") {
		t.Errorf("the list says\n%s", list)
	}
}

// hides expects that nothing of what was written can be read in the file. The
// names of documents can, and what they are made of.
func hides(k commandtest.Kept, secret []string) {
	k.Helper()
	names := namesIn(k)
	for _, w := range commandtest.Readable(k.T, k.Path, secret) {
		if !strings.Contains(names, w) {
			k.Errorf("the file shows %q", w)
		}
	}
}

// namesIn are those of documents and timers: they are not sealed.
func namesIn(k commandtest.Kept) string {
	k.Helper()
	names := play.Tenant + " "
	for _, d := range k.Docs() {
		names += d.Key + " "
	}
	_, store, err := k.Place().Open(k.Context())
	if err != nil {
		k.Fatal(err)
	}
	defer store.Close()
	keeper, _ := storage.As[storage.Keeper](store)
	waiting, err := keeper.Waiting(k.Context(), play.Tenant)
	if err != nil {
		k.Fatal(err)
	}
	for _, timer := range waiting.Timers {
		names += timer.Name + " "
	}
	return names
}

func TestTheWrongKeyIsRefused(t *testing.T) {
	t.Parallel()
	k := commandtest.Sealed(t)
	without := commandtest.At(t, k.Path)
	refusesToStart(without, "and this server has no master key. Give the key back, under keys.master (SECADVISOR_KEYS_MASTER)")
	refusesToStart(k.Keyed("", commandtest.AnotherKey), "play is sealed under the key ")
	if err := serverStarts(k.Keyed("", commandtest.AnotherKey, commandtest.Key)); err != nil {
		t.Errorf("with both: %v", err)
	}
	archive := filepath.Join(t.TempDir(), "x.zip")
	for name, run := range map[string]func() error{
		"export": func() error {
			return kept.Export{Place: without.Place(), Out: archive}.Run(t.Context(), &strings.Builder{})
		},
		"audit": func() error {
			return kept.Audit{Place: without.Place(), Format: "text"}.Run(t.Context(), &strings.Builder{})
		},
		"rotate": func() error {
			return keys.Rotate{Config: k.Keyed("", commandtest.AnotherKey).Config}.Run(t.Context(), &strings.Builder{})
		},
		"play": func() error { _, err := commandtest.Talk(k.Path, "hello\n"); return err },
	} {
		if err := run(); err == nil || !strings.Contains(err.Error(), "sealed under") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := os.Stat(archive); err == nil {
		t.Error("an archive is written of what cannot be read")
	}
	if err := serverStarts(k); err != nil {
		t.Errorf("with the right one: %v", err)
	}
	commandtest.Did(t, erased(without, "").Run) // it needs no reading
}

func TestAMasterKeyIsReplaced(t *testing.T) {
	t.Parallel()
	k := commandtest.Sealed(t)
	before := commandtest.Contents(t, exported(k))
	both := k.Keyed("", commandtest.AnotherKey, commandtest.Key)
	out := commandtest.Did(t, keys.Rotate{Config: both.Config}.Run)
	if !strings.Contains(out, "take it out of the configuration") {
		t.Errorf("it says\n%s", out)
	}
	after := k.Keyed("", commandtest.AnotherKey)
	if diff := cmp.Diff(before, commandtest.Contents(t, exported(after))); diff != "" {
		t.Errorf("it is not what it was: %s", diff)
	}
	refusesToStart(k, "sealed under the key")
	if !strings.Contains(commandtest.Did(t, kept.Audit{Place: after.Place(), Format: "text"}.Run), "rotated the keys  the server") {
		t.Error("the audit log has no line of it")
	}
	out = commandtest.Did(t, keys.Rotate{Config: k.Keyed("", commandtest.Key, commandtest.AnotherKey).Config, Rewrap: true}.Run)
	if !strings.Contains(out, "1 company under the key") || serverStarts(k) != nil {
		t.Errorf("back again: %s", out)
	}
}

// Sealed, in Redis: nothing can be read in its files before and after the
// erasure, and what was exported is imported the same.
func TestASealedCompanyMovesAndIsErasedInRedis(t *testing.T) {
	t.Parallel()
	k := commandtest.Sealed(t)
	path := exported(k)
	server := redistest.Start(t)
	in := k.In(server.URL()).Keyed("", commandtest.AnotherKey)
	commandtest.Did(t, kept.Import{File: path, Place: in.Place()}.Run)
	if diff := cmp.Diff(commandtest.Contents(t, path), commandtest.Contents(t, exported(in))); diff != "" {
		t.Errorf("it is not what it was: %s", diff)
	}
	secret := slices.DeleteFunc(commandtest.Words(in.Docs()), func(w string) bool { return strings.Contains(namesIn(in), w) })
	client := server.Client()
	defer client.Close()
	told, err := client.ConfigGet(t.Context(), "dir").Result()
	if err != nil {
		t.Fatal(err)
	}
	onDisk := func(words []string) (found []string) {
		files, err := filepath.Glob(filepath.Join(told["dir"], "appendonlydir", "*"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no append-only file: %v, %v", files, err)
		}
		for _, file := range files {
			found = append(found, commandtest.Readable(t, file, words)...)
		}
		return found
	}
	if found := onDisk(secret); len(found) > 0 || len(secret) < 50 {
		t.Errorf("of %d words the disk shows %q", len(secret), found)
	}
	if len(onDisk([]string{"company/roles", "sealed/keys"})) != 2 {
		t.Error("the names of documents are not on the disk either: the test shows nothing")
	}
	commandtest.Did(t, erased(in, "").Run)
	if found := onDisk(append(secret, "company/roles", "sealed/keys", "audit/")); len(found) > 0 {
		t.Errorf("erased, and the disk shows %q", found)
	}
	commandtest.Did(t, kept.Import{File: path, Place: in.Place()}.Run)
	if diff := cmp.Diff(commandtest.Contents(t, path), commandtest.Contents(t, exported(in))); diff != "" {
		t.Errorf("brought back, it is not what it was: %s", diff)
	}
}

func TestASealedCompanyInAFileIsErased(t *testing.T) {
	t.Parallel()
	k := commandtest.Sealed(t)
	secret := commandtest.Words(k.Docs())
	hides(k, secret)
	e := erased(k, "")
	commandtest.Did(t, e.Run)
	if raw, err := os.ReadFile(e.Receipt); err != nil || !strings.Contains(string(raw), `"keys": "destroyed before anything else"`) {
		t.Errorf("the receipt says %s, %v", raw, err)
	}
	if found := commandtest.Readable(t, k.Path, append(secret, "sealed/keys")); len(found) > 0 {
		t.Errorf("the file still has %q", found)
	}
}

func TestOnePersonIsErasedFromASealedCompany(t *testing.T) {
	t.Parallel()
	k := commandtest.Sealed(t)
	commandtest.Did(t, erased(k, commandtest.Robin).Run)
	for _, d := range k.Docs() {
		if strings.Contains(d.Key+string(d.Body), commandtest.Robin) {
			t.Errorf("%s still has them: %s", d.Key, d.Body)
		}
	}
	if found := commandtest.Readable(t, k.Path, []string{commandtest.Robin}); len(found) > 0 {
		t.Error("the file still has their id")
	}
}

// What was queued before everything was sealed still arrives; then the server
// accepts nothing plain any more.
func TestWhatWasQueuedBeforeSealingIsNotLost(t *testing.T) {
	t.Parallel()
	k := commandtest.Lived(t)
	file, err := embedded.Open(k.Path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = file.Apply(t.Context(), play.Tenant, storage.Change{Jobs: []storage.Job{{ID: "1", Lane: "out/@staff:Sam", Body: []byte("queued")}}})
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	strict := k.Keyed("", commandtest.Key)
	if out := commandtest.Did(t, keys.Rotate{Config: strict.Config, Plain: true}.Run); !strings.Contains(out, "start it, with SECADVISOR_KEYS_PLAIN=true") {
		t.Errorf("it says\n%s", out)
	}
	refusesToStart(strict, "play is not wholly sealed yet")
	s, err := serverOf(k.Keyed("  plain: true\n", commandtest.Key))
	if err != nil {
		t.Fatal(err)
	}
	s.listen.Close()
	claims, err := s.store.Claim(t.Context(), 100, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	arrived := false
	for _, c := range claims {
		if arrived = arrived || string(c.Body) == "queued" && c.Fault == nil; c.Lane != "" {
			_, err = s.store.Apply(t.Context(), c.Tenant, storage.Change{Held: &c, Done: true})
		}
	}
	s.settleKeys(t.Context())
	if err := errors.Join(err, s.store.Close()); err != nil || !arrived {
		t.Errorf("it arrived: %v, %v", arrived, err)
	}
	if err := serverStarts(strict); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// Keys that another process replaces while the server runs are dropped by it, too.
func TestTheServerDropsKeysThatAreReplacedWhileItRuns(t *testing.T) {
	t.Parallel()
	s, err := serverOf(commandtest.Sealed(t))
	if err != nil {
		t.Fatal(err)
	}
	s.listen.Close()
	defer s.store.Close()
	ctx, stop := context.WithCancel(t.Context())
	var settling sync.WaitGroup
	settling.Go(func() { s.keepSettling(ctx, 20*time.Millisecond) })
	defer settling.Wait()
	defer stop()
	time.Sleep(30 * time.Millisecond) // what it finds at first needs nothing
	store, _ := storage.As[*sealed.Store](s.store)
	if _, err := store.Rotate(t.Context(), play.Tenant); err != nil {
		t.Fatal(err)
	}
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); time.Sleep(10 * time.Millisecond) {
		if st, err := store.State(t.Context(), play.Tenant); err == nil && st.Older == 0 {
			return
		}
	}
	t.Error("the older key is still there")
}

func TestKeysFromAFile(t *testing.T) {
	t.Parallel()
	k := commandtest.Lived(t)
	path := k.File("keys", "# made today\n"+commandtest.Key+"\n\n"+commandtest.AnotherKey+"\n")
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		path: "", path + ".none": "there is no file of keys", k.File("empty", "\n"): "has none", k.File("bad", "x\n"): "43 or 44 characters",
	} {
		_, err := config.Keys{File: text}.Read()
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
	keys, err := config.Keys{Master: []string{commandtest.AnotherKey}, File: k.File("one", commandtest.Key)}.Read()
	if err != nil || len(keys.IDs()) != 2 {
		t.Errorf("%v, %v", keys, err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := (config.Keys{File: path}).Read(); err == nil || !strings.Contains(err.Error(), "everybody on this machine can read") {
		t.Error(err)
	}
}

// A company whose document somebody planted is sealed with the rest, and the
// document is named.
func TestAPlantedDocumentIsNamed(t *testing.T) {
	t.Parallel()
	k := commandtest.Sealed(t)
	file, err := embedded.Open(k.Path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = file.Apply(t.Context(), play.Tenant, storage.Change{Put: []storage.Write{{Key: "run/planted", Body: []byte(`{"v":1,"d":{}}`)}}})
	if err != nil || file.Close() != nil {
		t.Fatal(err)
	}
	if out := commandtest.Did(t, keys.Rotate{Config: k.Config}.Run); !strings.Contains(out, "left as they are: run/planted") {
		t.Errorf("it says\n%s", out)
	}
	commandtest.Refused(t, kept.Export{Place: k.Place(), Out: filepath.Join(t.TempDir(), "x.zip")}.Run, "run/planted: it is not sealed")
}

// A company whose keys are damaged holds up nobody else.
func TestDamagedKeysOfOneCompany(t *testing.T) {
	t.Parallel()
	k := commandtest.Sealed(t)
	file, err := embedded.Open(k.Path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = file.Apply(t.Context(), "slack.T1", storage.Change{Put: []storage.Write{{Key: "sealed/keys", Body: []byte("damaged")}}})
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	if err := serverStarts(k); err != nil {
		t.Errorf("the server: %v", err)
	}
	server, err := serverOf(k)
	if err != nil {
		t.Fatal(err)
	}
	server.listen.Close()
	if err := server.prepare(t.Context(), "slack.T1", "Slack"); err != nil {
		t.Errorf("as one that is configured: %v", err)
	}
	server.store.Close()
	out := commandtest.Did(t, keys.Rotate{Config: k.Config}.Run)
	if !strings.Contains(out, "slack.T1: its keys are damaged") || !strings.Contains(out, "1 company sealed under") {
		t.Errorf("rotate says\n%s", out)
	}
	if list := commandtest.Did(t, keys.List{Config: k.Config}.Run); !strings.Contains(list, "slack.T1  its keys cannot be opened") {
		t.Errorf("list says\n%s", list)
	}
	p := commandtest.Healthy(t, commandtest.Workspace(t))
	p.Lines[2] = "storage: file:" + k.Path
	p.Write()
	doctorFinds(t, p.Path, "keys", doctor.Failure, "slack.T1")
	commandtest.Did(t, kept.Erase{Place: stores.Place{Company: "slack.T1", Config: k.Config}, Yes: true, Receipt: filepath.Join(t.TempDir(), "r.json")}.Run)
}

// People are told that everything is encrypted where that is so, and only there.
func TestWhatPeopleAreToldOfTheSealFollowsTheConfiguration(t *testing.T) {
	for want, configs := range map[bool][]config.Keys{
		true:  {{Master: []string{commandtest.Key}}, {File: "keys"}},
		false: {{}, {Plain: true}, {Master: []string{commandtest.Key}, Plain: true}},
	} {
		for _, k := range configs {
			if got := (config.Config{Keys: k}).Settings().Sealed; got != want {
				t.Errorf("%+v: sealed %v", k, got)
			}
		}
	}
}
