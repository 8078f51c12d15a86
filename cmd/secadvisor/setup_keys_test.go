package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot/play"
	"secadvisor/cmd/secadvisor/keys"
	"secadvisor/flows/prose"
	"secadvisor/storage"
	"secadvisor/storage/embedded"
	"secadvisor/storage/sealed"
)

// answersFor are those for Slack with a storage, and what comes after it.
func answersFor(storage string, more ...string) []string {
	return append([]string{"slack", "socket", theBotToken, theAppToken, "", storage}, append(more, "", "", "", "")...)
}

func TestSetupKeepsTheKeyThatIsThere(t *testing.T) {
	i := installing(t, workspace(t), append([]string{"yes"}, answersFor("")...)...)
	if err := os.WriteFile(i.secretsPath(), []byte(keysVariable+"="+theKey+","+anotherKey+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := i.run(t.Context()); err != nil {
		t.Fatal(err, i.out.String())
	}
	if diff := cmp.Diff([]string{theKey, anotherKey}, i.loaded().Keys.Master); diff != "" {
		t.Error(diff)
	}
	i.said("never beside the backups")
}

func TestSetupAsksForTheKeyOfWhatIsStored(t *testing.T) {
	k := sealedCompany1(t)
	i := installing(t, workspace(t), answersFor("file:"+k.path, "what?", anotherKey, theKey)...)
	if err := i.run(t.Context()); err != nil {
		t.Fatal(err, i.out.String())
	}
	i.said("key nobody can read it", "That is no key", "That is another key", "Written:")
	if got := i.loaded().Keys.Master; len(got) != 1 || got[0] != theKey || strings.Contains(i.out.String(), theKey) {
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
	for tenant, key := range map[string]string{"slack.T1": theKey, "slack.T2": anotherKey, "slack.T3": anotherKey} {
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
	both := prose.And([]string{min(ids[theKey], ids[anotherKey]), max(ids[theKey], ids[anotherKey])})
	for name, row := range map[string]struct {
		answers []string
		said    []string
		want    []string
	}{
		"at once":   {[]string{anotherKey + "," + theKey}, nil, []string{anotherKey, theKey}},
		"as a line": {[]string{keysVariable + "=" + theKey + ", " + anotherKey}, nil, []string{theKey, anotherKey}},
		"with more": {[]string{theKey + " " + third + " " + anotherKey + " " + theKey}, nil, []string{theKey, third, anotherKey}},
		"in steps": {[]string{third, theKey + ",x", theKey, theKey + "," + anotherKey},
			[]string{"That is another key: what is stored needs ", "The second of them is no key", "Still missing: " + ids[anotherKey] + ". Please give all"}, []string{theKey, anotherKey}},
		"only one is left": {[]string{theKey, theKey}, []string{"Still missing: " + ids[anotherKey], "Kept as it is"}, []string{theKey}},
	} {
		i := installing(t, workspace(t), answersFor("file:"+path, row.answers...)...)
		if err := i.run(t.Context()); err != nil {
			t.Fatal(name, err, i.out.String())
		}
		i.said(append([]string{"under 2 master keys:\n" + both + ". Without", "in one line"}, row.said...)...)
		if diff := cmp.Diff(row.want, i.loaded().Keys.Master); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if out := i.out.String(); strings.Contains(out, theKey) || strings.Contains(out, anotherKey) || strings.Contains(out, third) {
			t.Errorf("%s: a key is shown", name)
		}
	}
}

// No key opens what is damaged, so none is asked for.
func TestSetupAsksForNoKeyOfWhatIsDamaged(t *testing.T) {
	k := sealedCompany1(t)
	file, err := embedded.Open(k.path)
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
	i := installing(t, workspace(t), answersFor("file:"+k.path, theKey)...)
	if err := i.run(t.Context()); err != nil || strings.Contains(i.out.String(), "That is another key") {
		t.Fatal(err, i.out.String())
	}
}

func TestSetupSaysThatWhatIsStoredIsNotSealed(t *testing.T) {
	k := company1(t)
	i := installing(t, workspace(t), answersFor("file:"+k.path)...)
	if err := i.run(t.Context()); err != nil {
		t.Fatal(err, i.out.String())
	}
	i.said("Next:", "keys rotate --plain --config "+i.path, "serve")
	did(t, keys.Rotate{Config: i.path, Plain: true}.Run)
	if err := serverStarts((kept{t, k.path, i.path})); err != nil {
		t.Error(err)
	}
}

func TestDoctorLooksWhetherTheKeyFits(t *testing.T) {
	plain, sealed := company1(t).path, sealedCompany1(t).path
	for name, row := range map[string]struct {
		store, hidden string
		is            state
		says          string
	}{
		"none":           {plain, "", warning, "Nothing is sealed: whoever gets the disk"},
		"fits":           {sealed, keysVariable + "=" + theKey, good, "keep a copy of it"},
		"fits, second":   {sealed, keysVariable + "=" + anotherKey + "," + theKey, good, "Everything is sealed"},
		"another":        {sealed, keysVariable + "=" + anotherKey, failure, "play is sealed under the key "},
		"lost":           {sealed, "", failure, "this server has no master key"},
		"not sealed yet": {plain, keysVariable + "=" + theKey, failure, "secadvisor keys rotate --plain"},
		"turning":        {plain, keysVariable + "=" + theKey + "\nSECADVISOR_KEYS_PLAIN=true", warning, "then take keys.plain out"},
		"turned":         {sealed, keysVariable + "=" + theKey + "\nSECADVISOR_KEYS_PLAIN=true", warning, "still taken for true"},
	} {
		p := healthy(t, workspace(t))
		p.lines[2] = "storage: file:" + row.store
		p.hidden = append(p.hidden[:2], row.hidden)
		d := p.examined()
		p.finds(d, "keys", row.is, row.says)
		if d.State != row.is {
			t.Errorf("%s: all in all %s: %+v", name, d.State, d.Checks)
		}
	}
	p := healthy(t, workspace(t))
	p.hidden[2] = keysVariable + "=" + theKey[1:]
	p.finds(p.examined(), "configuration", failure, "secrets.env:3: SECADVISOR_KEYS_MASTER must be keys of 32 random bytes")
}
