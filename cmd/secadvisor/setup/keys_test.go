package setup

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot/play"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/keys"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/flows/prose"
	"secadvisor/storage"
	"secadvisor/storage/embedded"
	"secadvisor/storage/sealed"
)

// answersFor are those for Slack with a storage, and what comes after it.
func answersFor(storage string, more ...string) []string {
	return append([]string{"slack", "socket", commandtest.BotToken, commandtest.AppToken, "", storage}, append(more, "", "", "", "")...)
}

func TestSetupKeepsTheKeyThatIsThere(t *testing.T) {
	i := installing(t, commandtest.Workspace(t), append([]string{"yes"}, answersFor("")...)...)
	if err := os.WriteFile(i.secretsPath(), []byte(config.KeysVariable+"="+commandtest.Key+","+commandtest.AnotherKey+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := i.run(t.Context()); err != nil {
		t.Fatal(err, i.out.String())
	}
	if diff := cmp.Diff([]string{commandtest.Key, commandtest.AnotherKey}, i.loaded().Keys.Master); diff != "" {
		t.Error(diff)
	}
	i.said("never beside the backups")
}

func TestSetupAsksForTheKeyOfWhatIsStored(t *testing.T) {
	k := commandtest.Sealed(t)
	i := installing(t, commandtest.Workspace(t), answersFor("file:"+k.Path, "what?", commandtest.AnotherKey, commandtest.Key)...)
	if err := i.run(t.Context()); err != nil {
		t.Fatal(err, i.out.String())
	}
	i.said("key nobody can read it", "That is no key", "That is another key", "Written:")
	if got := i.loaded().Keys.Master; len(got) != 1 || got[0] != commandtest.Key || strings.Contains(i.out.String(), commandtest.Key) {
		t.Errorf("keys %q", got)
	}
	if strings.Contains(i.out.String(), "keys rotate") {
		t.Error("it asks to seal what is sealed")
	}
}

// All that is missing is told at once and taken at once, also as it stands in a
// secrets file; what is still missing is named.
func TestSetupAsksForAllKeysOfWhatIsStored(t *testing.T) {
	const third = "QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8"
	path := filepath.Join(t.TempDir(), "x.db")
	ids := map[string]string{}
	for tenant, key := range map[string]string{"slack.T1": commandtest.Key, "slack.T2": commandtest.AnotherKey, "slack.T3": commandtest.AnotherKey} {
		file, err := embedded.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		keys, err := sealed.ParseKeys(key)
		if err == nil {
			_, err = sealed.New(file, keys).Apply(t.Context(), tenant, storage.Change{Install: true, Put: []storage.Write{{Key: "x/1", Body: []byte("x")}}})
		}
		if err := errors.Join(err, file.Close()); err != nil {
			t.Fatal(err)
		}
		ids[key] = keys.Current()
	}
	both := prose.And([]string{min(ids[commandtest.Key], ids[commandtest.AnotherKey]), max(ids[commandtest.Key], ids[commandtest.AnotherKey])})
	for name, row := range map[string]struct {
		answers []string
		said    []string
		want    []string
	}{
		"at once":   {[]string{commandtest.AnotherKey + "," + commandtest.Key}, nil, []string{commandtest.AnotherKey, commandtest.Key}},
		"as a line": {[]string{config.KeysVariable + "=" + commandtest.Key + ", " + commandtest.AnotherKey}, nil, []string{commandtest.Key, commandtest.AnotherKey}},
		"with more": {[]string{commandtest.Key + " " + third + " " + commandtest.AnotherKey + " " + commandtest.Key}, nil, []string{commandtest.Key, third, commandtest.AnotherKey}},
		"in steps": {[]string{third, commandtest.Key + ",x", commandtest.Key, commandtest.Key + "," + commandtest.AnotherKey},
			[]string{"That is another key: what is stored needs ", "Number 2 of them is no key", "Still missing: " + ids[commandtest.AnotherKey] + ". Please give all"}, []string{commandtest.Key, commandtest.AnotherKey}},
		"only one is left": {[]string{commandtest.Key, commandtest.Key}, []string{"Still missing: " + ids[commandtest.AnotherKey], "Kept as it is"}, []string{commandtest.Key}},
	} {
		i := installing(t, commandtest.Workspace(t), answersFor("file:"+path, row.answers...)...)
		if err := i.run(t.Context()); err != nil {
			t.Fatal(name, err, i.out.String())
		}
		i.said(append([]string{"under 2 master keys:\n" + both + ". Without", "in one line"}, row.said...)...)
		if diff := cmp.Diff(row.want, i.loaded().Keys.Master); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if out := i.out.String(); strings.Contains(out, commandtest.Key) || strings.Contains(out, commandtest.AnotherKey) || strings.Contains(out, third) {
			t.Errorf("%s: a key is shown", name)
		}
	}
}

// No key opens what is damaged, so none is asked for.
func TestSetupAsksForNoKeyOfWhatIsDamaged(t *testing.T) {
	k := commandtest.Sealed(t)
	file, err := embedded.Open(k.Path)
	if err != nil {
		t.Fatal(err)
	}
	ring, err := file.Get(t.Context(), play.Tenant, "sealed/keys")
	if err == nil { // the keys of another company
		_, err = file.Apply(t.Context(), "slack.T1", storage.Change{Put: []storage.Write{{Key: "sealed/keys", Body: ring[0].Body}}})
	}
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	i := installing(t, commandtest.Workspace(t), answersFor("file:"+k.Path, commandtest.Key)...)
	if err := i.run(t.Context()); err != nil || strings.Contains(i.out.String(), "That is another key") {
		t.Fatal(err, i.out.String())
	}
}

func TestSetupSaysThatWhatIsStoredIsNotSealed(t *testing.T) {
	k := commandtest.Lived(t)
	i := installing(t, commandtest.Workspace(t), answersFor("file:"+k.Path)...)
	if err := i.run(t.Context()); err != nil {
		t.Fatal(err, i.out.String())
	}
	i.said("Next:", "keys rotate --plain --config "+i.path, "serve")
	commandtest.Did(t, keys.Rotate{Config: i.path, Plain: true}.Run)
	store, err := stores.OpenAlone(t.Context(), i.loaded(), false)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := keys.MayServe(t.Context(), store, i.loaded().Keys, slog.New(slog.DiscardHandler)); err != nil {
		t.Errorf("the server does not start: %v", err)
	}
}
